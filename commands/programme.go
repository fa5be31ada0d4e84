package commands

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of programmes. Their ID is the programme.
const (
	programmeList  = "programme"
	programmeFound = "programme.found"
	programmeStore = "programme.store"
	programmeForm  = "programme.form"
	programmeLook  = "programme.look"
	programmeJoin  = "programme.join"
	programmeShow  = "programme.show"
	programmeCode  = "programme.code"
	programmeMode  = "programme.mode"
	programmeOut   = "programme.out"
	programmeLeave = "programme.leave"
	programmeGive  = "programme.handover"
)

// leaveSure is the Arg of the button that leaves; without it one is asked.
const leaveSure = "sure"

// forum is where guilds join in programmes, and see what these may do.
type forum struct {
	store  *storage.Store
	later  Scheduler
	random io.Reader
	now    func() time.Time
}

// Programmes makes the verbs by which who manages a server founds a programme,
// joins one with a code, says what it may do, hands its place over, or leaves.
func Programmes(store *storage.Store, later Scheduler, random io.Reader, now func() time.Time) []Verb {
	f := &forum{store, later, random, now}
	return []Verb{
		Setting{programmeList, InPlace, f.list},
		Setting{programmeFound, Opens, f.found},
		Setting{programmeStore, InPlace, f.add},
		Setting{programmeForm, Opens, f.form},
		Setting{programmeLook, InPlace, f.look},
		Setting{programmeJoin, InPlace, f.join},
		Setting{programmeShow, InPlace, f.show},
		Setting{programmeCode, InPlace, f.code},
		Setting{programmeMode, InPlace, f.mode},
		Setting{programmeOut, InPlace, f.out},
		Setting{programmeLeave, InPlace, f.leave},
		Setting{programmeGive, InPlace, f.give},
	}
}

func (f *forum) acted(ask Ask, deed core.Deed, name string) core.Act {
	return acted(ask, f.now(), deed, core.ThingSetup, 0, name)
}

// found opens the form of a new programme.
func (f *forum) found(context.Context, Ask) (Reply, error) {
	return Reply{Form: &Form{Title: locales.Msg{ID: "programme.found"}, Verb: programmeStore, Fields: []Field{{
		Name: fieldName, Label: locales.Msg{ID: "programme.name"}, Help: locales.Msg{ID: "programme.name.help"},
		Required: true, Max: core.MaxProgrammeName,
	}}}}, nil
}

// add stores a new programme that the guild leads.
func (f *forum) add(ctx context.Context, ask Ask) (Reply, error) {
	name := locales.CleanLine(ask.Fields[fieldName])
	if name == "" {
		return Reply{}, core.Refuse(core.NoTitle)
	}
	if n := locales.Len(name); n > core.MaxProgrammeName {
		return Reply{}, core.Refuse(core.FieldTooLong, "Most", core.MaxProgrammeName, "Has", n)
	}
	code, err := core.NewProgrammeCode(f.random)
	if err != nil {
		return Reply{}, err
	}
	err = f.store.InTx(ctx, func(tx *storage.Tx) error {
		if _, err := tx.LockGuild(ctx, ask.Guild); err != nil {
			return err
		}
		led, err := tx.Programmes(ctx, ask.Guild)
		if err != nil {
			return err
		}
		if len(led) >= core.MaxProgrammes {
			return core.Refuse(core.TooManyProgrammes, "Most", core.MaxProgrammes)
		}
		id, err := tx.AddProgramme(ctx, core.Programme{Lead: ask.Guild, Name: name, Code: code}, ask.Interaction)
		if err != nil {
			return err
		}
		ask.ID = int64(id)
		return tx.AddAct(ctx, f.acted(ask, core.DeedFounded, name))
	})
	if err != nil {
		return Reply{}, err
	}
	return f.show(ctx, ask)
}

// form opens the form in which a code is typed.
func (f *forum) form(context.Context, Ask) (Reply, error) {
	return Reply{Form: &Form{Title: locales.Msg{ID: "programme.join"}, Verb: programmeLook, Fields: []Field{{
		Name: "code", Label: locales.Msg{ID: "programme.code"}, Help: locales.Msg{ID: "programme.code.help"}, Required: true, Max: 40,
	}}}}, nil
}

