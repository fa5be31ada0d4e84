package commands_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/fetch"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// alliance is a bureau in the village, which leads, and a guild abroad.
type alliance struct{ *bureau }

func newAlliance(t *testing.T, store *storage.Store) *alliance {
	t.Helper()
	w := &alliance{newBureau(t, store)}
	languages := tongues(t).Languages()
	now := func() time.Time { return w.now }
	painter := commands.ResultPainter{Catalog: tongues(t), Painter: charts.New()}
	w.gate = commands.NewGate(store, languages, slices.Concat(
		commands.Campaigns(store, w.book, w.ways, painter, now), commands.Programmes(store, w.book, rand.Reader, now),
		commands.Setup(commands.Parts{Store: store, Later: w.book, Channels: w.ways, Feeds: fetch.Public(), Languages: languages, Now: now}),
	)...)
	w.write(func(tx *storage.Tx) error {
		if err := tx.GreetPeople(t.Context(), []core.MemberID{keeper}); err != nil {
			return err
		}
		return tx.SetChannel(t.Context(), abroad, w.areas[abroad], core.KindEvent, 601)
	})
	return w
}

// manager asks as who manages a server does.
func (w *alliance) manager(guild core.GuildID, verb string, a commands.Ask) (commands.Reply, error) {
	w.Helper()
	a.Guild, a.Member, a.Manages, a.Channel = guild, keeper, true, square
	reply, err := w.ask(verb, a)
	if err == nil && reply.Form == nil {
		fits(w, reply.Card)
	}
	return reply, err
}

func (w *alliance) managed(guild core.GuildID, verb string, a commands.Ask) commands.Reply {
	w.Helper()
	reply, err := w.manager(guild, verb, a)
	if err != nil {
		w.Fatalf("%s: %v", verb, err)
	}
	return reply
}

// pressed presses a button as who manages a server does.
func (w *alliance) pressed(guild core.GuildID, card commands.Card, label string) commands.Reply {
	w.Helper()
	b := w.button(card, label)
	return w.managed(guild, b.Verb, commands.Ask{ID: b.ID, Arg: b.Arg})
}

// founded is a programme of the village.
func (w *alliance) founded() core.Programme {
	w.Helper()
	w.managed(village, "programme.store", commands.Ask{Fields: map[string]string{"name": "TRUST"}})
	var led []core.Programme
	w.write(func(tx *storage.Tx) (err error) {
		led, err = tx.Programmes(w.Context(), village)
		return err
	})
	if len(led) != 1 {
		w.Fatalf("%d programmes", len(led))
	}
	return led[0]
}

// joins lets the guild abroad join with a code.
func (w *alliance) joins(guild core.GuildID, code, label string) {
	w.Helper()
	look := w.managed(guild, "programme.look", commands.Ask{Fields: map[string]string{"code": strings.ToLower(code)}})
	w.pressed(guild, look.Card, label)
}

// leads starts a campaign of the whole programme.
func (w *alliance) leads(p core.Programme) core.Campaign {
	w.Helper()
	w.plan("neighbours", nil)
	c := w.only()
	w.set("campaign.set", int64(c.ID), "areas", core.Snowflake(w.harbour))
	card := w.set("campaign.set", int64(c.ID), "programme", core.Snowflake(p.ID)).Card
	w.book.forget()
	w.tap(anna, card, "Start")
	return w.only()
}

// offered lets the clock give out what was booked, and gives what waits.
func (w *alliance) offered() (waits []core.CampaignID) {
	w.Helper()
	for _, task := range booked[core.OfferCampaign](w.book) {
		w.write(func(tx *storage.Tx) error {
			_, id, err := commands.Offer(w.Context(), tx, task, w.now)
			if id != 0 {
				waits = append(waits, id)
			}
			if core.ReasonOf(err) == core.NotFound {
				return nil
			}
			return err
		})
	}
	return waits
}

func (w *alliance) copies() (all []core.Campaign) {
	w.Helper()
	w.write(func(tx *storage.Tx) (err error) {
		all, err = tx.Campaigns(w.Context(), abroad, storage.CampaignQuery{})
		return err
	})
	return all
}

