package storage

import (
	"context"
	"fmt"

	"talkoot/core"
)

// Footprint is all that is stored about one person, in all guilds.
type Footprint struct {
	Person core.Person
	// SignUps has every one, also cancelled ones and those of long ago.
	SignUps []Trace
	// Written are the events and drafts that the person wrote.
	Written []core.Event
	// Typed are the other events of which they have a change in a form, not
	// saved yet.
	Typed []core.Event
	// Votes are what they chose in open polls, and Polls those that they wrote.
	// Whether they have answered a secret poll, nobody can tell from here.
	Votes []Ballot
	Polls []core.Poll
	// Voted are the polls of the votes.
	Voted map[core.PollID]core.Poll
	// Acts is how often the log says that they did something as a coordinator,
	// and ActedAs the name that it has for them, if any.
	Acts    int
	ActedAs string
	// Observations are those that they wrote, and those of which they have a
	// change in a form, not saved yet.
	Observations []core.Observation
	// Campaigns are those that they planned, and those of which they have a change
	// in a form, not saved yet.
	Campaigns []core.Campaign
	// Subscriptions are the weekly overviews that they asked for.
	Subscriptions []core.Subscription
	// Feeds are the calendars that they subscribed to.
	Feeds []core.Feed
	// Guilds holds the names of the guilds that these are in.
	Guilds map[core.GuildID]string
}

// Trace is one sign-up and what it was for.
type Trace struct {
	core.SignUp
	core.Span
	Event      core.EventID
	EventState core.EventState
	// Title, Place and Task are in the language of the sign-up, or else in the
	// event's own. Task is empty where there is only one list of places.
	Title, Place, Task string
}

// Footprint reads all that is stored about a person.
func (tx *Tx) Footprint(ctx context.Context, person core.MemberID) (Footprint, error) {
	var f Footprint
	var err error
	if f.Person, err = tx.Person(ctx, person); err != nil {
		return Footprint{}, err
	}
	if f.SignUps, err = tx.Traces(ctx, person); err != nil {
		return Footprint{}, err
	}
	events, err := tx.events(ctx, `WHERE event.author_id = ? OR event.typed_by = ? ORDER BY event.id`, person, person)
	if err != nil {
		return Footprint{}, err
	}
	for _, e := range events {
		if e.Author == person {
			f.Written = append(f.Written, e)
		}
		if e.Typed != nil && e.Typed.By == person && (e.Author != person || e.State != core.Draft) {
			f.Typed = append(f.Typed, e)
		}
	}
	if f.Votes, err = tx.AllVotesBy(ctx, person); err != nil {
		return Footprint{}, err
	}
	if f.Polls, err = tx.polls(ctx, `WHERE poll.author_id = ? ORDER BY poll.id`, person); err != nil {
		return Footprint{}, err
	}
	if f.Voted, err = tx.voted(ctx, f.Votes); err != nil {
		return Footprint{}, err
	}
	if err := tx.get(ctx, &f.Acts, `
		SELECT (SELECT count(*) FROM act WHERE by_id = ?) + (SELECT count(*) FROM programme_member WHERE by_id = ?)`, person, person); err != nil {
		return Footprint{}, fmt.Errorf("count what a person did: %w", err)
	}
	if err := tx.get(ctx, &f.ActedAs, `SELECT COALESCE(max(name), '') FROM act WHERE by_id = ?`, person); err != nil {
		return Footprint{}, fmt.Errorf("read the name of a person in logs: %w", err)
	}
	if f.Observations, err = tx.observations(ctx, `
		WHERE observation.author_id = ? OR observation.typed_by = ? ORDER BY observation.id`, person, person); err != nil {
		return Footprint{}, err
	}
	if f.Campaigns, err = tx.campaigns(ctx, `WHERE author_id = ? OR typed_by = ? ORDER BY id`, person, person); err != nil {
		return Footprint{}, err
	}
	if f.Subscriptions, err = tx.SubscriptionsOf(ctx, person); err != nil {
		return Footprint{}, err
	}
	if f.Feeds, err = tx.feeds(ctx, `WHERE feed.author_id = ? ORDER BY feed.id`, person); err != nil {
		return Footprint{}, err
	}
	f.Guilds, err = tx.GuildNames(ctx, person)
	return f, err
}

