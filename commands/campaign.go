package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/cases"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of campaigns. Their ID is the campaign, but of those of a step, and
// of those on its posts, the step.
const (
	campaignCreate  = "campaign.create"
	campaignStore   = "campaign.store"
	campaignManage  = "campaign.manage"
	campaignForm    = "campaign.form"
	campaignSave    = "campaign.save"
	campaignDrop    = "campaign.drop"
	campaignSet     = "campaign.set"
	campaignPreview = "campaign.preview"
	campaignStart   = "campaign.start"
	campaignTurn    = "campaign.turn"
	campaignDiscard = "campaign.discard"
	campaignStatus  = "campaign.status"
	campaignMend    = "campaign.mend"
	campaignKit     = "campaign.kit"

	campaignStep    = "campaign.step"
	campaignStepAdd = "campaign.step.add"
	campaignStepSet = "campaign.step.set"
	campaignStepOut = "campaign.step.out"

	campaignRead = "campaign.read"
	campaignOpen = "campaign.open"
)

// optionCampaign and optionTemplate are options of commands.
const (
	optionCampaign = "campaign"
	optionTemplate = "template"
)

// pickCampaigns is how many campaigns of a guild can be chosen from, the newest
// first.
const pickCampaigns = 200

// campaignDesk is where coordinators plan campaigns, and see how they go.
type campaignDesk struct {
	store    *storage.Store
	later    Scheduler
	channels Channels
	painter  ResultPainter
	now      func() time.Time
}

// Campaigning is one of the verbs of campaigns: a command, menu, button or form.
// All need a coordinator, but those on public posts.
type Campaigning struct {
	spec Spec
	desk *campaignDesk
	run  func(ctx context.Context, ask Ask) (Reply, error)
}

// Spec is how it is reached.
func (v Campaigning) Spec() Spec { return v.spec }

// Run does it.
func (v Campaigning) Run(ctx context.Context, ask Ask) (Reply, error) { return v.run(ctx, ask) }

// Suggest offers the campaigns whose name, in any language, has what was typed.
func (v Campaigning) Suggest(ctx context.Context, ask Ask) ([]Choice, error) {
	if ask.Focus != optionCampaign {
		return nil, nil
	}
	var choices []Choice
	found, err := v.desk.candidates(ctx, ask)
	for _, c := range called(found, ask.Options[optionCampaign], strings.Contains) {
		if len(choices) == mostPicks {
			break
		}
		name, _ := c.TextsIn(ask.Locales()...)
		choices = append(choices, Choice{
			Label: locales.Beside{locales.Quote(shorten(name.Name, pickTitle)), campaignStateText(c, v.desk.now())},
			Value: core.Snowflake(c.ID),
		})
	}
	return choices, err
}

// Campaigns makes the verbs with which coordinators plan campaigns and run them,
// and those on the posts of campaigns.
func Campaigns(store *storage.Store, later Scheduler, channels Channels, painter ResultPainter, now func() time.Time) []Verb {
	d := &campaignDesk{store, later, channels, painter, now}
	which := []Option{{Name: optionCampaign, Required: true, Suggest: true}}
	return []Verb{
		d.verb(campaignCreate, Opens, d.create, &Slash{Path: "campaign create", Options: []Option{{Name: optionTemplate, Choices: templateChoices()}}}),
		d.verb(campaignManage, InPlace, d.show, &Slash{Path: "campaign manage", Options: which}),
		d.verb(campaignStatus, InPlace, d.status, &Slash{Path: "campaign status", Options: which}),
		d.verb(campaignStore, Private, d.add, nil),
		d.verb(campaignForm, Opens, d.form, nil),
		d.verb(campaignSave, InPlace, d.save, nil),
		d.verb(campaignDrop, InPlace, d.drop, nil),
		d.verb(campaignSet, InPlace, d.set, nil),
		d.verb(campaignPreview, InPlace, d.preview, nil),
		d.verb(campaignStart, InPlace, d.start, nil),
		d.verb(campaignTurn, InPlace, d.turn, nil),
		d.verb(campaignDiscard, InPlace, d.discard, nil),
		d.verb(campaignMend, InPlace, d.mend, nil),
		d.verb(campaignKit, Private, d.kit, nil),
		d.verb(campaignStep, InPlace, d.step, nil),
		d.verb(campaignStepAdd, InPlace, d.addStep, nil),
		d.verb(campaignStepSet, InPlace, d.setStep, nil),
		d.verb(campaignStepOut, InPlace, d.dropStep, nil),
		Campaigning{Spec{Name: campaignRead, Need: core.Resident}, d, d.read},
		Campaigning{Spec{Name: campaignOpen, Need: core.Resident}, d, d.open},
	}
}

