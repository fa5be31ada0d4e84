package commands_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// everything is what stands in all tables, whichever there are.
func everything(t *testing.T, store *storage.Store) string {
	t.Helper()
	names := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if store.Engine() == "postgres" {
		names = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	var all strings.Builder
	for _, table := range column(t, store, names) {
		for _, row := range column(t, store, `SELECT * FROM `+table) {
			fmt.Fprintln(&all, table, row)
		}
	}
	return all.String()
}

// column reads rows, each as one text.
func column(t *testing.T, store *storage.Store, query string) []string {
	t.Helper()
	rows, err := store.DB().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, cell := range cells {
			value := *cell.(*any)
			if raw, ok := value.([]byte); ok {
				value = string(raw)
			}
			said = append(said, fmt.Sprint(value))
		}
		texts = append(texts, strings.Join(said, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}

// TestErase_leavesNoTrace looks through every table, so that one that is added
// later and knows people cannot be forgotten here.
func TestErase_leavesNoTrace(t *testing.T) {
	const (
		guest  core.MemberID = 314159265358979
		name                 = "Veikko Visitor"
		secret               = "half a thought"
	)
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		boat := p.thing(core.Event{Texts: titled("Boat")})
		p.thing(core.Event{Texts: titled("Mine"), Author: guest})
		p.thing(core.Event{Texts: titled(secret), Author: guest, State: core.Draft})
		p.write(func(tx *storage.Tx) error {
			e, err := tx.LockEvent(t.Context(), village, boat.ID)
			if err != nil {
				return err
			}
			e.Typed = &core.Typed{Title: secret, By: guest}
			if err := tx.SaveEvent(t.Context(), e); err != nil {
				return err
			}
			return tx.SetLocale(t.Context(), guest, "fi")
		})
		p.must("join", commands.Ask{Member: guest, Name: name, ID: int64(boat.Session.ID)})
		p.must("weekly.ask", commands.Ask{Member: guest, Name: name})
		post := p.polled(guest, name, secret)
		p.observed(guest, secret)

		export := string(p.must("my.export", commands.Ask{Member: guest}).Files[0].Data)
		before := everything(t, store)
		for _, trace := range []string{core.Snowflake(guest), name, secret} {
			if !strings.Contains(before, trace) {
				t.Fatalf("%q is not stored to begin with", trace)
			}
			if !strings.Contains(export, trace) {
				t.Errorf("%q is stored and not in the export:\n%s", trace, export)
			}
		}

		// On the cards stands the same as in the file.
		about := said(t, p.must("my.data", commands.Ask{Member: guest}).Card) + said(t, p.must("my.data", commands.Ask{Member: guest, Arg: "p=1"}).Card)
		goes := said(t, p.must("my.erase", commands.Ask{Member: guest}).Card)
		for where, want := range map[string][]string{
			about: {"1 vote in an open poll", "You chose: Soup (What to cook?)", "You wrote: What to cook? (open)", "You wrote: " + secret + " (draft)", "notes once what you did", "You noted 1 observation.", "You have asked for 1 weekly overview.", "You noted: A quarrel", "You wrote: " + secret + " (a change that is not saved yet)"},
			goes:  {"Erasing: 1 choice in an open poll", "Erasing: that you wrote 1 poll", "Erasing: your name beside 1 line of the log", "Erasing: 5 drafts", "Erasing: that you noted 1 observation", "Erasing: 1 weekly overview that you asked for"},
		} {
			for _, words := range want {
				if !strings.Contains(where, words) {
					t.Errorf("no %q in:\n%s", words, where)
				}
			}
		}

		receipt := said(t, p.must("my.erase.yes", commands.Ask{Member: guest, Name: name}).Card)
		if !strings.Contains(receipt, "1 choice in an open poll") || !slices.Contains(p.later.tasks, core.Task(core.DrawPost{Post: post})) {
			t.Errorf("booked %v, and the receipt is:\n%s", p.later.tasks, receipt)
		}

		if left := column(t, store, `SELECT sentence FROM observation ORDER BY sentence`); !slices.Equal(left, []string{"A quarrel", "Theirs"}) {
			t.Errorf("of what was seen there is left: %v", left)
		}
		for line := range strings.Lines(everything(t, store)) {
			for _, trace := range []string{core.Snowflake(guest), name, secret} {
				if strings.Contains(line, trace) {
					t.Errorf("%q is still there: %s", trace, line)
				}
			}
		}
	})
}

// polled has somebody write a poll, open it and vote in it, and write a draft of
// another. It gives the post of the first.
func (p *place) polled(member core.MemberID, name, secret string) (post core.PostID) {
	p.Helper()
	question := func(text string) []core.Question {
		return []core.Question{{
			Scale: core.ScaleSingle, Options: 2, Most: 1,
			Texts: map[string]core.ItemText{"en": {Question: text, Answers: []string{"Soup", "Stew"}, Status: core.OwnAdaptation}},
		}}
	}
	p.write(func(tx *storage.Tx) (err error) {
		poll := core.Poll{
			Guild: village, Kind: core.Open, State: core.PollDraft, Author: member, Locale: "en", Named: true,
			Areas: []core.AreaID{p.areas[village]}, Questions: question("What to cook?"),
			Opens: p.now.Add(-time.Hour), Closes: p.now.Add(time.Hour),
		}
		if poll.ID, err = tx.AddPollDraft(p.Context(), poll, 4711); err != nil {
			return err
		}
		draft := poll
		draft.Questions = question(secret)
		if _, err = tx.AddPollDraft(p.Context(), draft, 4712); err != nil {
			return err
		}
		poll.State = core.PollOpen
		if err = tx.OpenPoll(p.Context(), poll, nil); err != nil {
			return err
		}
		if post, err = tx.AddPollPost(p.Context(), village, poll.ID, poll.Areas[0], core.PartCall, 501); err != nil {
			return err
		}
		_, err = tx.Drawn(p.Context(), post, 1, 900, p.now)
		return errors.Join(err,
			tx.SetVotes(p.Context(), []storage.Ballot{{Poll: poll.ID, Member: member, Name: name, Choices: []int{0}}}),
			tx.AddPollNote(p.Context(), core.PollNote{Poll: poll.ID, At: p.now, Act: core.ActOpened, By: member, Name: name}))
	})
	return post
}

// observed has somebody subscribe to a calendar, note something, leave something unfinished, and change
// what another has noted without being understood.
func (p *place) observed(member core.MemberID, secret string) {
	p.Helper()
	seen := core.Observation{
		Guild: village, Area: p.areas[village], State: core.Noted, Author: member, Source: core.SourceStreet, Domain: core.Security, Mood: 1,
		Sentence: "A quarrel", Seen: p.now,
	}
	unfinished, theirs := seen, seen
	unfinished.State, unfinished.Sentence, unfinished.Typed = core.Unnoted, "", &core.SeenTyped{Sentence: secret, By: member}
	theirs.Author, theirs.Sentence, theirs.Typed = 900, "Theirs", &core.SeenTyped{Sentence: secret, By: member}
	p.write(func(tx *storage.Tx) (err error) {
		for i, o := range []core.Observation{seen, unfinished, theirs} {
			_, added := tx.AddObservation(p.Context(), o, int64(4720+i))
			err = errors.Join(err, added)
		}
		_, _, added := tx.AddFeed(p.Context(), core.Feed{
			Guild: village, Area: p.areas[village], Author: member, Address: "https://example.org/", Kind: core.FeedICS, Mode: core.FeedWaits, Next: p.now,
		}, 4730)
		return errors.Join(err, added)
	})
}
