package sandbox

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"time"
)

// call is one request of a bot, with what is known of it.
type call struct {
	r    *http.Request
	app  *app // nil where a token in the path is enough
	body body
}

func (c *call) path(name string) string { return c.r.PathValue(name) }

// reply is what a handler answers.
type reply struct {
	status int
	value  any
}

// handler answers a call. It locks the world itself.
type handler func(d *Discord, c *call) (reply, *apiError)

// route is a method and a path and what holds for it.
type route struct {
	pattern string // "POST /channels/{channel}/messages"
	serve   handler
	open    bool  // no bot token is asked for
	global  bool  // counts against the global limit
	quota   quota // of its bucket
	major   []string
}

func (rt *route) bucketName() string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(rt.pattern))
	return fmt.Sprintf("%016x", h.Sum64())
}

type router struct {
	mux *http.ServeMux
}

// usual is the quota of what has no limit of its own worth telling.
func usual() quota { return quota{globalLimit, time.Second} }

// routing makes the table of all that the API answers. Anything else is 404.
func (d *Discord) routing() *router {
	messages := quota{5, 5 * time.Second}
	rt := &router{mux: http.NewServeMux()}
	add := func(pattern string, serve handler, q quota, major ...string) {
		d.handle(rt, &route{pattern: pattern, serve: serve, global: true, quota: q, major: major})
	}
	// What an interaction's token opens is outside the global limit.
	open := func(pattern string, serve handler, q quota, major ...string) {
		d.handle(rt, &route{pattern: pattern, serve: serve, open: true, quota: q, major: major})
	}

	d.handle(rt, &route{pattern: "GET /gateway", serve: getGateway, open: true, global: true, quota: usual()})
	add("GET /gateway/bot", getGatewayBot, usual())
	add("GET /users/@me", getMe, usual())
	add("GET /users/{user}", getUser, usual())
	add("POST /users/@me/channels", createDM, usual())
	add("GET /users/@me/guilds", getMyGuilds, usual())
	add("GET /applications/@me", getApplication, usual())
	add("GET /oauth2/applications/@me", getApplication, usual())

	for _, scope := range []string{"/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands"} {
		add("GET "+scope, listCommands, usual(), "app", "guild")
		add("POST "+scope, createCommand, usual(), "app", "guild")
		add("PUT "+scope, overwriteCommands, usual(), "app", "guild")
		add("GET "+scope+"/{command}", getCommand, usual(), "app", "guild")
		add("PATCH "+scope+"/{command}", editCommand, usual(), "app", "guild")
		add("DELETE "+scope+"/{command}", deleteCommand, usual(), "app", "guild")
	}

	open("POST /interactions/{interaction}/{token}/callback", callback, usual(), "interaction")
	open("POST /webhooks/{app}/{token}", createFollowup, messages, "app", "token")
	for _, which := range []string{"@original", "{message}"} {
		open("GET /webhooks/{app}/{token}/messages/"+which, getReply, messages, "app", "token")
		open("PATCH /webhooks/{app}/{token}/messages/"+which, editReply, messages, "app", "token")
		open("DELETE /webhooks/{app}/{token}/messages/"+which, deleteReply, messages, "app", "token")
	}

	add("GET /guilds/{guild}", getGuild, usual(), "guild")
	add("GET /guilds/{guild}/channels", getGuildChannels, usual(), "guild")
	add("GET /guilds/{guild}/roles", getGuildRoles, usual(), "guild")
	add("GET /guilds/{guild}/members/{user}", getMember, usual(), "guild")
	add("GET /users/@me/guilds/{guild}/member", getMember, usual(), "guild")

	add("GET /channels/{channel}", getChannel, usual(), "channel")
	add("GET /channels/{channel}/messages", listMessages, usual(), "channel")
	add("POST /channels/{channel}/messages", createMessage, messages, "channel")
	add("GET /channels/{channel}/messages/{message}", getMessage, usual(), "channel")
	add("PATCH /channels/{channel}/messages/{message}", editMessage, messages, "channel")
	add("DELETE /channels/{channel}/messages/{message}", deleteMessage, quota{5, time.Second}, "channel")

	events := "/guilds/{guild}/scheduled-events"
	add("GET "+events, listEvents, usual(), "guild")
	add("POST "+events, createEvent, usual(), "guild")
	add("GET "+events+"/{event}", getEvent, usual(), "guild")
	add("PATCH "+events+"/{event}", editEvent, usual(), "guild")
	add("DELETE "+events+"/{event}", deleteEvent, usual(), "guild")

	rt.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { d.refuse(w, r, nil, notFound()) })
	return rt
}

