package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// Gate is where everything that is asked goes through: it knows the verbs,
// reads who asks, and lets only those in who may. The clock does not pass it:
// it runs no verbs.
type Gate struct {
	store *storage.Store
	verbs map[string]Verb
	order []string
	facts *together[Ask, facts]
	greet *together[core.MemberID, struct{}]
	// languages are those that a newcomer is offered.
	languages []locales.Language
}

type facts struct {
	person    core.Person
	languages []string
}

// NewGate makes a gate for the verbs; languages are what newcomers are offered.
// Two verbs of one name are a mistake in the program, and panic.
func NewGate(store *storage.Store, languages []locales.Language, verbs ...Verb) *Gate {
	g := &Gate{store: store, languages: languages, verbs: make(map[string]Verb, len(verbs))}
	for _, v := range verbs {
		name := v.Spec().Name
		if _, twice := g.verbs[name]; twice || name == "" {
			panic(fmt.Sprintf("two verbs are called %q, or one has no name", name))
		}
		g.verbs[name] = v
		g.order = append(g.order, name)
	}
	g.facts = gather(g.readFacts)
	g.greet = gather(g.greetAll)
	return g
}

// Specs lists what can be asked, in the order of NewGate.
func (g *Gate) Specs() []Spec {
	specs := make([]Spec, len(g.order))
	for i, name := range g.order {
		specs[i] = g.verbs[name].Spec()
	}
	return specs
}

// Spec gives how a verb may be reached.
func (g *Gate) Spec(verb string) (Spec, bool) {
	v, ok := g.verbs[verb]
	if !ok {
		return Spec{}, false
	}
	return v.Spec(), true
}

// Serve runs a verb for somebody who may ask for it. Locales are the languages
// to answer in, best first, also when there is an error.
func (g *Gate) Serve(ctx context.Context, verb string, ask Ask) (reply Reply, locales []string, err error) {
	v, err := g.admit(ctx, verb, &ask)
	if err != nil {
		return Reply{}, ask.Locales(), err
	}
	reply, err = v.Run(ctx, ask)
	if err != nil {
		return Reply{}, ask.Locales(), fmt.Errorf("%s %d: %w", verb, ask.ID, tryAgain(err))
	}
	if !ask.Person.Known && !v.Spec().Quiet && reply.Form == nil && !offersLanguage(reply.Card) {
		if _, err := g.greet.Do(ctx, ask.Member); err == nil {
			reply.Card = reply.Card.plus(Divider{}, languageMenu(g.languages, ask.Person.Locale))
		}
	}
	return reply, ask.Locales(), nil
}

// Suggest runs a verb's Suggester, for somebody who may ask for the verb.
func (g *Gate) Suggest(ctx context.Context, verb string, ask Ask) ([]Choice, []string, error) {
	v, err := g.admit(ctx, verb, &ask)
	if err != nil {
		return nil, ask.Locales(), err
	}
	s, ok := v.(Suggester)
	if !ok {
		return nil, ask.Locales(), core.Refuse(core.NoSuchVerb)
	}
	choices, err := s.Suggest(ctx, ask)
	if err != nil {
		return nil, ask.Locales(), fmt.Errorf("suggest for %s: %w", verb, err)
	}
	return choices[:min(len(choices), 25)], ask.Locales(), nil
}

// admit reads the facts of the asker into ask and compares rights.
func (g *Gate) admit(ctx context.Context, verb string, ask *Ask) (Verb, error) {
	known, err := g.facts.Do(ctx, *ask)
	if err != nil {
		return nil, tryAgain(err)
	}
	ask.Person, ask.Languages, ask.Right = known.person, known.languages, core.Resident
	v, ok := g.verbs[verb]
	if !ok {
		return nil, core.Refuse(core.NoSuchVerb)
	}
	spec := v.Spec()
	switch {
	case ask.Guild == 0 && !spec.Direct:
		return nil, core.Refuse(core.NotInDirect)
	case ask.Guild == 0 && spec.Need != core.Resident:
		return nil, core.Refuse(core.NotInDirect)
	case ask.Guild != 0 && len(ask.Languages) == 0:
		return nil, core.Refuse(core.JustArrived)
	}
	if spec.Need != core.Resident {
		var home core.Guild
		err := g.store.View(ctx, func(tx *storage.Tx) (err error) {
			home, err = tx.Guild(ctx, ask.Guild)
			return err
		})
		if err != nil {
			return nil, tryAgain(err)
		}
		ask.Right = home.RightOf(ask.Roles, ask.Manages)
		ask.Home = home.SeenBy(ask.Roles, ask.Manages)
	}
	if spec.Need.Allows(ask.Right) {
		return v, nil
	}
	if spec.Need == core.Manager {
		return nil, core.Refuse(core.NeedsManager)
	}
	return nil, core.Refuse(core.NeedsCoordinator)
}

func (g *Gate) readFacts(ctx context.Context, asks []Ask) ([]facts, error) {
	var people []core.MemberID
	var guilds []core.GuildID
	for _, a := range asks {
		people = append(people, a.Member)
		if !slices.Contains(guilds, a.Guild) {
			guilds = append(guilds, a.Guild)
		}
	}
	var read storage.Facts
	err := g.store.View(ctx, func(tx *storage.Tx) (err error) {
		read, err = tx.Facts(ctx, people, guilds)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]facts, len(asks))
	for i, a := range asks {
		person, ok := read.People[a.Member]
		if !ok {
			person = core.Person{ID: a.Member}
		}
		out[i] = facts{person: person, languages: read.Languages[a.Guild]}
	}
	return out, nil
}

func (g *Gate) greetAll(ctx context.Context, people []core.MemberID) ([]struct{}, error) {
	err := g.store.Write(ctx, func(tx *storage.Tx) error { return tx.GreetPeople(ctx, people) })
	return make([]struct{}, len(people)), err
}

// offersLanguage tells whether a card has the menu of languages already.
func offersLanguage(c Card) bool {
	return slices.ContainsFunc(c.Blocks, func(b Block) bool {
		m, ok := b.(Menu)
		return ok && m.Verb == languageChoose
	})
}

// tryAgain makes a refusal of an error that may be gone in a moment.
func tryAgain(err error) error {
	if isDown(err) {
		return fmt.Errorf("%w: %w", core.Refuse(core.TryAgain), err)
	}
	return err
}

func isDown(err error) bool {
	if _, busy := errors.AsType[core.Busy](err); busy {
		return true
	}
	return errors.Is(err, storage.ErrDown) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, context.Canceled)
}

// panicked is a panic turned into an error.
type panicked struct{ value any }

func (p panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }
