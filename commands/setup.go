package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/fetch"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of the set-up. Those of an area have its id; of a channel, Arg is
// the kind of post.
const (
	setupShow      = "setup"
	setupLanguages = "setup.languages"
	setupMain      = "setup.main"
	setupRoles     = "setup.roles"
	setupArea      = "setup.area"
	setupAreaForm  = "setup.area.form"
	setupAreaSave  = "setup.area.save"
	setupZone      = "setup.zone"
	setupChannel   = "setup.channel"
	setupAreaRoles = "setup.area.roles"
)

// office is where the set-up of a guild is looked at and changed.
type office struct {
	store     *storage.Store
	later     Scheduler
	channels  Channels
	feeds     *fetch.Client
	languages []locales.Language
	now       func() time.Time
}

// Setting is one of the verbs of the set-up: the command /setup, or a menu,
// button or form on its card. All need the right to manage the server, and each
// is saved at once.
type Setting struct {
	name  string
	sight Sight
	run   func(ctx context.Context, ask Ask) (Reply, error)
}

// Spec is the command, menu, button or form.
func (v Setting) Spec() Spec {
	spec := Spec{Name: v.name, Need: core.Manager, Sight: v.sight}
	if v.name == setupShow {
		spec.Slash = &Slash{Path: "setup"}
	}
	return spec
}

// Run shows or saves.
func (v Setting) Run(ctx context.Context, ask Ask) (Reply, error) { return v.run(ctx, ask) }

// Setup makes the verbs of /setup.
func Setup(p Parts) []Verb {
	o := office{p.Store, p.Later, p.Channels, p.Feeds, p.Languages, p.Now}
	return slices.Concat(o.calendars(), o.weekly(), []Verb{
		Setting{setupShow, InPlace, o.show},
		Setting{setupLanguages, InPlace, o.setLanguages},
		Setting{setupMain, InPlace, o.setMain},
		Setting{setupRoles, InPlace, o.setRoles},
		Setting{setupArea, InPlace, o.showArea},
		Setting{setupAreaForm, Opens, o.openArea},
		Setting{setupAreaSave, InPlace, o.saveArea},
		Setting{setupZone, InPlace, o.setZone},
		Setting{setupChannel, InPlace, o.setChannel},
		Setting{setupAreaRoles, InPlace, o.setAreaRoles},
	})
}

func (o office) show(ctx context.Context, ask Ask) (Reply, error) {
	return o.home(ctx, ask.Home, nil)
}

// change runs a story that changes the settings while nobody else can, and
// gives them as they are then. A change is logged.
func (o office) change(ctx context.Context, guild core.GuildID, story func(*storage.Tx, core.Guild) error) (core.Guild, error) {
	var now core.Guild
	err := o.store.InTx(ctx, func(tx *storage.Tx) error {
		before, err := tx.LockGuild(ctx, guild)
		if err != nil {
			return err
		}
		if err := story(tx, before); err != nil {
			return err
		}
		now, err = tx.Guild(ctx, guild)
		return err
	})
	return now, err
}

// saved logs a change of the settings that has gone well so far.
func (o office) saved(ctx context.Context, tx *storage.Tx, a core.Act, err error) error {
	if err != nil {
		return err
	}
	return tx.AddAct(ctx, a)
}

// setLanguages stores which languages are public. The main one stays the main
// one if it is still among them; new ones come last.
func (o office) setLanguages(ctx context.Context, ask Ask) (Reply, error) {
	for _, tag := range ask.Chosen {
		if !slices.ContainsFunc(o.languages, func(l locales.Language) bool { return l.Tag == tag }) {
			return Reply{}, core.Refuse(core.UnknownLanguage)
		}
	}
	if len(ask.Chosen) == 0 {
		return Reply{}, core.Refuse(core.UnknownLanguage)
	}
	g, err := o.change(ctx, ask.Guild, func(tx *storage.Tx, g core.Guild) error {
		var order []string
		for _, tag := range append(g.Languages, ask.Chosen...) {
			if slices.Contains(ask.Chosen, tag) && !slices.Contains(order, tag) {
				order = append(order, tag)
			}
		}
		return o.saved(ctx, tx, o.acted(ask, core.DeedLanguages, 0, strings.Join(order, ", ")), tx.SetLanguages(ctx, ask.Guild, order))
	})
	if err != nil {
		return Reply{}, err
	}
	return o.home(ctx, g, locales.Msg{ID: "setup.saved.languages", Data: locales.Data{"Languages": languageNames(g.Languages)}})
}

// setMain puts one of the public languages first.
func (o office) setMain(ctx context.Context, ask Ask) (Reply, error) {
	g, err := o.change(ctx, ask.Guild, func(tx *storage.Tx, g core.Guild) error {
		if len(ask.Chosen) != 1 || !slices.Contains(g.Languages, ask.Chosen[0]) {
			return core.Refuse(core.UnknownLanguage)
		}
		main := ask.Chosen[0]
		others := slices.DeleteFunc(g.Languages, func(tag string) bool { return tag == main })
		order := append([]string{main}, others...)
		return o.saved(ctx, tx, o.acted(ask, core.DeedLanguages, 0, strings.Join(order, ", ")), tx.SetLanguages(ctx, ask.Guild, order))
	})
	if err != nil {
		return Reply{}, err
	}
	return o.home(ctx, g, locales.Msg{ID: "setup.saved.main", Data: locales.Data{"Language": languageNames(g.Languages[:1])}})
}
