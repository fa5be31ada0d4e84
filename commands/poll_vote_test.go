package commands_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// evening asks an open question with as many answers; of more than one may be
// chosen, if most says so.
func (b *booth) evening(named bool, options, most int) core.Poll {
	b.Helper()
	q := core.Question{Scale: core.ScaleSingle, Favourable: core.FavourNone, Options: options, Most: most}
	if most > 1 {
		q.Scale = core.ScaleSeveral
	}
	days := []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "New Year", "Easter", "Midsummer"}
	q.Texts = map[string]core.ItemText{"en": {Question: "Which evening suits you?", Answers: days[:options], Status: core.OwnAdaptation}}
	return b.asked(core.Poll{Kind: core.Open, Named: named, Questions: []core.Question{q}})
}

// look presses the button on the post.
func (b *booth) look(p core.Poll, who core.MemberID) commands.Card {
	b.Helper()
	return b.must("poll.vote", commands.Ask{Member: who, ID: int64(p.ID), Arg: arg(p)}).Card
}

// votes reads the votes, each as "choice member name", in order.
func (b *booth) votes(p core.Poll) []string {
	b.Helper()
	rows := column(b.T, b.store, `SELECT choice, member_id, name FROM vote WHERE poll_id = `+core.Snowflake(p.ID))
	slices.Sort(rows)
	return rows
}

func (b *booth) has(p core.Poll, want ...string) {
	b.Helper()
	for i := range want {
		want[i] = strings.TrimSuffix(want[i], "_")
	}
	if got := b.votes(p); !slices.Equal(got, want) {
		b.Errorf("the votes are %q, want %q", got, want)
	}
}

func TestVote_changesAndWithdraws(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.evening(false, 5, 1)
		me := commands.Ask{Member: 1, Name: "Maija"}
		card := b.look(p, 1)
		fits(t, card)
		if got := said(t, card); !strings.Contains(got, "not chosen yet") || slices.Contains(labels(t, card), "Withdraw my choice") {
			t.Errorf("at first:\n%s\n%v", got, labels(t, card))
		}
		b.has(p) // to look stores nothing

		card = b.press(card, "Tuesday", me).Card
		fits(t, card)
		b.has(p, "1 1 _")
		if got := said(t, card); !strings.Contains(got, "Stored. You have chosen: Tuesday") || !strings.Contains(got, "Tuesday: 1") || !strings.Contains(got, "1 person") {
			t.Errorf("told:\n%s", got)
		}
		b.press(card, "Tuesday", me) // a second time
		b.has(p, "1 1 _")
		b.press(b.look(p, 2), "Tuesday", commands.Ask{Member: 2})
		card = b.press(card, "Friday", me).Card
		b.has(p, "1 2 _", "4 1 _")
		if got := said(t, card); !strings.Contains(got, "Tuesday: 1") || !strings.Contains(got, "Friday: 1") || !strings.Contains(got, "2 people") {
			t.Errorf("told:\n%s", got)
		}
		if got := said(t, b.look(p, 1)); !strings.Contains(got, "You have chosen: Friday") || strings.Contains(got, "Stored") {
			t.Errorf("later:\n%s", got)
		}
		card = b.press(card, "Withdraw my choice", me).Card
		fits(t, card)
		b.has(p, "1 2 _")
		if got := said(t, card); !strings.Contains(got, "withdrawn") || !strings.Contains(got, "Friday: 0") {
			t.Errorf("told:\n%s", got)
		}
	})
}

func TestVote_severalFromAMenu(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.evening(false, 10, 2)
		card := b.look(p, 1)
		fits(t, card)
		if menus := menusOf(card); len(menus) == 0 || menus[0].Most != 2 || len(menus[0].Choices) != 10 {
			t.Fatalf("the menus: %+v", menus)
		}
		card = b.choose(card, 1, "0", "9").Card
		fits(t, card)
		b.has(p, "0 1 _", "9 1 _")
		if menu := menusOf(card)[0]; !menu.Choices[0].Chosen || !menu.Choices[9].Chosen || menu.Choices[1].Chosen {
			t.Errorf("the menu shows %+v", menu.Choices)
		}
		if got := said(t, card); !strings.Contains(got, "Monday and Midsummer") || !strings.Contains(got, "1 person") {
			t.Errorf("told:\n%s", got)
		}
		b.choose(card, 1, "3")
		b.has(p, "3 1 _")
		// One of many is a menu too.
		many := b.evening(false, 6, 1)
		card = b.choose(b.look(many, 1), 1, "5").Card
		fits(t, card)
		b.has(many, "5 1 _")
	})
}

