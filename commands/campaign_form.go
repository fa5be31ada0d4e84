package commands

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/locales"
)

// The forms of a campaign: its frame, its texts in a language, and the text of a
// step in up to five languages. Their keys are formMain, formText with a
// language, and formStep with the step and a page, with dots between them.
const (
	formMain = "main"
	formText = "text"
	formStep = "step"
)

// The fields, beside those that are called by their language.
const (
	fieldName  = "name"
	fieldAim   = "aim"
	fieldFirst = "first"
	fieldLast  = "last"
	fieldAbout = "about"
)

// formFields is how many fields Discord has room for in a form.
const formFields = 5

// planForm is a form of a campaign, with what is stored in its fields.
type planForm struct {
	key    string
	title  locales.Text
	fields []Field
}

// formFor makes the form of a key. Languages are those of the guild.
func formFor(c core.Campaign, key string, languages []string) (planForm, error) {
	kind, rest, _ := strings.Cut(key, ".")
	switch kind {
	case formMain:
		return planForm{key, locales.Msg{ID: "campaign.form.title"}, mainFields(c)}, nil
	case formText:
		t := c.Texts[rest]
		in := locales.Data{"Language": languageName(rest)}
		return planForm{key, locales.Msg{ID: "campaign.form.text", Data: in}, []Field{
			{Name: fieldName, Label: locales.Msg{ID: "campaign.form.name"}, Value: t.Name, Required: true, Max: core.MaxCampaignName},
			{Name: fieldAbout, Label: locales.Msg{ID: "campaign.form.about"}, Help: locales.Msg{ID: "campaign.form.about.help"}, Value: t.About, Long: true, Max: core.MaxCampaignAbout},
		}}, nil
	case formStep:
		step, page, _ := strings.Cut(rest, ".")
		id, _ := strconv.ParseInt(step, 10, 64)
		s, ok := c.Step(core.StepID(id))
		tags := pageOf(languages, within(page, len(languages)))
		if !ok || len(tags) == 0 {
			return planForm{}, core.Refuse(core.NotFound)
		}
		f := planForm{key: key, title: locales.Msg{ID: "campaign.form.step"}}
		for _, tag := range tags {
			f.fields = append(f.fields, Field{Name: tag, Label: languageName(tag), Value: s.Texts[tag], Long: true, Max: core.MaxStepText})
		}
		return f, nil
	}
	return planForm{}, core.Refuse(core.NoSuchVerb)
}

func mainFields(c core.Campaign) []Field {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return dayText(t)
	}
	return []Field{
		{
			Name: fieldName, Label: locales.Msg{ID: "campaign.form.name"}, Help: locales.Msg{ID: "campaign.form.name.help"},
			Value: c.Texts[c.Locale].Name, Required: true, Max: core.MaxCampaignName,
		},
		{
			Name: fieldAim, Label: locales.Msg{ID: "campaign.form.aim"}, Help: locales.Msg{ID: "campaign.form.aim.help"},
			Value: c.Aim, Max: core.MaxAim,
		},
		{
			Name: fieldFirst, Label: locales.Msg{ID: "campaign.form.first"}, Help: locales.Msg{ID: "campaign.form.first.help"},
			Value: day(c.Starts), Required: true, Max: maxWhen,
		},
		{
			Name: fieldLast, Label: locales.Msg{ID: "campaign.form.last"}, Help: locales.Msg{ID: "campaign.form.last.help"},
			Value: day(c.Ends), Required: true, Max: maxWhen,
		},
	}
}

// pageOf gives the languages that a page of a form has room for.
func pageOf(languages []string, page int) []string {
	from := min(page*formFields, len(languages))
	return languages[from:min(from+formFields, len(languages))]
}

// stored are the values of the fields, in their order.
func (f planForm) stored() []*string {
	values := make([]*string, len(f.fields))
	for i := range f.fields {
		value := f.fields[i].Value
		values[i] = &value
	}
	return values
}

