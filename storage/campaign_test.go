package storage_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// planned is a campaign of the author's.
func planned(state core.CampaignState) core.Campaign {
	return core.Campaign{
		Guild: home, State: state, Author: author, Template: core.TemplateBlank, Locale: "fi", Aim: "Aim", Domain: core.Security,
		Texts:  map[string]core.CampaignTexts{"fi": {Name: "Viikko", About: "Tule"}},
		Starts: time.Date(2026, 12, 14, 0, 0, 0, 0, time.UTC), Ends: time.Date(2026, 12, 20, 0, 0, 0, 0, time.UTC),
		Steps: []core.Step{{Days: -1, Clock: 540, Texts: map[string]string{"fi": "Hei"}}},
		Typed: &core.CampaignTyped{Form: "main", Fields: map[string]string{"name": "x"}, By: author},
	}
}

func plan(t *testing.T, store *storage.Store, c core.Campaign, madeBy int64) core.Campaign {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
		id, err := tx.AddCampaign(ctx, c, madeBy)
		if err != nil {
			return err
		}
		c, err = tx.Campaign(ctx, home, id)
		return err
	})
	return c
}

// What is saved is what is read, steps keep their ids, and another guild sees
// none of it.
func TestCampaign(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		c := planned(core.CampaignDraft)
		c.Areas = []core.AreaID{here.Areas[0].ID}
		c = plan(t, store, c, 1)
		if again := plan(t, store, planned(core.CampaignDraft), 1); again.ID != c.ID {
			t.Errorf("the same press made %d and %d", c.ID, again.ID)
		}
		first := c.Steps[0].ID
		c.Steps = append(c.Steps, core.Step{Clock: 600, Result: true, Texts: map[string]string{"fi": "Moi"}})
		c.Texts["sv"], c.Typed, c.Edited = core.CampaignTexts{Name: "Vecka"}, nil, 1
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SaveCampaign(ctx, c) })
		got := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Campaign, error) { return tx.Campaign(ctx, home, c.ID) })
		if got.Steps[0].ID != first || len(got.Steps) != 2 || got.Steps[1].ID == 0 {
			t.Errorf("the steps are %+v", got.Steps)
		}
		c.Steps[1].ID, c.Steps[1].Campaign = got.Steps[1].ID, c.ID
		if diff := cmp.Diff(c, got); diff != "" {
			t.Error(diff)
		}
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.Campaign(ctx, away, c.ID)
			return err
		})
	})
}

// A press that was not posted is not missed twice, and what is posted is not
// missed.
func TestAddMiss(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		c := plan(t, store, planned(core.CampaignRunning), 1)
		step := c.Steps[0].ID
		stands := func() []storage.StepStand {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.StepStand, error) {
				return tx.StepStands(ctx, home, c.ID)
			})
		}
		for range 2 {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
				return tx.AddMiss(ctx, step, here.Areas[0].ID, storage.MissLate)
			})
		}
		if got := stands(); len(got) != 1 || got[0].Miss != storage.MissLate {
			t.Errorf("it stands %+v", got)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			if _, err := tx.AddStepPost(ctx, home, step, here.Areas[0].ID, 7); err != nil {
				return err
			}
			return tx.AddMiss(ctx, step, here.Areas[0].ID, storage.MissLate)
		})
		if got := stands(); len(got) != 1 || got[0].Post == 0 || got[0].Miss != "" || !got[0].Stuck {
			t.Errorf("it stands %+v", got)
		}
	})
}

// Of somebody who is erased nothing is left in campaigns and programmes but what
// they planned.
func TestErase_campaigns(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		settle(t, store)
		plan(t, store, planned(core.CampaignDraft), 1)
		running := plan(t, store, planned(core.CampaignRunning), 2)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			id, err := tx.AddProgramme(ctx, core.Programme{Lead: away, Name: "TRUST", Code: "A"}, 3)
			if err != nil {
				return err
			}
			return tx.Join(ctx, core.Membership{Programme: core.Programme{ID: id}, Guild: home, Mode: core.Approving, Since: noon, By: author})
		})
		found := view(t, store, func(ctx context.Context, tx *storage.Tx) (storage.Footprint, error) { return tx.Footprint(ctx, author) })
		if len(found.Campaigns) != 2 || found.Acts != 1 || found.Guilds[home] == "" {
			t.Errorf("the footprint is %+v", found)
		}
		var gone storage.Erased
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			gone, err = tx.Erase(ctx, author)
			return err
		})
		if diff := cmp.Diff(storage.Erased{Drafts: 2, Campaigns: 1, Acts: 1}, gone); diff != "" {
			t.Error(diff)
		}
		left := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Campaign, error) {
			return tx.Campaign(ctx, home, running.ID)
		})
		if left.Author != 0 || left.Typed != nil {
			t.Errorf("left is %+v", left)
		}
	})
}
