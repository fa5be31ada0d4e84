package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"

	"talkoot/sandbox"
)

// crowdNames are first names that are common in one place or another, and the
// languages of the clients of those who have them.
func crowdNames() []sandbox.PersonSpec {
	var all []sandbox.PersonSpec
	for _, c := range []struct {
		locale string
		names  []string
	}{
		{"fi", []string{
			"Aino", "Eero", "Helmi", "Onni", "Kerttu", "Tuomas", "Inkeri", "Pekka", "Saara", "Veikko", "Lumi", "Ilmari",
			"Áilu", "Máret", "Kadri", "Selam", "Abdi", "Hodan", "Linh", "Rojîn",
		}},
		{"sv-SE", []string{"Astrid", "Gustav", "Linnea", "Henrik", "Siv"}},
		{"en-GB", []string{"Grace", "Espérance", "Rahim", "Sita", "Minh", "Jun", "Farid", "شيرين", "مريم", "خالد"}},
		{"uk", []string{"Оксана", "Тарас", "Дарина"}},
		{"ru", []string{"Лена", "Тимур"}},
		{"tr", []string{"Elif", "Emre"}},
		{"vi", []string{"Lan"}},
		{"es-ES", []string{"Lucía"}},
	} {
		for _, name := range c.names {
			all = append(all, sandbox.PersonSpec{Name: name, Locale: c.locale})
		}
	}
	return all
}

// addCrowd lets the crowd into every town, so that the page lists them last.
func (w *world) addCrowd() {
	for _, spec := range crowdNames() {
		p := w.discord.AddPerson(spec)
		for _, t := range w.towns {
			t.guild.Join(p)
		}
		w.crowd = append(w.crowd, p)
	}
}

// said is how many people give each answer to a question, in the order in which
// it offers them: after its own answers come "don't know", if it has that, and
// "rather not say".
type said []int

// people is how many they are.
func (s said) people() int {
	n := 0
	for _, count := range s {
		n += count
	}
	return n
}

// deal hands the answers out: to each person one for each question. The same
// seed deals them out in the same way.
func deal(questions []said, seed uint64) [][]int {
	chance := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // a play, which is the same at every start
	hands := make([][]int, questions[0].people())
	for _, q := range questions {
		var pile []int
		for answer, count := range q {
			for range count {
				pile = append(pile, answer)
			}
		}
		chance.Shuffle(len(pile), func(i, j int) { pile[i], pile[j] = pile[j], pile[i] })
		for i := range hands {
			hands[i] = append(hands[i], pile[i])
		}
	}
	return hands
}

// atOnce is how many of the crowd are busy at the same time.
const atOnce = 6

// together lets so many of the crowd do something, some at a time.
func (w *world) together(people int, do func(i int, p *sandbox.Person) error) error {
	errs := make([]error, people)
	var all sync.WaitGroup
	for worker := range atOnce {
		all.Go(func() {
			for i := worker; i < people; i += atOnce {
				if errs[i] = do(i, w.crowd[i]); errs[i] != nil {
					return // the others may go on
				}
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// answer has the crowd answer a secret poll: from the button on its post to
// Send.
func (w *world) answer(ctx context.Context, t *town, post sandbox.Message, questions []said) error {
	hands := deal(questions, uint64(len(t.events.Messages())))
	return w.together(len(hands), func(i int, p *sandbox.Person) error {
		s := w.play(ctx, p, t.events)
		s.shown = post
		s.press("poll.answer")
		s.press("poll.answer") // "Start"
		for _, n := range hands[i] {
			s.answer(n)
		}
		s.press("poll.send")
		if s.err != nil {
			return fmt.Errorf("%s answers: %w", p.Name, s.err)
		}
		return nil
	})
}

// vote has the crowd vote in an open poll: each for the answers of one line.
func (w *world) vote(ctx context.Context, t *town, post sandbox.Message, votes [][]string) error {
	return w.together(len(votes), func(i int, p *sandbox.Person) error {
		s := w.play(ctx, p, t.events)
		s.shown = post
		s.press("poll.vote")
		s.choose("poll.vote:", votes[i]...)
		if s.err != nil {
			return fmt.Errorf("%s votes: %w", p.Name, s.err)
		}
		return nil
	})
}
