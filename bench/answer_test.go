package bench

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// answersAtATime is how many press Send at a time.
const answersAtATime = 50

// BenchmarkAnswer has different people send their answers to a secret poll, and
// measures what that takes beside a bare program that stores a single row. Every
// response is there at the end, and every receipt.
func BenchmarkAnswer(b *testing.B) {
	all := slices.DeleteFunc([]answerer{
		{name: "bare, one INSERT", role: inserting},
		{name: "talkoot, four questions", refs: []core.ItemRef{"cls.together@1", "rtn.1@1", "cls.trustn@1", "cls.influence@1"}},
		{name: "talkoot, one question", refs: []core.ItemRef{"rtn.1@1"}},
	}, func(a answerer) bool { return !strings.Contains(a.name, *only) })
	found := make([][]answered, len(all))
	for round := range *rounds {
		for i := range all {
			i = (i + round) % len(all) // nobody is always first
			b.Run(fmt.Sprintf("%s/%d", all[i].name, round+1), func(b *testing.B) {
				found[i] = append(found[i], all[i].measure(b))
			})
		}
	}
	fmt.Printf("\nAnswers stored on Postgres, medians of %d, %d at a time\n%-28s%11s%11s%11s%11s%11s\n", *rounds, answersAtATime,
		"", "presses/s", "p50 ms", "p99 ms", "bot µs", "db µs")
	pick := func(i int, of func(answered) time.Duration) float64 {
		var values []time.Duration
		for _, f := range found[i] {
			values = append(values, of(f))
		}
		return float64(median(values)) / float64(time.Millisecond)
	}
	each := func(a answered) time.Duration { return a.each }
	for i, a := range all {
		if len(found[i]) == 0 {
			continue
		}
		fmt.Printf("%-28s%11.0f%11.1f%11.1f%11.0f%11.0f", a.name, 1000/pick(i, each),
			pick(i, func(a answered) time.Duration { return a.p50 }), pick(i, func(a answered) time.Duration { return a.p99 }),
			1000*pick(i, func(a answered) time.Duration { return a.bot }), 1000*pick(i, func(a answered) time.Duration { return a.database }))
		if i > 0 && len(found[0]) > 0 {
			fmt.Printf("   ×%.2f of one INSERT", pick(0, each)/pick(i, each))
		}
		fmt.Println()
	}
}

// answerer is a bot to which answers are sent: a bare one, or Talkoot with a
// poll of these items.
type answerer struct {
	name, role string
	refs       []core.ItemRef
}

// answered is what came of one measurement: from the first press to the last
// reply, divided by the presses, and how long each waited.
type answered struct{ each, p50, p99, bot, database time.Duration }

func (a answerer) measure(b *testing.B) answered {
	t := newTown(b, warmUp+*many, false)
	p, button, stored, store := a.start(b, t)
	post := t.post(b, 1)[0]
	all := make([]press, len(t.crowd))
	for i, person := range t.crowd {
		all[i] = press{person: person, message: post.ID, button: post.Buttons()[0].CustomID}
		if button != nil {
			all[i].app, all[i].button = &t.app, button(i)
		}
	}
	warm, rest := all[:warmUp], all[warmUp:]
	if _, _, err := inFlight(b.Context(), warm, answersAtATime); err != nil {
		b.Fatal(err)
	}
	// As the database does by itself within a minute, which is too long to wait.
	if _, err := store.DB().ExecContext(b.Context(), `ANALYZE`); err != nil {
		b.Fatal(err)
	}
	postmaster, count := postmaster(b), time.Duration(len(rest))
	bot, database := p.cpu(), family(postmaster)
	took, each, err := inFlight(b.Context(), rest, answersAtATime)
	if err != nil {
		b.Fatal(err)
	}
	f := answered{
		each: took / count, p50: quantile(each, 0.5), p99: quantile(each, 0.99),
		bot: (p.cpu() - bot) / count, database: (family(postmaster) - database) / count,
	}
	for what, have := range stored() {
		if have != len(t.crowd) {
			b.Errorf("%d people pressed, and there are %d in %s", len(t.crowd), have, what)
		}
	}
	if trouble := append(p.said("level=ERROR"), p.said("level=WARN")...); len(trouble) > 0 {
		b.Errorf("%s says %s", a.name, strings.Join(trouble, "\n"))
	}
	p.stop()
	return f
}

// start starts the program in a town, and returns the button that the i-th
// person presses, nil for that of the post, and a count of what is stored.
func (a answerer) start(b *testing.B, t *town) (p *program, button func(i int) string, stored func() map[string]int, store *storage.Store) {
	address := storagetest.Postgres(b)
	counted := func(tables ...string) func() map[string]int {
		return func() map[string]int {
			have := map[string]int{}
			for _, table := range tables {
				have[table] = count(b, store, `SELECT count(*) FROM `+table)
			}
			return have
		}
	}
	if a.role != "" {
		var err error
		if store, err = storage.Open(b.Context(), address); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = store.Close() })
		p = launch(b, a.name, append(t.env(address), roleEnv+"="+a.role), os.Args[0])
		p.waitFor(b, "guilds 1")
		return p, nil, counted("pressed"), store
	}
	path, err := talkoot()
	if err != nil {
		b.Fatal(err)
	}
	store = storagetest.Open(b, address)
	t.past(b, store)
	guild := number[core.GuildID](t.guild.ID)
	areas := pollAreas(b, store, guild, 1)
	poll := pollOf(b, guild, areas, a.refs...)
	if err := store.InTx(b.Context(), func(tx *storage.Tx) (err error) {
		poll, err = openPoll(b.Context(), tx, poll, 1)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	p = launch(b, a.name, append(t.env(address), "HTTP_ADDR=off", "TALKOOT_SECRET="+secret), path, "run")
	p.waitFor(b, "msg=ready")
	// What the button Send holds when everything has been answered: the area,
	// the step after the last question, and the answers.
	button = func(i int) string {
		var answers strings.Builder
		for q := range len(poll.Questions) + 1 {
			fmt.Fprint(&answers, i>>q&1)
		}
		return fmt.Sprintf("t1:poll.send:%s:%s,%d,%s", core.Snowflake(poll.ID), core.Snowflake(areas[0]), len(poll.Questions)+2, &answers)
	}
	return p, button, counted("receipt", "response"), store
}