// voted reads the polls of ballots.
func (tx *Tx) voted(ctx context.Context, ballots []Ballot) (map[core.PollID]core.Poll, error) {
	found := map[core.PollID]core.Poll{}
	if len(ballots) == 0 {
		return found, nil
	}
	ids := make([]core.PollID, len(ballots))
	for i, b := range ballots {
		ids[i] = b.Poll
	}
	polls, err := tx.polls(ctx, `WHERE `+tx.among(`poll.id`), tx.several(ids))
	for _, p := range polls {
		found[p.ID] = p
	}
	return found, err
}

// GuildNames reads what the guilds are called in which a person has signed up,
// written or asked for something.
func (tx *Tx) GuildNames(ctx context.Context, person core.MemberID) (map[core.GuildID]string, error) {
	var guilds []struct {
		ID   core.GuildID
		Name string
	}
	if err := tx.sel(ctx, &guilds, `
		SELECT id, name FROM guild
		WHERE id IN (SELECT guild_id FROM sign_up WHERE member_id = ?)
			OR id IN (SELECT guild_id FROM event WHERE author_id = ? OR typed_by = ?)
			OR id IN (SELECT guild_id FROM poll WHERE author_id = ?)
			OR id IN (SELECT guild_id FROM observation WHERE author_id = ? OR typed_by = ?)
			OR id IN (SELECT guild_id FROM campaign WHERE author_id = ? OR typed_by = ?)
			OR id IN (SELECT guild_id FROM act WHERE by_id = ?)
			OR id IN (SELECT guild_id FROM subscription WHERE member_id = ?)
			OR id IN (SELECT guild_id FROM feed WHERE author_id = ?)
			OR id IN (SELECT poll.guild_id FROM poll JOIN vote ON vote.poll_id = poll.id WHERE vote.member_id = ?)`,
		person, person, person, person, person, person, person, person, person, person, person, person); err != nil {
		return nil, fmt.Errorf("read the guilds of a person: %w", err)
	}
	names := make(map[core.GuildID]string, len(guilds))
	for _, g := range guilds {
		names[g.ID] = g.Name
	}
	return names, nil
}

// Traces reads every sign-up of a person, in all guilds and times, the earliest
// session first.
func (tx *Tx) Traces(ctx context.Context, person core.MemberID) ([]Trace, error) {
	var found []struct {
		signUpRow
		Event      core.EventID
		EventState core.EventState `db:"event_state"`
		StartsAt   instant         `db:"starts_at"`
		EndsAt     instant         `db:"ends_at"`
		Zone       string
		Title      string
		Place      string
		Task       string
	}
	if err := tx.sel(ctx, &found, `
		SELECT `+signUpColumns+`, event.id AS event, event.state AS event_state,
			session.starts_at, session.ends_at, area.zone,
			COALESCE(theirs.title, own.title, '') AS title, COALESCE(theirs.place, own.place, '') AS place,
			COALESCE(their_task.task, own_task.task, '') AS task
		FROM sign_up
		JOIN session ON session.id = sign_up.session_id
		JOIN event ON event.id = session.event_id
		JOIN area ON area.id = event.area_id
		LEFT JOIN event_text AS own ON own.event_id = event.id AND own.locale = event.locale
		LEFT JOIN event_text AS theirs ON theirs.event_id = event.id AND theirs.locale = sign_up.locale
		LEFT JOIN slot_text AS own_task ON own_task.slot_id = sign_up.slot_id AND own_task.locale = event.locale
		LEFT JOIN slot_text AS their_task ON their_task.slot_id = sign_up.slot_id AND their_task.locale = sign_up.locale
		WHERE sign_up.member_id = ?
		ORDER BY session.starts_at, session.id`, person); err != nil {
		return nil, fmt.Errorf("read all sign-ups of a person: %w", err)
	}
	traces := make([]Trace, len(found))
	for i, row := range found {
		traces[i] = Trace{
			SignUp: row.signUp(), Event: row.Event, EventState: row.EventState,
			Span:  core.Span{Start: row.StartsAt.Time, End: row.EndsAt.Time}.In(core.Area{Zone: row.Zone}.Location()),
			Title: row.Title, Place: row.Place, Task: row.Task,
		}
	}
	return traces, nil
}

// EventsOf reads whole events by id, in whatever guild: for somebody who is
// signed up for them.
func (tx *Tx) EventsOf(ctx context.Context, ids []core.EventID) (map[core.EventID]core.Event, error) {
	found := map[core.EventID]core.Event{}
	if len(ids) == 0 {
		return found, nil
	}
	events, err := tx.events(ctx, `WHERE `+tx.among(`event.id`), tx.several(ids))
	for _, e := range events {
		found[e.ID] = e
	}
	return found, err
}
