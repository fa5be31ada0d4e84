package commands

import (
	"context"
	"slices"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// SaveEvent is the form of an event that there is: a draft takes all of it;
// what has been published changes only if all of it makes sense, and then those
// who are signed up are told. What is not taken is kept to be mended.
type SaveEvent struct{ *organiser }

// Spec is the form. Its Arg is the edition that it was opened on.
func (SaveEvent) Spec() Spec {
	return Spec{Name: eventSave, Need: core.Coordinator, Sight: InPlace}
}

// Run stores what was written.
func (v SaveEvent) Run(ctx context.Context, ask Ask) (Reply, error) {
	typed, err := readForm(ask)
	if err != nil {
		return Reply{}, err
	}
	var e core.Event
	var notes []Block
	err = v.store.InTx(ctx, func(tx *storage.Tx) error {
		was, err := lock(ctx, tx, ask)
		if err != nil {
			return err
		}
		if err := was.Open(v.now()); err != nil {
			return err
		}
		u := understand(was, typed, v.now(), zoneOf(ask, was), ask.Locales()[0])
		if was.State == core.Draft {
			err = tx.SaveEvent(ctx, u.write(was, typed))
		} else {
			notes, err = v.change(ctx, tx, ask, was, u, typed)
		}
		if err != nil {
			return err
		}
		e, err = tx.Event(ctx, ask.Guild, was.ID)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return v.manage(ctx, ask, e, notes...)
}

// change judges what was written about a published event: it is taken whole, or
// only kept.
func (v SaveEvent) change(ctx context.Context, tx *storage.Tx, ask Ask, was core.Event, u understood, typed core.Typed) ([]Block, error) {
	_, err := was.Reslot(u.slots, was.Locale)
	if len(u.no) > 0 || err != nil {
		return nil, v.keep(ctx, tx, was, u.settle(typed))
	}
	next := carryPlace(was, u.write(was, typed))
	if edits(was, next) && !isEdition(was, ask.Arg) {
		return nil, v.keep(ctx, tx, was, merge(typed, ask.Arg, typedOf(was)))
	}
	return v.amend(ctx, tx, ask, was, next, "")
}

// keep stores what was not taken, and nothing else.
func (o *organiser) keep(ctx context.Context, tx *storage.Tx, was core.Event, typed core.Typed) error {
	was.Typed = &typed
	return tx.SaveEvent(ctx, was)
}

// carryPlace gives the new place to the languages in which it was called as it
// was before, so that nobody is sent to the old one.
func carryPlace(was, next core.Event) core.Event {
	old, now := was.Texts[was.Locale].Place, next.Texts[was.Locale].Place
	for locale, t := range next.Texts {
		if t.Place == old {
			t.Place = now
			next.Texts[locale] = t
		}
	}
	return next
}

// amend stores a change of a published event and books what follows from it:
// news for those who are signed up, if time or place are others, and for those
// who move up; the post anew; another reminder. Locale is the language of the
// form, "" for the one of all.
func (o *organiser) amend(ctx context.Context, tx *storage.Tx, ask Ask, was, next core.Event, locale string) ([]Block, error) {
	next.Typed = was.Typed
	if pending(was, ask) && was.Typed.Locale == locale {
		next.Typed = nil
	}
	done := []Block{Heading{locales.Msg{ID: "save.done"}}}
	if !edits(was, next) {
		next.Edited = was.Edited
		return done, tx.SaveEvent(ctx, next)
	}
	next.Edited = was.Edited + 1
	moved := !was.Session.Equal(next.Session.Span) || was.Texts[was.Locale].Place != next.Texts[was.Locale].Place
	if moved {
		next.Revision++
	}
	if err := tx.SaveEvent(ctx, next); err != nil {
		return nil, err
	}
	if err := tx.AddAct(ctx, o.acted(ask, core.DeedEdited, next)); err != nil {
		return nil, err
	}
	tasks, err := o.redraw(ctx, tx, next)
	if err != nil {
		return nil, err
	}
	if !was.Session.Start.Equal(next.Session.Start) {
		tasks = append(tasks, o.timed(next)...)
		steps, err := stepsFrom(ctx, tx, next)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, steps...)
	}
	if moved {
		people, err := tx.SignUps(ctx, was.Guild, was.Session.ID)
		if err != nil {
			return nil, err
		}
		for _, u := range people {
			tasks = append(tasks, core.Tell{
				Session: u.Session, Member: u.Member, News: core.NewsMoved, Revision: next.Revision, Was: was.Session.Start,
			})
		}
		if len(people) > 0 {
			done = append(done, Para{locales.Msg{ID: "save.told", Data: locales.Data{"Count": len(people)}}})
		}
	}
	lucky, err := o.moveUp(ctx, tx, was, next)
	if err != nil {
		return nil, err
	}
	if stale := stale(was, next); len(stale) > 0 {
		done = append(done, Para{locales.Msg{ID: "save.stale", Data: locales.Data{"Languages": languageNames(stale)}}})
	}
	return done, o.later.Book(ctx, tx, append(tasks, lucky...)...)
}

// moveUp gives new places to those who wait for them, and books their news.
func (o *organiser) moveUp(ctx context.Context, tx *storage.Tx, was, next core.Event) ([]core.Task, error) {
	var queue int
	for _, s := range was.Session.Slots {
		queue = max(queue, s.Waiting)
	}
	if queue == 0 {
		return nil, nil
	}
	id := was.Session.ID
	sheets, err := tx.LockSheets(ctx, []core.SessionID{id}, nil, queue)
	if err != nil {
		return nil, err
	}
	sheet, ok := sheets[id]
	if !ok {
		return nil, core.Refuse(core.NotFound)
	}
	for _, s := range next.Session.Slots {
		if s.ID != 0 { // nobody waits for a new task
			sheet.Resize(s.ID, s.Least, s.Most)
		}
	}
	var tasks []core.Task
	for _, lucky := range sheet.MovedUp {
		tasks = append(tasks, core.Tell{Session: id, Member: lucky.Member, News: core.NewsMovedUp})
	}
	return tasks, tx.SaveSheets(ctx, sheets)
}

// stale lists the other languages whose texts may not say any more what the
// first ones do.
func stale(was, next core.Event) []string {
	old, now := was.Texts[was.Locale], next.Texts[was.Locale]
	if sameTexts(old, now) {
		return nil
	}
	onlyPlace := old.Title == now.Title && old.Description == now.Description && old.Topic == now.Topic && slices.Equal(old.Tasks, now.Tasks)
	var out []string
	for locale, t := range next.Texts {
		if locale != was.Locale && (!onlyPlace || t.Place != now.Place) {
			out = append(out, locale)
		}
	}
	slices.Sort(out)
	return out
}

func sameTexts(a, b core.Texts) bool {
	return a.Title == b.Title && a.Place == b.Place && a.Description == b.Description && a.Topic == b.Topic && slices.Equal(a.Tasks, b.Tasks)
}
