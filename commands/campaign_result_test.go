package commands_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// "You said, we did" waits for the results of its poll, and then goes with them
// to the areas that were asked, and to no others.
func TestCampaign_youSaid(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := bankPoll(w, w.parts[:2], "cls.together@1")
		p.Background = core.AgeBand
		p = w.sealed(p, folk{w.parts[0], 1, [][]int{{23, 31, 4, 8, 1}}}, folk{w.parts[1], 2, [][]int{{9, 19, 7, 8, 1}}})
		at := time.Date(2026, 12, 21, 7, 0, 0, 0, time.UTC)
		c := core.Campaign{
			Guild: village, State: core.CampaignRunning, Author: anna, Template: core.TemplateYouSaid, Locale: "en",
			Texts: map[string]core.CampaignTexts{"en": {Name: "You said, we did"}}, Areas: w.parts, Starts: at.Truncate(24 * time.Hour), Ends: at.AddDate(0, 0, 3),
			Things: []core.ThingRef{{Kind: core.ThingPoll, ID: int64(p.ID)}},
		}
		for range 2 {
			c.Steps = append(c.Steps, core.Step{
				Clock: 540, Result: true, Texts: map[string]string{"en": "You said: lamps. We did: lamps."}, Things: c.Things,
			})
		}
		w.write(func(tx *storage.Tx) error {
			for _, area := range w.parts {
				if err := tx.SetChannel(t.Context(), village, area, core.KindEvent, 501); err != nil {
					return err
				}
			}
			id, err := tx.AddCampaign(t.Context(), c, 4711)
			if err != nil {
				return err
			}
			c, err = tx.Campaign(t.Context(), village, id)
			return err
		})
		due := func(step int) (posts []core.PostID, missed []storage.MissWhy) {
			w.write(func(tx *storage.Tx) error {
				tasks, why, err := commands.DueStep(t.Context(), tx, c, c.Steps[step].ID, at, at)
				for _, task := range tasks {
					posts = append(posts, task.(core.DrawPost).Post)
				}
				missed = why
				return err
			})
			return posts, missed
		}
		if posts, missed := due(0); len(posts) != 0 || !slices.Equal(missed, []storage.MissWhy{storage.MissNoResult}) {
			t.Fatalf("before the results: posts %v, missed %v", posts, missed)
		}
		if err := w.released(p); err != nil {
			t.Fatal(err)
		}
		posts, missed := due(1)
		if len(posts) != 2 || len(missed) != 0 {
			t.Fatalf("posts %v, missed %v", posts, missed)
		}
		for i, id := range posts {
			var shown commands.StepPost
			w.write(func(tx *storage.Tx) error {
				post, err := tx.Post(t.Context(), id)
				if err != nil {
					return err
				}
				if post.Area != w.parts[i] {
					t.Errorf("post %d is in area %d", i, post.Area)
				}
				shown, err = commands.ReadStepPost(t.Context(), tx, post, w.guildIn(tx))
				return err
			})
			card, files, err := w.painter.DrawStep(shown, []string{"en", "fi"}, at)
			if err != nil {
				t.Fatal(err)
			}
			fits(w, card)
			text := said(t, card)
			for _, words := range []string{"You said, we did", "We did: lamps.", "Agree:"} {
				if !strings.Contains(text, words) {
					t.Errorf("no %q in:\n%s", words, text)
				}
			}
			verbs := map[string]bool{}
			for _, b := range buttonsOf(card) {
				verbs[b.Verb] = true
			}
			if len(files) == 0 || !verbs["campaign.read"] || !verbs["poll.results"] {
				t.Errorf("%d pictures, and buttons to %v", len(files), verbs)
			}
		}
	})
}
