package calendar

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"talkoot/core"
)

// expand gives the times of interest of all events. One that repeats has a UID
// for each day that its rule names, so that a change of the hour, or an entry
// that replaces that one time, is a change and no other entry.
//
// All rules of a calendar together are followed for so many steps and no more:
// whole is false where that was not enough.
func (r Reading) expand(ctx context.Context, events []vevent) (found []core.Imported, whole bool, err error) {
	steps := mostSteps
	replaced := map[string]bool{}
	for _, e := range events {
		if !e.replaces.IsZero() {
			replaced[timeUID(e.uid, e.replaces.In(r.Zone))] = true
		}
	}
	for _, e := range events {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		switch {
		case !e.replaces.IsZero():
			if s := e.span(r.Zone); r.wants(s) {
				found = append(found, e.imported(timeUID(e.uid, e.replaces.In(r.Zone)), s, r))
			}
		case e.rule == "" && len(e.also) == 0:
			if s := e.span(r.Zone); r.wants(s) {
				found = append(found, e.imported(e.uid, s, r))
			}
		default:
			seen := map[string]int{}
			for _, start := range r.times(e, &steps) {
				uid := timeUID(e.uid, start.In(r.Zone))
				if replaced[uid] {
					continue
				}
				if seen[uid]++; seen[uid] > 1 { // twice on one day
					uid += "/" + strconv.Itoa(seen[uid])
				}
				if s := e.spanFrom(stamp{start, e.start.day}, r.Zone); r.wants(s) {
					found = append(found, e.imported(uid, s, r))
				}
			}
		}
	}
	return found, steps > 0, nil
}

func timeUID(uid string, start time.Time) string { return uid + "/" + start.Format(time.DateOnly) }

// mostSteps bounds how many times the rules of a calendar give, those long past
// included: with it a calendar that means harm costs seconds.
const mostSteps = 1_000_000

// times are the next times of an event that repeats, a few. One whose rule is
// not understood, or repeats within a day, happens once. Each time that its rule
// gives is a step.
func (r Reading) times(e vevent, steps *int) []time.Time {
	once := append([]time.Time{e.start.Time}, times(e.also)...)
	rule, err := r.rule(e)
	if err != nil || rule == nil {
		return r.next(slices.Values(once), e)
	}
	following := rule.Iterator()
	return r.next(func(yield func(time.Time) bool) {
		for _, t := range times(e.also) {
			if !yield(t) {
				return
			}
		}
		for t, ok := following(); ok && t.Before(r.until()) && *steps > 0; t, ok = following() {
			*steps--
			if !yield(t) {
				return
			}
		}
	}, e)
}

// next takes the first of the times that are of interest and not excepted.
func (r Reading) next(all func(func(time.Time) bool), e vevent) []time.Time {
	var out []time.Time
	for t := range all {
		except := slices.ContainsFunc(e.except, func(x stamp) bool {
			return x.Equal(t) || x.day && x.Format(time.DateOnly) == t.Format(time.DateOnly)
		})
		if except || slices.ContainsFunc(out, t.Equal) || !r.wants(e.spanFrom(stamp{t, e.start.day}, r.Zone)) {
			continue
		}
		if out = append(out, t); len(out) == mostTimes {
			break
		}
	}
	return out
}

func times(stamps []stamp) []time.Time {
	out := make([]time.Time, len(stamps))
	for i, s := range stamps {
		out[i] = s.Time
	}
	return out
}

// rule reads an RRULE, without one it is nil. It is expanded on the clocks of
// the entry's own zone, so that an evening stays one when the clocks change, and
// ends with the time that is of interest, however it is written.
func (r Reading) rule(e vevent) (*rrule.RRule, error) {
	if e.rule == "" {
		return nil, nil //nolint:nilnil // no rule is no mistake
	}
	option, err := rrule.StrToROptionInLocation(strings.ToUpper(e.rule), e.start.Location())
	if err != nil {
		return nil, err
	}
	hours, minutes, seconds := max(len(option.Byhour), 1), max(len(option.Byminute), 1), max(len(option.Bysecond), 1)
	if option.Freq > rrule.DAILY || hours*minutes*seconds > 8 || len(option.Byeaster) > 0 { // SECONDLY is the greatest
		return nil, ErrUnclear
	}
	option.Dtstart = e.start.Time
	if option.Until.IsZero() || option.Until.After(r.until()) {
		option.Until = r.until()
	}
	return rrule.NewRRule(*option)
}
