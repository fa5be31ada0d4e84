package main

import (
	"context"
	"fmt"
	"strings"

	"talkoot/sandbox"
)

// The crowd's part in the campaign for the soup: how many press the button of its
// first and of its second post to see the event, and how many of them sign up.
const (
	firstPresses, firstJoins   = 14, 9
	secondPresses, secondJoins = 8, 4
)

// soup is a campaign that is under way today. Its coordinator in Tampere takes a
// template, gives it a name in two languages and its event, and counts the last
// two posts from that. Two are posted in the past and two are to come.
func (w *world) soup(ctx context.Context) error {
	t := w.towns[0]
	s := w.play(ctx, t.coordinator, t.general)
	s.slash("campaign create", sandbox.Opt("template", "happening"))
	s.submit(sandbox.Fields{
		"name": "Soppaa naapureille", "aim": "Naapurit, jotka eivät tunne toisiaan, istuvat samaan pöytään",
		"first": day(w.clock.day(-4, 0)), "last": day(w.clock.day(6, 0)),
	})
	s.choose("campaign.form:", "ar")
	s.submit(sandbox.Fields{"name": "حساء مع الجيران", "about": "نطبخ الحساء معًا ونأكله على طاولة واحدة. تعالوا وحدكم أو مع آخرين."})
	s.pick("campaign.set", "things", s.option("campaign.set", "things", "Naapuruston soppatalkoot"))
	s.step(2)
	s.pick("campaign.step.set", "days", "2")
	s.press("campaign.manage")
	for after, step := range []int{3, 4} {
		s.step(step)
		s.pick("campaign.step.set", "anchor", s.option("campaign.step.set", "anchor", "soppatalkoot"))
		s.pick("campaign.step.set", "days", fmt.Sprint(after))
		s.press("campaign.manage")
	}
	before := len(t.events.Messages())
	s.press("campaign.start")
	if s.err != nil {
		return fmt.Errorf("start a campaign in %s: %w", t.guild.Name(), s.err)
	}
	w.passes(ctx, w.clock.day(-4, 9))
	if err := w.come(ctx, t, before, 0, firstPresses, firstJoins); err != nil {
		return err
	}
	w.passes(ctx, w.clock.day(-2, 16))
	return w.come(ctx, t, before+1, firstPresses, secondPresses, secondJoins)
}

// come has some of the crowd, after so many who came before them, press the
// button of a campaign's post, and some of those sign up.
func (w *world) come(ctx context.Context, t *town, after, before, presses, joins int) error {
	post, err := w.posted(ctx, t, after, "campaign.open")
	if err != nil {
		return err
	}
	return w.together(before+presses, func(i int, p *sandbox.Person) error {
		if i < before {
			return nil
		}
		s := w.play(ctx, p, t.events)
		s.shown = post
		s.press("campaign.open")
		if i < before+joins {
			s.press("join")
		}
		if s.err != nil {
			return fmt.Errorf("%s comes for soup: %w", p.Name, s.err)
		}
		return nil
	})
}

// youSaid tells those who answered the poll in Tampere what came of it.
func (w *world) youSaid(ctx context.Context) error {
	t := w.towns[0]
	s := w.play(ctx, t.coordinator, t.general)
	s.slash("campaign create", sandbox.Opt("template", "you_said"))
	s.submit(sandbox.Fields{
		"name": "Te kerroitte, me teimme", "aim": "Vastaajat näkevät, mitä vastauksista seurasi",
		"first": day(w.clock.day(-1, 0)), "last": day(w.clock.day(-1, 0)),
	})
	s.pick("campaign.set", "things", s.option("campaign.set", "things", "")) // there is no other poll yet
	s.step(1)
	s.press("campaign.form")
	s.submit(sandbox.Fields{
		"fi": "Kiitos vastauksista! Te kerroitte, että omaan alueeseen on vaikea vaikuttaa. Nyt asukasilta pidetään joka kuun " +
			"ensimmäisenä torstaina, ja siellä sovitut asiat näkyvät tässä kanavassa.",
		"ar": "شكرًا لإجاباتكم! قلتم إن التأثير في شؤون الحي صعب. الآن يُعقد لقاء للسكان في أول خميس من كل شهر، " +
			"وما يُتفق عليه فيه يُنشر في هذه القناة.",
	})
	s.press("campaign.manage")
	before := len(t.events.Messages())
	s.press("campaign.start")
	if s.err != nil {
		return fmt.Errorf("close the loop in %s: %w", t.guild.Name(), s.err)
	}
	w.passes(ctx, w.clock.day(-1, 9))
	_, err := w.posted(ctx, t, before, "poll.results")
	return err
}

// drafted is a campaign that still has gaps: the training's. Its last text lacks
// Arabic, and the step added to it has no text at all.
func (w *world) drafted(ctx context.Context) error {
	t := w.towns[0]
	s := w.play(ctx, t.coordinator, t.general)
	s.slash("campaign create", sandbox.Opt("template", "training_day"))
	s.submit(sandbox.Fields{"name": "Ensiapu tutuksi", "first": day(w.clock.day(2, 0)), "last": day(w.clock.day(11, 0))})
	s.pick("campaign.set", "things", s.option("campaign.set", "things", "Ensiapu"))
	s.step(3)
	s.press("campaign.form")
	s.submit(sandbox.Fields{"ar": ""})
	s.press("campaign.manage")
	s.press("campaign.step.add")
	if s.err != nil {
		return fmt.Errorf("draft a campaign in %s: %w", t.guild.Name(), s.err)
	}
	return nil
}

// step opens a step of the campaign that is shown, by its number in the plan.
func (s *stage) step(number int) {
	for _, m := range s.shown.Selects() {
		if strings.HasSuffix(m.CustomID, ":steps") && number <= len(m.Options) {
			s.pick("campaign.step", "steps", m.Options[number-1].Value)
			return
		}
	}
	s.miss("a step")
}

// option is the value of the first choice of a menu whose label has a text in it.
func (s *stage) option(word, detail, label string) string {
	for _, m := range s.shown.Selects() {
		if !strings.Contains(m.CustomID, ":"+word+":") || !strings.HasSuffix(m.CustomID, ":"+detail) {
			continue
		}
		for _, o := range m.Options {
			if strings.Contains(o.Label, label) {
				return o.Value
			}
		}
	}
	s.miss(label)
	return ""
}