func TestVote_redrawsItsPosts(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.evening(false, 3, 1)
		var post core.PostID
		b.write(func(tx *storage.Tx) (err error) {
			if post, err = tx.AddPollPost(t.Context(), village, p.ID, p.Areas[0], core.PartCall, 501); err != nil {
				return err
			}
			_, err = tx.Drawn(t.Context(), post, 1, 1, wednesday)
			return err
		})
		card := b.look(p, 1)
		if len(b.later.tasks) != 0 {
			t.Errorf("to look has booked %v", b.later.tasks)
		}
		b.press(card, "Monday", commands.Ask{Member: 1})
		b.press(card, "Tuesday", commands.Ask{Member: 2})
		if want := []core.Task{core.DrawPost{Post: post}}; !slices.Equal(b.later.tasks, want) {
			t.Errorf("two votes booked %v, want one drawing", b.later.tasks)
		}
		// When the booking fails, nothing is stored.
		b.later.fail = errElsewhere
		last := buttonsOf(card)[2]
		if _, err := b.ask(last.Verb, commands.Ask{Guild: village, Member: 3, ID: last.ID, Arg: last.Arg}); !errors.Is(err, errElsewhere) {
			t.Errorf("got %v", err)
		}
		b.has(p, "0 1 _", "1 2 _")
	})
}

func TestVote_names(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		named, unnamed := b.evening(true, 3, 1), b.evening(false, 3, 1)
		// It is said before one votes, and above the buttons.
		card := b.look(named, 1)
		for i, block := range card.Blocks {
			if _, buttons := block.(commands.Buttons); buttons {
				t.Errorf("there are buttons before it is said who sees names:\n%s", said(t, card))
			}
			if text, ok := block.(commands.Small); ok && strings.Contains(plain(t, text.Text), "name") {
				break
			}
			if i == len(card.Blocks)-1 {
				t.Errorf("it is not said who sees names:\n%s", said(t, card))
			}
		}
		b.press(card, "Tuesday", commands.Ask{Member: 1, Name: "Maija\n@everyone"})
		b.press(b.look(unnamed, 1), "Tuesday", commands.Ask{Member: 1, Name: "Maija"})
		b.has(named, "1 1 Maija @everyone")
		b.has(unnamed, "1 1 _")

		list := func(p core.Poll, a commands.Ask) (commands.Reply, error) {
			a.Guild, a.ID = village, int64(p.ID)
			return b.ask("poll.names", a)
		}
		reply, err := list(named, commands.Ask{Member: keeper, Manages: true})
		if err != nil {
			t.Fatal(err)
		}
		fits(t, reply.Card)
		if got := said(t, reply.Card); !strings.Contains(got, "Tuesday") || !strings.Contains(got, "Maija") || strings.Contains(got, "Monday") {
			t.Errorf("the list:\n%s", got)
		}
		_, err = list(named, commands.Ask{Member: villager})
		refusedWith(t, err, core.NeedsCoordinator)
		for _, p := range []core.Poll{unnamed, b.asked(core.Poll{}), {ID: 9999}} {
			_, err = list(p, commands.Ask{Member: keeper, Manages: true})
			refusedWith(t, err, core.NotFound)
		}
		_, err = b.ask("poll.names", commands.Ask{Guild: abroad, ID: int64(named.ID), Member: keeper, Manages: true})
		refusedWith(t, err, core.NotFound)
	})
}

func TestVote_aLongListOfNames(t *testing.T) {
	store := storagetest.Open(t, storagetest.SQLite(t))
	b := polling(t, store)
	p := b.evening(true, 3, 3)
	var ballots []storage.Ballot
	for i := range 50 {
		ballots = append(ballots, storage.Ballot{Poll: p.ID, Member: core.MemberID(i + 1), Name: strings.Repeat("n", 30) + string(rune('A'+i)), Choices: []int{0, 2}})
	}
	b.write(func(tx *storage.Tx) error { return tx.SetVotes(t.Context(), ballots) })
	names := 0
	for page, arg := range []string{"", "1", "2", "3", "4"} {
		card := b.must("poll.names", commands.Ask{Member: keeper, Manages: true, ID: int64(p.ID), Arg: arg}).Card
		fits(t, card)
		names += strings.Count(said(t, card), strings.Repeat("n", 30))
		if page == 0 && !buttonsOf(card)[0].Off || page == 4 && !buttonsOf(card)[1].Off {
			t.Errorf("page %d: %+v", page, buttonsOf(card))
		}
	}
	if names != 100 {
		t.Errorf("%d names on all pages", names)
	}
	for _, forged := range []string{"-5", "99", "x"} {
		b.must("poll.names", commands.Ask{Member: keeper, Manages: true, ID: int64(p.ID), Arg: forged})
	}
}

