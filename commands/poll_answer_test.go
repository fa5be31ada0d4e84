package commands_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestAnswer_fromThePostToThanks(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.asked(core.Poll{Background: core.YearsHere})
		before := everything(t, store)
		me := commands.Ask{}

		card := b.begin(p, villager).Card
		fits(t, card)
		for _, want := range []string{"6 questions", "Nothing is stored"} {
			if !strings.Contains(said(t, card), want) {
				t.Errorf("the first card lacks %q:\n%s", want, said(t, card))
			}
		}
		step := func(label, want string) {
			t.Helper()
			card = b.press(card, label, me).Card
			fits(t, card)
			if !strings.Contains(said(t, card), want) {
				t.Fatalf("after %q there is no %q:\n%s", label, want, said(t, card))
			}
		}
		step("Start", "Question 1 of 6")
		step("Back", "6 questions")
		step("Start", "Do you feel safe here?")
		step("No", "Do people get on well?")
		step("Back", "You chose: No")
		step("Yes", "Question 2 of 6")
		step(unsure, "How often do you chat?")
		step("Often", "From 0")
		card = b.choose(card, villager, "10").Card
		fits(t, card)
		card = b.choose(card, villager, "0", "2").Card
		fits(t, card)
		if got := said(t, card); !strings.Contains(got, "Question 6 of 6") || slices.Contains(labels(t, card), unsure) {
			t.Fatalf("the background question: %s\n%s", got, labels(t, card))
		}
		step("Back", "You chose: Light and Music")
		step("Keep this answer", "Question 6 of 6")
		step(silent, "Are these your answers?")
		step("Back", "Question 6 of 6")
		step(silent, "Your answer: Light and Music")
		for _, want := range []string{"Your answer: Yes", "Your answer: " + unsure, "Your answer: Often", "Your answer: 10", "Your answer: " + silent} {
			if !strings.Contains(said(t, card), want) {
				t.Errorf("the overview lacks %q:\n%s", want, said(t, card))
			}
		}

		// Change leads back to the overview, whatever one does there.
		first := buttonsOf(card)[0]
		card = b.must(first.Verb, commands.Ask{ID: first.ID, Arg: first.Arg}).Card
		fits(t, card)
		step("Back", "Are these your answers?")
		card = b.must(first.Verb, commands.Ask{ID: first.ID, Arg: first.Arg}).Card
		step("No", "Your answer: No")
		fifth := buttonsOf(card)[4]
		card = b.must(fifth.Verb, commands.Ask{ID: fifth.ID, Arg: fifth.Arg}).Card
		fits(t, card)
		card = b.choose(card, villager, "1").Card
		if got := said(t, card); !strings.Contains(got, "Your answer: Benches") {
			t.Errorf("got %s", got)
		}

		if after := everything(t, store); after != before {
			t.Errorf("something is stored before Send")
		}
		if len(b.later.tasks) != 0 {
			t.Errorf("booked %v", b.later.tasks)
		}
		thanks := b.press(card, "Send", me).Card
		fits(t, thanks)
		if got := b.stored(p); !slices.Equal(got, []string{arg(p) + " 1,-1,2,10,2 -2"}) || b.marks(p) != 1 {
			t.Errorf("stored %v with %d receipts", got, b.marks(p))
		}
		if len(buttonsOf(thanks))+len(menusOf(thanks)) != 0 {
			t.Errorf("the answers may still be in %v", buttonsOf(thanks))
		}
		for _, word := range []string{"No", "Often", "10", "Benches", "feel safe"} {
			if strings.Contains(said(t, thanks), word) {
				t.Errorf("the thanks say %q:\n%s", word, said(t, thanks))
			}
		}
	})
}

func TestAnswer_leavingHalfWay(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.asked(core.Poll{})
		b.filled(p, villager)
		if got := b.stored(p); len(got) != 0 || b.marks(p) != 0 {
			t.Errorf("stored %v with %d receipts", got, b.marks(p))
		}
		b.begin(p, villager) // and one may begin again
	})
}

