package main

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/sandbox"
)

// guest runs the demo until a function has looked at its towns, once they have
// everything that they get.
func guest(t *testing.T, look func(v *village, w *world)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	defer cancel()
	var out, errOut output
	full, ended := make(chan *world, 1), make(chan error, 1)
	demo := demoCommand{Addr: "127.0.0.1:0", spec: os.Getenv("TALKOOT_TEST_OPENAPI"), filled: func(w *world) { full <- w }}
	go func() { ended <- demo.Run(ctx, console{out: &out, err: &errOut, now: time.Now}) }()
	select {
	case w := <-full:
		look(&village{T: t, ctx: ctx, catalog: catalogue(t), discord: w.discord, guild: w.towns[0].guild}, w)
		for _, found := range w.discord.Violations() {
			t.Errorf("not as Discord's description has it: %+v", found)
		}
		if refused := w.discord.Stats().Refused; len(refused) > 0 {
			t.Errorf("Discord refused requests: %v", refused)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the demo ends with: %v", err)
		}
	case err := <-ended:
		t.Fatalf("the demo ended: %v", err)
	}
	if errOut.String() != "" {
		t.Errorf("a guest sees a log:\n%s", &errOut)
	}
}

// results are the cards of results in a town, each with its pictures.
func results(t *testing.T, in *town) (cards []sandbox.Message) {
	t.Helper()
	for _, m := range in.events.Messages() {
		if len(m.Attachments) == 0 {
			continue
		}
		for _, picture := range m.Attachments {
			if picture.ContentType != "image/png" || picture.Size == 0 {
				t.Errorf("in %s: %+v", in.guild.Name(), picture)
			}
		}
		cards = append(cards, m)
	}
	return cards
}

func TestDemo_polls(t *testing.T) { // it wants the machine for itself
	guest(t, func(v *village, w *world) {
		v.hasResults(w)
		v.hasCampaigns(w)
		v.hasOpenPolls(w)
		v.hasSeries(w)
		v.hasWeeks(w)
	})
}

// hasWeeks looks at the overviews that came yesterday.
func (v *village) hasWeeks(w *world) {
	v.Helper()
	for i, languages := range [][]string{{"fi", "ar"}, {"fi", "sv"}, {"fi", "en"}} {
		all := w.towns[i].general.Messages()
		for _, tag := range languages {
			v.has(all[len(all)-1], tag, msg("weekly.title", "Area", locales.Quote(w.towns[i].guild.Name())), msg("weekly.joins"))
		}
	}
	dms := w.newcomer.DMs()
	v.has(dms[len(dms)-1], "ar", msg("weekly.own.title"), msg("browse.mine.going"), msg("weekly.own.from", "Server", quote("Tampere")))
}

// hasResults looks for the cards of what lies behind the towns.
func (v *village) hasResults(w *world) {
	v.Helper()
	for i, want := range []struct {
		cards     int
		languages []string
	}{{2, []string{"fi", "ar"}}, {len(safetyAnswers()), []string{"fi", "sv"}}, {1, []string{"fi", "en"}}} {
		name := w.towns[i].guild.Name()
		cards := results(v.T, w.towns[i])
		if len(cards) != want.cards {
			v.Errorf("%d results in %s instead of %d", len(cards), name, want.cards)
		}
		for _, card := range cards {
			if !card.Created.Before(w.clock.today) {
				v.Errorf("a result in %s of %v", name, card.Created)
			}
			for _, tag := range want.languages {
				v.has(card, tag, msg("poll.result.title", "Area", locales.Quote(name)), msg("poll.result.caution"))
			}
		}
	}
}

// hasCampaigns looks at the campaigns in Tampere as their coordinator: one is
// under way, one has told what came of the poll, and one has gaps.
func (v *village) hasCampaigns(w *world) {
	v.Helper()
	tampere := w.towns[0]
	s := w.play(v.ctx, tampere.coordinator, tampere.general)
	s.slash("campaign status", sandbox.Opt("campaign", "Soppaa"))
	v.must(s.err)
	v.has(s.shown, "fi", msg("campaign.state.running"), msg("campaign.status.posted", "Count", 2), msg("campaign.status.ahead", "Count", 2),
		msg("campaign.status.presses", "Count", firstPresses+secondPresses), msg("count.going", "Count", firstJoins+secondJoins+1))
	s.slash("campaign status", sandbox.Opt("campaign", "kerroitte"))
	v.must(s.err)
	v.has(s.shown, "fi", msg("campaign.status.posted", "Count", 1), msg("campaign.status.ahead", "Count", 0))
	s.slash("campaign manage", sandbox.Opt("campaign", "Ensiapu"))
	v.must(s.err)
	v.has(s.shown, "fi", msg("campaign.state.draft"), msg("campaign.gaps"))
	v.has(s.shown, "fi", msg("campaign.gap.text", "Number", 3, "Languages", raw("العربية")))
	s.slash("observations")
	v.must(s.err)
	for _, o := range observations() {
		if o.town == 0 {
			v.has(s.shown, "fi", quote(o.wording))
		}
	}
	s.slash("log")
	v.must(s.err)
	v.has(s.shown, "fi", quote("Soppaa naapureille"))
}