// look says what a code would join, and asks what the programme may do here.
func (f *forum) look(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Fields == nil { // a button
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	code := core.ReadProgrammeCode(ask.Fields["code"])
	var p core.Programme
	var of core.Membership
	var lead core.Guild
	err := f.store.View(ctx, func(tx *storage.Tx) (err error) {
		if p, of, err = f.opened(ctx, tx, ask, code); err != nil {
			return err
		}
		lead, err = tx.Guild(ctx, p.Lead)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	about := locales.Lines{
		locales.Msg{ID: "programme.led_by", Data: locales.Data{"Server": locales.Quote(lead.Name)}},
		locales.Msg{ID: "programme.about.posts"},
		locales.Msg{ID: "programme.about.data"},
		locales.Msg{ID: "programme.about.leave"},
	}
	if of.ID != 0 {
		about = append(about, locales.Msg{ID: "programme.about.successor", Data: locales.Data{"Server": locales.Quote(of.GuildName)}})
	}
	join := func(mode core.Mode, style Style) Button {
		return Button{Label: locales.Msg{ID: "programme.join." + string(mode)}, Verb: programmeJoin, ID: int64(p.ID), Arg: string(mode) + "," + code, Style: style}
	}
	return Reply{Card: Card{Blocks: []Block{
		Heading{locales.Quote(p.Name)},
		Para{about},
		Buttons{join(core.Approving, Success), join(core.ByItself, Secondary), {Label: locales.Msg{ID: "organise.back"}, Verb: programmeList}},
	}}}, nil
}

// opened is what a code opens for a guild that may join.
func (f *forum) opened(ctx context.Context, tx *storage.Tx, ask Ask, code string) (core.Programme, core.Membership, error) {
	p, of, err := tx.ProgrammeByCode(ctx, code)
	switch {
	case err != nil:
		return p, of, err
	case p.Lead == ask.Guild:
		return p, of, core.Refuse(core.OwnProgramme)
	}
	m, err := tx.Membership(ctx, ask.Guild, p.ID)
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return p, of, nil
	case err == nil && m.Member:
		return p, of, core.Refuse(core.AlreadyMember)
	}
	return p, of, err
}

// join is the button that joins. The code is judged anew: it may have been
// changed meanwhile. A guild that takes another's place has its history.
func (f *forum) join(ctx context.Context, ask Ask) (Reply, error) {
	mode, code, _ := strings.Cut(ask.Arg, ",")
	if core.Mode(mode) != core.Approving && core.Mode(mode) != core.ByItself {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	err := f.store.InTx(ctx, func(tx *storage.Tx) error {
		if _, err := tx.LockGuild(ctx, ask.Guild); err != nil {
			return err
		}
		p, of, err := f.opened(ctx, tx, ask, code)
		if core.ReasonOf(err) == core.AlreadyMember { // pressed twice
			return nil
		} else if err != nil {
			return err
		}
		if of.ID != 0 {
			if err := tx.Leave(ctx, of.Guild, p.ID, ask.Guild, f.now()); err != nil {
				return err
			}
		}
		m := core.Membership{Programme: p, Guild: ask.Guild, Mode: core.Mode(mode), Since: f.now(), By: ask.Member}
		if err := tx.Join(ctx, m); err != nil {
			return err
		}
		if err := tx.AddAct(ctx, f.acted(ask, core.DeedJoined, p.Name)); err != nil {
			return err
		}
		running, err := tx.LeadCampaigns(ctx, p.ID)
		if err != nil {
			return err
		}
		var tasks []core.Task
		for _, c := range running {
			tasks = append(tasks, core.OfferCampaign{Campaign: c.ID, Guild: ask.Guild})
		}
		return f.later.Book(ctx, tx, tasks...)
	})
	if err != nil {
		return Reply{}, err
	}
	return f.show(ctx, ask)
}

// change runs a story about the place of the guild in a programme, logs it, and
// shows how it is then.
func (f *forum) change(ctx context.Context, ask Ask, deed core.Deed, story func(*storage.Tx, core.Membership) error) (Reply, error) {
	err := f.store.InTx(ctx, func(tx *storage.Tx) error {
		m, err := tx.Membership(ctx, ask.Guild, core.ProgrammeID(ask.ID))
		if err != nil {
			return err
		}
		if err := story(tx, m); err != nil {
			return err
		}
		return tx.AddAct(ctx, f.acted(ask, deed, m.Name))
	})
	if err != nil {
		return Reply{}, err
	}
	return f.show(ctx, ask)
}

// mode says what the programme may do here.
func (f *forum) mode(ctx context.Context, ask Ask) (Reply, error) {
	mode := core.Mode(ask.Arg)
	if !slices.Contains([]core.Mode{core.Approving, core.ByItself}, mode) {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return f.change(ctx, ask, core.DeedMode, func(tx *storage.Tx, m core.Membership) error {
		return tx.SetMode(ctx, ask.Guild, m.ID, mode)
	})
}

// give makes the code by which another guild takes this one's place.
func (f *forum) give(ctx context.Context, ask Ask) (Reply, error) {
	code, err := core.NewProgrammeCode(f.random)
	if err != nil {
		return Reply{}, err
	}
	return f.change(ctx, ask, core.DeedHandover, func(tx *storage.Tx, m core.Membership) error {
		if m.Handover != "" { // pressed twice
			return nil
		}
		return tx.SetHandover(ctx, ask.Guild, m.ID, code)
	})
}

// leave asks, and then leaves: what the programme has running here stops.
func (f *forum) leave(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Arg != leaveSure {
		return Reply{Card: Card{Tone: Warn, Blocks: []Block{
			Heading{locales.Msg{ID: "programme.leave.ask"}},
			Para{locales.Msg{ID: "programme.leave.about"}},
			Buttons{
				{Label: locales.Msg{ID: "programme.leave.yes"}, Verb: programmeLeave, ID: ask.ID, Arg: leaveSure, Style: Danger},
				{Label: locales.Msg{ID: "organise.back"}, Verb: programmeShow, ID: ask.ID},
			},
		}}}, nil
	}
	err := f.store.InTx(ctx, func(tx *storage.Tx) error {
		m, err := tx.Membership(ctx, ask.Guild, core.ProgrammeID(ask.ID))
		if err != nil || !m.Member {
			return err
		}
		if err := tx.Leave(ctx, ask.Guild, m.ID, 0, f.now()); err != nil {
			return err
		}
		return tx.AddAct(ctx, f.acted(ask, core.DeedLeft, m.Name))
	})
	if err != nil {
		return Reply{}, err
	}
	return f.list(ctx, ask)
}

// code gives a programme that the guild leads another code.
func (f *forum) code(ctx context.Context, ask Ask) (Reply, error) {
	code, err := core.NewProgrammeCode(f.random)
	if err != nil {
		return Reply{}, err
	}
	err = f.store.Write(ctx, func(tx *storage.Tx) error {
		return tx.SetProgrammeCode(ctx, ask.Guild, core.ProgrammeID(ask.ID), code)
	})
	if err != nil {
		return Reply{}, err
	}
	return f.show(ctx, ask)
}

// out takes a guild out of a programme that this one leads.
func (f *forum) out(ctx context.Context, ask Ask) (Reply, error) {
	if len(ask.Chosen) != 1 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	guild, err := core.ParseSnowflake[core.GuildID](ask.Chosen[0])
	if err != nil {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	err = f.store.InTx(ctx, func(tx *storage.Tx) error {
		led, err := tx.Programmes(ctx, ask.Guild)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(led, func(p core.Programme) bool { return int64(p.ID) == ask.ID })
		if i < 0 {
			return core.Refuse(core.NotFound)
		}
		err = tx.Leave(ctx, guild, led[i].ID, 0, f.now())
		if core.ReasonOf(err) == core.NotFound { // it is out already
			return nil
		} else if err != nil {
			return err
		}
		return tx.AddAct(ctx, f.acted(ask, core.DeedLeft, led[i].Name))
	})
	if err != nil {
		return Reply{}, err
	}
	return f.show(ctx, ask)
}
