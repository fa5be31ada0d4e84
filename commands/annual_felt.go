package commands

import (
	"context"
	"slices"
	"time"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	// feltRows is how many questions of secret polls the page shows.
	feltRows = charts.MaxTrends
	// feltWaves is how many times of asking it shows of each, the last ones.
	feltWaves = 12
	// feltQuestion is how much of a question stands on it.
	feltQuestion = 120
)

// felt is a question of secret polls over the times that it was asked in the
// period: what was released of it, for all areas together or for the one of the
// report, and nothing else.
type felt struct {
	poll   core.Poll // the last one
	number int       // of the question
	rows   []insight.Row
	times  []time.Time

	points []insight.Point
	share  insight.Share
	shown  bool // at least once
}

// readFelt counts the polls that were opened in the period, and how many
// answered as far as that was told, and finds the questions to show.
func (y *annual) readFelt(ctx context.Context, from reportSource) error {
	q := storage.PollQuery{
		States: []core.PollState{core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased},
		Area:   y.area, From: y.period.Start, Until: y.until, Oldest: true, Limit: pollsPage,
	}
	type key struct {
		series core.SeriesID
		poll   core.PollID // where there is no series
		name   string
	}
	at := map[key]int{}
	var all []felt
	for {
		page, err := from.polls(ctx, q)
		if err != nil {
			return err
		}
		for _, p := range page {
			y.polls++
			if p.poll.Kind == core.Open {
				y.answers += p.tally.People
				continue
			}
			if p.poll.State != core.PollReleased {
				continue
			}
			for n, question := range p.poll.Questions {
				name := releaseNames(question, n)[0]
				row := y.rowOf(p.pollOutcome, name)
				if n == 0 {
					y.answers += row.About()
				}
				if question.Scale == core.ScaleSeveral {
					continue // many answers, which the table of polls has room for
				}
				k := key{p.poll.Series, 0, name}
				if k.series == 0 {
					k.poll = p.poll.ID
				}
				i, there := at[k]
				if !there {
					i = len(all)
					at[k] = i
					all = append(all, felt{number: n})
				}
				all[i].poll = p.poll
				all[i].rows, all[i].times = append(all[i].rows, row), append(all[i].times, p.poll.Opens)
			}
		}
		if len(page) < q.Limit {
			break
		}
		q.After = page[len(page)-1].poll.ID
	}
	y.felt = chosenFelt(all)
	return nil
}

// rowOf is what was released of a question for the areas of the report: of one
// area only what was told of it alone.
func (y *annual) rowOf(p pollOutcome, name string) insight.Row {
	if y.area == 0 {
		return p.row(name, viewAll)
	}
	row := p.row(name, core.Snowflake(y.area))
	if !slices.Equal(row.Areas(), []core.AreaID{y.area}) {
		return insight.Row{}
	}
	return row
}

// chosenFelt are the questions that there is room for: one of each domain before
// a second of any, first what was shown, and what was asked more often. They
// stand in the order of the domains.
func chosenFelt(all []felt) []felt {
	for i := range all {
		f := &all[i]
		if extra := len(f.rows) - feltWaves; extra > 0 {
			f.rows, f.times = f.rows[extra:], f.times[extra:]
		}
		f.points, f.share, f.shown = pointsOf(f.rows)
	}
	slices.Reverse(all) // of equals the newest first
	slices.SortStableFunc(all, func(a, b felt) int {
		if a.shown != b.shown {
			if a.shown {
				return -1
			}
			return 1
		}
		return len(b.rows) - len(a.rows)
	})
	domains := append(core.Domains(), "")
	taken := make([]bool, len(all))
	var chosen []felt
	for found := true; found && len(chosen) < feltRows; {
		found = false
		for _, domain := range domains {
			for i, f := range all {
				if !taken[i] && f.domain() == domain && len(chosen) < feltRows {
					taken[i], found = true, true
					chosen = append(chosen, f)
					break
				}
			}
		}
	}
	slices.SortStableFunc(chosen, func(a, b felt) int {
		return slices.Index(domains, a.domain()) - slices.Index(domains, b.domain())
	})
	return chosen
}

func (f felt) domain() core.Domain { return f.poll.Questions[f.number].Domain }

// label names what is shown of the question: the question and the answer that
// stands for it.
func (f felt) label(readers []string, room int) locales.Text {
	a := askedOf(f.poll, readers)[f.number]
	question := locales.Quote(shorten(a.text.Question, room))
	if !f.shown {
		return question
	}
	return locales.Msg{ID: "poll.result.bar", Data: locales.Data{"Question": question, "Answer": a.label(f.share.Answers())}}
}

// last says where it stood when it was last asked and how many answered, or why
// that is not told; and where it stood the times before, the last so many.
func (f felt) last(before int) locales.Text {
	end := len(f.points) - 1
	if !f.shown {
		return hiddenText(f.rows[len(f.rows)-1])
	}
	said := locales.Beside{pointText(f.points[end], true)}
	if f.points[end].Shown {
		said = append(said, answeredText(f.points[end].Row))
	}
	for i := max(0, end-before); i < end; i++ {
		said = append(said, shareLine(locales.Raw(f.times[i].Format(time.DateOnly)), pointText(f.points[i], false)))
	}
	return said
}

func pointText(p insight.Point, ranges bool) locales.Text {
	if !p.Shown {
		return locales.Msg{ID: "poll.share.hidden"}
	}
	return shareText(p.Row, p.Share, ranges)
}

// trend is the line of the question in the picture.
func (f felt) trend(voice locales.Voice, readers []string) charts.Trend {
	a := askedOf(f.poll, readers)[f.number]
	t := charts.Trend{Label: voice.Plain(locales.Quote(shorten(a.text.Question, feltQuestion)))}
	var note locales.Beside
	if f.shown {
		note = append(note, a.label(f.share.Answers()))
	}
	if f.domain() != "" {
		note = append(note, domainText(f.domain()))
	}
	t.Note = voice.Plain(note)
	if !f.shown {
		t.Words = voice.Plain(f.last(0))
		return t
	}
	p := f.points[len(f.points)-1]
	if t.Text = voice.Plain(pointText(p, true)); p.Shown {
		t.About = voice.Plain(answeredText(p.Row))
	}
	for i, p := range f.points {
		t.Waves = append(t.Waves, waveOf(pollWave{opens: f.times[i]}, p, voice))
	}
	return t
}