// A long poll fits into messages and buttons in every language.
func TestAnswer_theLargestPoll(t *testing.T) {
	store := storagetest.Open(t, storagetest.SQLite(t))
	b := polling(t, store)
	long := strings.Repeat("w", core.MaxQuestion)
	var options []string
	for i := range core.MaxOptions {
		options = append(options, strings.Repeat(string(rune('a'+i)), core.MaxOption))
	}
	for _, scale := range []core.Scale{core.ScaleSeveral, core.ScaleSingle} {
		q := core.Question{
			Scale: scale, Favourable: core.FavourNone, Options: core.MaxOptions, Most: 1,
			Texts: map[string]core.ItemText{"fi": {Question: long, Note: long, Answers: options, Status: core.OwnAdaptation}},
		}
		if scale == core.ScaleSeveral {
			q.Most = core.MaxOptions
		}
		p := b.asked(core.Poll{Background: core.AgeBand, Questions: slices.Repeat([]core.Question{q}, core.MaxQuestions)})
		card := b.press(b.begin(p, villager).Card, "Start", commands.Ask{}).Card
		for range core.MaxQuestions {
			fits(t, card)
			if len(menusOf(card)) > 0 {
				card = b.choose(card, villager, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9").Card
				fits(t, card)
			} else {
				card = b.press(card, options[9], commands.Ask{}).Card
			}
		}
		fits(t, card)
		card = b.press(card, silent, commands.Ask{}).Card
		fits(t, card)
		for _, button := range buttonsOf(card) {
			if len(button.Arg) > 60 {
				t.Errorf("an Arg of %d characters: %s", len(button.Arg), button.Arg)
			}
		}
	}
}

func TestAnswer_aQuestionWithoutTheReadersLanguage(t *testing.T) {
	store := storagetest.Open(t, storagetest.SQLite(t))
	b := polling(t, store)
	p := b.asked(core.Poll{})
	const note = "not in your language"
	show := func(client string, step int) string {
		t.Helper()
		at := arg(p) + ",1,------"
		if step == 2 {
			at = arg(p) + ",2,0-----"
		}
		return said(t, b.must("poll.answer", commands.Ask{ID: int64(p.ID), Client: client, Arg: at}).Card)
	}
	if got := show("fi", 1); !strings.Contains(got, "turvallista") || strings.Contains(got, note) {
		t.Errorf("a Finn reads:\n%s", got)
	}
	if got := show("fi", 2); !strings.Contains(got, "get on well") || !strings.Contains(got, note) || !strings.Contains(got, "English") {
		t.Errorf("where there is no Finnish, a Finn reads:\n%s", got)
	}
	// A form of a language is that language, before any other.
	b.write(func(tx *storage.Tx) error { return tx.SetLanguages(t.Context(), village, []string{"fi", "en"}) })
	for _, client := range []string{"en", "en-GB"} {
		if got := show(client, 1); !strings.Contains(got, "feel safe") || strings.Contains(got, note) {
			t.Errorf("%s reads:\n%s", client, got)
		}
	}
}

func TestAnswer_whatIsRefused(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		ours := b.asked(core.Poll{})
		here := arg(ours)
		theirs := b.asked(core.Poll{Guild: abroad})
		hour := time.Hour
		poll := func(state core.PollState, opens, closes time.Duration) core.Poll {
			return b.asked(core.Poll{State: state, Opens: b.now.Add(opens), Closes: b.now.Add(closes)})
		}
		tests := map[string]struct {
			poll core.PollID
			arg  string
			want core.Reason
		}{
			"another guild's":      {theirs.ID, arg(theirs), core.NotFound},
			"another guild's area": {ours.ID, arg(theirs), core.NotFound},
			"nothing":              {99999, here, core.NotFound},
			"an open poll":         {b.asked(core.Poll{Kind: core.Open, Questions: everyScale()[:1]}).ID, here, core.NotFound},
			"a draft":              {poll(core.PollDraft, -hour, hour).ID, here, core.NotFound},
			"before it opens":      {poll(core.PollAnnounced, time.Second, hour).ID, here, core.PollNotOpen},
			"as it closes":         {poll(core.PollOpen, -hour, 0).ID, here, core.PollIsClosed},
			"closed":               {poll(core.PollClosed, -hour, hour).ID, here, core.PollIsClosed},
			"cancelled":            {poll(core.PollCancelled, -hour, hour).ID, here, core.PollCalledOff},
			"an answer that is no": {ours.ID, here + ",6,23210-", core.NoSuchVerb},
			"off the scale":        {ours.ID, here + ",6,202a01", core.NoSuchVerb},
			"a step beyond":        {ours.ID, here + ",7,002a01", core.NoSuchVerb},
			"a step too early":     {ours.ID, here + ",3,0-----", core.NoSuchVerb},
		}
		before := everything(t, store)
		for name, tt := range tests {
			t.Run(name, func(t *testing.T) {
				_, err := b.ask("poll.answer", commands.Ask{Guild: village, ID: int64(tt.poll), Arg: tt.arg})
				refusedWith(t, err, tt.want)
				if text := plain(t, refusalOf(t, err)); strings.Contains(text, "(refusal") || strings.Contains(text, "…") {
					t.Errorf("told %q", text)
				}
				send := tt.arg
				if !strings.Contains(send, ",") {
					send += ",6,002a01"
				}
				_, err = b.ask("poll.send", commands.Ask{Guild: village, ID: int64(tt.poll), Arg: send})
				refusedWith(t, err, tt.want)
			})
		}
		// Only the overview can be sent.
		for _, arg := range []string{here, here + ",5,002a01", here + ",1c,002a01", here + ",0,------", ""} {
			_, err := b.ask("poll.send", commands.Ask{Guild: village, ID: int64(ours.ID), Arg: arg})
			refusedWith(t, err, core.NoSuchVerb)
		}
		// A menu takes only what it offers.
		for _, chosen := range [][]string{nil, {"11"}, {"-1"}, {"1", "2"}, {"x"}} {
			_, err := b.ask("poll.answer", commands.Ask{Guild: village, ID: int64(ours.ID), Arg: here + ",4m,002---", Chosen: chosen})
			refusedWith(t, err, core.NoSuchVerb)
		}
		if everything(t, store) != before {
			t.Error("something is stored")
		}
	})
}

