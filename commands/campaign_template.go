package commands

import (
	"strconv"

	"talkoot/core"
	"talkoot/locales"
)

// stepSketch is a step of a template: on which day, counted from the first, and
// at what time. Its text is in the catalogues.
type stepSketch struct {
	day, clock int
	result     bool
}

// The usual hours of posts, in minutes after midnight.
const (
	morning   = 9 * 60
	afternoon = 16 * 60
	evening   = 18 * 60
)

// sketches are what a template begins with. The days are those of a week that a
// coordinator then moves as they like; the domain is what such a thing moves
// before all.
func sketches(t core.Template) (domain core.Domain, steps []stepSketch) {
	switch t {
	case core.TemplateHappening:
		return core.Interaction, []stepSketch{{day: 0, clock: morning}, {day: 4, clock: afternoon}, {day: 7, clock: morning}, {day: 8, clock: morning}}
	case core.TemplateHobbies:
		return core.Interaction, []stepSketch{{day: 0, clock: morning}, {day: 3, clock: afternoon}, {day: 6, clock: evening}}
	case core.TemplateDrive:
		return core.Influence, []stepSketch{{day: 0, clock: morning}, {day: 3, clock: evening}, {day: 6, clock: morning}, {day: 10, clock: morning}}
	case core.TemplateNeighbour:
		return core.Attitudes, []stepSketch{{day: 0, clock: evening}, {day: 2, clock: evening}, {day: 5, clock: morning}, {day: 7, clock: morning}}
	case core.TemplateTraining:
		return core.Influence, []stepSketch{{day: 0, clock: morning}, {day: 6, clock: morning}, {day: 8, clock: morning}}
	case core.TemplateYouSaid:
		return core.Influence, []stepSketch{{day: 0, clock: morning, result: true}}
	case core.TemplateBlank:
	}
	return "", nil
}

// fromTemplate gives a draft the steps and texts of its template, in all of the
// languages. A name that was typed stands in the language that it was typed in.
func (d *campaignDesk) fromTemplate(c core.Campaign, languages []string) core.Campaign {
	if c.Template == core.TemplateBlank {
		return c
	}
	prefix := "campaign.template." + string(c.Template)
	say := func(tag, id string) string {
		return locales.Clean(d.painter.Catalog.Voice(tag).Plain(locales.Msg{ID: prefix + id}))
	}
	for _, tag := range languages {
		t := c.Texts[tag]
		if t.Name == "" {
			t.Name = shorten(say(tag, ""), core.MaxCampaignName)
		}
		t.About = say(tag, ".about")
		c.Texts[tag] = t
	}
	var steps []stepSketch
	c.Domain, steps = sketches(c.Template)
	for i, s := range steps {
		step := core.Step{Days: s.day, Clock: s.clock, Result: s.result, Texts: map[string]string{}}
		for _, tag := range languages {
			step.Texts[tag] = say(tag, "."+strconv.Itoa(i+1))
		}
		c.Steps = append(c.Steps, step)
	}
	return c
}
