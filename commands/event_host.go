package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	eventHost     = "event.host"
	eventHostSave = "event.host.save"
	// noForm is in place of the language of a form whose input is never kept.
	noForm = "-"
)

// EditHost is the button "Host and topic" of a training: the form for both, in
// the language that the training is written in.
type EditHost struct{ *organiser }

// Spec is the button.
func (EditHost) Spec() Spec { return Spec{Name: eventHost, Need: core.Coordinator, Sight: Opens} }

// Run opens the form.
func (v EditHost) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if err := hasHost(e, v.organiser); err != nil {
		return Reply{}, err
	}
	host, topic := e.Host, e.Texts[e.Locale].Topic
	return Reply{Form: &Form{
		Title: locales.Msg{ID: "form.host.title"}, Verb: eventHostSave, ID: int64(e.ID),
		Arg: editionOf(e.Edited, []*string{&host, &topic}),
		Fields: []Field{
			{
				Name: fieldHost, Label: locales.Msg{ID: "form.host"}, Hint: locales.Msg{ID: "form.host.hint"},
				Value: host, Max: core.MaxHost,
			},
			topicField(topic),
		},
	}}, nil
}

func topicField(topic string) Field {
	return Field{
		Name: fieldTopic, Label: locales.Msg{ID: "form.topic"}, Hint: locales.Msg{ID: "form.topic.hint"},
		Value: topic, Max: core.MaxTopic,
	}
}

// hasHost tells whether somebody may write who hosts an event, and what it is
// about.
func hasHost(e core.Event, o *organiser) error {
	if e.Kind != core.KindTraining {
		return core.Refuse(core.NotTraining)
	}
	return e.Open(o.now())
}

// SaveHost is that form. Of two who write at once, the second undoes nothing
// that the first wrote into the other field.
type SaveHost struct{ *organiser }

// Spec is the form. Its Arg is the edition that it was opened on.
func (SaveHost) Spec() Spec {
	return Spec{Name: eventHostSave, Need: core.Coordinator, Sight: InPlace}
}

// Run stores what was written, and has the post redrawn.
func (v SaveHost) Run(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Fields == nil { // a button
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	host, topic := locales.CleanLine(ask.Fields[fieldHost]), locales.CleanLine(ask.Fields[fieldTopic])
	if n := locales.Len(host); n > core.MaxHost {
		return Reply{}, core.Refuse(core.HostTooLong, "Most", core.MaxHost, "Has", n)
	}
	if err := bounded(core.Typed{Topic: topic}); err != nil {
		return Reply{}, err
	}
	var e core.Event
	var notes []Block
	err := v.store.InTx(ctx, func(tx *storage.Tx) error {
		was, err := lock(ctx, tx, ask)
		if err != nil {
			return err
		}
		if err := hasHost(was, v.organiser); err != nil {
			return err
		}
		next := was.Clone()
		texts := next.Texts[was.Locale]
		mergeFields([]*string{&host, &topic}, ask.Arg, []*string{&was.Host, &texts.Topic})
		next.Host, texts.Topic = host, topic
		next.Texts[was.Locale] = texts
		if was.State == core.Published {
			notes, err = v.amend(ctx, tx, ask, was, next, noForm)
		} else {
			next.Edited++
			err = tx.SaveEvent(ctx, next)
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

// hostButton leads to the form; only trainings have it.
func hostButton(e core.Event) Buttons {
	if e.Kind != core.KindTraining {
		return nil
	}
	return Buttons{{Label: locales.Msg{ID: "organise.host"}, Verb: eventHost, ID: int64(e.ID)}}
}

// trainingFacts say who hosts a training, and what it is about.
func trainingFacts(e core.Event, texts core.Texts) (facts locales.Lines) {
	if e.Host != "" {
		facts = append(facts, locales.Msg{ID: "event.host", Data: locales.Data{"Host": locales.Quote(e.Host)}})
	}
	if texts.Topic != "" {
		facts = append(facts, topicText(texts.Topic))
	}
	return facts
}

func topicText(topic string) locales.Text {
	return locales.Msg{ID: "event.topic", Data: locales.Data{"Topic": locales.Quote(topic)}}
}

// topicFor is the topic for a reader. A language that lacks it has that of the
// first texts.
func topicFor(e core.Event, readers []string) string {
	texts, _ := e.TextsIn(readers...)
	if texts.Topic == "" {
		return e.Texts[e.Locale].Topic
	}
	return texts.Topic
}