// hasOpenPolls looks at what is asked today, and answers it.
func (v *village) hasOpenPolls(w *world) {
	v.Helper()
	tampere, lieksa := w.towns[0].events, w.towns[2].events
	last := func(in *sandbox.Channel) sandbox.Message {
		all := in.Messages()
		return all[len(all)-1]
	}
	for _, says := range []struct {
		in   *sandbox.Channel
		tag  string
		text locales.Text
	}{
		{tampere, "fi", msg("poll.more_than", "Count", 10)},
		{tampere, "ar", msg("poll.more_than", "Count", 10)},
		{lieksa, "en", msg("vote.people", "Count", len(eveningVotes()))},
	} {
		v.until("the last post says "+v.say(says.tag, says.text), func() bool {
			return strings.Contains(last(says.in).Text(), v.say(says.tag, says.text))
		})
	}
	s := w.play(v.ctx, w.resident, tampere)
	s.shown = last(tampere)
	s.press("poll.answer")
	s.press("poll.answer")
	for range neighbourAnswers() {
		s.answer(0)
	}
	s.press("poll.send")
	v.must(s.err)
	v.has(s.shown, "en", msg("ballot.thanks"))
}

// hasSeries looks at the waves as their coordinator, and at what came of them as
// a resident.
func (v *village) hasSeries(w *world) {
	v.Helper()
	waves, tornio := len(safetyAnswers()), w.towns[1]
	s := w.manage(v.ctx, tornio)
	s.press("poll.series")
	v.must(s.err)
	for n := 1; n <= waves; n++ {
		v.has(s.shown, "sv", msg("poll.series.wave", "Number", n))
	}
	next := w.clock.day(7*waves-seriesOpens, 9)
	if !next.After(time.Now()) {
		v.Errorf("the next wave is at %v", next)
	}
	v.has(s.shown, "sv", msg("poll.series.next", "When", next, "Left", locales.Stamp(next)))

	s = w.play(v.ctx, w.swede, tornio.events)
	cards := results(v.T, tornio)
	s.shown = cards[len(cards)-1]
	s.press("poll.results")
	s.choose("poll.results:", "time")
	v.must(s.err)
	for n := range waves {
		if day := w.clock.day(7*n-seriesOpens, 9).Format(time.DateOnly); !strings.Contains(s.shown.Text(), day) {
			v.Errorf("%s is missing over time:\n%s", day, s.shown.Text())
		}
	}
	if len(s.shown.Attachments) == 0 {
		v.Error("no picture over time")
	}
}

// Everybody in a poll answers all of it, and with what there is to choose from.
func TestDemo_answers(t *testing.T) {
	t.Parallel()
	bank, err := core.LoadBank()
	if err != nil {
		t.Fatal(err)
	}
	sets := map[string][]core.ItemRef{}
	for _, set := range bank.Sets() {
		sets[set.ID] = set.Items
	}
	check := func(set string, answers []said, background core.Background) {
		t.Helper()
		for i, q := range answers {
			if q.people() != answers[0].people() || q.people() > len(crowdNames()) {
				t.Errorf("%s: %d people answer question %d, and %d the first", set, q.people(), i+1, answers[0].people())
			}
			if i == len(sets[set]) {
				if len(q) != background.Bands()+1 {
					t.Errorf("%s: %d answers to the background question", set, len(q))
				}
				continue
			}
			item, _ := bank.Item(sets[set][i])
			want := len(item.Texts["en"].Answers) + 2
			if item.Scale == core.ScaleScore {
				want = 11 + 2
			}
			if len(q) != want {
				t.Errorf("%s: question %d has %d answers and not %d", set, i+1, len(q), want)
			}
		}
	}
	check("one_per_domain", councilAnswers(), core.YearsHere)
	check("trust", trustAnswers(), core.NoBackground)
	check("neighbours", neighbourAnswers(), core.NoBackground)
	for _, wave := range safetyAnswers() {
		check("safety", wave, core.NoBackground)
	}
}