func TestProgramme_eachCampaignIsApproved(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newAlliance(t, store)
		p := w.founded()
		_, err := w.manager(abroad, "programme.look", commands.Ask{Fields: map[string]string{"code": "AAAA-BBBB-CCCC"}})
		refusedWith(t, err, core.CodeUnknown)
		_, err = w.manager(village, "programme.look", commands.Ask{Fields: map[string]string{"code": p.Code}})
		refusedWith(t, err, core.OwnProgramme)
		w.joins(abroad, p.Code, "Join: we approve each campaign")
		_, err = w.manager(abroad, "programme.look", commands.Ask{Fields: map[string]string{"code": p.Code}})
		refusedWith(t, err, core.AlreadyMember)

		lead := w.leads(p)
		if lead.State != core.CampaignRunning {
			t.Fatalf("the lead's is %s", lead.State)
		}
		waits := w.offered()
		if again := w.offered(); len(waits) != 1 || len(again) != 0 {
			t.Fatalf("offered %v, then %v", waits, again)
		}
		copied := w.copies()[0]
		if copied.State != core.CampaignOffered || copied.Origin != lead.ID || len(copied.Steps) != 4 || len(copied.Things) != 0 {
			t.Fatalf("the copy is %+v", copied)
		}
		ask := commands.Ask{ID: int64(copied.ID)}
		card := w.managed(abroad, "campaign.manage", ask).Card
		for _, words := range []string{"Waits for approval", "Get to know your neighbours", "Mon 14 Dec, 18:00"} {
			if text := said(t, card); !strings.Contains(text, words) {
				t.Errorf("no %q in:\n%s", words, text)
			}
		}
		w.managed(abroad, "campaign.preview", ask)
		w.write(func(tx *storage.Tx) error { return tx.SetCoordinators(t.Context(), abroad, []core.RoleID{helper}) })
		_, err = w.by(anna, "campaign.start", commands.Ask{ID: int64(copied.ID), Guild: abroad})
		refusedWith(t, err, core.NeedsManager)
		w.book.forget()
		w.pressed(abroad, card, "Approve and start")
		if copied = w.copies()[0]; copied.State != core.CampaignRunning || len(booked[core.PostStep](w.book)) != 4 {
			t.Errorf("it is %s, booked are %v", copied.State, w.book.tasks)
		}
		// What the lead sees of it.
		status := w.ok(anna, "campaign.status", commands.Ask{ID: int64(lead.ID)}).Card
		if text := said(t, status); !strings.Contains(text, "Runs on 1 of 1 servers") || !strings.Contains(text, "Abroad · 0 of 4 posted") {
			t.Errorf("the lead sees:\n%s", text)
		}
		// The lead's stop is everybody's.
		w.ok(anna, "campaign.turn", commands.Ask{ID: int64(lead.ID), Arg: "stop"})
		if copied = w.copies()[0]; copied.State != core.CampaignStopped {
			t.Errorf("the copy is %s", copied.State)
		}
	})
}

