package commands_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// probe is a verb that notes who gets in.
type probe struct {
	spec  commands.Spec
	asked *commands.Ask
	reply commands.Reply
	err   error
}

func (v probe) Spec() commands.Spec { return v.spec }

func (v probe) Run(_ context.Context, ask commands.Ask) (commands.Reply, error) {
	if v.asked != nil {
		*v.asked = ask
	}
	return v.reply, v.err
}

type guesser struct{ probe }

func (guesser) Suggest(_ context.Context, ask commands.Ask) ([]commands.Choice, error) {
	var many []commands.Choice
	for i := range 40 {
		many = append(many, commands.Choice{Value: ask.Focus + strconv.Itoa(i)})
	}
	return many, nil
}

func TestGate_rights(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		p.write(func(tx *storage.Tx) error { return tx.SetCoordinators(t.Context(), village, []core.RoleID{helper}) })
		var verbs []commands.Verb
		for name, need := range map[string]core.Right{
			"nobody": core.Nobody, "resident": core.Resident, "coordinator": core.Coordinator, "manager": core.Manager,
		} {
			verbs = append(verbs, probe{spec: commands.Spec{Name: name, Need: need, Direct: true}})
		}
		verbs = append(verbs, probe{spec: commands.Spec{Name: "indoors", Need: core.Resident}})
		gate := commands.NewGate(store, nil, verbs...)

		resident := commands.Ask{Guild: village, Member: villager, Roles: []core.RoleID{1, 2}}
		coordinator := commands.Ask{Guild: village, Member: villager, Roles: []core.RoleID{1, helper}}
		manager := commands.Ask{Guild: village, Member: keeper, Manages: true}
		guest := commands.Ask{Guild: abroad, Member: villager, Roles: []core.RoleID{helper}}
		direct := commands.Ask{Member: keeper, Roles: []core.RoleID{helper}, Manages: true}
		tests := map[string]struct {
			ask  commands.Ask
			want map[string]core.Reason
		}{
			"a resident": {resident, map[string]core.Reason{
				"nobody": core.NeedsCoordinator, "resident": "", "coordinator": core.NeedsCoordinator, "manager": core.NeedsManager, "indoors": "",
			}},
			"a coordinator": {coordinator, map[string]core.Reason{
				"nobody": core.NeedsCoordinator, "resident": "", "coordinator": "", "manager": core.NeedsManager, "indoors": "",
			}},
			"who manages": {manager, map[string]core.Reason{
				"nobody": core.NeedsCoordinator, "resident": "", "coordinator": "", "manager": "", "indoors": "",
			}},
			"a coordinator elsewhere": {guest, map[string]core.Reason{"coordinator": core.NeedsCoordinator, "resident": ""}},
			"in a direct message": {direct, map[string]core.Reason{
				"nobody": core.NotInDirect, "resident": "", "coordinator": core.NotInDirect, "manager": core.NotInDirect, "indoors": core.NotInDirect,
			}},
			"in a guild nobody has met": {commands.Ask{Guild: 9999, Member: keeper, Manages: true}, map[string]core.Reason{
				"resident": core.JustArrived, "manager": core.JustArrived,
			}},
		}
		for name, tt := range tests {
			for verb, want := range tt.want {
				t.Run(name+" "+verb, func(t *testing.T) {
					_, _, err := gate.Serve(t.Context(), verb, tt.ask)
					refusedWith(t, err, want)
				})
			}
		}
		_, _, err := gate.Serve(t.Context(), "forged", manager)
		refusedWith(t, err, core.NoSuchVerb)
	})
}

