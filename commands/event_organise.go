package commands

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// organiser is what the verbs of coordinators share. Their ID is the event.
type organiser struct {
	store    *storage.Store
	later    Scheduler
	channels Channels
	// languages are those of the catalogue.
	languages []locales.Language
	now       func() time.Time
	// random is where the codes of check-ins come from.
	random io.Reader
}

// Organise makes the verbs with which coordinators write, publish, change and
// call off events and shifts, and see who comes.
func Organise(store *storage.Store, later Scheduler, channels Channels, languages []locales.Language, random io.Reader, now func() time.Time) []Verb {
	o := &organiser{store: store, later: later, channels: channels, languages: languages, random: random, now: now}
	verbs := []Verb{
		StoreDraft{o},
		PublishEvent{o},
		DiscardDraft{o},
		ManageEvent{o},
		SaveEvent{o},
		ChooseText{o},
		EditText{o},
		SaveText{o},
		EditHost{o},
		SaveHost{o},
		Attendance{o},
		Marks{o},
		WalkIns{o},
		SaveWalkIns{o},
		RestAbsent{o},
		CallOff{o},
		PeopleFile{o},
	}
	for _, group := range []group{
		{"event", core.Kinds()[:3]},
		{"shift", []core.Kind{core.KindShift}},
	} {
		verbs = append(verbs,
			CreateEvent{o, group}, EditEvent{picker{o, group, "edit"}}, CopyEvent{picker{o, group, "copy"}},
			CancelEvent{picker{o, group, "cancel"}}, ShowPeople{picker{o, group, "people"}})
	}
	return verbs
}

// group is one of the two commands that the same verbs stand under, each for
// its kinds: "event" and "shift".
type group struct {
	name  string
	kinds []core.Kind
}

// load reads an event that a coordinator may see.
func (o *organiser) load(ctx context.Context, ask Ask) (core.Event, error) {
	var e core.Event
	err := o.store.View(ctx, func(tx *storage.Tx) (err error) {
		e, err = tx.Event(ctx, ask.Guild, core.EventID(ask.ID))
		return err
	})
	if err != nil {
		return core.Event{}, err
	}
	return e, mayChange(ask, e)
}

// mayChange tells whether a coordinator may see and change an event: it is in an
// area of theirs, and a draft is their own.
func mayChange(ask Ask, e core.Event) error {
	if err := ask.Home.MayChange(e.Area); err != nil {
		return err
	}
	return e.MayChange(ask.Member)
}

// lock reads an event that a coordinator may change, and keeps it from others
// until tx ends.
func lock(ctx context.Context, tx *storage.Tx, ask Ask) (core.Event, error) {
	e, err := tx.LockEvent(ctx, ask.Guild, core.EventID(ask.ID))
	if err != nil {
		return core.Event{}, err
	}
	return e, mayChange(ask, e)
}

// redraw books what shows an event anew: its post, if that is not due already,
// and Discord's own scheduled event.
func (o *organiser) redraw(ctx context.Context, tx *storage.Tx, e core.Event) ([]core.Task, error) {
	tasks := []core.Task{core.Mirror{Session: e.Session.ID}}
	posts, err := tx.Stale(ctx, e.ID)
	for _, post := range posts {
		tasks = append(tasks, core.DrawPost{Post: post})
	}
	return tasks, err
}

// channelOf is where an event is to be posted: the area's channel for its kind,
// or the one that is asked in.
func channelOf(ask Ask, e core.Event) core.ChannelID {
	area, _ := ask.Home.Area(e.Area)
	if channel := area.Channels[e.Kind]; channel != 0 {
		return channel
	}
	return ask.Channel
}

// zoneOf gives the clocks of an event's area.
func zoneOf(ask Ask, e core.Event) *time.Location {
	area, _ := ask.Home.Area(e.Area)
	return area.Location()
}

// speaks tells whether there is a catalogue of a language.
func (o *organiser) speaks(tag string) bool {
	for _, l := range o.languages {
		if l.Tag == tag {
			return true
		}
	}
	return false
}

// sorry is a refusal as a text.
func sorry(err error) locales.Text {
	no, ok := errors.AsType[*core.Refusal](err)
	if !ok {
		return nil
	}
	return locales.Refused(string(no.Reason), no.About)
}

// mention shows a channel as Discord does.
func mention(channel core.ChannelID) locales.Raw {
	return locales.Raw("<#" + core.Snowflake(channel) + ">")
}

// languageNames lists languages, each by its name in itself.
func languageNames(tags []string) locales.Join {
	var names locales.Join
	for _, tag := range tags {
		names = append(names, languageName(tag))
	}
	return names
}

// languageName names a language in itself. Towns' calendars have texts in two that
// there is no catalogue of.
func languageName(tag string) locales.Text {
	switch tag {
	case "ru":
		return locales.Raw("Русский")
	case "zh-Hans":
		return locales.Raw("简体中文")
	}
	return locales.In{Tag: tag, Text: locales.Msg{ID: "language.name"}}
}

// titleIn is an event's title for a reader; one that has none yet is named so.
func titleIn(e core.Event, readers []string) locales.Text {
	texts, _ := e.TextsIn(readers...)
	if strings.TrimSpace(texts.Title) == "" {
		return locales.Msg{ID: "event.untitled"}
	}
	return locales.Quote(texts.Title)
}
