package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// create opens the form of a new campaign; its Arg is the template.
func (d *campaignDesk) create(_ context.Context, ask Ask) (Reply, error) {
	t := core.TemplateBlank
	if wish := core.Template(ask.Options[optionTemplate]); slices.Contains(core.Templates(), wish) {
		t = wish
	}
	c := core.Campaign{Locale: ask.Languages[0], Template: t, Texts: map[string]core.CampaignTexts{}}
	c = d.fromTemplate(c, ask.Languages[:1])
	form, err := formFor(c, formMain, ask.Languages)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Form: &Form{Title: locales.Msg{ID: "campaign.form.new"}, Verb: campaignStore, Arg: string(t), Fields: form.fields}}, nil
}

// add is the form of a new campaign: what was written is kept as a draft, also
// what was not understood. The same form delivered twice makes one.
func (d *campaignDesk) add(ctx context.Context, ask Ask) (Reply, error) {
	c := core.Campaign{
		Guild: ask.Guild, State: core.CampaignDraft, Author: ask.Member, Template: core.Template(ask.Arg), Locale: ask.Languages[0],
		Texts: map[string]core.CampaignTexts{},
	}
	if !slices.Contains(core.Templates(), c.Template) {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	if len(ask.Home.Areas) == 1 {
		c.Areas = []core.AreaID{ask.Home.Areas[0].ID}
	}
	form, err := formFor(c, formMain, ask.Languages)
	if err != nil {
		return Reply{}, err
	}
	values, err := form.read(ask)
	if err != nil {
		return Reply{}, err
	}
	c = d.fromTemplate(c, ask.Languages)
	c, no := form.take(c, values, d.now(), d.zone(ask, c), ask.Locales()[0])
	if len(no) > 0 {
		c.Typed = &core.CampaignTyped{Form: formMain, Fields: values, By: ask.Member}
	}
	err = d.store.InTx(ctx, func(tx *storage.Tx) error {
		id, err := tx.AddCampaign(ctx, c, ask.Interaction)
		if err != nil {
			return err
		}
		c, err = tx.Campaign(ctx, ask.Guild, id)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, c)
}

// zone gives the clocks of a campaign's first area.
func (d *campaignDesk) zone(ask Ask, c core.Campaign) *time.Location {
	return plan{Campaign: c, home: ask.Home}.firstArea().Location()
}

// form opens one of the forms of a campaign: the Arg is its key, or the first
// part of it with the rest chosen from a menu. What the asker wrote last and was
// not taken stands in it.
func (d *campaignDesk) form(ctx context.Context, ask Ask) (Reply, error) {
	c, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	key := ask.Arg
	if len(ask.Chosen) == 1 {
		key += "." + ask.Chosen[0]
	}
	if kind, tag, _ := strings.Cut(key, "."); kind == formText && !slices.Contains(ask.Languages, tag) {
		return Reply{}, core.Refuse(core.UnknownLanguage)
	}
	form, err := formFor(c, key, ask.Languages)
	if err != nil {
		return Reply{}, err
	}
	arg := key + "," + editionOf(c.Edited, form.stored())
	if campaignPending(c, ask) && c.Typed.Form == key {
		for i, field := range form.fields {
			form.fields[i].Value = shorten(c.Typed.Fields[field.Name], field.Max)
		}
	}
	return Reply{Form: &Form{Title: form.title, Verb: campaignSave, ID: ask.ID, Arg: arg, Fields: form.fields}}, nil
}

// save is one of the forms of a campaign. It is taken whole, or kept to be
// mended; of two who write at once the second undoes nothing that the first
// wrote, and sees it.
func (d *campaignDesk) save(ctx context.Context, ask Ask) (Reply, error) {
	key, edition, _ := strings.Cut(ask.Arg, ",")
	var c core.Campaign
	var no []locales.Text
	err := d.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if c, err = lockCampaign(ctx, tx, ask, core.CampaignID(ask.ID)); err != nil {
			return err
		}
		form, err := formFor(c, key, ask.Languages)
		if err != nil {
			return err
		}
		values, err := form.read(ask)
		if err != nil {
			return err
		}
		no = form.merge(values, edition, c.Edited)
		next := c
		if len(no) == 0 {
			next, no = form.take(c, values, d.now(), d.zone(ask, c), ask.Locales()[0])
		}
		if len(no) > 0 {
			c.Typed = &core.CampaignTyped{Form: key, Fields: values, By: ask.Member}
			return tx.SaveCampaign(ctx, c)
		}
		next.Edited++
		if campaignPending(c, ask) {
			next.Typed = nil
		}
		c, err = d.amend(ctx, tx, ask, next, core.DeedEdited)
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case len(no) > 0:
		// Of what is not understood, the card says why; of what another changed, only we know.
		if len(d.refused(ask, c)) > 0 {
			no = nil
		}
		return d.manage(ctx, ask, c, Para{locales.Lines(append([]locales.Text{locales.Msg{ID: "organise.not_saved"}}, no...))})
	}
	if kind, rest, _ := strings.Cut(key, "."); kind == formStep {
		step, _, _ := strings.Cut(rest, ".")
		for _, s := range c.Steps {
			if core.Snowflake(s.ID) == step {
				return d.stepCard(ctx, ask, c, s.ID, Heading{locales.Msg{ID: "save.done"}})
			}
		}
	}
	return d.manage(ctx, ask, c, Heading{locales.Msg{ID: "save.done"}})
}

// refused tells anew what is wrong with what the asker typed.
func (d *campaignDesk) refused(ask Ask, c core.Campaign) []locales.Text {
	form, err := formFor(c, c.Typed.Form, ask.Languages)
	if err != nil {
		return nil
	}
	_, no := form.take(c, c.Typed.Fields, d.now(), d.zone(ask, c), ask.Locales()[0])
	return no
}

// merge takes what is stored now for each field that its writer left as it was
// when the form was opened. It says which fields another person has changed
// meanwhile to something else than the writer.
func (f planForm) merge(values map[string]string, edition string, edited int) (no []locales.Text) {
	if edition == "" || isEditionOf(edited, edition) {
		return nil
	}
	prints := strings.Split(edition, ".")[1:]
	for i, field := range f.fields {
		mine := values[field.Name]
		switch {
		case i >= len(prints) || printOf(field.Value) == prints[i] || mine == field.Value: // nobody else touched it
		case printOf(mine) == prints[i]:
			values[field.Name] = field.Value
		default:
			no = append(no, locales.Msg{ID: "campaign.meanwhile", Data: locales.Data{
				"Field": field.Label, "Text": locales.Quote(shorten(field.Value, 200)),
			}})
		}
	}
	return no
}

// amend stores a change of a campaign, and of a running one books what follows:
// its posts anew, and the steps at their times. It is logged once it runs.
func (d *campaignDesk) amend(ctx context.Context, tx *storage.Tx, ask Ask, c core.Campaign, deed core.Deed) (core.Campaign, error) {
	if err := tx.SaveCampaign(ctx, c); err != nil {
		return c, err
	}
	c, err := tx.Campaign(ctx, c.Guild, c.ID)
	if err != nil || c.Planned() {
		return c, err
	}
	if err := tx.AddAct(ctx, d.acted(ask, deed, c)); err != nil {
		return c, err
	}
	p, err := readPlan(ctx, tx, ask.Home, c)
	if err != nil {
		return c, err
	}
	tasks := p.tasks()
	stale, err := tx.StaleSteps(ctx, c.ID)
	for _, post := range stale {
		tasks = append(tasks, core.DrawPost{Post: post})
	}
	if err != nil {
		return c, err
	}
	return c, d.later.Book(ctx, tx, tasks...)
}

// drop is the button that drops what the asker wrote and was not taken.
func (d *campaignDesk) drop(ctx context.Context, ask Ask) (Reply, error) {
	var c core.Campaign
	err := d.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if c, err = lockCampaign(ctx, tx, ask, core.CampaignID(ask.ID)); err != nil || !campaignPending(c, ask) {
			return err
		}
		c.Typed = nil
		return tx.SaveCampaign(ctx, c)
	})
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, c)
}

