package sandbox

import (
	"net/http"
	"strings"
)

type gatewayWire struct {
	URL     string      `json:"url"`
	Shards  int         `json:"shards,omitempty"`
	Session *startLimit `json:"session_start_limit,omitempty"`
}

type startLimit struct {
	Total          int `json:"total"`
	Remaining      int `json:"remaining"`
	ResetAfter     int `json:"reset_after"`
	MaxConcurrency int `json:"max_concurrency"`
}

// gatewayURL is where the gateway is, at the same address as the API.
func (d *Discord) gatewayURL() string {
	return strings.Replace(d.URL(), "http://", "ws://", 1) + "/gateway"
}

func getGateway(d *Discord, _ *call) (reply, *apiError) {
	return reply{http.StatusOK, gatewayWire{URL: d.gatewayURL()}}, nil
}

func getGatewayBot(d *Discord, _ *call) (reply, *apiError) {
	limit := startLimit{Total: 1000, Remaining: 1000, MaxConcurrency: 1}
	return reply{http.StatusOK, gatewayWire{URL: d.gatewayURL(), Shards: 1, Session: &limit}}, nil
}

func getMe(_ *Discord, c *call) (reply, *apiError) {
	return reply{http.StatusOK, userJSON(c.app.bot)}, nil
}

func getUser(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	u := d.users[c.path("user")]
	if u == nil {
		return reply{}, unknownUser()
	}
	return reply{http.StatusOK, userJSON(u)}, nil
}

type applicationWire struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Desc      string    `json:"description"`
	BotPublic bool      `json:"bot_public"`
	VerifyKey string    `json:"verify_key"`
	Flags     int       `json:"flags"`
	Bot       *userWire `json:"bot,omitempty"`
}

func getApplication(_ *Discord, c *call) (reply, *apiError) {
	u := userJSON(c.app.bot)
	return reply{http.StatusOK, applicationWire{ID: c.app.id, Name: c.app.name, Bot: &u}}, nil
}

type partialGuild struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Owner       bool     `json:"owner"`
	Permissions string   `json:"permissions"`
	Features    []string `json:"features"`
}

func getMyGuilds(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := []partialGuild{}
	for _, g := range d.guildOrder {
		if g.members[c.app.id] != nil {
			all = append(all, partialGuild{
				ID: g.id, Name: g.name, Features: []string{}, Permissions: formatBits(g.permissionsOf(c.app.id)),
			})
		}
	}
	return reply{http.StatusOK, all}, nil
}

// createDM opens the DM with a person, or finds it. Whether the person wants
// it shows only when something is sent.
func createDM(d *Discord, c *call) (reply, *apiError) {
	at := newCheck()
	id := at.snowflake(c.body.object(), "recipient_id", true)
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	u := d.users[id]
	switch {
	case u == nil:
		return reply{}, unknownUser()
	case u.bot:
		return reply{}, closedDMs()
	}
	return reply{http.StatusOK, d.channelJSON(d.dmBetween(u, c.app.bot))}, nil
}

// dmBetween finds or makes the DM of a person and a bot. The world is locked.
func (d *Discord) dmBetween(person, bot *user) *channel {
	if ch := person.dms[bot.id]; ch != nil {
		return ch
	}
	ch := &channel{id: d.ids.next(d.now()), kind: DMChannel, recipients: [2]*user{person, bot}}
	person.dms[bot.id] = ch
	bot.dms[person.id] = ch
	d.channels[ch.id] = ch
	return ch
}

// mayReach reports whether a bot's DM gets to a person: they share a guild
// and the person has DMs open. The world is locked.
func (d *Discord) mayReach(person, bot *user) bool {
	if person.closedDMs {
		return false
	}
	for _, g := range d.guildOrder {
		if g.members[person.id] != nil && g.members[bot.id] != nil {
			return true
		}
	}
	return false
}
