package commands

import (
	"context"
	"slices"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
	"talkoot/storage"
)

// pollsPage is how many polls are read at a time: a poll of many areas has
// hundreds of rows.
const pollsPage = 10

// pollsTable is what came of polls: of secret ones what was released and nothing
// finer, of open ones the counts that everybody sees.
type pollsTable struct{ polls int }

func (pollsTable) name() string { return "polls" }

func (pollsTable) columns() []reportColumn {
	return []reportColumn{
		head("poll", widthTitle), head("secrecy", widthName), head("question", widthTitle), head("whose", widthName),
		head("wave", widthCount), head("opens", widthTime), head("closes", widthTime), head("answered", widthCount),
		head("answer", widthName), head("count", widthCount), head("share", widthCount), head("low", widthCount),
		head("high", widthCount), head("words", widthName), head("remark", widthTitle),
	}
}

// pollLine is a row of the table, without what all rows of a poll have.
type pollLine struct {
	question, whose locales.Text
	answered        reportCell
	answer          locales.Text
	count           reportCell
	share           shareCells
	remark          locales.Text
}

// shareCells say how big a share is: in per cent with its interval, or in words.
type shareCells struct{ percent, low, high, words reportCell }

func (t *pollsTable) rows(ctx context.Context, from reportSource, row func(...reportCell) error) error {
	q := storage.PollQuery{
		States: []core.PollState{core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased},
		Area:   from.area, Within: from.home.Within(), From: from.period.Start, Until: from.period.End, Oldest: true, Limit: pollsPage,
	}
	for {
		page, err := from.polls(ctx, q)
		if err != nil {
			return err
		}
		for _, p := range page {
			t.polls++
			for _, line := range p.lines(from) {
				if err := row(p.cells(from, line)...); err != nil {
					return err
				}
			}
		}
		if len(page) < q.Limit {
			return nil
		}
		q.After = page[len(page)-1].poll.ID
	}
}

// reportedPoll is a poll with what may be told of it.
type reportedPoll struct {
	pollOutcome
	tally storage.Tally // of an open poll
}

// polls reads a page of polls, with what was released of them.
func (s reportSource) polls(ctx context.Context, q storage.PollQuery) ([]reportedPoll, error) {
	var page []reportedPoll
	err := s.store.View(ctx, func(tx *storage.Tx) error {
		polls, err := tx.Polls(ctx, s.home.ID, q)
		if err != nil || len(polls) == 0 {
			return err
		}
		areas, err := tx.Areas(ctx, s.home.ID) // also those that share a row with the asker's
		if err != nil {
			return err
		}
		var open, released []core.PollID
		for _, p := range polls {
			switch {
			case p.Kind == core.Open:
				open = append(open, p.ID)
			case p.State == core.PollReleased:
				released = append(released, p.ID)
			}
		}
		tallies, err := tx.Votes(ctx, open)
		if err != nil {
			return err
		}
		written, err := tx.ReleasesOf(ctx, s.home.ID, "", released...)
		if err != nil {
			return err
		}
		for _, p := range polls {
			found := reportedPoll{pollOutcome: pollOutcome{poll: p, areas: map[core.AreaID]string{}}}
			for _, area := range areas {
				found.areas[area.ID] = area.Name
			}
			if tally := tallies[p.ID]; len(tally) > 0 {
				found.tally = tally[0]
			}
			own := slices.DeleteFunc(slices.Clone(written), func(w storage.Release) bool { return w.Poll != p.ID })
			var lines []ledgerLine
			if found.now, lines, err = readLedger(own); err != nil {
				return err
			}
			for _, line := range lines {
				if line.Refused != nil {
					found.refused = append(found.refused, *line.Refused)
				}
			}
			page = append(page, found)
		}
		return nil
	})
	return page, err
}

// cells are a row of the table.
func (p reportedPoll) cells(from reportSource, l pollLine) []reportCell {
	wave := reportCell{}
	if p.poll.Series != 0 {
		wave = countCell(p.poll.Wave)
	}
	return []reportCell{
		wordCell(pollTitleWhole(p.poll, firstOf(from.readers))), wordCell(locales.Msg{ID: "export.poll." + string(p.poll.Kind)}),
		wordCell(l.question), wordCell(l.whose), wave, timeCell(p.poll.Opens), timeCell(p.ended()), l.answered,
		wordCell(l.answer), l.count, l.share.percent, l.share.low, l.share.high, l.share.words, wordCell(l.remark),
	}
}

func firstOf(readers []string) string {
	if len(readers) == 0 {
		return ""
	}
	return readers[0]
}

// lines are what may be told of the poll.
func (p reportedPoll) lines(from reportSource) []pollLine {
	switch {
	case p.poll.Kind == core.Open:
		return p.voteLines(from)
	case p.poll.State != core.PollReleased:
		return []pollLine{{remark: locales.Msg{ID: "export.poll.not_yet"}}}
	}
	var lines []pollLine
	for _, a := range askedOf(p.poll, from.readers) {
		lines = append(lines, p.releasedLines(a, from)...)
	}
	return lines
}

// voteLines are the counts of an open poll.
func (p reportedPoll) voteLines(from reportSource) []pollLine {
	var lines []pollLine
	for _, a := range askedOf(p.poll, from.readers)[:1] {
		for n, answer := range a.answers {
			lines = append(lines, pollLine{
				question: a.line(0), whose: p.everybody(), answered: countCell(p.tally.People), answer: answer, count: countCell(p.tally.For[n]),
			})
		}
	}
	return lines
}

// everybody names those who were asked.
func (p reportedPoll) everybody() locales.Text {
	if len(p.poll.Areas) == 1 {
		return locales.Quote(p.areas[p.poll.Areas[0]])
	}
	return locales.Msg{ID: "export.poll.all"}
}

// whose names the people that a row is about.
func (p reportedPoll) whose(released insight.Released, row insight.Row) locales.Text {
	ask := released.Ask()
	switch {
	case ask.By:
		return groupText(released.Variable(), row.Groups())
	case len(ask.Areas) == 1:
		return p.everybody()
	}
	var names locales.Join
	for _, id := range row.Areas() {
		names = append(names, locales.Quote(p.areas[id]))
	}
	return names
}