// handle puts a route into the table.
func (d *Discord) handle(rt *router, one *route) {
	rt.mux.HandleFunc(one.pattern, func(w http.ResponseWriter, r *http.Request) { d.serveRoute(w, r, one) })
}

// serveAPI answers what comes under /api: it takes the version off the path
// and looks the rest up in the table.
func (d *Discord) serveAPI(w http.ResponseWriter, r *http.Request) {
	version, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/api/"), "/")
	if version != "v9" && version != "v10" {
		d.refuse(w, r, nil, invalidVersion())
		return
	}
	u := *r.URL
	u.Path = "/" + rest
	u.RawPath = ""
	r2 := *r
	r2.URL = &u
	d.routes.mux.ServeHTTP(w, &r2)
}

// serveRoute asks who it is, whether they may ask now, and what they sent,
// and then lets the handler answer.
func (d *Discord) serveRoute(w http.ResponseWriter, r *http.Request, rt *route) {
	d.mu.Lock()
	now := d.now()
	d.stats.Requests[rt.pattern]++
	if d.cutOff(now) {
		d.mu.Unlock()
		cutOffPage(w)
		return
	}
	a, known := d.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bot ")]
	if !rt.open && (!known || !strings.HasPrefix(r.Header.Get("Authorization"), "Bot ")) {
		d.mu.Unlock()
		d.refuse(w, r, rt, unauthorized())
		return
	}
	owner, bucket := "", rt.pattern
	if a != nil {
		owner = a.id
	}
	bucket += " " + owner
	for _, name := range rt.major {
		bucket += " " + r.PathValue(name)
	}
	limited := d.admit(w, rt, owner, bucket)
	if limited != nil {
		d.stats.RateLimited++
		d.stats.Refused[http.StatusTooManyRequests]++
		d.countInvalid(now)
		d.mu.Unlock()
		d.log.InfoContext(r.Context(), "rate limited", "route", rt.pattern, "global", limited.Global)
		writeJSON(w, http.StatusTooManyRequests, limited)
		return
	}
	d.mu.Unlock()

	c := &call{r: r, app: a}
	var e *apiError
	if c.body, e = readBody(r); e == nil {
		e = d.againstSpec(rt, c)
	}
	var answer reply
	if e == nil {
		answer, e = rt.serve(d, c)
	}
	if e != nil {
		d.refuse(w, r, rt, e)
		return
	}
	writeJSON(w, answer.status, answer.value)
}

// refuse answers with an error in Discord's form and counts it.
func (d *Discord) refuse(w http.ResponseWriter, r *http.Request, rt *route, e *apiError) {
	name := r.Method + " (unknown)"
	if rt != nil {
		name = rt.pattern
	}
	d.mu.Lock()
	d.stats.Refused[e.code]++
	if rt == nil {
		d.stats.Requests[name]++
	}
	if e.status == http.StatusUnauthorized || e.status == http.StatusForbidden {
		d.countInvalid(d.now())
	}
	d.mu.Unlock()
	d.log.InfoContext(r.Context(), "refused", "route", name, "status", e.status, "code", e.code)
	writeJSON(w, e.status, e)
}

// cutOffPage is what stands before Discord says to those who err too much. It
// is no JSON.
func cutOffPage(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "600")
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write([]byte("error code: 1015\n"))
}