// set is a menu of the card: the Arg says which of areas, domain and things it
// is about. The areas stand once it has been started.
func (d *campaignDesk) set(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Chosen == nil {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	var c core.Campaign
	err := d.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if c, err = lockCampaign(ctx, tx, ask, core.CampaignID(ask.ID)); err != nil {
			return err
		}
		next := c.Clone()
		switch {
		case ask.Arg == menuAreas && c.Planned():
			next.Areas = nil
			for _, a := range ask.Home.Areas {
				if slices.Contains(ask.Chosen, core.Snowflake(a.ID)) {
					next.Areas = append(next.Areas, a.ID)
				}
			}
		case ask.Arg == menuDomain && len(ask.Chosen) == 1:
			next.Domain = core.Domain(ask.Chosen[0])
			if !slices.Contains(core.Domains(), next.Domain) {
				next.Domain = ""
			}
		case ask.Arg == menuProgramme && c.State == core.CampaignDraft && len(ask.Chosen) == 1:
			err = chooseProgramme(ctx, tx, ask.Home, &next, ask.Chosen[0])
		case ask.Arg == menuThings:
			err = chooseThings(ctx, tx, ask.Home, &next, ask.Chosen)
		default:
			err = core.Refuse(core.NoSuchVerb)
		}
		if err != nil {
			return err
		}
		next.Edited++
		c, err = d.amend(ctx, tx, ask, next, core.DeedEdited)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, c)
}

