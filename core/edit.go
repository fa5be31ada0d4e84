package core

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Refusals of what coordinators write.
const (
	// NoTitle: there is no title, or nothing in it that can be seen.
	NoTitle Reason = "no_title"
	// TitleTooLong, PlaceTooLong, DescriptionTooLong: About "Most", "Has".
	TitleTooLong       Reason = "title_too_long"
	PlaceTooLong       Reason = "place_too_long"
	DescriptionTooLong Reason = "description_too_long"
	// HostTooLong, TopicTooLong: About "Most", "Has".
	HostTooLong  Reason = "host_too_long"
	TopicTooLong Reason = "topic_too_long"
	// NotTraining: only a training has a host and a topic.
	NotTraining Reason = "not_training"
	// FieldTooLong: any other field; About "Most", "Has".
	FieldTooLong Reason = "field_too_long"
	// NoTime: it cannot be published before somebody says when it is.
	NoTime Reason = "no_time"
	// NotUnderstood: something in the form has to be mended before.
	NotUnderstood Reason = "not_understood"
	// NotPublished: it makes sense only for what has been published.
	NotPublished Reason = "not_published"
	// AlreadyPublished: it makes sense only for a draft.
	AlreadyPublished Reason = "already_published"
	// AlreadyCancelled: it has been called off before.
	AlreadyCancelled Reason = "already_cancelled"
	// EditCancelled, EditOver: it can be changed no more.
	EditCancelled Reason = "edit_cancelled"
	EditOver      Reason = "edit_over"
	// ChangedMeanwhile: somebody else changed it since the form was opened.
	ChangedMeanwhile Reason = "changed_meanwhile"
	// TooFewPlaces: more people are coming than would fit; About "Going".
	TooFewPlaces Reason = "too_few_places"
	// TooFewForTask: the same for one task of a shift; About "Task", "Going".
	TooFewForTask Reason = "too_few_for_task"
	// TaskHasPeople: a task that people are on would go; About "Task".
	TaskHasPeople Reason = "task_has_people"
	// SeveralMatch: more than one event fits what was typed; About "Typed".
	SeveralMatch Reason = "several_match"
	// WhichArea: the guild has several; About "Areas", their names.
	WhichArea Reason = "which_area"
)

// Clone gives an event whose texts and slots are its own.
func (e Event) Clone() Event {
	e.Texts = maps.Clone(e.Texts)
	for locale, t := range e.Texts {
		t.Tasks = slices.Clone(t.Tasks)
		e.Texts[locale] = t
	}
	e.Session = e.Session.Copy()
	return e
}

// MayChange tells whether a coordinator may see and change the event: a draft
// is its author's alone.
func (e Event) MayChange(member MemberID) error {
	if e.State == Draft && e.Author != member {
		return Refuse(NotYours)
	}
	return nil
}

// Open tells whether the event can be changed at all: it is a draft, or still
// to come.
func (e Event) Open(now time.Time) error {
	switch {
	case e.State == Withdrawn:
		return Refuse(EditCancelled)
	case e.State == Published && e.Over(now):
		return Refuse(EditOver)
	}
	return nil
}

// Ready tells what keeps a draft from being published; nil is nothing.
func (e Event) Ready(now time.Time) error {
	switch {
	case e.Typed != nil && e.Typed.Locale == "":
		return Refuse(NotUnderstood)
	case e.Texts[e.Locale].Title == "":
		return Refuse(NoTitle)
	case e.Session.Start.IsZero():
		return Refuse(NoTime)
	case !e.Session.Start.After(now):
		return Refuse(WhenPast, "When", e.Session.Start)
	case len(e.Session.Slots) == 0:
		return Refuse(NoTasks)
	}
	return nil
}

// Places gives the slots of an event as they are written in a language.
func (e Event) Places(locale string) []Places {
	tasks := e.Texts[locale].Tasks
	out := make([]Places, len(e.Session.Slots))
	for i, s := range e.Session.Slots {
		out[i] = Places{Least: s.Least, Most: s.Most}
		if i < len(tasks) {
			out[i].Task = tasks[i]
		}
	}
	return out
}

// Concerned counts the people who are told when something changes.
func (e Event) Concerned() (n int) {
	for _, s := range e.Session.Slots {
		n += s.people()
	}
	return n
}

func (s Slot) people() int { return s.Going + s.Maybe + s.Waiting }

// Reslot gives the event the slots that were typed in a language, in that
// order. A slot stays the same one, with its people, if its task has kept its
// name, or else its place in the list. The counts are those of e: who holds its
// lock may rely on what is refused.
func (e Event) Reslot(want []Places, locale string) (Event, error) {
	next := e.Clone()
	was := e.Places(locale)
	from := match(was, want)

	next.Session.Slots = make([]Slot, len(want))
	for i, p := range want {
		slot := Slot{Least: p.Least, Most: p.Most}
		if from[i] >= 0 {
			slot = e.Session.Slots[from[i]]
			slot.Least, slot.Most = p.Least, p.Most
		}
		if p.Most > 0 && slot.Going > p.Most {
			if p.Task == "" {
				return e, Refuse(TooFewPlaces, "Going", slot.Going)
			}
			return e, Refuse(TooFewForTask, "Task", p.Task, "Going", slot.Going)
		}
		next.Session.Slots[i] = slot
	}
	for i, s := range e.Session.Slots {
		if !slices.Contains(from, i) && s.people() > 0 {
			return e, Refuse(TaskHasPeople, "Task", was[i].Task)
		}
	}
	for l, t := range next.Texts {
		tasks := make([]string, len(want))
		for i, p := range want {
			switch {
			case l == locale:
				tasks[i] = p.Task
			case from[i] >= 0 && from[i] < len(t.Tasks):
				tasks[i] = t.Tasks[from[i]]
			}
		}
		if e.Kind != KindShift {
			tasks = nil
		}
		t.Tasks = tasks
		next.Texts[l] = t
	}
	return next, nil
}

// match tells for each wanted slot which of the old ones it is, or -1 for none.
func match(was, want []Places) []int {
	from := make([]int, len(want))
	taken := make([]bool, len(was))
	for i, p := range want {
		from[i] = slices.IndexFunc(was, func(o Places) bool { return strings.EqualFold(o.Task, p.Task) })
		if from[i] >= 0 {
			taken[from[i]] = true
		}
	}
	for i := range want {
		if from[i] < 0 && i < len(was) && !taken[i] {
			from[i], taken[i] = i, true
		}
	}
	return from
}