func TestVote_whatIsRefused(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		one, some := b.evening(false, 3, 1), b.evening(false, 4, 2)
		here := arg(one)
		theirs := b.asked(core.Poll{Guild: abroad, Kind: core.Open, Questions: everyScale()[:1]})
		state := func(s core.PollState, opens, closes time.Duration) core.PollID {
			return b.asked(core.Poll{Kind: core.Open, Questions: everyScale()[:1], State: s, Opens: b.now.Add(opens), Closes: b.now.Add(closes)}).ID
		}
		hour := time.Hour
		tests := map[string]struct {
			poll   core.PollID
			arg    string
			chosen []string
			want   core.Reason
		}{
			"another guild's":       {theirs.ID, arg(theirs) + ",0", nil, core.NotFound},
			"another guild's area":  {one.ID, arg(theirs) + ",0", nil, core.NotFound},
			"nothing":               {9999, here + ",0", nil, core.NotFound},
			"a secret poll":         {b.asked(core.Poll{}).ID, here + ",0", nil, core.NotFound},
			"a draft":               {state(core.PollDraft, -hour, hour), here + ",0", nil, core.NotFound},
			"before it opens":       {state(core.PollAnnounced, hour, 2*hour), here + ",0", nil, core.PollNotOpen},
			"as it closes":          {state(core.PollOpen, -hour, 0), here + ",0", nil, core.PollIsClosed},
			"closed":                {state(core.PollClosed, -hour, hour), here + ",0", nil, core.PollIsClosed},
			"cancelled":             {state(core.PollCancelled, -hour, hour), here + ",w", nil, core.PollCalledOff},
			"off the scale":         {one.ID, here + ",3", nil, core.NoSuchVerb},
			"below it":              {one.ID, here + ",-1", nil, core.NoSuchVerb},
			"no number":             {one.ID, here + ",x", nil, core.NoSuchVerb},
			"no answer":             {one.ID, here + ",", nil, core.NoSuchVerb},
			"no area":               {one.ID, "", nil, core.NoSuchVerb},
			"two of one":            {one.ID, here + ",m", []string{"0", "1"}, core.NoSuchVerb},
			"three of two":          {some.ID, here + ",m", []string{"0", "1", "2"}, core.NoSuchVerb},
			"a menu without choice": {some.ID, here + ",m", nil, core.NoSuchVerb},
			"a menu with a word":    {some.ID, here + ",m", []string{"all"}, core.NoSuchVerb},
		}
		before := everything(t, store)
		for name, tt := range tests {
			_, err := b.ask("poll.vote", commands.Ask{Guild: village, ID: int64(tt.poll), Arg: tt.arg, Chosen: tt.chosen, Member: 1})
			if core.ReasonOf(err) != tt.want {
				t.Errorf("%s: got %v, want %q", name, err, tt.want)
			}
		}
		if everything(t, store) != before {
			t.Error("something is stored")
		}
	})
}

// It closes after the press has been looked at and before it is stored.
func TestVote_whileItCloses(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.evening(false, 3, 1)
		var looked int
		gate := b.replica(store, func() time.Time {
			if looked++; looked == 1 {
				return b.now
			}
			return p.Closes
		})
		_, _, err := gate.Serve(t.Context(), "poll.vote", commands.Ask{Guild: village, Member: 1, ID: int64(p.ID), Arg: arg(p) + ",1"})
		refusedWith(t, err, core.PollIsClosed)
		b.has(p)
	})
}

// One person presses different answers at two replicas: one of them stands.
func TestVote_atTwoReplicas(t *testing.T) {
	address := storagetest.Postgres(t)
	here, there := storagetest.Open(t, address), storagetest.Open(t, address)
	b := polling(t, here)
	p := b.evening(false, 3, 1)
	now := func() time.Time { return b.now }
	second := b.replica(there, now)
	inside, leave := make(chan bool), make(chan bool)
	first := commands.NewGate(here, nil, commands.Polling(here, doorkeeper{inside, leave}, b.secret, now)...)
	vote := func(gate *commands.Gate, choice string) error {
		_, _, err := gate.Serve(t.Context(), "poll.vote", commands.Ask{Guild: village, Member: 1, ID: int64(p.ID), Arg: arg(p) + "," + choice})
		return err
	}
	told := make(chan error, 2)
	go func() { told <- vote(first, "0") }()
	<-inside
	go func() { told <- vote(second, "2") }()
	b.waitsFor(`%FROM poll %FOR UPDATE%`)
	leave <- true
	if err := errors.Join(<-told, <-told); err != nil {
		t.Fatal(err)
	}
	b.has(p, "2 1 _")
}

func TestVote_manyAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.evening(false, 5, 1)
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				_, _, err := b.gate.Serve(t.Context(), "poll.vote", commands.Ask{
					Guild: village, Member: core.MemberID(7000 + i%100), ID: int64(p.ID), Arg: arg(p) + "," + string(rune('0'+i%5)), Languages: []string{"en"},
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := len(b.votes(p)); got != 100 {
			t.Errorf("%d votes of 100 people", got)
		}
		if got := said(t, b.look(p, 1)); !strings.Contains(got, "Monday: 20") || !strings.Contains(got, "100 people") {
			t.Errorf("the counts:\n%s", got)
		}
	})
}
