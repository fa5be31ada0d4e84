package sandbox

import (
	"crypto/rand"
	"strings"
)

// App is an application with its bot, whose user has the same ID.
type App struct {
	ID, Name, Token string
}

// AppSpec describes an application to be made.
type AppSpec struct {
	Name  string
	Token string // without "Bot "; made up when empty
	// Privileged are the privileged intents it has been granted. Asking the
	// gateway for others ends in close code 4014.
	Privileged int64
}

// AddApp makes an application and its bot.
func (d *Discord) AddApp(spec AppSpec) App {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := d.ids.next(d.now())
	if spec.Token == "" {
		spec.Token = "sandbox." + rand.Text()
	}
	a := &app{
		id: id, name: spec.Name, token: spec.Token, privileged: spec.Privileged,
		bot:     &user{id: id, name: spec.Name, locale: "en-US", bot: true, dms: map[string]*channel{}},
		inGuild: map[string][]*Command{},
		nonces:  map[string]nonceUse{},
	}
	d.apps[id], d.tokens[a.token], d.users[id] = a, a, a.bot
	d.changedWorld()
	return App{ID: id, Name: a.name, Token: a.token}
}

// PersonSpec describes a person to be made.
type PersonSpec struct {
	Name   string
	Locale string // of the client; "en-US" when empty
}

// AddPerson makes a person, who is in no guild yet.
func (d *Discord) AddPerson(spec PersonSpec) *Person {
	d.mu.Lock()
	defer d.mu.Unlock()
	if spec.Locale == "" {
		spec.Locale = "en-US"
	}
	u := &user{id: d.ids.next(d.now()), name: spec.Name, locale: spec.Locale, dms: map[string]*channel{}}
	p := &Person{ID: u.id, Name: u.name, d: d, u: u}
	d.users[u.id] = u
	d.people = append(d.people, p)
	d.changedWorld()
	return p
}

// People are all persons, in the order in which they were made.
func (d *Discord) People() []*Person {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]*Person(nil), d.people...)
}

// Person finds a person by ID, nil if there is none.
func (d *Discord) Person(id string) *Person {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.people {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// GuildSpec describes a guild to be made.
type GuildSpec struct {
	Name   string
	Locale string  // preferred_locale; "en-US" when empty
	Owner  *Person // joins it; may be nil
	// Everyone are the permissions of @everyone; EveryonePermissions when zero.
	Everyone int64
}

// AddGuild makes a guild without channels.
func (d *Discord) AddGuild(spec GuildSpec) *Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	if spec.Locale == "" {
		spec.Locale = "en-US"
	}
	if spec.Everyone == 0 {
		spec.Everyone = EveryonePermissions
	}
	now := d.now()
	g := &guild{
		id: d.ids.next(now), name: spec.Name, locale: spec.Locale,
		members: map[string]*member{}, events: map[string]*Event{}, joined: now,
	}
	g.roles = []*role{{id: g.id, name: "@everyone", permissions: spec.Everyone}}
	if spec.Owner != nil {
		g.owner = spec.Owner.ID
		g.members[spec.Owner.ID] = &member{user: spec.Owner.u, joined: now}
	}
	d.guilds[g.id] = g
	d.guildOrder = append(d.guildOrder, g)
	d.changedWorld()
	return &Guild{ID: g.id, d: d, g: g}
}

// Guilds are all guilds, in the order in which they were made.
func (d *Discord) Guilds() []*Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]*Guild, len(d.guildOrder))
	for i, g := range d.guildOrder {
		all[i] = &Guild{ID: g.id, d: d, g: g}
	}
	return all
}

// Guild finds a guild by ID, nil if there is none.
func (d *Discord) Guild(id string) *Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	if g := d.guilds[id]; g != nil {
		return &Guild{ID: g.id, d: d, g: g}
	}
	return nil
}

// plainName is how a name is compared when a person picks somebody or some
// place: without case, # and @.
func plainName(s string) string {
	return strings.ToLower(strings.TrimLeft(s, "#@"))
}
