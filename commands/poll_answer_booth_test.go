package commands_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// What is on every question.
const (
	unsure = "I don't know"
	silent = "I'd rather not say"
)

// booth is a village with the verbs of a resident who answers polls.
type booth struct {
	*place
	secret core.MasterKey
}

// polling settles a village with a booth; wire is done to what the verbs are
// made of.
func polling(t *testing.T, store *storage.Store) *booth {
	t.Helper()
	b := &booth{place: settle(t, store)}
	var err error
	if b.secret, err = core.NewMasterKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	b.gate = b.replica(store, func() time.Time { return b.now })
	return b
}

// replica is another copy of the program, on the same database.
func (b *booth) replica(store *storage.Store, now func() time.Time) *commands.Gate {
	return commands.NewGate(store, tongues(b).Languages(), commands.Polling(store, b.later, b.secret, now)...)
}

// asked opens a poll; what is left out gets something ordinary.
func (b *booth) asked(p core.Poll) core.Poll {
	b.Helper()
	if p.Guild == 0 {
		p.Guild = village
	}
	if p.Kind == "" {
		p.Kind = core.Secret
	}
	state := p.State
	if state == "" {
		state = core.PollOpen
	}
	if p.Opens.IsZero() {
		p.Opens, p.Closes = b.now.Add(-time.Hour), b.now.Add(time.Hour)
	}
	if len(p.Areas) == 0 {
		p.Areas = []core.AreaID{b.areas[p.Guild]}
	}
	if len(p.Questions) == 0 {
		p.Questions = everyScale()
	}
	p.Locale, p.State, p.Author = "en", core.PollDraft, 900
	b.pressN++
	key, err := core.NewPollKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	b.write(func(tx *storage.Tx) error {
		if p.ID, err = tx.AddPollDraft(b.Context(), p, b.pressN); err != nil || state == core.PollDraft {
			return err
		}
		box, err := core.LockKey(rand.Reader, b.secret, p.ID, key)
		if err != nil {
			return err
		}
		if p.State = core.PollOpen; state == core.PollAnnounced {
			p.State = state
		}
		if p.Kind == core.Open {
			box = nil
		}
		return tx.OpenPoll(b.Context(), p, box)
	})
	switch state {
	default:
	case core.PollClosed:
		b.closes(p)
	case core.PollCancelled:
		b.write(func(tx *storage.Tx) error {
			_, err := tx.CancelPoll(b.Context(), p.Guild, p.ID, b.now)
			return err
		})
	}
	b.write(func(tx *storage.Tx) error {
		p, err = tx.Poll(b.Context(), p.Guild, p.ID)
		return err
	})
	return p
}

func (b *booth) closes(p core.Poll) {
	b.Helper()
	b.write(func(tx *storage.Tx) error {
		done, err := tx.ClosePoll(b.Context(), p.Guild, p.ID, b.now)
		if err == nil && !done {
			err = errors.New("somebody else has closed it")
		}
		return err
	})
}

// everyScale is a question of each scale that the four languages know, and one
// in English alone.
func everyScale() []core.Question {
	ask := func(scale core.Scale, most int, question string, answers ...string) core.Question {
		n := len(answers)
		if scale == core.ScaleScore {
			n = 11
		}
		return core.Question{
			Scale: scale, Favourable: core.FavourNone, Options: n, Most: most,
			Texts: map[string]core.ItemText{"en": {Question: question, Answers: answers, Status: core.OwnAdaptation}},
		}
	}
	all := []core.Question{
		ask(core.ScaleYesNo, 1, "Do you feel safe here?", "Yes", "No"),
		ask(core.ScaleAgree4, 1, "Do people get on well?", "Quite so", "Rather", "Hardly", "Not at all"),
		ask(core.ScaleFrequency, 1, "How often do you chat?", "Never", "At times", "Often"),
		ask(core.ScaleScore, 1, "Do you trust others?", "One cannot be too careful", "Most can be trusted"),
		ask(core.ScaleSeveral, 2, "What would help?", "Light", "Benches", "Music"),
	}
	all[0].Texts["fi"] = core.ItemText{Question: "Onko täällä turvallista?", Answers: []string{"On", "Ei"}, Status: core.OwnAdaptation}
	return all
}

// arg is where the post of a poll leads.
func arg(p core.Poll) string { return core.Snowflake(p.Areas[0]) }

// begin presses the button on the post.
func (b *booth) begin(p core.Poll, who core.MemberID) commands.Reply {
	b.Helper()
	return b.must("poll.answer", commands.Ask{Member: who, ID: int64(p.ID), Arg: arg(p)})
}

// choose uses the menu of a card.
func (b *booth) choose(card commands.Card, who core.MemberID, values ...string) commands.Reply {
	b.Helper()
	for _, menu := range menusOf(card) {
		if strings.HasPrefix(menu.Verb, "poll.") {
			return b.must(menu.Verb, commands.Ask{Member: who, ID: menu.ID, Arg: menu.Arg, Chosen: values})
		}
	}
	b.Fatalf("no menu on the card:\n%s", said(b, card))
	return commands.Reply{}
}

// filled answers every question but does not send; the button Send comes back.
func (b *booth) filled(p core.Poll, who core.MemberID) commands.Button {
	b.Helper()
	card := b.press(b.begin(p, who).Card, "Start", commands.Ask{Member: who}).Card
	for range len(p.Questions) + 1 {
		for _, button := range buttonsOf(card) {
			if plain(b, button.Label) == "Send" {
				return button
			}
		}
		card = b.press(card, silent, commands.Ask{Member: who}).Card
	}
	b.Fatalf("no Send on the card:\n%s", said(b, card))
	return commands.Button{}
}

// sends presses Send at a replica, and gives what became of it.
func (b *booth) sends(ctx context.Context, gate *commands.Gate, button commands.Button, who core.MemberID) error {
	_, _, err := gate.Serve(ctx, button.Verb, commands.Ask{
		Guild: village, Member: who, Name: "Vesa", Client: "en", ID: button.ID, Arg: button.Arg,
	})
	return err
}

// stored reads the responses, each as "area answers band", in order.
func (b *booth) stored(p core.Poll) []string {
	b.Helper()
	rows := column(b.T, b.store, `SELECT area_id, answers, band FROM response WHERE poll_id = `+core.Snowflake(p.ID))
	slices.Sort(rows)
	return rows
}

// marks counts the receipts.
func (b *booth) marks(p core.Poll) int {
	b.Helper()
	return len(column(b.T, b.store, `SELECT 1 FROM receipt WHERE poll_id = `+core.Snowflake(p.ID)))
}
