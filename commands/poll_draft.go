package commands

import (
	"context"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// draft is the form of /poll create: what was written is kept as a draft, also
// what was not understood, and shown as it will look. The same form delivered
// twice makes one.
func (d *pollDesk) draft(ctx context.Context, ask Ask) (Reply, error) {
	kind, rest, _ := strings.Cut(ask.Arg, ",")
	locale, set, _ := strings.Cut(rest, ",")
	area, ok := ask.Home.Area(core.AreaID(ask.ID))
	switch {
	case !ok && ask.ID != 0:
		return Reply{}, noArea(ask, core.NoSuchVerb)
	case !d.speaks(locale) || kind != string(core.Secret) && kind != string(core.Open):
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	typed, err := readPollForm(ask, formWhole)
	if err != nil {
		return Reply{}, err
	}
	p := core.Poll{Guild: ask.Guild, Kind: core.PollKind(kind), State: core.PollDraft, Author: ask.Member, Locale: locale}
	if ok {
		p.Areas = []core.AreaID{area.ID}
	}
	if p.Kind == core.Secret {
		items, err := d.setOf(set)
		if err != nil {
			return Reply{}, err
		}
		p.Questions = d.itemQuestions(items.Items)
	}
	p = d.take(ask, p, typed)
	err = d.Store.InTx(ctx, func(tx *storage.Tx) error {
		id, err := tx.AddPollDraft(ctx, p, ask.Interaction)
		if err != nil {
			return err
		}
		p, err = tx.Poll(ctx, ask.Guild, id)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, p)
}

// load reads a poll that a coordinator may see: a draft is its author's alone.
func (d *pollDesk) load(ctx context.Context, ask Ask) (core.Poll, error) {
	var p core.Poll
	err := d.Store.View(ctx, func(tx *storage.Tx) (err error) {
		p, err = tx.Poll(ctx, ask.Guild, core.PollID(ask.ID))
		return err
	})
	if err != nil {
		return core.Poll{}, err
	}
	return p, pollMayChange(p, ask)
}

// lockPoll reads a poll that a coordinator may change, and keeps it from others
// until tx ends.
func lockPoll(ctx context.Context, tx *storage.Tx, ask Ask) (core.Poll, error) {
	p, err := tx.LockPoll(ctx, ask.Guild, core.PollID(ask.ID))
	if err != nil {
		return core.Poll{}, err
	}
	return p, pollMayChange(p, ask)
}

// pollMayChange tells whether a coordinator may see all of a poll and change it:
// all its areas are theirs, and a draft is their own.
func pollMayChange(p core.Poll, ask Ask) error {
	if err := ask.Home.MayChange(p.Areas...); err != nil {
		return err
	}
	if p.State == core.PollDraft && p.Author != ask.Member {
		return core.Refuse(core.NotYours)
	}
	return nil
}

// loadDraft is load for what can still be written.
func (d *pollDesk) loadDraft(ctx context.Context, ask Ask) (core.Poll, error) {
	p, err := d.load(ctx, ask)
	if err == nil && p.State != core.PollDraft {
		err = core.Refuse(core.AlreadyPublished)
	}
	return p, err
}

// redraft changes a draft and reads it back.
func (d *pollDesk) redraft(ctx context.Context, ask Ask, change func(tx *storage.Tx, p core.Poll) (core.Poll, error)) (core.Poll, error) {
	var p core.Poll
	err := d.Store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if p, err = lockPoll(ctx, tx, ask); err != nil {
			return err
		}
		if p.State != core.PollDraft {
			return core.Refuse(core.AlreadyPublished)
		}
		if p, err = change(tx, p); err != nil {
			return err
		}
		p.Edited++
		if err := tx.SavePoll(ctx, p); err != nil {
			return err
		}
		p, err = tx.Poll(ctx, ask.Guild, p.ID)
		return err
	})
	return p, err
}

// openForm opens the form of a draft, with what was written last.
func (d *pollDesk) openForm(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.loadDraft(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	typed := typedOfDraft(p)
	if pollPending(p, ask.Member, formWhole) {
		typed = *p.Typed
	}
	form := d.formOf(p, typed)
	form.Title, form.Verb, form.ID = locales.Msg{ID: "poll.form.edit." + string(p.Kind)}, pollFormSave, ask.ID
	return Reply{Form: &form}, nil
}

// saveForm stores what was written into it.
func (d *pollDesk) saveForm(ctx context.Context, ask Ask) (Reply, error) {
	typed, err := readPollForm(ask, formWhole)
	if err != nil {
		return Reply{}, err
	}
	p, err := d.redraft(ctx, ask, func(_ *storage.Tx, p core.Poll) (core.Poll, error) { return d.take(ask, p, typed), nil })
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, p)
}

// take puts what formWhole says into a draft, as far as it makes sense. What was
// typed is kept as long as something has to be mended.
func (d *pollDesk) take(ask Ask, p core.Poll, typed core.PollTyped) core.Poll {
	next, no := d.understand(ask, p, typed)
	switch {
	case len(no) > 0:
		// "Tomorrow" would mean another day tomorrow.
		for field, at := range map[string]time.Time{fieldOpens: next.Opens, fieldCloses: next.Closes} {
			if !at.IsZero() {
				typed.Fields[field] = formatMoment(at)
			}
		}
		next.Typed = &typed
	case pollPending(p, ask.Member, formWhole):
		next.Typed = nil
	}
	return next
}

// understand reads formWhole, and says of each field what does not make sense.
func (d *pollDesk) understand(ask Ask, p core.Poll, typed core.PollTyped) (next core.Poll, no []locales.Text) {
	zone, language := pollZone(ask, p), ask.Locales()[0]
	p.Opens, p.Closes = time.Time{}, time.Time{}
	var err error
	if typed.Fields[fieldOpens] != "" {
		if p.Opens, err = d.parseMoment(typed.Fields[fieldOpens], openingHour, zone, language); err != nil {
			no = append(no, wrongField("poll.form.opens", err))
		}
	}
	if p.Closes, err = d.parseMoment(typed.Fields[fieldCloses], closingHour, zone, language); err != nil {
		no = append(no, wrongField("poll.form.closes", err))
	}
	if p.Kind != core.Open {
		return p, no
	}
	scale, most, wrong := chosenTogether(typed.Fields[fieldMost])
	no = append(no, wrong...)
	q, wrong := readOwn(core.Question{Scale: scale, Most: most}, p.Locale, typed)
	no = append(no, wrong...)
	if len(p.Questions) == 1 { // it may have been translated
		q = keepTranslations(p.Questions[0], q, p.Locale)
	}
	p.Questions = []core.Question{q}
	return p, no
}

// wrongField says what is wrong with a field, by its label.
func wrongField(label string, err error) locales.Text {
	return locales.Msg{ID: "poll.wrong", Data: locales.Data{"Field": locales.Msg{ID: label}, "Why": sorry(err)}}
}

// pollZone gives the clocks of a poll's first area.
func pollZone(ask Ask, p core.Poll) *time.Location {
	if len(p.Areas) > 0 {
		if area, ok := ask.Home.Area(p.Areas[0]); ok {
			return area.Location()
		}
	}
	return ask.Home.Areas[0].Location()
}

// dropWritten is the Arg of the button that drops only what was written and not
// taken.
const dropWritten = "typed"

// discard asks, or throws a draft away, or drops what the asker wrote and was
// not taken.
func (d *pollDesk) discard(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	title := pollTitle(p, ask.Locales())
	switch {
	case ask.Arg == dropWritten:
		return d.dropTyped(ctx, ask)
	case p.State != core.PollDraft:
		return Reply{}, core.Refuse(core.AlreadyPublished)
	case ask.Arg != yes:
		return Reply{Card: Card{Tone: Warn, Blocks: []Block{
			Para{locales.Msg{ID: "discard.ask", Data: locales.Data{"Title": title}}},
			Buttons{
				{Label: locales.Msg{ID: "discard.yes"}, Verb: pollDiscard, ID: ask.ID, Arg: yes, Style: Danger},
				{Label: locales.Msg{ID: "discard.no"}, Verb: pollManage, ID: ask.ID},
			},
		}}}, nil
	}
	var gone bool
	err = d.Store.InTx(ctx, func(tx *storage.Tx) (err error) {
		gone, err = tx.DiscardPoll(ctx, ask.Guild, p.ID)
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case !gone: // it has been opened meanwhile
		return Reply{}, core.Refuse(core.AlreadyPublished)
	}
	return say(Plain, locales.Msg{ID: "discard.done", Data: locales.Data{"Title": title}}), nil
}

func (d *pollDesk) dropTyped(ctx context.Context, ask Ask) (Reply, error) {
	var p core.Poll
	err := d.Store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if p, err = lockPoll(ctx, tx, ask); err != nil || !pollPending(p, ask.Member, "") {
			return err
		}
		p.Typed = nil
		return tx.SavePoll(ctx, p)
	})
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, p)
}
