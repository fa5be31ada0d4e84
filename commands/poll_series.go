package commands

import (
	"context"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// wavesPage is how many waves of a series are shown at a time.
const wavesPage = 8

// seriesLine says which wave a poll is, and when the next one comes.
func seriesLine(p core.Poll, s core.Series) locales.Text {
	wave := locales.Msg{ID: "poll.wave", Data: locales.Data{
		"Number": p.Wave, "Every": locales.Msg{ID: "poll.repeat." + string(s.Every)},
	}}
	return locales.Beside{wave, nextText(s)}
}

// nextText says when the wave to come opens, or that none comes.
func nextText(s core.Series) locales.Text {
	switch {
	case s.State != core.SeriesRunning:
		return locales.Msg{ID: "poll.series.ended"}
	case s.SkipNext:
		return locales.Msg{ID: "poll.series.skips", Data: locales.Data{"When": s.NextAt}}
	}
	return locales.Msg{ID: "poll.series.next", Data: locales.Data{"When": s.NextAt, "Left": locales.Stamp(s.NextAt)}}
}

// series shows all waves of a poll's series, a page at a time, with what can be
// done with those to come. The ID is one of its polls.
func (d *pollDesk) series(ctx context.Context, ask Ask) (Reply, error) { return d.showSeries(ctx, ask) }

func (d *pollDesk) showSeries(ctx context.Context, ask Ask, notes ...Block) (Reply, error) {
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	page, _ := strconv.Atoi(ask.Arg)
	page = max(page, 0)
	var s core.Series
	var waves []core.Poll
	var all int
	err = d.Store.View(ctx, func(tx *storage.Tx) (err error) {
		if s, err = tx.Series(ctx, ask.Guild, p.Series); err != nil {
			return err
		}
		q := wavesOf(p.Series)
		if all, err = tx.CountPolls(ctx, ask.Guild, q); err != nil {
			return err
		}
		page = max(0, min(page, (all-1)/wavesPage))
		q.Limit, q.Offset = wavesPage, page*wavesPage
		waves, err = tx.Polls(ctx, ask.Guild, q)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	every := locales.Msg{ID: "poll.repeat." + string(s.Every)}
	card := Card{Blocks: append(notes,
		Heading{pollTitle(p, ask.Locales())},
		Para{locales.Lines{locales.Msg{ID: "poll.repeats", Data: locales.Data{"Every": every}}, nextText(s)}})}
	for _, w := range waves {
		button := Button{Label: locales.Msg{ID: "poll.details"}, Verb: pollManage, ID: int64(w.ID)}
		if w.State == core.PollReleased {
			button = Button{Label: locales.Msg{ID: "poll.results"}, Verb: pollResults, ID: int64(w.ID)}
		}
		card.Blocks = append(card.Blocks, Entry{Text: waveText(w, stateText(w, d.Now())), Button: button})
	}
	var pages Buttons
	if page > 0 {
		pages = append(pages, Button{Label: locales.Msg{ID: "poll.series.newer"}, Verb: pollSeries, ID: ask.ID, Arg: strconv.Itoa(page - 1)})
	}
	if (page+1)*wavesPage < all {
		pages = append(pages, Button{Label: locales.Msg{ID: "poll.series.older"}, Verb: pollSeries, ID: ask.ID, Arg: strconv.Itoa(page + 1)})
	}
	if len(pages) > 0 {
		card.Blocks = append(card.Blocks, pages)
	}
	var row Buttons
	if s.State == core.SeriesRunning {
		skip := Button{Label: locales.Msg{ID: "poll.series.skip"}, Verb: pollSkip, ID: ask.ID, Arg: strconv.Itoa(s.NextWave)}
		if s.SkipNext {
			skip.Label, skip.Arg = locales.Msg{ID: "poll.series.unskip"}, strconv.Itoa(s.NextWave)+",no"
		}
		row = append(row, skip, Button{Label: locales.Msg{ID: "poll.series.end"}, Verb: pollEndSeries, ID: ask.ID, Style: Danger})
	}
	card.Blocks = append(card.Blocks, append(row, Button{Label: locales.Msg{ID: "organise.back"}, Verb: pollManage, ID: int64(p.ID), Arg: "back"}))
	return Reply{Card: card}, nil
}

func waveText(w core.Poll, state locales.Text) locales.Text {
	return locales.Beside{
		locales.Msg{ID: "poll.series.wave", Data: locales.Data{"Number": w.Wave}},
		locales.Brief{Start: w.Opens},
		locales.Brief{Start: w.Closes},
		state,
	}
}

// wavesOf chooses the waves of a series, the newest first, but not a draft.
func wavesOf(id core.SeriesID) storage.PollQuery {
	return storage.PollQuery{Series: id, States: []core.PollState{
		core.PollAnnounced, core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased, core.PollCancelled,
	}}
}

// change changes a series that runs, unless there is no deed, and shows it. The ID is one of its polls.
func (d *pollDesk) change(ctx context.Context, ask Ask, done string, change func(core.Series) (core.Series, core.Deed)) (Reply, error) {
	err := d.Store.InTx(ctx, func(tx *storage.Tx) error {
		p, err := tx.Poll(ctx, ask.Guild, core.PollID(ask.ID))
		if err != nil {
			return err
		}
		if err := pollMayChange(p, ask); err != nil {
			return err
		}
		s, err := tx.LockSeries(ctx, ask.Guild, p.Series)
		if err != nil {
			return err
		}
		if s.State != core.SeriesRunning {
			return nil // somebody else has ended it; the card says so
		}
		next, deed := change(s)
		if deed == "" {
			return nil
		}
		if err := tx.SaveSeries(ctx, next); err != nil {
			return err
		}
		return tx.AddAct(ctx, pollActed(ask, d.Now(), deed, p))
	})
	if err != nil {
		return Reply{}, err
	}
	ask.Arg = ""
	return d.showSeries(ctx, ask, Para{locales.Msg{ID: done}})
}

// skip leaves the next wave out, or takes that back. The Arg is which wave that
// was when the button was shown, so that a late tap skips no other.
func (d *pollDesk) skip(ctx context.Context, ask Ask) (Reply, error) {
	done := "poll.series.skipped"
	if ask.Arg != "" && ask.Arg[len(ask.Arg)-1] == 'o' {
		done = "poll.series.unskipped"
	}
	return d.change(ctx, ask, done, func(s core.Series) (core.Series, core.Deed) {
		var deed core.Deed
		switch was := s.SkipNext; {
		case ask.Arg == strconv.Itoa(s.NextWave) && !was:
			s.SkipNext, deed = true, core.DeedSkipped
		case ask.Arg == strconv.Itoa(s.NextWave)+",no" && was:
			s.SkipNext, deed = false, core.DeedUnskipped
		}
		return s, deed
	})
}

// endSeries asks, or lets no more waves come. The one that is open goes on.
func (d *pollDesk) endSeries(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Arg != yes {
		if _, err := d.load(ctx, ask); err != nil {
			return Reply{}, err
		}
		return Reply{Card: Card{Tone: Warn, Blocks: []Block{
			Heading{locales.Msg{ID: "poll.series.end.ask"}},
			Para{locales.Msg{ID: "poll.series.end.about"}},
			Buttons{
				{Label: locales.Msg{ID: "poll.series.end.yes"}, Verb: pollEndSeries, ID: ask.ID, Arg: yes, Style: Danger},
				{Label: locales.Msg{ID: "poll.leave_it"}, Verb: pollSeries, ID: ask.ID},
			},
		}}}, nil
	}
	return d.change(ctx, ask, "poll.series.over", func(s core.Series) (core.Series, core.Deed) {
		s.State, s.SkipNext = core.SeriesEnded, false
		return s, core.DeedEndedSeries
	})
}

// again makes a new draft with the same questions, in the newest versions of
// their items. It begins a new series if there was one.
func (d *pollDesk) again(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	next := core.Poll{
		Guild: p.Guild, Kind: p.Kind, State: core.PollDraft, Author: ask.Member, Locale: p.Locale,
		Background: p.Background, Areas: p.Areas, Named: p.Named, Closes: d.inDays(d.Now(), 7, pollZone(ask, p)),
	}
	newest := map[string]core.ItemRef{}
	for _, item := range d.Bank.Items() {
		newest[item.ID] = item.Ref()
	}
	for _, q := range p.Questions {
		if item, ok := d.Bank.Item(q.Item); ok {
			next.Questions = append(next.Questions, d.itemQuestions([]core.ItemRef{newest[item.ID]})...)
		} else if q.Item == "" {
			next.Questions = append(next.Questions, q)
		}
	}
	err = d.Store.InTx(ctx, func(tx *storage.Tx) error {
		id, err := tx.AddPollDraft(ctx, next, ask.Interaction)
		if err != nil {
			return err
		}
		next, err = tx.Poll(ctx, ask.Guild, id)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, next)
}
