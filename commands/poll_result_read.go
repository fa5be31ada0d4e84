package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/storage"
)

// The views of results. Besides, a view may be the number of an area.
const (
	viewAll   = "all"   // all areas together
	viewAreas = "areas" // each area by itself; nobody asks for it by this name
	viewBy    = "by"    // by the background question, all areas together
	viewTime  = "time"  // over the waves, all areas together
)

// pollOutcome is what was released of a poll, and of the wave before it. There
// is no true count in it, and no way to one.
type pollOutcome struct {
	poll        core.Poll
	now, before insight.Ledger
	refused     []refusedRelease
	// areas are the names of the guild's areas.
	areas map[core.AreaID]string
	// waves are there for the view over time.
	waves []pollWave
}

// ended is when the poll stopped taking answers.
func (r pollOutcome) ended() time.Time {
	if r.poll.ClosedAt.IsZero() {
		return r.poll.Closes
	}
	return r.poll.ClosedAt
}

// readLedger reads what was released, in order, and the other lines.
func readLedger(written []storage.Release) (insight.Ledger, []ledgerLine, error) {
	var ledger insight.Ledger
	var lines []ledgerLine
	for _, w := range written {
		var line ledgerLine
		if err := json.Unmarshal(w.Entry, &line); err != nil {
			return nil, nil, fmt.Errorf("read line %d of the ledger: %w", w.ID, err)
		}
		if line.Refused != nil || line.Before != 0 {
			lines = append(lines, line)
			continue
		}
		var released insight.Released
		if err := json.Unmarshal(w.Entry, &released); err != nil {
			return nil, nil, fmt.Errorf("read line %d of the ledger: %w", w.ID, err)
		}
		ledger = append(ledger, released)
	}
	return ledger, lines, nil
}

// readOutcome reads what was released of a poll. It costs the same however many
// people have answered.
func readOutcome(ctx context.Context, tx *storage.Tx, p core.Poll) (pollOutcome, error) {
	r := pollOutcome{poll: p, areas: map[core.AreaID]string{}}
	areas, err := tx.Areas(ctx, p.Guild)
	if err != nil {
		return r, err
	}
	for _, area := range areas {
		r.areas[area.ID] = area.Name
	}
	written, err := tx.ReleasesOf(ctx, p.Guild, "", p.ID)
	if err != nil {
		return r, err
	}
	var lines []ledgerLine
	if r.now, lines, err = readLedger(written); err != nil {
		return r, err
	}
	for _, line := range lines {
		if line.Refused != nil {
			r.refused = append(r.refused, *line.Refused)
		}
		if line.Before != 0 {
			if written, err = tx.ReleasesOf(ctx, p.Guild, "", line.Before); err != nil {
				return r, err
			}
			if r.before, _, err = readLedger(written); err != nil {
				return r, err
			}
		}
	}
	return r, nil
}

// rowsOf gives the released rows of a question, or of one answer of it, that a
// view shows: one, or one for each group of the background question. A row of
// several areas is what is shown of each of them.
func rowsOf(ledger insight.Ledger, name, view string) []insight.Row {
	area := parseArea(view)
	for _, released := range ledger {
		ask := released.Ask()
		if released.Question() != name || ask.By != (view == viewBy) {
			continue
		}
		rows := released.Rows()
		if len(ask.Areas) == 1 {
			if view == viewAll || view == viewBy || slices.Equal(ask.Areas[0], []core.AreaID{area}) {
				return rows
			}
			continue
		}
		for _, row := range rows {
			if area != 0 && slices.Contains(row.Areas(), area) {
				return []insight.Row{row}
			}
		}
	}
	return nil
}

// row is the one row of a view that has one; the zero row shows nothing.
func (r pollOutcome) row(name, view string) insight.Row {
	if rows := rowsOf(r.now, name, view); len(rows) > 0 {
		return rows[0]
	}
	return insight.Row{}
}

// was is the same row at the wave before.
func (r pollOutcome) was(name, view string) insight.Row {
	if rows := rowsOf(r.before, name, view); len(rows) > 0 {
		return rows[0]
	}
	return insight.Row{}
}

// shows tells whether anything at all is shown in a view.
func (r pollOutcome) shows(view string) bool {
	return slices.ContainsFunc(r.rows(r.now, view), isShown)
}
