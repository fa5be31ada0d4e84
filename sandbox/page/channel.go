package page

import (
	"net/http"
	"strconv"

	"talkoot/sandbox"
)

// channelPage is what a person has on screen.
type channelPage struct {
	frame
	Base, Path   string
	Channel      string
	Guild        string
	IsDM, MaySay bool
	Side, You    []part
	Log          []part
	Screen       []part // the form that is open
	News         []part
	Live         string
}

// sidePart is the list of guilds, channels and direct messages.
type sidePart struct {
	Guilds []guildItem
	DMs    []channelItem
	T      map[string]string
}

type guildItem struct {
	Name     string
	Badge    badge
	Channels []channelItem
}

type channelItem struct {
	ID, Name, Path string
	Current        bool
	Unread         int
	Badge          badge
}

// youPart is the person and their settings.
type youPart struct {
	Me                personView
	DMsClosed         bool
	Languages         []optionView
	Settings, Channel string
	Groups            []group
	T                 map[string]string
}

// home brings the person to where they would look first.
func (pg *page) home(w http.ResponseWriter, r *http.Request, v *viewer) {
	if at := r.URL.Query().Get("at"); at != "" {
		if _, _, ok := v.findChannel(at); ok {
			v.redirect(w, r, v.channelPath(at)+"#latest")
			return
		}
	}
	if id, ok := v.firstChannel(); ok {
		v.redirect(w, r, v.channelPath(id)+"#latest")
		return
	}
	f := pg.frame(v.Person.Name, v.Locale)
	pg.send(w, r, http.StatusOK, "oops.html", oops{frame: f, Text: f.T["nowhere"], Back: "/"})
}

func (v *viewer) redirect(w http.ResponseWriter, r *http.Request, to string) {
	http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // every path begins with the person's own
}

func (pg *page) channel(w http.ResponseWriter, r *http.Request, v *viewer) {
	c, g, ok := v.findChannel(r.PathValue("channel"))
	if !ok {
		v.notFound(w, r)
		return
	}
	v.markRead(c.ID)
	pg.send(w, r, http.StatusOK, "channel.html", v.screen(c, g, howMany(r)))
}

// howMany is how many messages the request wants to see.
func howMany(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("show"))
	if err != nil || n < shownMessages || n > 100*shownMessages {
		return shownMessages
	}
	return n
}

// screen is everything that the person sees while in a channel.
func (v *viewer) screen(c sandbox.ChannelView, g sandbox.GuildView, show int) channelPage {
	s := channelPage{
		frame: v.pg.frame(title(c), v.Locale), Base: v.Base(), Path: v.channelPath(c.ID),
		Channel: c.Name, Guild: g.Name, IsDM: c.GuildID == "", MaySay: c.MaySend,
	}
	if s.IsDM {
		s.Guild = v.T["dms"]
	}
	s.Log = v.log(c, g, show)
	s.Live = s.Path + "/live?show=" + strconv.Itoa(show)
	side := v.side(c.ID)
	s.Side = []part{v.pg.part("side", "side", side)}
	s.You = []part{v.pg.part("you", "you", v.you(c.ID))}
	s.Screen = v.openForm()
	s.News = []part{v.pg.part("news", "news", side)}
	return s
}

func title(c sandbox.ChannelView) string {
	if c.GuildID == "" {
		return c.Name
	}
	return "#" + c.Name
}

func (v *viewer) side(current string) sidePart {
	s := sidePart{T: v.T}
	item := func(c sandbox.ChannelView) channelItem {
		return channelItem{
			ID: c.ID, Name: c.Name, Path: v.channelPath(c.ID) + "#latest", Current: c.ID == current,
			Unread: v.unread(c.ID), Badge: badgeOf(c.Name),
		}
	}
	for _, g := range v.View.Guilds {
		gi := guildItem{Name: g.Name, Badge: badgeOf(g.Name)}
		for _, c := range g.Channels {
			if readable(c) {
				gi.Channels = append(gi.Channels, item(c))
			}
		}
		s.Guilds = append(s.Guilds, gi)
	}
	for _, c := range v.View.DMs {
		s.DMs = append(s.DMs, item(c))
	}
	return s
}

// unread counts what others have written since the person last looked.
func (v *viewer) unread(channelID string) int {
	last := v.pg.memory.lastRead(place{v.Person.ID, channelID})
	n := 0
	for _, m := range v.Person.Messages(channelID) {
		if m.AuthorID != v.Person.ID && newer(m.ID, last) {
			n++
		}
	}
	return n
}

func (v *viewer) markRead(channelID string) {
	messages := v.Person.Messages(channelID)
	if len(messages) > 0 {
		v.pg.memory.readUpTo(place{v.Person.ID, channelID}, messages[len(messages)-1].ID)
	}
}

func (v *viewer) you(channelID string) youPart {
	s := v.suggestion()
	y := youPart{
		Me: personView{
			Name: v.Person.Name, Locale: v.Locale, Language: languageName(v.Locale),
			Role: s.Role, Hint: s.Hint, Badge: badgeOf(v.Person.Name),
		},
		DMsClosed: v.Person.DMsClosed(), Settings: v.Base() + "/settings", Channel: channelID,
		Groups: v.pg.groups(v.Person.ID, v.T), T: v.T,
	}
	for _, l := range clientLanguages() {
		y.Languages = append(y.Languages, optionView{Value: l.Locale, Label: l.Name, Chosen: l.Locale == v.Locale})
	}
	return y
}