func TestProgramme_postsByItself(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newAlliance(t, store)
		p := w.founded()
		lead := w.leads(p) // before anybody joins
		w.joins(abroad, p.Code, "Join: it may post by itself")
		if waits := w.offered(); len(waits) != 0 {
			t.Errorf("%v wait", waits)
		}
		if copied := w.copies(); len(copied) != 1 || copied[0].State != core.CampaignRunning {
			t.Fatalf("the copies are %+v", copied)
		}
		// Ten presses are few; more than ten are said so, and no number finer.
		copied := w.copies()[0]
		step, area := copied.Steps[0], w.areas[abroad]
		w.write(func(tx *storage.Tx) error {
			if _, err := tx.AddStepPost(t.Context(), abroad, step.ID, area, 601); err != nil {
				return err
			}
			for range 12 {
				if err := tx.CountPress(t.Context(), abroad, step.ID, area); err != nil {
					return err
				}
			}
			return nil
		})
		text := said(t, w.ok(anna, "campaign.status", commands.Ask{ID: int64(lead.ID)}).Card)
		if !strings.Contains(text, "more than 10 presses") || strings.Contains(text, " 12 ") {
			t.Errorf("the lead sees:\n%s", text)
		}
		_, err := w.by(anna, "campaign.manage", commands.Ask{ID: int64(copied.ID)}) // of another guild
		refusedWith(t, err, core.NotFound)

		// Leaving stops what runs here, once one is sure.
		card := w.managed(abroad, "programme.show", commands.Ask{ID: int64(p.ID)}).Card
		sure := w.pressed(abroad, card, "Leave").Card
		if w.copies()[0].State != core.CampaignRunning {
			t.Error("it left without being sure")
		}
		w.pressed(abroad, sure, "Yes, leave")
		if state := w.copies()[0].State; state != core.CampaignStopped {
			t.Errorf("the copy is %s", state)
		}
	})
}

func TestProgramme_aTownMoves(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newAlliance(t, store)
		const newTown core.GuildID = 1003
		w.write(func(tx *storage.Tx) error {
			return tx.MeetGuilds(t.Context(), []storage.Newcomer{{ID: newTown, Name: "Forssa", Language: "en"}})
		})
		p := w.founded()
		w.joins(abroad, p.Code, "Join: it may post by itself")
		card := w.managed(abroad, "programme.show", commands.Ask{ID: int64(p.ID)}).Card
		w.pressed(abroad, card, "Hand over to another server")
		var place core.Membership
		w.write(func(tx *storage.Tx) (err error) {
			place, err = tx.Membership(t.Context(), abroad, p.ID)
			return err
		})
		look := w.managed(newTown, "programme.look", commands.Ask{Fields: map[string]string{"code": place.Handover}})
		if text := said(t, look.Card); !strings.Contains(text, "You take the place of Abroad") {
			t.Errorf("it says:\n%s", text)
		}
		w.joins(newTown, place.Handover, "Join: we approve each campaign")
		text := said(t, w.managed(village, "programme.show", commands.Ask{ID: int64(p.ID)}).Card)
		if !strings.Contains(text, "Abroad · now Forssa") || !strings.Contains(text, "Forssa · each campaign waits for approval") {
			t.Errorf("the lead sees:\n%s", text)
		}
		// The code is used up, and so is one that was replaced.
		_, err := w.manager(newTown, "programme.look", commands.Ask{Fields: map[string]string{"code": place.Handover}})
		refusedWith(t, err, core.CodeUnknown)
		w.managed(village, "programme.code", commands.Ask{ID: int64(p.ID)})
		_, err = w.manager(abroad, "programme.look", commands.Ask{Fields: map[string]string{"code": p.Code}})
		refusedWith(t, err, core.CodeUnknown)
		w.managed(village, "programme.out", commands.Ask{ID: int64(p.ID), Chosen: []string{core.Snowflake(newTown)}})
		_, err = w.manager(abroad, "programme.out", commands.Ask{ID: int64(p.ID), Chosen: []string{core.Snowflake(newTown)}})
		refusedWith(t, err, core.NotFound)
		for _, verb := range []string{"programme", "programme.join", "programme.code", "programme.leave"} {
			_, err := w.by(anna, verb, commands.Ask{ID: int64(p.ID)})
			refusedWith(t, err, core.NeedsManager)
		}
	})
}

func TestNewCode(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		code, err := core.NewProgrammeCode(rand.Reader)
		if err != nil || len(code) != 14 || core.ReadProgrammeCode(strings.ToLower(strings.ReplaceAll(code, "-", " "))) != code || seen[code] {
			t.Fatalf("%q, %v", code, err)
		}
		seen[code] = true
	}
	for _, typed := range []string{"", "ABCD", "ABCD-EFGH-JKMN-P", "O0I1-lll"} {
		if code := core.ReadProgrammeCode(typed); code != "" {
			t.Errorf("%q is read as %q", typed, code)
		}
	}
}
