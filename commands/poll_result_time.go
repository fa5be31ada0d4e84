package commands

import (
	"context"
	"time"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
	"talkoot/storage"
)

// timeWaves is how many waves are shown over time at most.
const timeWaves = 24

// pollWave is what was released of one wave of a series, for all areas together.
type pollWave struct {
	number int
	opens  time.Time
	ledger insight.Ledger
}

// readWaves reads the waves of a poll's series up to its own, the last ones if
// they are many.
func readWaves(ctx context.Context, tx *storage.Tx, p core.Poll) ([]pollWave, error) {
	found, err := tx.ReleasedWaves(ctx, p.Guild, p.Series, p.Wave, timeWaves)
	if err != nil {
		return nil, err
	}
	ids := make([]core.PollID, len(found))
	for i, wave := range found {
		ids[i] = wave.Poll
	}
	written, err := tx.ReleasesOf(ctx, p.Guild, viewAll, ids...)
	if err != nil {
		return nil, err
	}
	of := map[core.PollID][]storage.Release{}
	for _, line := range written {
		of[line.Poll] = append(of[line.Poll], line)
	}
	waves := make([]pollWave, len(found))
	for i, wave := range found {
		waves[i] = pollWave{number: wave.Number, opens: wave.Opens.In(p.Opens.Location())}
		if waves[i].ledger, _, err = readLedger(of[wave.Poll]); err != nil {
			return nil, err
		}
	}
	return waves, nil
}

// points are the line of a question: the part that stands for it, in all areas
// together, at each wave.
func (r pollOutcome) points(name string) (points []insight.Point, share insight.Share, ok bool) {
	rows := make([]insight.Row, len(r.waves))
	for i, wave := range r.waves {
		if found := rowsOf(wave.ledger, name, viewAll); len(found) > 0 {
			rows[i] = found[0]
		}
	}
	return pointsOf(rows)
}

// pointsOf is the line of some rows, one for each wave.
func pointsOf(rows []insight.Row) (points []insight.Point, share insight.Share, ok bool) {
	for _, row := range rows {
		if s, there := leading(row); there {
			share, ok = s, true // of the last wave that has one
		}
	}
	if !ok {
		return nil, share, false
	}
	return insight.Line(rows, share.Bands()...), share, true
}

// timeLines says the line of a question in words, the last waves of it.
func (r pollOutcome) timeLines(a asked, d resultDetail) locales.Lines {
	lines := locales.Lines{a.head(d.question)}
	for option, name := range releaseNames(a.Question, a.number) {
		points, share, ok := r.points(name)
		if !ok {
			lines = append(lines, hiddenText(insight.Row{}))
			break
		}
		label := a.label(share.Answers())
		if a.Scale == core.ScaleSeveral {
			label = a.answers[option]
		}
		lines = append(lines, label)
		for i := max(0, len(points)-d.waves()); i < len(points); i++ {
			said := locales.Text(locales.Beside{shareText(points[i].Row, points[i].Share, d.ranges), answeredText(points[i].Row)})
			if !points[i].Shown {
				said = locales.Msg{ID: "poll.share.hidden"}
			}
			lines = append(lines, shareLine(waveDate(r.waves[i]), said))
		}
	}
	return lines
}

// waves is how many waves are said in words.
func (d resultDetail) waves() int {
	switch {
	case d.first:
		return 2
	case d.full && d.question == 0:
		return timeWaves
	case d.full && d.question > 60:
		return 12
	case d.full:
		return 8
	}
	return 4
}

// waveDate names a wave by its day, in a form that every language reads.
func waveDate(w pollWave) locales.Text { return locales.Raw(w.opens.Format(time.DateOnly)) }

// series are the pictures of a view over time: a line with its band for each
// question.
func (r pollOutcome) series(questions []asked, voice locales.Voice) []resultFigure {
	var figures []resultFigure
	for _, a := range questions {
		for option, name := range releaseNames(a.Question, a.number) {
			points, share, ok := r.points(name)
			if !ok {
				continue
			}
			figure := charts.Series{Ticks: percentTicks(voice), Band: voice.Plain(locales.Msg{ID: "poll.result.interval"})}
			for i, p := range points {
				figure.Waves = append(figure.Waves, waveOf(r.waves[i], p, voice))
			}
			label := a.label(share.Answers())
			if a.Scale == core.ScaleSeveral {
				label = a.answers[option]
			}
			title := locales.Msg{ID: "poll.result.bar", Data: locales.Data{"Question": a.line(0), "Answer": label}}
			figures = append(figures, resultFigure{Figure: figure, of: []asked{a}, title: title})
		}
	}
	return figures
}

func waveOf(w pollWave, p insight.Point, voice locales.Voice) charts.Wave {
	wave := charts.Wave{Label: voice.Plain(waveDate(w)), Hidden: !p.Shown}
	if wave.Hidden {
		wave.Note = voice.Plain(locales.Msg{ID: "poll.share.hidden"})
		return wave
	}
	wave.Note = voice.Plain(answeredText(p.Row))
	wave.Value, wave.Text = float64(p.Share.Drawn()), voice.Plain(shareText(p.Row, p.Share, false))
	wave.Low, wave.High = wave.Value, wave.Value
	if low, high, ok := p.Share.Interval(); ok {
		wave.Low, wave.High = float64(low), float64(high)
	}
	return wave
}
