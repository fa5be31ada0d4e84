package core

import (
	"maps"
	"slices"
	"time"
)

// CampaignState is where a campaign is on its way.
type CampaignState string

// The states. What is over is not a state: the clock says it.
const (
	CampaignDraft   CampaignState = "draft"
	CampaignRunning CampaignState = "running"
	CampaignPaused  CampaignState = "paused"
	// CampaignStopped was ended by a coordinator: nothing of it is posted any
	// more.
	CampaignStopped CampaignState = "stopped"
	// CampaignOffered came from the lead of a programme, and waits for a manager
	// of the guild, who may decline it.
	CampaignOffered  CampaignState = "offered"
	CampaignDeclined CampaignState = "declined"
)

// Template says what a campaign began as.
type Template string

// The templates.
const (
	TemplateBlank     Template = "blank"
	TemplateHappening Template = "happening"
	TemplateHobbies   Template = "hobby_week"
	TemplateDrive     Template = "volunteer_drive"
	TemplateNeighbour Template = "neighbours"
	TemplateTraining  Template = "training_day"
	// TemplateYouSaid closes the loop: it tells those who answered a poll what
	// came of it.
	TemplateYouSaid Template = "you_said"
)

// Templates lists them all, in the order in which people see them.
func Templates() []Template {
	return []Template{
		TemplateHappening, TemplateHobbies, TemplateDrive, TemplateNeighbour, TemplateTraining, TemplateYouSaid, TemplateBlank,
	}
}

// Bounds of campaigns. A name is short enough to head a post in five languages.
const (
	MaxCampaignName  = 80
	MaxAim           = 200
	MaxCampaignAbout = 600
	MaxStepText      = 600
	MaxSteps         = 12
	MaxCampaignDays  = 366
	// MaxThings is how much can belong to a campaign, and MaxStepThings how much
	// of it a step shows.
	MaxThings     = 20
	MaxStepThings = 4
)

// StepGrace is how late a step may still be posted, after the clock had stood
// still or the bot was away. What is later than that is left to a coordinator.
const StepGrace = 6 * time.Hour

// CampaignTexts are what a campaign is called, and what it is about, in one
// language.
type CampaignTexts struct{ Name, About string }

// ThingRef names something that belongs to a campaign.
type ThingRef struct {
	Kind ThingKind // ThingEvent or ThingPoll
	ID   int64
}

// Campaign is a plan: what is posted when in which areas, and the events, shifts
// and polls that belong to it.
type Campaign struct {
	ID       CampaignID
	Guild    GuildID
	State    CampaignState
	Author   MemberID
	Template Template
	// Programme is what it is for besides the guild's own areas, or what it came
	// from; Origin is the lead's campaign that it was made from. Zero for none.
	Programme ProgrammeID
	Origin    CampaignID
	// Locale is the language that it was first written in.
	Locale string
	// Texts by language.
	Texts map[string]CampaignTexts
	// Aim says in one sentence what it is for: for coordinators and reports.
	Aim string
	// Domain is what it wants to move; "" for none.
	Domain Domain
	// Areas are where it is posted, in their order.
	Areas []AreaID
	// Starts and Ends are its first and its last day, as midnights of UTC that
	// stand for days of any zone; zero while nobody has said.
	Starts, Ends time.Time
	Things       []ThingRef
	// Steps are in the order in which they were made.
	Steps []Step
	// Edited grows with every change: see Event.
	Edited int
	// Typed is the last input of one of its forms that was refused; nil when
	// there is none.
	Typed *CampaignTyped
}

// CampaignTyped is what a coordinator wrote into a form of a campaign, as it was
// written.
type CampaignTyped struct {
	// Form names the form, and Fields has what was written by field.
	Form   string
	Fields map[string]string
	// By is who wrote it.
	By MemberID `json:"-"`
}

