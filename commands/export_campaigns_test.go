package commands_test

import (
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// Campaigns that began are in the reports: in the table, and on the annual page.
func TestExport_campaigns(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		c := core.Campaign{
			Guild: village, State: core.CampaignRunning, Author: anna, Template: core.TemplateBlank, Locale: "en", Domain: core.Interaction,
			Aim: "=1+1", Texts: map[string]core.CampaignTexts{"en": {Name: "Winter week"}}, Areas: []core.AreaID{a.areas[village]},
			Starts: a.now.AddDate(0, 0, -10), Ends: a.now.AddDate(0, 0, 10),
			Steps: []core.Step{{Clock: 600, Texts: map[string]string{"en": "Hello"}}, {Days: 1, Clock: 600, Texts: map[string]string{"en": "Hello"}}},
		}
		a.write(func(tx *storage.Tx) error {
			id, err := tx.AddCampaign(t.Context(), c, 77)
			if err != nil {
				return err
			}
			stored, err := tx.Campaign(t.Context(), village, id)
			if err != nil {
				return err
			}
			post, err := tx.AddStepPost(t.Context(), village, stored.Steps[0].ID, a.areas[village], 501)
			if err != nil {
				return err
			}
			if _, err := tx.Drawn(t.Context(), post, 1, 9, a.now); err != nil {
				return err
			}
			draft := c
			draft.State, draft.Texts = core.CampaignDraft, map[string]core.CampaignTexts{"en": {Name: "Not begun"}}
			_, err = tx.AddCampaign(t.Context(), draft, 78)
			return err
		})
		reply := a.must("export", wish("what", "campaigns", "format", "csv"))
		text := string(reply.Files[0].Data)
		if !strings.Contains(text, "Winter week,'=1+1,being together,") || !strings.Contains(text, ",2,1,0,0") || strings.Contains(text, "Not begun") {
			t.Errorf("the table:\n%s", text)
		}
		card, _, _, _ := a.annual()
		if text := said(t, card); !strings.Contains(text, "Campaigns: Winter week") {
			t.Errorf("the page:\n%s", text)
		}
		reply, err := a.ask("export", commands.Ask{Guild: abroad, Member: keeper, Manages: true, Options: map[string]string{"what": "campaigns", "format": "csv"}})
		if err != nil || len(reply.Files) > 0 && strings.Contains(string(reply.Files[0].Data), "Winter") {
			t.Errorf("abroad: %v, %+v", err, reply.Files)
		}
	})
}