// read takes what was written into the fields, fit to be stored. Fields longer
// than their bound, which only forged clients send, are refused.
func (f planForm) read(ask Ask) (map[string]string, error) {
	if ask.Fields == nil { // a button
		return nil, core.Refuse(core.NoSuchVerb)
	}
	values := map[string]string{}
	for _, field := range f.fields {
		text := locales.CleanLine(ask.Fields[field.Name])
		if field.Long {
			text = locales.Clean(ask.Fields[field.Name])
		}
		if n := locales.Len(text); n > field.Max {
			return nil, core.Refuse(core.FieldTooLong, "Most", field.Max, "Has", n)
		}
		values[field.Name] = text
	}
	return values, nil
}

// take puts what a form says into a campaign as far as it makes sense, and says
// of each field what does not.
func (f planForm) take(c core.Campaign, values map[string]string, now time.Time, zone *time.Location, lang string) (next core.Campaign, no []locales.Text) {
	next = c.Clone()
	kind, rest, _ := strings.Cut(f.key, ".")
	switch kind {
	case formMain:
		no = takeMain(&next, values, now, zone, lang)
	case formText:
		if values[fieldName] == "" {
			no = append(no, wrongField("campaign.form.name", core.Refuse(core.NoTitle)))
		}
		next.Texts[rest] = core.CampaignTexts{Name: values[fieldName], About: values[fieldAbout]}
	case formStep:
		for i, s := range next.Steps {
			if step, _, _ := strings.Cut(rest, "."); core.Snowflake(s.ID) != step {
				continue
			}
			for tag, text := range values {
				if next.Steps[i].Texts[tag] = text; text == "" {
					delete(next.Steps[i].Texts, tag)
				}
			}
		}
	}
	return next, no
}

func takeMain(c *core.Campaign, values map[string]string, now time.Time, zone *time.Location, lang string) (no []locales.Text) {
	if values[fieldName] == "" {
		no = append(no, wrongField("campaign.form.name", core.Refuse(core.NoTitle)))
	}
	t := c.Texts[c.Locale]
	t.Name, c.Aim = values[fieldName], values[fieldAim]
	c.Texts[c.Locale] = t
	first, err := readCampaignDay(values[fieldFirst], now, zone, lang)
	if err != nil {
		no = append(no, wrongField("campaign.form.first", err))
	}
	last, err := readCampaignDay(values[fieldLast], now, zone, lang)
	if err != nil {
		no = append(no, wrongField("campaign.form.last", err))
	}
	switch {
	case len(no) > 0:
		return no
	case last.Before(first):
		return []locales.Text{wrongField("campaign.form.last", core.Refuse(core.PeriodBackwards, "From", dayText(first), "Until", dayText(last)))}
	case last.After(first.AddDate(0, 0, core.MaxCampaignDays)):
		return []locales.Text{wrongField("campaign.form.last", core.Refuse(core.PeriodTooLong, "Most", core.MaxCampaignDays))}
	}
	c.Starts, c.Ends = first, last
	return nil
}

// aYear finds the year in what was typed.
var aYear = regexp.MustCompile(`\d{4}`)

// readCampaignDay reads a day as a midnight of UTC. A day without a year that is
// long past is of the next year.
func readCampaignDay(typed string, now time.Time, zone *time.Location, lang string) (time.Time, error) {
	days, err := calendar.ParseDays(typed, now, zone, lang)
	if err != nil {
		return time.Time{}, err
	}
	if days.End.Sub(days.Start) > 26*time.Hour { // a month or a year
		return time.Time{}, core.Refuse(core.DayUnclear, "Typed", typed)
	}
	day := days.Start.In(zone)
	if !aYear.MatchString(typed) && now.Sub(day) > 60*24*time.Hour {
		day = day.AddDate(1, 0, 0)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC), nil
}