func TestSend_onlyOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p, other := b.asked(core.Poll{}), b.asked(core.Poll{})
		send := b.filled(p, villager)
		if err := b.sends(t.Context(), b.gate, send, villager); err != nil {
			t.Fatal(err)
		}
		refusedWith(t, b.sends(t.Context(), b.gate, send, villager), core.PollAnswered)
		// Whoever has answered is told before they do it all again.
		_, err := b.ask("poll.answer", commands.Ask{Guild: village, ID: int64(p.ID), Arg: arg(p)})
		refusedWith(t, err, core.PollAnswered)
		if text := plain(t, refusalOf(t, err)); strings.Contains(text, "(refusal") {
			t.Errorf("told %q", text)
		}
		// Somebody else, and another poll, are another matter.
		for _, err := range []error{
			b.sends(t.Context(), b.gate, b.filled(p, keeper), keeper),
			b.sends(t.Context(), b.gate, b.filled(other, villager), villager),
		} {
			if err != nil {
				t.Error(err)
			}
		}
		if len(b.stored(p)) != 2 || b.marks(p) != 2 || len(b.stored(other)) != 1 {
			t.Errorf("stored %v and %v", b.stored(p), b.stored(other))
		}
	})
}

// The clock passes the end between the first question and Send.
func TestSend_whenThePollHasEnded(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		ends := map[string]struct {
			meanwhile func(core.Poll)
			want      core.Reason
		}{
			"the last second":    {func(p core.Poll) { b.now = p.Closes.Add(-time.Second) }, ""},
			"the very moment":    {func(p core.Poll) { b.now = p.Closes }, core.PollIsClosed},
			"somebody closed it": {b.closes, core.PollIsClosed},
			"it is cancelled": {func(p core.Poll) {
				b.write(func(tx *storage.Tx) error {
					_, err := tx.CancelPoll(t.Context(), village, p.ID, b.now)
					return err
				})
			}, core.PollCalledOff},
		}
		for name, tt := range ends {
			t.Run(name, func(t *testing.T) {
				b.now = wednesday
				p := b.asked(core.Poll{})
				send := b.filled(p, villager)
				tt.meanwhile(p)
				refusedWith(t, b.sends(t.Context(), b.gate, send, villager), tt.want)
				if got := len(b.stored(p)); (got == 1) != (tt.want == "") || b.marks(p) != got {
					t.Errorf("stored %d responses, %d receipts", got, b.marks(p))
				}
			})
		}
	})
}

// With another secret nothing can be stored, and nobody is told that it was.
func TestSend_withAnotherSecret(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.asked(core.Poll{})
		send := b.filled(p, villager)
		var err error
		if b.secret, err = core.NewMasterKey(rand.Reader); err != nil {
			t.Fatal(err)
		}
		stranger := b.replica(store, func() time.Time { return b.now })
		if err := b.sends(t.Context(), stranger, send, villager); err == nil || core.ReasonOf(err) != "" {
			t.Errorf("got %v", err)
		}
		if len(b.stored(p)) != 0 || b.marks(p) != 0 {
			t.Error("something is stored")
		}
	})
}
