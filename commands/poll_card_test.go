package commands_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// wordy is the largest poll that there can be, in all languages.
func wordy(t *testing.T, kind core.PollKind) (p core.Poll, tags []string) {
	for _, l := range tongues(t).Languages() {
		tags = append(tags, l.Tag)
	}
	text := core.ItemText{Question: strings.Repeat("Kysymys ", 24) + "loppuu?", Note: strings.Repeat("Huomautus ", 20)}
	for range core.MaxOptions {
		text.Answers = append(text.Answers, strings.Repeat("vastaus", 7)+"loppui")
	}
	texts := map[string]core.ItemText{}
	for _, tag := range tags {
		texts[tag] = text
	}
	p = core.Poll{
		ID: 7, Kind: kind, State: core.PollOpen, Locale: "en", Areas: []core.AreaID{3}, Background: core.AgeBand, Named: true,
		Opens: wednesday, Closes: wednesday.Add(time.Hour),
	}
	for range map[core.PollKind]int{core.Secret: core.MaxQuestions, core.Open: 1}[kind] {
		p.Questions = append(p.Questions, core.Question{Scale: core.ScaleSeveral, Options: core.MaxOptions, Most: 3, Texts: texts})
	}
	return p, tags
}

func TestPollPostCard_fits(t *testing.T) {
	area := core.Area{ID: 3, Name: strings.Repeat("Kaupunginosa ", 7)}
	for _, kind := range []core.PollKind{core.Secret, core.Open} {
		p, tags := wordy(t, kind)
		tally := storage.Tally{People: 1234, For: map[int]int{0: 1000, 9: 234}}
		for _, state := range []core.PollState{core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased, core.PollCancelled} {
			p.State = state
			post := commands.PollPostCard(p, area, tags, wednesday, 100, tally)
			fits(t, post)
			fits(t, commands.PollCard(p, area, tags, wednesday, 100))
			if state == core.PollOpen && (strings.Count(said(t, post), "Kysymys") < len(tags) || len(post.Blocks) < 3*len(tags)) {
				t.Errorf("the post of a %s poll leaves out a language:\n%s", kind, said(t, post))
			}
		}
	}
}

func TestPollPostCard_says(t *testing.T) {
	p, tags := wordy(t, core.Secret)
	p.Questions = p.Questions[:1]
	area := core.Area{ID: 3, Name: "Harbour"}
	tests := map[string]struct {
		change  func(*core.Poll)
		step    int
		says    []string
		never   string
		buttons []string
	}{
		"open":           {func(*core.Poll) {}, 10, []string{"Harbour: one question", "Open until Wednesday 9 December", "More than 10 answers", "secret"}, "", []string{"poll.answer", "poll.read"}},
		"few":            {func(*core.Poll) {}, 0, []string{"Open until"}, "More than", []string{"poll.answer", "poll.read"}},
		"time's up":      {func(p *core.Poll) { p.Closes = wednesday }, 10, []string{"This poll is closed. Thank you"}, "More than", []string{"poll.read"}},
		"closed":         {func(p *core.Poll) { p.State = core.PollClosed }, 0, []string{"This poll is closed. Thank you"}, "Open until", []string{"poll.read"}},
		"sealed":         {func(p *core.Poll) { p.State = core.PollSealed }, 0, []string{"This poll is closed. Thank you"}, "results are ready", []string{"poll.read"}},
		"released":       {func(p *core.Poll) { p.State = core.PollReleased }, 0, []string{"results are ready"}, "Open until", []string{"poll.results", "poll.read"}},
		"cancelled":      {func(p *core.Poll) { p.State = core.PollCancelled }, 0, []string{"was cancelled"}, "Open until", []string{"poll.read"}},
		"a vote":         {func(p *core.Poll) { p.Kind, p.Named = core.Open, false }, 0, []string{"vastaus", "nobody sees your name"}, "secret", []string{"poll.vote", "poll.read"}},
		"a vote by name": {func(p *core.Poll) { p.Kind = core.Open }, 0, []string{"also see your name"}, "nobody", []string{"poll.vote", "poll.read"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := p
			tt.change(&p)
			card := commands.PollPostCard(p, area, []string{"en"}, wednesday, tt.step, storage.Tally{})
			text := said(t, card)
			for _, want := range tt.says {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q:\n%s", want, text)
				}
			}
			if tt.never != "" && strings.Contains(text, tt.never) {
				t.Errorf("it says %q:\n%s", tt.never, text)
			}
			var verbs []string
			for _, b := range buttonsOf(card) {
				verbs = append(verbs, b.Verb)
				if b.ID != 7 || b.Arg != "3" {
					t.Errorf("button %+v", b)
				}
			}
			if !slices.Equal(verbs, tt.buttons) {
				t.Errorf("buttons: %v", verbs)
			}
		})
	}
	// An open poll speaks the languages that it has, a secret one all of them.
	p.Kind = core.Open
	texts := maps.Clone(p.Questions[0].Texts)
	maps.DeleteFunc(texts, func(tag string, _ core.ItemText) bool { return tag != "sv" })
	p.Questions = []core.Question{{Scale: core.ScaleSingle, Options: core.MaxOptions, Texts: texts}}
	if n := strings.Count(said(t, commands.PollPostCard(p, area, tags, wednesday, 0, storage.Tally{})), "Svara senast"); n != 1 {
		t.Errorf("%d languages", n)
	}
}

func TestReadPoll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		p := c.opened(nil, nil)
		area := core.Snowflake(p.Areas[0])
		read := func(who core.MemberID, client, arg string) (commands.Reply, error) {
			return c.ask("poll.read", commands.Ask{Guild: village, Member: who, Client: client, ID: int64(p.ID), Arg: arg})
		}
		reply, err := read(4711, "sv-SE", area)
		if err != nil {
			t.Fatal(err)
		}
		text := said(t, reply.Card)
		for _, want := range []string{"Upplever du att ditt bostadsområde är säkert?", "Ja och Nej", "Discord itself can see", "Nobody in town"} {
			if !strings.Contains(strings.ReplaceAll(text, "Ja and Nej", "Ja och Nej"), want) {
				t.Errorf("it does not say %q:\n%s", want, text)
			}
		}
		if got := buttonsOf(reply.Card); len(got) != 1 || got[0].Verb != "poll.answer" || got[0].Arg != area {
			t.Errorf("buttons: %+v", got)
		}
		for _, arg := range []string{"", "x", core.Snowflake(c.areas[abroad])} {
			_, err := read(villager, "en", arg)
			refusedWith(t, err, core.NotFound)
		}
		_, err = c.ask("poll.read", commands.Ask{Guild: abroad, ID: int64(p.ID), Arg: area})
		refusedWith(t, err, core.NotFound)
		_, err = c.ask("poll.read", commands.Ask{Guild: village, ID: int64(idOf(t, c.make(nil, nil).Card)), Arg: area})
		refusedWith(t, err, core.NotFound)
		// Who reads a secret poll is not remembered.
		c.write(func(tx *storage.Tx) error {
			facts, err := tx.Facts(t.Context(), []core.MemberID{4711}, nil)
			if len(facts.People) != 0 {
				t.Error("the reader is remembered")
			}
			return err
		})
	})
}
