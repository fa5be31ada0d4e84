package page

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"talkoot/sandbox"
	"talkoot/sandbox/page/markdown"
)

// viewer is the person as whom a request comes, with what they see.
type viewer struct {
	pg     *page
	Person *sandbox.Person
	Locale string // of the person's client
	Lang   string // of the page
	T      map[string]string
	View   sandbox.View
	now    time.Time
}

func (pg *page) viewer(p *sandbox.Person) *viewer {
	locale := p.Locale()
	return &viewer{
		pg: pg, Person: p, Locale: locale, Lang: pageLanguage(locale), T: words(locale),
		View: p.View(), now: pg.opts.Now(),
	}
}

// Base is where the person's pages are.
func (v *viewer) Base() string { return "/as/" + v.Person.ID }

// channelPath is where a channel is for this person.
func (v *viewer) channelPath(channelID string) string { return v.Base() + "/c/" + channelID }

// suggestion is what the guest was told of the person.
func (v *viewer) suggestion() Suggestion { return v.pg.suggestion(v.Person.ID) }

func (pg *page) suggestion(personID string) Suggestion {
	for _, s := range pg.opts.People {
		if s.ID == personID {
			if p := pg.d.Person(personID); p != nil && p.Name == s.Role {
				s.Role = "" // they are called what they are
			}
			return s
		}
	}
	return Suggestion{ID: personID}
}

// findChannel finds a channel that the person sees, and the guild it is in; a
// DM is in none.
func (v *viewer) findChannel(id string) (c sandbox.ChannelView, g sandbox.GuildView, ok bool) {
	for _, g := range v.View.Guilds {
		for _, c := range g.Channels {
			if c.ID == id {
				return c, g, true
			}
		}
	}
	for _, c := range v.View.DMs {
		if c.ID == id {
			return c, sandbox.GuildView{}, true
		}
	}
	return sandbox.ChannelView{}, sandbox.GuildView{}, false
}

// firstChannel is where the person begins: the first channel in which there
// is something to read, or else the first.
func (v *viewer) firstChannel() (id string, ok bool) {
	var all []sandbox.ChannelView
	for _, g := range v.View.Guilds {
		all = append(all, g.Channels...)
	}
	all = append(all, v.View.DMs...)
	all = slices.DeleteFunc(all, func(c sandbox.ChannelView) bool { return !readable(c) })
	if len(all) == 0 {
		return "", false
	}
	i := slices.IndexFunc(all, func(c sandbox.ChannelView) bool { return c.Messages > 0 })
	return all[max(i, 0)].ID, true
}

func readable(c sandbox.ChannelView) bool {
	return c.Type == sandbox.TextChannel || c.Type == sandbox.AnnouncementChannel || c.Type == sandbox.DMChannel
}

// reader is the viewer as a reader of texts in a channel.
func (v *viewer) reader(channelID string) markdown.Reader {
	_, guild, _ := v.findChannel(channelID)
	return markdown.Reader{
		User: func(id string) (string, bool) {
			if p := v.pg.d.Person(id); p != nil {
				return p.Name, true
			}
			for _, c := range v.pg.d.Commands(id, "") {
				if c.ApplicationID == id {
					return v.appName(channelID, id), true
				}
			}
			return "", false
		},
		Role: func(id string) (string, bool) {
			i := slices.IndexFunc(guild.Roles, func(r sandbox.Role) bool { return r.ID == id })
			if i < 0 {
				return "", false
			}
			return strings.TrimPrefix(guild.Roles[i].Name, "@"), true
		},
		Channel: func(id string) (string, string, bool) {
			c, _, ok := v.findChannel(id)
			return c.Name, v.channelPath(id), ok
		},
		Command: func(name string) string { return v.commandPath(channelID, name) },
		Time:    v.moment,
	}
}

func (v *viewer) appName(channelID, appID string) string {
	for _, c := range v.Person.Commands(channelID) {
		if c.AppID == appID {
			return c.App
		}
	}
	return appID
}

// commandPath is where a slash command is filled in.
func (v *viewer) commandPath(channelID, name string) string {
	steps := strings.Fields(name)
	for i := range steps {
		steps[i] = url.PathEscape(steps[i])
	}
	return v.channelPath(channelID) + "/command/" + strings.Join(steps, "/")
}

// moment says a time in the viewer's language and zone.
func (v *viewer) moment(at time.Time, style string) string {
	zone := v.pg.opts.Zone
	if zone == nil {
		zone = time.UTC
	}
	return moment(at.In(zone), v.now, style, v.Lang)
}

// momentView is a moment as a template wants it.
type momentView struct {
	Unix      int64
	ISO, Text string
	Style     string
}

func (v *viewer) stamp(at time.Time, style string) momentView {
	return momentView{Unix: at.Unix(), ISO: at.UTC().Format(time.RFC3339), Style: style, Text: v.moment(at, style)}
}