func (d *campaignDesk) verb(name string, sight Sight, run func(context.Context, Ask) (Reply, error), slash *Slash) Verb {
	return Campaigning{Spec{Name: name, Need: core.Coordinator, Sight: sight, Slash: slash}, d, run}
}

func templateChoices() []Choice {
	var choices []Choice
	for _, t := range core.Templates() {
		choices = append(choices, Choice{Label: locales.Msg{ID: "campaign.template." + string(t)}, Value: string(t)})
	}
	return choices
}

// candidates are the campaigns of the guild, drafts only of the asker.
func (d *campaignDesk) candidates(ctx context.Context, ask Ask) ([]core.Campaign, error) {
	var found []core.Campaign
	err := d.store.View(ctx, func(tx *storage.Tx) (err error) {
		found, err = tx.Campaigns(ctx, ask.Guild, storage.CampaignQuery{Limit: pickCampaigns})
		return err
	})
	return slices.DeleteFunc(found, func(c core.Campaign) bool {
		return c.MayChange(ask.Member) != nil || ask.Home.MaySee(c.Areas...) != nil
	}), err
}

// find gives the campaign that is asked for: by id from a button, or by what was
// chosen or typed behind a command.
func (d *campaignDesk) find(ctx context.Context, ask Ask) (core.CampaignID, error) {
	typed, byName := ask.Options[optionCampaign]
	if !byName {
		return core.CampaignID(ask.ID), nil
	}
	found, err := d.candidates(ctx, ask)
	if err != nil {
		return 0, err
	}
	if id, err := strconv.ParseInt(strings.TrimSpace(typed), 10, 64); err == nil {
		if len(called(found, typed, func(name, typed string) bool { return name == typed })) == 0 {
			return core.CampaignID(id), nil
		}
	}
	matches := called(found, typed, func(name, typed string) bool { return name == typed })
	if len(matches) == 0 && strings.TrimSpace(typed) != "" {
		matches = called(found, typed, strings.Contains)
	}
	switch len(matches) {
	case 0:
		return 0, core.Refuse(core.NotFound)
	case 1:
		return matches[0].ID, nil
	}
	return 0, core.Refuse(core.SeveralMatch, "Typed", typed)
}

// called chooses the campaigns of which a name, in any language, fits what was
// typed.
func called(campaigns []core.Campaign, typed string, fits func(name, typed string) bool) []core.Campaign {
	typed = cases.Fold().String(locales.CleanLine(typed))
	return slices.DeleteFunc(slices.Clone(campaigns), func(c core.Campaign) bool {
		for _, t := range c.Texts {
			if fits(cases.Fold().String(t.Name), typed) {
				return false
			}
		}
		return true
	})
}

// lockCampaign reads a campaign that a coordinator may change, and keeps it from
// others until tx ends.
func lockCampaign(ctx context.Context, tx *storage.Tx, ask Ask, id core.CampaignID) (core.Campaign, error) {
	c, err := tx.LockCampaign(ctx, ask.Guild, id)
	if err != nil {
		return core.Campaign{}, err
	}
	if err := mayRun(ask, c); err != nil {
		return core.Campaign{}, err
	}
	return c, c.Open()
}

// mayRun tells whether the asker may change a campaign: that takes all of its
// areas, and the whole guild where it is for a programme.
func mayRun(ask Ask, c core.Campaign) error {
	if err := c.MayChange(ask.Member); err != nil {
		return err
	}
	if c.Programme != 0 && ask.Home.Limited {
		return ask.Home.MayChange(0)
	}
	return ask.Home.MayChange(c.Areas...)
}

// maySee tells whether the asker may see how a campaign goes: that takes one of
// its areas.
func maySee(ask Ask, c core.Campaign) error {
	if err := c.MayChange(ask.Member); err != nil {
		return err
	}
	return ask.Home.MaySee(c.Areas...)
}

// acted is the line for the log.
func (d *campaignDesk) acted(ask Ask, deed core.Deed, c core.Campaign) core.Act {
	return acted(ask, d.now(), deed, core.ThingCampaign, int64(c.ID), c.Texts[c.Locale].Name, c.Areas...)
}

// campaignName is what a campaign is called for a reader.
func campaignName(c core.Campaign, readers []string) locales.Text {
	if t, _ := c.TextsIn(readers...); t.Name != "" {
		return locales.Quote(t.Name)
	}
	return locales.Msg{ID: "campaign.untitled"}
}

// campaignOver tells whether the last day of a campaign has passed everywhere.
func campaignOver(c core.Campaign, now time.Time) bool {
	return !c.Ends.IsZero() && now.After(c.Ends.AddDate(0, 0, 1).Add(12*time.Hour))
}

func campaignStateText(c core.Campaign, now time.Time) locales.Text {
	state := string(c.State)
	if c.State == core.CampaignRunning && campaignOver(c, now) {
		state = "over"
	}
	return locales.Msg{ID: "campaign.state." + state}
}
