package jobs

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
	"talkoot/storage"
)

var loaded = sync.OnceValues(func() (*locales.Catalog, error) { return locales.Load(slog.New(slog.DiscardHandler)) })

// town is a world of two areas in which polls are asked.
type town struct {
	*world
	polls Polls
	parts []core.AreaID
	poll  core.Poll
}

// inParts are the channels of the areas.
var inParts = []core.ChannelID{210, 220}

func newTown(t *testing.T, store *storage.Store) *town {
	t.Helper()
	catalog, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	bank, err := core.LoadBank()
	if err != nil {
		t.Fatal(err)
	}
	secret, err := core.NewMasterKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{world: newWorld(t, store), polls: Polls{
		Waves:    commands.Waves{Bank: bank, Secret: secret, Random: rand.Reader},
		Results:  commands.ResultPainter{Catalog: catalog, Painter: charts.New()},
		Rounding: insight.NewRounding([]byte("seed")),
	}}
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		if _, err := tx.AddArea(ctx, core.Area{Guild: home, Name: "Harbour", Zone: core.DefaultZone}); err != nil {
			return err
		}
		if err := tx.SetLanguages(ctx, home, []string{"fi", "sv"}); err != nil {
			return err
		}
		guild, err := tx.Guild(ctx, home)
		for _, area := range guild.Areas {
			w.parts = append(w.parts, area.ID)
		}
		return err
	})
	w.restart()
	return w
}

// restart puts another queue on the same database, as if the program had been
// killed and started anew.
func (w *town) restart() {
	w.t.Helper()
	w.newQueue()
	w.queue.polls = w.polls
	w.queue.nap = func(d time.Duration) time.Duration {
		w.clock.Advance(d) // so that who waits has waited
		return 0
	}
}

// passes lets time pass: what is booked for later comes up, though by the
// machine's clock, which River goes by, it is not due yet.
func (w *town) passes(d time.Duration) {
	w.t.Helper()
	w.clock.Advance(d)
	for _, id := range w.due() {
		if _, err := w.store.DB().ExecContext(w.t.Context(), fmt.Sprintf(
			`UPDATE river_job SET state = 'available', scheduled_at = created_at WHERE id = %d`, id)); err != nil {
			w.t.Fatal(err)
		}
	}
	w.goOn()
}

// due are the scheduled jobs whose time has come by our clock.
func (w *town) due() (ids []int64) {
	w.t.Helper()
	rows, err := w.store.DB().QueryContext(w.t.Context(), `SELECT id, scheduled_at FROM river_job WHERE state = 'scheduled'`)
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var at time.Time
		if err := rows.Scan(&id, &at); err != nil {
			w.t.Fatal(err)
		}
		if !at.After(w.clock.Now()) {
			ids = append(ids, id)
		}
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return ids
}

// goOn restarts, works until nothing is left to do, and stops. A task that is
// put off while one looks may seem to be done, so it looks again at the end.
func (w *town) goOn() {
	w.t.Helper()
	for again := true; again; again = len(w.jobs("available", "running", "retryable", "pending")) > 0 {
		w.restart()
		w.run()
	}
}

// announce stores a poll as its coordinator has announced it: it opens in an
// hour and is open for two days.
func (w *town) announce(change func(*core.Poll)) {
	w.t.Helper()
	p := core.Poll{
		Guild: home, Kind: core.Secret, State: core.PollDraft, Author: author, Locale: "fi", Areas: w.parts,
		Opens: noon.Add(time.Hour), Closes: noon.Add(49 * time.Hour),
	}
	bank := w.polls.Waves.Bank
	for _, ref := range []core.ItemRef{"cls.together@1", "rtn.1@1"} {
		item, _ := bank.Item(ref)
		p.Questions = append(p.Questions, item.Question())
	}
	if change != nil {
		change(&p)
	}
	w.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		if p.ID, err = tx.AddPollDraft(ctx, p, 4711); err != nil {
			return err
		}
		if p, err = tx.LockPoll(ctx, home, p.ID); err != nil {
			return err
		}
		p.State = core.PollAnnounced
		var box []byte
		if p.Kind == core.Secret {
			key, err := core.NewPollKey(rand.Reader)
			if err != nil {
				return err
			}
			if box, err = core.LockKey(rand.Reader, w.polls.Waves.Secret, p.ID, key); err != nil {
				return err
			}
		}
		if err := tx.OpenPoll(ctx, p, box); err != nil {
			return err
		}
		for i, area := range p.Areas {
			if _, err := tx.AddPollPost(ctx, home, p.ID, area, core.PartCall, inParts[i]); err != nil {
				return err
			}
		}
		return nil
	})
	w.poll = p
}

// answer has so many people of an area say the same to each question.
func (w *town) answer(area core.AreaID, n int, answers ...core.Answer) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		var all []core.Response
		var marks []storage.PollMark
		for range n {
			mark := make([]byte, 32)
			if _, err := rand.Read(mark); err != nil {
				return err
			}
			marks = append(marks, storage.PollMark{Poll: w.poll.ID, Mark: mark})
			all = append(all, core.Response{Poll: w.poll.ID, Area: area, Answers: answers, Band: core.RatherNotSay})
		}
		if _, err := tx.AddMarks(ctx, marks); err != nil {
			return err
		}
		return tx.AddResponses(ctx, all)
	})
}

// read is the poll as it is now.
func (w *town) read() core.Poll {
	w.t.Helper()
	var p core.Poll
	w.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		p, err = tx.PollByID(ctx, w.poll.ID)
		return err
	})
	return p
}

// count counts the rows of a table, where a condition holds.
func (w *town) count(from string) (n int) {
	w.t.Helper()
	if err := w.store.DB().QueryRowContext(w.t.Context(), "SELECT count(*) FROM "+from).Scan(&n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// words is all that a card says, in Finnish.
func words(t *testing.T, c call) string {
	t.Helper()
	catalog, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	voice := catalog.Voice("fi")
	var all []string
	for _, block := range c.Card.Blocks {
		switch b := block.(type) {
		case commands.Heading:
			all = append(all, voice.Plain(b.Text))
		case commands.Para:
			all = append(all, voice.Plain(b.Text))
		case commands.Small:
			all = append(all, voice.Plain(b.Text))
		case commands.Picture:
			all = append(all, "["+voice.Plain(b.Alt)+"]")
		}
	}
	return strings.Join(all, "\n")
}

// verbs are the verbs of the buttons on a card.
func verbs(c call) string {
	var all []string
	for _, block := range c.Card.Blocks {
		if row, ok := block.(commands.Buttons); ok {
			for _, b := range row {
				all = append(all, b.Verb)
			}
		}
	}
	return fmt.Sprint(all)
}