// The menus of a campaign's card.
const (
	menuAreas  = "areas"
	menuDomain = "domain"
	menuThings = "things"

	menuProgramme = "programme"
)

// chooseThings makes the chosen things those of a campaign, if they are the
// guild's. A draft of a template shows all of them in every step.
func chooseThings(ctx context.Context, tx *storage.Tx, home core.Guild, c *core.Campaign, chosen []string) error {
	before := c.Things
	c.Things = nil
	for _, value := range chosen[:min(len(chosen), core.MaxThings)] {
		thing, ok := readThing(value)
		if !ok {
			return core.Refuse(core.NoSuchVerb)
		}
		var areas []core.AreaID
		if thing.Kind == core.ThingPoll {
			poll, err := tx.Poll(ctx, c.Guild, core.PollID(thing.ID))
			if err != nil {
				return err
			}
			areas = poll.Areas
		} else {
			e, err := tx.Event(ctx, c.Guild, core.EventID(thing.ID))
			if err != nil {
				return err
			}
			areas = []core.AreaID{e.Area}
		}
		if err := home.MaySee(areas...); err != nil {
			return err
		}
		c.Things = append(c.Things, thing)
	}
	for i, s := range c.Steps {
		s.Things = slices.DeleteFunc(s.Things, func(t core.ThingRef) bool { return !slices.Contains(c.Things, t) })
		for _, t := range c.Things {
			fits := s.Result == (t.Kind == core.ThingPoll) || !s.Result
			if fits && len(s.Things) < core.MaxStepThings && !slices.Contains(before, t) {
				s.Things = append(s.Things, t)
			}
		}
		if s.Event != 0 && !slices.Contains(c.Things, core.ThingRef{Kind: core.ThingEvent, ID: int64(s.Event)}) {
			s.Event = 0
		}
		c.Steps[i] = s
	}
	return nil
}

// thingValue is a thing in a menu, and readThing reads it.
func thingValue(t core.ThingRef) string { return string(t.Kind) + "." + core.Snowflake(t.ID) }

func readThing(value string) (core.ThingRef, bool) {
	kind, id, _ := strings.Cut(value, ".")
	n, err := core.ParseSnowflake[core.EventID](id)
	t := core.ThingRef{Kind: core.ThingKind(kind), ID: int64(n)}
	return t, err == nil && (t.Kind == core.ThingEvent || t.Kind == core.ThingPoll)
}

// discard takes a draft away.
func (d *campaignDesk) discard(ctx context.Context, ask Ask) (Reply, error) {
	err := d.store.InTx(ctx, func(tx *storage.Tx) error {
		c, err := lockCampaign(ctx, tx, ask, core.CampaignID(ask.ID))
		if err != nil {
			return err
		}
		if c.State != core.CampaignDraft {
			return core.Refuse(core.AlreadyPublished)
		}
		_, err = tx.DiscardCampaign(ctx, ask.Guild, c.ID)
		return err
	})
	switch {
	case core.ReasonOf(err) == core.NotFound: // pressed twice
	case err != nil:
		return Reply{}, err
	}
	return say(Plain, locales.Msg{ID: "campaign.discarded"}), nil
}

// load reads a campaign that a coordinator may see.
func (d *campaignDesk) load(ctx context.Context, ask Ask) (core.Campaign, error) {
	var c core.Campaign
	err := d.store.View(ctx, func(tx *storage.Tx) (err error) {
		c, err = tx.Campaign(ctx, ask.Guild, core.CampaignID(ask.ID))
		return err
	})
	if err != nil {
		return core.Campaign{}, err
	}
	return c, maySee(ask, c)
}

// campaignPending tells whether something that the asker wrote has not been
// taken.
func campaignPending(c core.Campaign, ask Ask) bool {
	return c.Typed != nil && c.Typed.By == ask.Member
}
