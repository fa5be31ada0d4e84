package sandbox

import (
	"net/http"
	"slices"
)

func listEvents(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, e := d.guildOf(c)
	if e != nil {
		return reply{}, e
	}
	all := []eventWire{}
	for _, id := range g.eventOrder {
		all = append(all, eventJSON(g.events[id]))
	}
	return reply{http.StatusOK, all}, nil
}

// eventOf finds the event of a call. The world is locked.
func (d *Discord) eventOf(c *call) (*guild, *Event, *apiError) {
	g, e := d.guildOf(c)
	if e != nil {
		return nil, nil, e
	}
	ev := g.events[c.path("event")]
	if ev == nil {
		return nil, nil, unknownEvent()
	}
	return g, ev, nil
}

func getEvent(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ev, e := d.eventOf(c)
	if e != nil {
		return reply{}, e
	}
	return reply{http.StatusOK, eventJSON(ev)}, nil
}

func createEvent(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, e := d.guildOf(c)
	if e != nil {
		return reply{}, e
	}
	if g.permissionsOf(c.app.id)&CreateEvents == 0 {
		return reply{}, missingPermissions()
	}
	at := newCheck()
	ev := checkEvent(at, c.body.value, nil, d.now())
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	if e := d.eventChannel(g, &ev); e != nil {
		return reply{}, e
	}
	open := 0
	for _, other := range g.events {
		if other.Status <= 2 {
			open++
		}
	}
	if open >= maxOpenEvents {
		return reply{}, refuse(http.StatusBadRequest, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
	}
	ev.ID, ev.GuildID, ev.CreatorID = d.ids.next(d.now()), g.id, c.app.id
	g.events[ev.ID] = &ev
	g.eventOrder = append(g.eventOrder, ev.ID)
	d.toGuild(g, intentScheduledEvents, "GUILD_SCHEDULED_EVENT_CREATE", eventJSON(&ev))
	d.changedWorld()
	return reply{http.StatusOK, eventJSON(&ev)}, nil
}

// eventChannel checks that the place of an event is one where it can happen.
func (d *Discord) eventChannel(g *guild, ev *Event) *apiError {
	if ev.ChannelID == "" {
		return nil
	}
	ch := d.channels[ev.ChannelID]
	switch {
	case ch == nil || ch.guild != g:
		return unknownChannel()
	case ch.kind != VoiceChannel:
		return wrongChannelType()
	}
	return nil
}

// mayManage reports whether a bot may change an event: its own with
// CreateEvents, any with ManageEvents.
func mayManage(g *guild, ev *Event, appID string) bool {
	p := g.permissionsOf(appID)
	return p&ManageEvents != 0 || ev.CreatorID == appID && p&CreateEvents != 0
}

func editEvent(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, ev, e := d.eventOf(c)
	switch {
	case e != nil:
		return reply{}, e
	case !mayManage(g, ev, c.app.id):
		return reply{}, missingPermissions()
	case ev.Status > 2:
		return reply{}, refuse(http.StatusBadRequest, 180000, "Cannot update a finished event")
	}
	at := newCheck()
	changed := checkEvent(at, c.body.value, ev, d.now())
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	if e := d.eventChannel(g, &changed); e != nil {
		return reply{}, e
	}
	g.events[ev.ID] = &changed
	d.toGuild(g, intentScheduledEvents, "GUILD_SCHEDULED_EVENT_UPDATE", eventJSON(&changed))
	d.changedWorld()
	return reply{http.StatusOK, eventJSON(&changed)}, nil
}

func deleteEvent(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, ev, e := d.eventOf(c)
	switch {
	case e != nil:
		return reply{}, e
	case !mayManage(g, ev, c.app.id):
		return reply{}, missingPermissions()
	}
	delete(g.events, ev.ID)
	g.eventOrder = slices.DeleteFunc(g.eventOrder, func(id string) bool { return id == ev.ID })
	d.toGuild(g, intentScheduledEvents, "GUILD_SCHEDULED_EVENT_DELETE", eventJSON(ev))
	d.changedWorld()
	return reply{http.StatusNoContent, nil}, nil
}
