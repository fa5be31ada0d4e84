package core

import "errors"

// Reason names why something was refused. Each has the text "refusal.<reason>"
// in every catalogue.
type Reason string

// Refusal is a no that is the asker's to hear, in their own language. Nothing
// has been changed when it is returned.
type Refusal struct {
	Reason Reason
	// About holds what the text speaks of, under the names that the text uses:
	// an int, a time.Time, a Span, or a string that a person wrote.
	About map[string]any
}

// Error is for logs; people get the text of the reason.
func (r *Refusal) Error() string { return "refused: " + string(r.Reason) }

// Refuse makes a refusal; about comes in pairs of a name and a value.
func Refuse(reason Reason, about ...any) *Refusal {
	r := &Refusal{Reason: reason}
	for i := 0; i+1 < len(about); i += 2 {
		if r.About == nil {
			r.About = map[string]any{}
		}
		name, _ := about[i].(string)
		r.About[name] = about[i+1]
	}
	return r
}

// ReasonOf finds the reason inside an error, or "" when it is no refusal.
func ReasonOf(err error) Reason {
	if no, ok := errors.AsType[*Refusal](err); ok {
		return no.Reason
	}
	return ""
}

// Times that people typed (calendar.ParseWhen).
const (
	// WhenUnclear: no time was recognised in what was typed.
	WhenUnclear Reason = "when_unclear"
	// WhenNoHour: a day was understood, but no hour.
	WhenNoHour Reason = "when_no_hour"
	// WhenPast: About "When" (time.Time) is over already.
	WhenPast Reason = "when_past"
	// WhenAhead: About "When" (time.Time) is still to come, where something is
	// meant that has been.
	WhenAhead Reason = "when_ahead"
	// WhenLongAgo: About "When" is longer ago than two years.
	WhenLongAgo Reason = "when_long_ago"
	// WhenTooFar: About "When" is further ahead than two years.
	WhenTooFar Reason = "when_too_far"
	// WhenNoSuchDay: a day that no calendar has, such as 31.2.; About "Typed".
	WhenNoSuchDay Reason = "when_no_such_day"
	// WhenSkippedHour: the clocks skip it that night; About "Typed", "After"
	// (time.Time, the first moment after the gap).
	WhenSkippedHour Reason = "when_skipped_hour"
	// WhenTwiceHour: the clocks show it twice that night; About "Typed".
	WhenTwiceHour Reason = "when_twice_hour"
	// WhenWrongWeekday: the weekday does not belong to the date; About "Typed",
	// "When" (time.Time, the date with its right weekday).
	WhenWrongWeekday Reason = "when_wrong_weekday"
	// WhenAmbiguous: it can be read in two ways; About "First", "Second"
	// (time.Time).
	WhenAmbiguous Reason = "when_ambiguous"
	// WhenEndsBeforeStart: the end is not after the start; About "Typed".
	WhenEndsBeforeStart Reason = "when_ends_before_start"
	// WhenTooLong: it would last longer than 14 days.
	WhenTooLong Reason = "when_too_long"
)

// Periods that people typed (calendar.ParseDays), and what is exported of them.
const (
	// DayUnclear: no day, month or year was recognised; About "Typed".
	DayUnclear Reason = "day_unclear"
	// PeriodBackwards: the end is before the start; About "From", "Until" (the
	// first and the last day).
	PeriodBackwards Reason = "period_backwards"
	// ExportTooLarge: it is more than Discord takes; About "From", "Until".
	ExportTooLarge Reason = "export_too_large"
)
