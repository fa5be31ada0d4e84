package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// loggedActs is how much of the log of a poll its card shows.
const loggedActs = 5

// ManagePoll is /poll manage and the buttons that lead back to a poll: the
// preview of a draft, or what a coordinator can do with what has been opened.
type ManagePoll struct {
	PollPicker
	desk *pollDesk
}

// Spec is the command and the button.
func (v ManagePoll) Spec() Spec {
	return Spec{
		Name: pollManage, Need: core.Coordinator, Sight: InPlace,
		Slash: &Slash{Path: "poll manage", Options: []Option{v.Option()}},
	}
}

// Run shows it.
func (v ManagePoll) Run(ctx context.Context, ask Ask) (Reply, error) {
	id, err := v.Find(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	ask.ID = int64(id)
	p, err := v.desk.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	return v.desk.manage(ctx, ask, p)
}

// manage shows a coordinator a poll with all that can be done with it. Above it
// stands what notes say, if there are any.
func (d *pollDesk) manage(ctx context.Context, ask Ask, p core.Poll, notes ...Block) (Reply, error) {
	var s core.Series
	var posts []core.Post
	var acts []core.PollNote
	var answers int
	err := d.Store.View(ctx, func(tx *storage.Tx) (err error) {
		if p.Series != 0 {
			if s, err = tx.Series(ctx, p.Guild, p.Series); err != nil {
				return err
			}
		}
		if p.State == core.PollDraft {
			return nil
		}
		if posts, err = tx.PollPosts(ctx, p.Guild, p.ID); err != nil {
			return err
		}
		if acts, err = tx.PollNotes(ctx, p.Guild, p.ID); err != nil || p.Kind != core.Secret || p.State != core.PollOpen {
			return err
		}
		answers, err = tx.CountResponses(ctx, p.ID)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if p.State == core.PollDraft {
		p = d.freshTexts(p)
		lacks, err := d.lacking(ctx, ask, p, checkedChannels)
		if err != nil {
			// The draft is stored, so it is shown all the same; Open looks again.
			notes = append(slices.Clone(notes), Small{locales.Msg{ID: "preview.unchecked"}})
		}
		return Reply{Card: d.preview(ask, p, s, lacks, notes)}, nil
	}
	card := Card{Tone: pollTone(p, d.Now()), Blocks: slices.Clone(notes)}
	if said := d.refusedTexts(ask, p, s); len(said) > 0 {
		card.Tone = Warn
		said = append([]locales.Text{locales.Msg{ID: "organise.not_saved"}}, said...)
		card.Blocks = append(card.Blocks, Para{locales.Lines(said)}, mendButtons(p), Divider{})
	}
	card.Blocks = append(card.Blocks,
		Heading{pollTitle(p, ask.Locales())},
		Para{d.standing(ask, p, s, posts, openStep(answers))}, d.previewQuestions(ask, p))
	if log := actLines(acts, pollZone(ask, p)); len(log) > 0 {
		card.Blocks = append(card.Blocks, Small{log})
	}
	card.Blocks = append(card.Blocks, lookMenu(ask, p), d.runningButtons(p))
	return Reply{Card: card}, nil
}

// standing says how a poll stands: its state, where and until when it is asked,
// and in which series.
func (d *pollDesk) standing(ask Ask, p core.Poll, s core.Series, posts []core.Post, step int) locales.Text {
	now := d.Now()
	lines := locales.Lines{
		locales.Beside{locales.Msg{ID: "poll.is." + string(p.Kind)}, stateText(p, now)},
	}
	for i, post := range posts {
		if area, ok := ask.Home.Area(post.Area); ok && post.Part == core.PartCall && i < listedAreas {
			lines = append(lines, locales.Msg{ID: "poll.where", Data: locales.Data{"Area": locales.Quote(area.Name), "Channel": mention(post.Channel)}})
		}
	}
	if more := len(p.Areas) - listedAreas; more > 0 {
		lines = append(lines, locales.Msg{ID: "poll.where.more", Data: locales.Data{"Count": more}})
	}
	if p.State == core.PollAnnounced && now.Before(p.Opens) {
		lines = append(lines, locales.Msg{ID: "poll.opens", Data: locales.Data{"When": p.Opens, "Left": locales.Stamp(p.Opens)}})
	}
	if p.State == core.PollAnnounced || p.State == core.PollOpen {
		lines = append(lines, locales.Msg{ID: "poll.closes", Data: locales.Data{"When": p.Closes, "Left": locales.Stamp(p.Closes)}}, stepText(step))
	}
	if p.Background != core.NoBackground {
		lines = append(lines, locales.Msg{ID: "poll.besides", Data: locales.Data{"Question": backgroundText(p.Background)}})
	}
	if p.Series != 0 {
		lines = append(lines, seriesLine(p, s))
	}
	return lines
}

func (d *pollDesk) runningButtons(p core.Poll) Buttons {
	id := int64(p.ID)
	var row Buttons
	closes := Button{Label: locales.Msg{ID: "poll.close_now"}, Verb: pollClose, ID: id}
	cancel := Button{Label: locales.Msg{ID: "poll.cancel"}, Verb: pollCancel, ID: id, Style: Danger}
	extend := Button{Label: locales.Msg{ID: "poll.extend"}, Verb: pollExtend, ID: id}
	switch p.State {
	case core.PollAnnounced:
		if p.Series == 0 {
			row = Buttons{{Label: locales.Msg{ID: "poll.open_now"}, Verb: pollOpen, ID: id, Arg: opensNow, Style: Success}}
		}
		row = append(row, extend)
	case core.PollOpen:
		row = Buttons{closes}
		if p.Takes(d.Now()) == nil {
			row = Buttons{extend, closes}
		}
	case core.PollReleased:
		row = Buttons{{Label: locales.Msg{ID: "poll.results"}, Verb: pollResults, ID: id, Style: Primary}}
	case core.PollDraft, core.PollClosed, core.PollSealed, core.PollCancelled:
	}
	if p.Kind == core.Open && p.Named {
		row = append(row, namesButton(p))
	}
	if p.Series != 0 {
		row = append(row, Button{Label: locales.Msg{ID: "poll.series"}, Verb: pollSeries, ID: id})
	}
	row = append(row, Button{Label: locales.Msg{ID: "poll.again"}, Verb: pollAgain, ID: id})
	if p.State == core.PollAnnounced || p.State == core.PollOpen {
		row = append(row, cancel)
	}
	return row
}

// actLines are the last lines of a poll's log: what was done, when, by whom.
func actLines(acts []core.PollNote, zone *time.Location) locales.Lines {
	var lines locales.Lines
	for _, a := range acts[max(0, len(acts)-loggedActs):] {
		if a.By == 0 {
			lines = append(lines, locales.Msg{ID: "poll.log.clock." + string(a.Act), Data: locales.Data{"When": locales.Stamp(a.At.In(zone))}})
			continue
		}
		who := locales.Text(locales.Raw("<@" + core.Snowflake(a.By) + ">"))
		if a.By == core.Forgotten {
			who = locales.Msg{ID: "poll.log.forgotten"}
		}
		lines = append(lines, locales.Msg{ID: "poll.log." + string(a.Act), Data: locales.Data{"When": locales.Stamp(a.At.In(zone)), "Who": who}})
	}
	return lines
}

// pollChannel is where a poll is to be posted for an area: where its events are,
// or where the coordinator asks.
func pollChannel(ask Ask, area core.Area) core.ChannelID {
	if channel := area.Channels[core.KindEvent]; channel != 0 {
		return channel
	}
	return ask.Channel
}

// ReadPoll is the button "Read in my language" of a post: all of a poll,
// privately.
type ReadPoll struct {
	Store *storage.Store
	Now   func() time.Time
}

// Spec is the button; its ID is the poll, its Arg the area of the post. It
// offers no language: of secret polls nobody is remembered.
func (ReadPoll) Spec() Spec { return Spec{Name: pollRead, Need: core.Resident, Quiet: true} }

// Run reads the poll. Drafts are not there for residents, nor is what has only
// been announced.
func (v ReadPoll) Run(ctx context.Context, ask Ask) (Reply, error) {
	var p core.Poll
	var areas []core.Area
	var answers int
	err := v.Store.View(ctx, func(tx *storage.Tx) (err error) {
		if p, err = tx.Poll(ctx, ask.Guild, core.PollID(ask.ID)); err != nil {
			return err
		}
		if areas, err = tx.Areas(ctx, ask.Guild); err != nil || p.Kind != core.Secret || !pollTakes(p, v.Now()) {
			return err
		}
		answers, err = tx.CountResponses(ctx, p.ID)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if err := p.Takes(v.Now()); core.ReasonOf(err) == core.PollNotOpen || core.ReasonOf(err) == core.NotFound {
		return Reply{}, err
	}
	wish, _, _ := strings.Cut(ask.Arg, ",")
	id, _ := strconv.ParseInt(wish, 10, 64)
	i := slices.IndexFunc(areas, func(a core.Area) bool { return int64(a.ID) == id && p.AskedIn(a.ID) })
	if i < 0 { // a forged button; the poll is the same everywhere
		return Reply{}, core.Refuse(core.NotFound)
	}
	return Reply{Card: PollCard(p, areas[i], ask.Locales(), v.Now(), openStep(answers))}, nil
}
