package bench

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// How large a programme is whose status is looked at.
const (
	statusGuilds = 100
	statusAreas  = 3
	statusSteps  = 10
	statusGoing  = 10_000
)

// BenchmarkStatus measures /campaign status of a programme's campaign: 10 steps
// that have been posted in 300 areas of 100 guilds, with 10,000 sign-ups, on both
// engines; and the same for a guild by itself.
func BenchmarkStatus(b *testing.B) {
	fmt.Printf("\n/campaign status over %d areas of %d guilds, medians of 9, in ms\n%12s%14s%14s\n",
		statusGuilds*statusAreas, statusGuilds, "", "programme", "one guild")
	b.Run("sqlite", func(b *testing.B) { measureStatus(b, storagetest.Open(b, storagetest.SQLite(b))) })
	b.Run("postgres", func(b *testing.B) { measureStatus(b, storagetest.Open(b, storagetest.Postgres(b))) })
}

func measureStatus(b *testing.B, store *storage.Store) {
	const lead, manager = core.GuildID(1), core.MemberID(9)
	own, origin := statusWorld(b, store, lead)
	catalog, err := locales.Load(slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	painter := commands.ResultPainter{Catalog: catalog, Painter: charts.New()}
	gate := commands.NewGate(store, catalog.Languages(), commands.Campaigns(store, nil, nil, painter, time.Now)...)
	look := func(guild core.GuildID, id core.CampaignID) time.Duration {
		var all []time.Duration
		for range 9 {
			began := time.Now()
			ask := commands.Ask{Interaction: 1, Guild: guild, Member: manager, Name: "M", Manages: true, Client: "en", ID: int64(id)}
			if _, _, err := gate.Serve(b.Context(), "campaign.status", ask); err != nil {
				b.Fatal(err)
			}
			all = append(all, time.Since(began))
		}
		return median(all)
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	programme, one := look(lead, origin), look(lead+1, own)
	fmt.Printf("%12s%14.1f%14.1f\n", store.Engine(), ms(programme), ms(one))
	b.ReportMetric(ms(programme), "ms/programme")
}

// statusWorld fills a store with a programme and its campaign, and gives the copy
// of the first guild, and the lead's campaign.
func statusWorld(b *testing.B, store *storage.Store, lead core.GuildID) (own, origin core.CampaignID) {
	err := store.InTx(b.Context(), func(tx *storage.Tx) error {
		guilds := []storage.Newcomer{{ID: lead, Name: "Lead", Language: "en"}}
		for i := range statusGuilds {
			guilds = append(guilds, storage.Newcomer{ID: lead + core.GuildID(i+1), Name: fmt.Sprintf("Town %03d", i+1), Language: "en"})
		}
		if err := tx.MeetGuilds(b.Context(), guilds); err != nil {
			return err
		}
		programme, err := tx.AddProgramme(b.Context(), core.Programme{Lead: lead, Name: "TRUST", Code: "A"}, 1)
		if err != nil {
			return err
		}
		c := core.Campaign{
			Guild: lead, State: core.CampaignRunning, Author: 9, Template: core.TemplateBlank, Locale: "en", Programme: programme,
			Texts: map[string]core.CampaignTexts{"en": {Name: "Week"}}, Starts: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Ends: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC),
		}
		for i := range statusSteps {
			c.Steps = append(c.Steps, core.Step{Days: i, Clock: 600, Texts: map[string]string{"en": "Hello"}})
		}
		if origin, err = tx.AddCampaign(b.Context(), c, 2); err != nil {
			return err
		}
		if c, err = tx.Campaign(b.Context(), lead, origin); err != nil {
			return err
		}
		for i, g := range guilds[1:] {
			id, err := statusTown(b, tx, g, c, int64(i))
			if err != nil {
				return err
			}
			if i == 0 {
				own = id
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if store.Engine() == "postgres" {
		if _, err := store.DB().ExecContext(b.Context(), `ANALYZE`); err != nil {
			b.Fatal(err)
		}
	}
	return own, origin
}

// statusTown is one guild of the programme: its areas, the copy, the posts, and an
// event that people go to.
func statusTown(b *testing.B, tx *storage.Tx, g storage.Newcomer, origin core.Campaign, n int64) (core.CampaignID, error) {
	home, err := tx.Guild(b.Context(), g.ID)
	if err != nil {
		return 0, err
	}
	areas := []core.AreaID{home.Areas[0].ID}
	for i := 1; i < statusAreas; i++ {
		id, err := tx.AddArea(b.Context(), core.Area{Guild: g.ID, Name: fmt.Sprintf("Area %d", i), Zone: core.DefaultZone})
		if err != nil {
			return 0, err
		}
		areas = append(areas, id)
	}
	draft := core.Event{
		Guild: g.ID, Area: areas[0], Kind: core.KindEvent, Author: 9, Locale: "en", Texts: map[string]core.Texts{"en": {Title: "Soup"}},
		Session: core.Session{Span: core.Span{Start: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)}, Slots: []core.Slot{{}}},
	}
	event, err := tx.AddDraft(b.Context(), draft, 1000+n)
	if err != nil {
		return 0, err
	}
	e, err := tx.Event(b.Context(), g.ID, event)
	if err != nil {
		return 0, err
	}
	for i := range statusGoing / statusGuilds {
		if _, err := tx.SQL().ExecContext(b.Context(), `
			INSERT INTO sign_up (session_id, member_id, slot_id, guild_id, state, turn, name, locale) VALUES ($1, $2, $3, $4, 'going', $5, 'A', 'en')`,
			int64(e.Session.ID), int64(i+1), int64(e.Session.Slots[0].ID), int64(g.ID), i); err != nil {
			return 0, err
		}
	}
	c := origin.CopyFor(g.ID, areas, 9)
	c.State, c.Things = core.CampaignRunning, []core.ThingRef{{Kind: core.ThingEvent, ID: int64(event)}}
	id, err := tx.AddCampaign(b.Context(), c, 0)
	if err != nil {
		return 0, err
	}
	if c, err = tx.Campaign(b.Context(), g.ID, id); err != nil {
		return 0, err
	}
	for _, s := range c.Steps {
		for i, area := range areas {
			post, err := tx.AddStepPost(b.Context(), g.ID, s.ID, area, core.ChannelID(n*10+int64(i)+1))
			if err != nil {
				return 0, err
			}
			if _, err := tx.Drawn(b.Context(), post, 1, core.MessageID(post), time.Now()); err != nil {
				return 0, err
			}
		}
	}
	return id, nil
}
