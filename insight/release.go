package insight

import "talkoot/core"

// Release decides what may be shown of a table to anybody: residents,
// coordinators, files, metrics and logs alike. past is everything ever released
// of the poll, oldest first, all its waves and questions; other polls in it do
// no harm. The new ledger is past with this release at its end. The caller
// keeps it before showing anything, in such a way that of two releases at once
// the second is asked against the first.
//
// What was released once stays: the same ask gives the same Released, and the
// ledger unchanged, even if the counts or the secret are others by now.
//
// An error is a *core.Refusal with one of the reasons of this room, or an
// ordinary one when the table or the ask make no sense. Then nothing is
// released and the ledger is past.
func Release(r Rounding, t Table, ask Ask, past Ledger) (Released, Ledger, error) {
	s, err := sheetOf(t, ask)
	if err != nil {
		return Released{}, past, err
	}
	ask = ask.canonical()
	mine := past.of(t.Poll)
	if old, ok := mine.find(t, ask); ok {
		return old, past, nil
	}
	if err := mine.allows(t, ask); err != nil {
		return Released{}, past, err
	}
	one, a, err := draft(r, t, s, ask, mine)
	if err != nil {
		return Released{}, past, err
	}
	if a.pinned() {
		return Released{}, past, core.Refuse(WouldPin)
	}
	return one, append(past[:len(past):len(past)], one), nil
}

// draft makes what would be released, and the attack on it.
func draft(r Rounding, t Table, s sheet, ask Ask, mine Ledger) (Released, *audit, error) {
	a := newAudit(t, s)
	a.remember(mine, mine.connected(t, s, ask))
	if !a.consistent() {
		return Released{}, nil, core.Refuse(CountsChanged)
	}
	waves := []int{ask.Wave}
	tr := a.trial(mine.setting(t, ask, waves), ask.By, waves)
	for !tr.layout.shown() && mine.mayMerge(t, s, ask, waves[0]-1) {
		a.trials = append(a.trials, tr)
		waves = append([]int{waves[0] - 1}, waves...)
		tr = a.trial(mine.setting(t, ask, waves), ask.By, waves)
	}
	a.bands = tr.bands
	one := Released{entry{Poll: t.Poll, Question: t.Question, Variable: t.Variable, Fold: t.Fold, Bands: a.bands, Ask: ask}}
	for _, row := range tr.rows {
		one.e.Rows = append(one.e.Rows, t.figuresOf(r, row, waves, len(tr.rows) == 1))
	}
	tr.want, tr.told = one.e.Rows, a.bands
	a.trials = append(a.trials, tr)
	return one, a, nil
}

// remember makes trials of the earlier releases of this question that concern
// any of the waves.
func (a *audit) remember(mine Ledger, waves map[int]bool) {
	for i, old := range mine {
		if old.e.Question != a.table.Question || !waves[old.e.Ask.Wave] {
			continue
		}
		all := old.e.Rows[0].Waves
		for from := len(all) - 1; from >= 0; from-- {
			tr := a.trial(mine[:i].setting(a.table, old.e.Ask, all[from:]), old.e.Ask.By, all[from:])
			if from == 0 {
				tr.want, tr.told = old.e.Rows, old.e.Bands
				a.entries[i] = tr
			}
			a.trials = append(a.trials, tr)
		}
	}
}
