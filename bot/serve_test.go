package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"talkoot/bot"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/sandbox"
)

func TestAnswer_isPrivate(t *testing.T) {
	h := newHouse(t)
	h.open(says("help", commands.Note(commands.Good, text("hello"))))
	a := h.slash(h.person, "help")
	if a.Kind != sandbox.Replied || !a.Message.Ephemeral() {
		t.Fatalf("got %s, ephemeral %v; want a private reply", a.Kind, a.Message.Ephemeral())
	}
	if !strings.Contains(a.Message.Text(), "hello") {
		t.Errorf("the reply says %q", a.Message.Text())
	}
	if seen := h.manager.Messages(h.channel.ID); len(seen) != 0 {
		t.Errorf("somebody else sees %d messages", len(seen))
	}
}

// slow is a verb that runs until it is let go.
func slow(sight commands.Sight, goOn <-chan struct{}) verb {
	return verb{
		spec: commands.Spec{Name: "slow", Need: core.Resident, Sight: sight, Slash: &commands.Slash{Path: "help"}},
		run: func(ctx context.Context, _ commands.Ask) (commands.Reply, error) {
			select {
			case <-goOn:
				return reply("done at last"), nil
			case <-ctx.Done():
				return commands.Reply{}, ctx.Err()
			}
		},
	}
}

func TestAnswer_isPromisedWhenItTakesLong(t *testing.T) {
	h := newHouse(t, func(o *bot.Options) { o.Patience = 1 })
	goOn := make(chan struct{})
	h.open(slow(commands.Private, goOn))
	a := h.slash(h.person, "help")
	if a.Kind != sandbox.Thinking {
		t.Fatalf("got %s, want a promise", a.Kind)
	}
	close(goOn)
	m, err := h.person.Settled(h.ctx, a)
	h.must(err)
	if !m.Ephemeral() || !strings.Contains(m.Text(), "done at last") {
		t.Errorf("the promise became %q, private %v", m.Text(), m.Ephemeral())
	}
}

func TestAnswer_inPlaceIsPromisedInPlace(t *testing.T) {
	h := newHouse(t, func(o *bot.Options) { o.Patience = 1 })
	goOn := make(chan struct{})
	start := says("my", commands.Card{Blocks: []commands.Block{
		commands.Para{Text: text("before")},
		commands.Buttons{{Label: text("Go"), Verb: "slow", ID: 1}},
	}})
	v := slow(commands.InPlace, goOn)
	v.spec.Slash = nil
	h.open(start, v)
	first := h.slash(h.person, "my")
	m, err := h.person.Settled(h.ctx, first)
	h.must(err)
	a := h.press(h.person, m, "Go")
	if a.Kind != sandbox.Acknowledged {
		t.Fatalf("got %s, want a promise in place", a.Kind)
	}
	close(goOn)
	after, err := h.person.Settled(h.ctx, a)
	h.must(err)
	if after.ID != m.ID || !strings.Contains(after.Text(), "done at last") || strings.Contains(after.Text(), "before") {
		t.Errorf("message %s became %s %q", m.ID, after.ID, after.Text())
	}
}

func TestAnswer_formIsNeverPromised(t *testing.T) {
	h := newHouse(t, func(o *bot.Options) { o.Patience = 1 })
	goOn := make(chan struct{})
	h.open(slow(commands.Opens, goOn)) // never let go
	a := h.slash(h.person, "help")
	if a.Kind != sandbox.Replied || !strings.Contains(a.Message.Text(), "hetken") {
		t.Errorf("got %s %q, want to be asked to try again", a.Kind, a.Message.Text())
	}
}

func TestAnswer_panicAndFailureGiveAReference(t *testing.T) {
	secret := errors.New("what is inside")
	for name, run := range map[string]func() error{
		"panic":   func() error { panic("secret panic") },
		"failure": func() error { return secret },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.open(verb{
				spec: commands.Spec{Name: "help", Need: core.Resident, Slash: &commands.Slash{Path: "help"}},
				run:  func(context.Context, commands.Ask) (commands.Reply, error) { return commands.Reply{}, run() },
			})
			said := h.slash(h.person, "help").Message.Text()
			if strings.Contains(said, "secret") || strings.Contains(said, "inside") {
				t.Errorf("the asker hears %q", said)
			}
			_, ref, found := strings.Cut(h.log.String(), "ref=")
			if !found || !strings.Contains(said, ref[:8]) {
				t.Errorf("the asker hears %q, the log has %q", said, h.log.String())
			}
		})
	}
}

