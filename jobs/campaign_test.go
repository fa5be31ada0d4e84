package jobs

import (
	"context"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// campaign is one that runs, with a step at noon of today and one of tomorrow.
func (w *world) campaign(change func(*core.Campaign)) core.Campaign {
	w.t.Helper()
	c := core.Campaign{
		Guild: home, State: core.CampaignRunning, Author: author, Template: core.TemplateBlank, Locale: "fi",
		Texts:  map[string]core.CampaignTexts{"fi": {Name: "Viikko"}},
		Starts: noon.Truncate(24 * time.Hour), Ends: noon.AddDate(0, 0, 7).Truncate(24 * time.Hour),
	}
	for day := range 2 {
		c.Steps = append(c.Steps, core.Step{Days: day, Clock: 14 * 60, Texts: map[string]string{"fi": "Hei"}}) // 12 by UTC
	}
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		guild, err := tx.Guild(ctx, home)
		if err != nil {
			return err
		}
		if err := tx.SetChannel(ctx, home, guild.Areas[0].ID, core.KindEvent, channel); err != nil {
			return err
		}
		c.Areas = []core.AreaID{guild.Areas[0].ID}
		if change != nil {
			change(&c)
		}
		id, err := tx.AddCampaign(ctx, c, 77)
		if err != nil {
			return err
		}
		c, err = tx.Campaign(ctx, home, id)
		return err
	})
	return c
}

// A step is posted at its time, once however often it was booked; one that is
// far too late is not, and its author hears of it once.
func TestPostStep(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		c := w.campaign(nil)
		tomorrow := noon.Add(24 * time.Hour)
		w.book(core.PostStep{Step: c.Steps[0].ID, At: noon})
		w.run()
		posts := len(w.discord.said("post"))
		if posts != 2 { // the world's own, and this
			t.Fatalf("%d posts", posts)
		}
		w.newQueue()
		w.book(core.PostStep{Step: c.Steps[0].ID, At: noon}, core.PostStep{Step: c.Steps[1].ID, At: noon}) // the second is not due then
		w.run()
		if n := len(w.discord.said("post")); n != posts {
			t.Errorf("%d posts after it was booked again", n)
		}
		w.clock.Advance(24*time.Hour + core.StepGrace + time.Minute)
		for range 2 {
			w.newQueue()
			w.book(core.PostStep{Step: c.Steps[1].ID, At: tomorrow})
			w.run()
		}
		if n := len(w.discord.said("post")); n != posts {
			t.Errorf("%d posts, one of them too late", n)
		}
		if told := w.discord.said("dm"); len(told) != 1 || told[0].Member != author {
			t.Errorf("told were %+v", told)
		}
	})
}

// A guild of a programme gets its copy once, and who joined for it is told that
// it waits; of somebody who has been erased, nobody is.
func TestOfferCampaign(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		const town, other, manager core.GuildID = 400, 500, 600
		w := newWorld(t, store)
		var programme core.ProgrammeID
		w.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
			if err := tx.MeetGuilds(ctx, []storage.Newcomer{{ID: town, Name: "Oulu", Language: "fi"}, {ID: other, Name: "Tornio", Language: "fi"}}); err != nil {
				return err
			}
			if programme, err = tx.AddProgramme(ctx, core.Programme{Lead: home, Name: "TRUST", Code: "A"}, 5); err != nil {
				return err
			}
			for guild, by := range map[core.GuildID]core.MemberID{town: core.MemberID(manager), other: 0} {
				m := core.Membership{Programme: core.Programme{ID: programme}, Guild: guild, Mode: core.Approving, Since: noon, By: by}
				if err := tx.Join(ctx, m); err != nil {
					return err
				}
			}
			return nil
		})
		c := w.campaign(func(c *core.Campaign) { c.Programme = programme })
		for range 2 {
			w.newQueue()
			w.book(core.OfferCampaign{Campaign: c.ID, Guild: town}, core.OfferCampaign{Campaign: c.ID, Guild: other})
			w.run()
		}
		if told := w.discord.said("dm"); len(told) != 1 || told[0].Member != core.MemberID(manager) {
			t.Errorf("told were %+v", told)
		}
		// What a guild has said of its copy stands, also when it lets others post by
		// themselves.
		w.tx(func(ctx context.Context, tx *storage.Tx) error {
			copies, err := tx.Campaigns(ctx, town, storage.CampaignQuery{})
			if err != nil || len(copies) != 1 {
				t.Fatal(copies, err)
			}
			copies[0].State = core.CampaignDeclined
			if err := tx.SaveCampaign(ctx, copies[0]); err != nil {
				return err
			}
			guild, err := tx.Guild(ctx, town)
			if err != nil {
				return err
			}
			if err := tx.SetChannel(ctx, town, guild.Areas[0].ID, core.KindEvent, 401); err != nil {
				return err
			}
			return tx.SetMode(ctx, town, programme, core.ByItself)
		})
		w.clock.Advance(-2 * time.Hour) // no step is past, so nothing is missing in the plan
		w.newQueue()
		w.book(core.OfferCampaign{Campaign: c.ID, Guild: town})
		w.run()
		for guild, want := range map[core.GuildID]core.CampaignState{town: core.CampaignDeclined, other: core.CampaignOffered} {
			w.tx(func(ctx context.Context, tx *storage.Tx) error {
				copies, err := tx.Campaigns(ctx, guild, storage.CampaignQuery{})
				if len(copies) != 1 || copies[0].State != want || len(copies[0].Steps) != 2 {
					t.Errorf("guild %d has %+v", guild, copies)
				}
				return err
			})
		}
	})
}