// Step is one post of a campaign, in each of its areas.
type Step struct {
	ID       StepID
	Campaign CampaignID
	// Event is what its time is counted from; zero for the first day of the
	// campaign.
	Event EventID
	// Days are counted from there, earlier ones below zero, and Clock is the time
	// of that day in minutes after midnight, by the clocks of the area.
	Days, Clock int
	// Texts by language.
	Texts map[string]string
	// Things are what it shows.
	Things []ThingRef
	// Result says that of the polls among them it shows what came of them.
	Result bool
}

// Clone gives a campaign whose parts are its own.
func (c Campaign) Clone() Campaign {
	c.Texts, c.Areas, c.Things, c.Steps = maps.Clone(c.Texts), slices.Clone(c.Areas), slices.Clone(c.Things), slices.Clone(c.Steps)
	for i, s := range c.Steps {
		s.Texts, s.Things = maps.Clone(s.Texts), slices.Clone(s.Things)
		c.Steps[i] = s
	}
	return c
}

// TextsIn gives the texts for a reader, as Event.TextsIn does.
func (c Campaign) TextsIn(locales ...string) (texts CampaignTexts, locale string) {
	return inFirst(c.Texts, c.Locale, locales)
}

// TextIn gives the text of a step for a reader, as Event.TextsIn does; locale is
// what the campaign was first written in.
func (s Step) TextIn(locale string, locales ...string) (text, in string) {
	return inFirst(s.Texts, locale, locales)
}

// Step finds one of the steps.
func (c Campaign) Step(id StepID) (Step, bool) {
	i := slices.IndexFunc(c.Steps, func(s Step) bool { return s.ID == id })
	if i < 0 {
		return Step{}, false
	}
	return c.Steps[i], true
}

// Planned tells whether it has not begun: a draft, or an offer.
func (c Campaign) Planned() bool { return c.State == CampaignDraft || c.State == CampaignOffered }

// CopyFor gives a guild of its programme its own copy of the lead's campaign:
// the texts and steps at the same days and times, in the given areas. What
// belongs to the lead's own guild, its events and polls, does not go with it.
func (c Campaign) CopyFor(guild GuildID, areas []AreaID, author MemberID) Campaign {
	next := c.Clone()
	next.ID, next.Origin, next.Guild, next.State, next.Author, next.Areas = 0, c.ID, guild, CampaignOffered, author, areas
	next.Things, next.Typed, next.Edited = nil, nil, 0
	next.Steps = nil
	for _, s := range c.Steps {
		if s.Event != 0 || s.Result {
			continue
		}
		s.ID, s.Campaign, s.Things, s.Texts = 0, 0, nil, maps.Clone(s.Texts)
		next.Steps = append(next.Steps, s)
	}
	return next
}

// MayChange tells whether a coordinator may see and change the campaign: a draft
// is its author's alone.
func (c Campaign) MayChange(member MemberID) error {
	if c.State == CampaignDraft && c.Author != member {
		return Refuse(NotYours)
	}
	return nil
}

// Open tells whether its plan can be changed at all.
func (c Campaign) Open() error {
	if c.State == CampaignStopped || c.State == CampaignDeclined {
		return Refuse(CampaignIsStopped)
	}
	return nil
}

// StepAt is when a step is due by the clocks of an area; ok is false where it
// hangs on an event without a time. Starts has the starts of the events that
// steps hang on.
func (c Campaign) StepAt(s Step, zone *time.Location, starts map[EventID]time.Time) (at time.Time, ok bool) {
	day := c.Starts
	if s.Event != 0 {
		day = starts[s.Event]
		if day.IsZero() {
			return time.Time{}, false
		}
		day = day.In(zone)
	}
	if day.IsZero() {
		return time.Time{}, false
	}
	return AtClock(day.Year(), day.Month(), day.Day()+s.Days, s.Clock, zone), true
}

// Refusals of campaigns.
const (
	// CampaignIsStopped: nothing of it can be changed any more.
	CampaignIsStopped Reason = "campaign_stopped"
	// TooManySteps: About "Most".
	TooManySteps Reason = "too_many_steps"
	// StepIsPosted: it has been posted, at least in one area, so its time stands.
	StepIsPosted Reason = "step_posted"
	// PeriodTooLong: About "Most", in days.
	PeriodTooLong Reason = "period_too_long"
)