func TestPress_forgedAndOldAreRefusedInWords(t *testing.T) {
	h := newHouse(t)
	ran := false
	h.open(says("help", commands.Card{Blocks: []commands.Block{commands.Buttons{{Label: text("Go"), Verb: "go", ID: 1}}}}),
		verb{
			spec: commands.Spec{Name: "go", Need: core.Coordinator},
			run: func(context.Context, commands.Ask) (commands.Reply, error) {
				ran = true
				return reply("ran"), nil
			},
		})
	m := h.slash(h.person, "help").Message
	for _, id := range []string{"t0:go:1", "t1:go:1", "t1:go:-1", "t1:go:x", "t1:nothing:1", "t1::1", "go", "t1:go:01", ":::", "t1:go:1:"} {
		a, err := h.person.PressForged(h.ctx, h.app, m.ID, id)
		h.must(err)
		if a.Kind != sandbox.Replied || !a.Message.Ephemeral() || a.Message.Text() == "" {
			t.Errorf("%q: got %s %q, want a private sentence", id, a.Kind, a.Message.Text())
		}
	}
	if ran {
		t.Error("a verb ran for somebody who may not ask for it")
	}
	if log := h.log.String(); strings.Contains(log, "ERROR") {
		t.Errorf("forged buttons are no failures of ours: %s", log)
	}
}

func TestRight_isAskedForEveryKindOfInteraction(t *testing.T) {
	h := newHouse(t)
	var ran int
	run := func(context.Context, commands.Ask) (commands.Reply, error) { ran++; return reply("ran"), nil }
	h.open(
		says("help", commands.Card{Blocks: []commands.Block{commands.Para{Text: text("x")}}}),
		verb{
			spec: commands.Spec{Name: "setup", Need: core.Manager, Slash: &commands.Slash{Path: "setup"}}, run: run,
			suggest: func(context.Context, commands.Ask) ([]commands.Choice, error) { ran++; return nil, nil },
		},
		verb{spec: commands.Spec{Name: "nobody"}, run: run},
	)
	m := h.slash(h.person, "help").Message
	forge := func(f sandbox.Forgery) sandbox.Answer {
		f.App, f.MessageID = h.app, m.ID
		a, err := h.person.Forge(h.ctx, f)
		h.must(err)
		return a
	}
	forge(sandbox.Forgery{CustomID: "t1:setup:1"})
	forge(sandbox.Forgery{CustomID: "t1:setup:1", ComponentType: 3, Values: []string{"a"}})
	forge(sandbox.Forgery{Type: 5, CustomID: "t1:setup:1", Fields: map[string]string{"a": "b"}})
	forge(sandbox.Forgery{CustomID: "t1:nobody:1"})
	if ran != 0 {
		t.Fatalf("verbs ran %d times for somebody who may not", ran)
	}
	if h.slash(h.manager, "setup"); ran != 1 {
		t.Errorf("the verb ran %d times for the manager, want once", ran)
	}
}

func TestRedelivery_hasTheSameAsk(t *testing.T) {
	h := newHouse(t)
	asks := make(chan int64, 2)
	h.open(verb{
		spec: commands.Spec{Name: "help", Need: core.Resident, Slash: &commands.Slash{Path: "help"}},
		run: func(_ context.Context, ask commands.Ask) (commands.Reply, error) {
			asks <- ask.Interaction
			return reply("x"), nil
		},
	})
	a := h.slash(h.person, "help")
	h.must(h.person.Redeliver(a.Interaction))
	if first, second := <-asks, <-asks; first != second || first == 0 {
		t.Errorf("the same press came as %d and as %d", first, second)
	}
}

func TestSuggest(t *testing.T) {
	h := newHouse(t)
	h.open(verb{
		spec: commands.Spec{Name: "help", Need: core.Resident, Slash: &commands.Slash{Path: "help", Options: []commands.Option{{Name: "kind", Suggest: true}}}},
		run: func(_ context.Context, ask commands.Ask) (commands.Reply, error) {
			return reply(ask.Options["kind"]), nil
		},
		suggest: func(_ context.Context, ask commands.Ask) ([]commands.Choice, error) {
			var many []commands.Choice
			for range 30 {
				many = append(many, commands.Choice{Label: text(strings.Repeat("long ", 40)), Value: ask.Focus + ask.Options["kind"]})
			}
			return many, nil
		},
	})
	choices, err := h.person.Complete(h.ctx, h.channel.ID, "help", "kind", "so")
	h.must(err)
	if len(choices) != 25 || choices[0].Value != "kindso" {
		t.Errorf("got %d choices, the first %+v", len(choices), choices[:min(1, len(choices))])
	}
}