func TestGate_whatAVerbLearns(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		p.write(func(tx *storage.Tx) error {
			if err := tx.SetLanguages(t.Context(), village, []string{"fi", "sv"}); err != nil {
				return err
			}
			return tx.SetLocale(t.Context(), keeper, "ar")
		})
		var simple, full commands.Ask
		broken := errors.New("it broke")
		gate := commands.NewGate(store, tongues(t).Languages(),
			probe{spec: commands.Spec{Name: "simple", Need: core.Resident}, asked: &simple},
			probe{spec: commands.Spec{Name: "full", Need: core.Manager}, asked: &full, err: broken},
		)
		ask := commands.Ask{Guild: village, Member: keeper, Manages: true, Client: "so", ID: 7}
		_, locales, err := gate.Serve(t.Context(), "simple", ask)
		if want := []string{"ar", "so", "fi", "sv"}; err != nil || !slices.Equal(locales, want) || !slices.Equal(simple.Locales(), want) {
			t.Errorf("got %v, %v", locales, err)
		}
		if simple.Right != core.Resident || simple.Home.ID != 0 || !simple.Person.Known {
			t.Errorf("learnt %+v", simple)
		}
		_, locales, err = gate.Serve(t.Context(), "full", ask)
		if !errors.Is(err, broken) || len(locales) != 4 {
			t.Errorf("got %v, %v", locales, err)
		}
		if full.Right != core.Manager || full.Home.Name != "Village" {
			t.Errorf("learnt %+v", full)
		}
		// Languages are known for a refusal too.
		_, locales, err = gate.Serve(t.Context(), "forged", ask)
		if refusedWith(t, err, core.NoSuchVerb); len(locales) != 4 {
			t.Errorf("got %v", locales)
		}
	})
}

func TestGate_offersALanguageOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		settle(t, store)
		form := commands.Reply{Form: &commands.Form{}}
		broken := errors.New("it broke")
		gate := commands.NewGate(store, tongues(t).Languages(),
			probe{spec: commands.Spec{Name: "form", Need: core.Resident}, reply: form},
			probe{spec: commands.Spec{Name: "broken", Need: core.Resident}, err: broken},
			probe{spec: commands.Spec{Name: "note", Need: core.Resident}},
			commands.ShowLanguages{Languages: tongues(t).Languages()},
		)
		offers := func(member core.MemberID, verb string) int {
			t.Helper()
			reply, _, err := gate.Serve(t.Context(), verb, commands.Ask{Guild: village, Member: member})
			if err != nil && !errors.Is(err, broken) {
				t.Fatal(err)
			}
			return len(menusOf(reply.Card))
		}
		for i, step := range []struct {
			verb string
			want int
		}{{"form", 0}, {"broken", 0}, {"note", 1}, {"note", 0}, {"language", 1}} {
			if got := offers(1, step.verb); got != step.want {
				t.Errorf("%d, %s: offered %d times, want %d", i, step.verb, got, step.want)
			}
		}
		// Whoever asks for the menu need not be offered it beside.
		if got := offers(2, "language"); got != 1 {
			t.Errorf("offered %d times", got)
		}
	})
}

func TestGate_suggest(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		settle(t, store)
		gate := commands.NewGate(store, nil,
			guesser{probe{spec: commands.Spec{Name: "guess", Need: core.Resident}}},
			guesser{probe{spec: commands.Spec{Name: "secret", Need: core.Manager}}},
			probe{spec: commands.Spec{Name: "plain", Need: core.Resident}},
		)
		ask := commands.Ask{Guild: village, Member: villager, Focus: "event"}
		choices, _, err := gate.Suggest(t.Context(), "guess", ask)
		if err != nil || len(choices) != 25 || choices[0].Value != "event0" {
			t.Errorf("got %d, %v", len(choices), err)
		}
		for verb, want := range map[string]core.Reason{
			"secret": core.NeedsManager, "plain": core.NoSuchVerb, "forged": core.NoSuchVerb,
		} {
			_, _, err := gate.Suggest(t.Context(), verb, ask)
			refusedWith(t, err, want)
		}
	})
}

func TestNewGate(t *testing.T) {
	verb := func(name string) commands.Verb { return probe{spec: commands.Spec{Name: name, Need: core.Resident}} }
	gate := commands.NewGate(nil, nil, verb("b"), verb("a"))
	var names []string
	for _, s := range gate.Specs() {
		names = append(names, s.Name)
	}
	if !slices.Equal(names, []string{"b", "a"}) {
		t.Errorf("got %v", names)
	}
	if _, ok := gate.Spec("a"); !ok {
		t.Error("a is not known")
	}
	if _, ok := gate.Spec("c"); ok {
		t.Error("c is known")
	}
	for name, verbs := range map[string][]commands.Verb{"twice": {verb("a"), verb("a")}, "nameless": {verb("")}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			commands.NewGate(nil, nil, verbs...)
		}()
	}
}
