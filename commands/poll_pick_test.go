package commands_test

import (
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestPickPoll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		c.opened(map[string]string{"secrecy": "open"}, evening())
		written := evening()
		written["question"] = "ÄLÄ MYÖHÄSTY?"
		c.makeOpen(written)
		c.opened(map[string]string{"set": "safety"}, nil)

		suggested := func(who core.MemberID, typed string) (all string) {
			choices, _, err := c.gate.Suggest(t.Context(), "poll.manage", commands.Ask{
				Guild: village, Member: who, Roles: []core.RoleID{helper}, Client: "en", Focus: "poll", Options: map[string]string{"poll": typed},
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, choice := range choices {
				all += plain(t, choice.Label) + "\n"
			}
			return all
		}
		const draft, safety = "ÄLÄ MYÖHÄSTY? · Wed 16 Dec, 18:00 · draft\n", "Do you feel that your residential… · Wed 16 Dec, 20:00 · open\n"
		for _, tt := range []struct {
			who         core.MemberID
			typed, want string
		}{
			{anna, "", draft + safety + "Which evening suits you? · Wed 16 Dec, 18:00 · open\n"},
			{anna, "älä myö", draft},
			{bertil, "älä myö", ""},
			{bertil, "asuinalueesi", safety}, // in another language
		} {
			if got := suggested(tt.who, tt.typed); got != tt.want {
				t.Errorf("%q: %q, want %q", tt.typed, got, tt.want)
			}
		}
		byName := func(typed string) (commands.Reply, error) {
			return c.by(bertil, "poll.manage", commands.Ask{Options: map[string]string{"poll": typed}})
		}
		if _, err := byName("which EVENING suits you?"); err != nil {
			t.Error(err)
		}
		for typed, want := range map[string]core.Reason{"": core.NotFound, "evening?!": core.NotFound, "you": core.SeveralMatch, "älä myöhästy?": core.NotFound} {
			_, err := byName(typed)
			refusedWith(t, err, want)
		}
		if _, err := byName(core.Snowflake(c.polls(core.PollOpen)[0].ID)); err != nil {
			t.Error(err)
		}
		_, err := byName(core.Snowflake(c.polls(core.PollDraft)[0].ID))
		refusedWith(t, err, core.NotFound)
	})
}

func TestCreatePoll_suggests(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		for focus, want := range map[string]int{"set": len(c.bank.Sets()), "area": 1, "language": 0} {
			choices, _, err := c.gate.Suggest(t.Context(), "poll.create", commands.Ask{
				Guild: village, Member: anna, Roles: []core.RoleID{helper}, Focus: focus, Options: map[string]string{},
			})
			if err != nil || len(choices) != want {
				t.Errorf("%s: %v, %v", focus, choices, err)
			}
		}
	})
}
