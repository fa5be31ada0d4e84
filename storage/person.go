package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"talkoot/core"
)

// Facts are what every answer needs: the asker's own language, and the guild's.
type Facts struct {
	// People holds those who are known; a person who is missing is new.
	People map[core.MemberID]core.Person
	// Languages holds each guild's public languages.
	Languages map[core.GuildID][]string
}

// Facts reads what is needed to answer these people in these guilds, in one
// round trip.
func (tx *Tx) Facts(ctx context.Context, people []core.MemberID, guilds []core.GuildID) (Facts, error) {
	facts := Facts{People: map[core.MemberID]core.Person{}, Languages: map[core.GuildID][]string{}}
	if len(people) == 0 || len(guilds) == 0 {
		return facts, nil
	}
	var found []struct {
		Guild bool
		ID    int64
		Text  string
	}
	err := tx.sel(ctx, &found, `
		SELECT false AS guild, id, locale AS text FROM person WHERE `+tx.among(`id`)+`
		UNION ALL
		SELECT true AS guild, id, languages AS text FROM guild WHERE `+tx.among(`id`),
		tx.several(people), tx.several(guilds))
	if err != nil {
		return Facts{}, fmt.Errorf("read facts of %d people: %w", len(people), err)
	}
	for _, row := range found {
		if row.Guild {
			facts.Languages[core.GuildID(row.ID)] = strings.Split(row.Text, ",")
		} else {
			id := core.MemberID(row.ID)
			facts.People[id] = core.Person{ID: id, Locale: row.Text, Known: true}
		}
	}
	return facts, nil
}

// GreetPeople remembers that these people have been offered a language.
func (tx *Tx) GreetPeople(ctx context.Context, people []core.MemberID) error {
	if len(people) == 0 {
		return nil
	}
	type given struct {
		ID core.MemberID `json:"id"`
	}
	rows := make([]given, len(people))
	// In order, so that two who greet the same people cannot wait for each
	// other.
	for i, id := range slices.Sorted(slices.Values(people)) {
		rows[i] = given{id}
	}
	if _, err := tx.exec(ctx, `
		INSERT INTO person (id, locale) SELECT id, '' FROM `+tx.given(`id bigint`)+` WHERE true
		ON CONFLICT (id) DO NOTHING`, asJSON{rows}); err != nil {
		return fmt.Errorf("greet %d people: %w", len(people), err)
	}
	return nil
}

// SetLocale stores the language that a person chose, here and for the messages
// about what they are signed up for or asked for.
func (tx *Tx) SetLocale(ctx context.Context, person core.MemberID, locale string) error {
	if _, err := tx.exec(ctx, `
		INSERT INTO person (id, locale) VALUES (?, ?)
		ON CONFLICT (id) DO UPDATE SET locale = excluded.locale`, person, locale); err != nil {
		return fmt.Errorf("set a language: %w", err)
	}
	if _, err := tx.exec(ctx, `UPDATE sign_up SET locale = ? WHERE member_id = ?`, locale, person); err != nil {
		return fmt.Errorf("set the language of sign-ups: %w", err)
	}
	if _, err := tx.exec(ctx, `UPDATE subscription SET locale = ? WHERE member_id = ?`, locale, person); err != nil {
		return fmt.Errorf("set the language of subscriptions: %w", err)
	}
	return nil
}

// Person reads what is remembered of somebody; somebody unknown is a Person
// with only an id.
func (tx *Tx) Person(ctx context.Context, id core.MemberID) (core.Person, error) {
	var locales []string
	if err := tx.sel(ctx, &locales, `SELECT locale FROM person WHERE id = ?`, id); err != nil {
		return core.Person{}, fmt.Errorf("read a person: %w", err)
	}
	if len(locales) == 0 {
		return core.Person{ID: id}, nil
	}
	return core.Person{ID: id, Locale: locales[0], Known: true}, nil
}

// Erased counts what Erase took away.
type Erased struct {
	SignUps int64
	// Language says that a chosen language was forgotten.
	Language bool
	// Events is how many events they wrote; these stay, without an author.
	Events int64
	// Drafts is how many unpublished drafts went, and changes to something
	// published that had not been saved yet.
	Drafts int64
	// Votes is how many choices in open polls went, and Polls how many polls
	// they wrote; these stay, without an author. Acts is how often it was noted
	// that they did something as a coordinator.
	Votes, Polls, Acts int64
	// Observations is how many they noted, Campaigns how many they planned, and
	// Feeds how many calendars they subscribed to; these stay, without an author.
	Observations, Campaigns, Feeds int64
	// Subscriptions is how many weekly overviews they had asked for.
	Subscriptions int64
}

// Erase forgets a person: sign-ups, subscriptions, language, drafts, and that they wrote what
// they published. Leave what is to come first, so that places move on.
func (tx *Tx) Erase(ctx context.Context, person core.MemberID) (Erased, error) {
	var gone Erased
	var err error
	if gone.SignUps, err = tx.exec(ctx, `DELETE FROM sign_up WHERE member_id = ?`, person); err != nil {
		return Erased{}, fmt.Errorf("erase sign-ups: %w", err)
	}
	if gone.Drafts, err = tx.exec(ctx, `DELETE FROM event WHERE author_id = ? AND state = ?`, person, core.Draft); err != nil {
		return Erased{}, fmt.Errorf("erase drafts: %w", err)
	}
	if gone.Events, err = tx.exec(ctx, `UPDATE event SET author_id = 0 WHERE author_id = ?`, person); err != nil {
		return Erased{}, fmt.Errorf("erase authorship: %w", err)
	}
	typed, err := tx.exec(ctx, `UPDATE event SET typed = '', typed_by = 0 WHERE typed_by = ?`, person)
	if err != nil {
		return Erased{}, fmt.Errorf("erase what was typed: %w", err)
	}
	gone.Drafts += typed
	if err := tx.eraseFromPolls(ctx, person, &gone); err != nil {
		return Erased{}, err
	}
	if err := tx.eraseFromObservations(ctx, person, &gone); err != nil {
		return Erased{}, err
	}
	if err := tx.eraseIn(ctx, person, "campaigns", []erasing{
		{&gone.Drafts, `DELETE FROM campaign WHERE author_id = ? AND state = 'draft'`},
		{&gone.Campaigns, `UPDATE campaign SET author_id = 0 WHERE author_id = ?`},
		{&gone.Drafts, `UPDATE campaign SET typed = '', typed_by = 0 WHERE typed_by = ?`},
	}); err != nil {
		return Erased{}, err
	}
	if gone.Subscriptions, err = tx.exec(ctx, `DELETE FROM subscription WHERE member_id = ?`, person); err != nil {
		return Erased{}, fmt.Errorf("erase subscriptions: %w", err)
	}
	if err := tx.eraseIn(ctx, person, "calendars", []erasing{
		{&gone.Feeds, `UPDATE feed SET author_id = 0 WHERE author_id = ?`},
	}); err != nil {
		return Erased{}, err
	}
	n, err := tx.exec(ctx, `DELETE FROM person WHERE id = ?`, person)
	if err != nil {
		return Erased{}, fmt.Errorf("erase the language: %w", err)
	}
	gone.Language = n > 0
	return gone, nil
}

// eraseFromPolls forgets a person's votes, drafts, and what they did to polls.
// In secret polls there is nothing of them that could be found.
func (tx *Tx) eraseFromPolls(ctx context.Context, person core.MemberID, gone *Erased) error {
	return tx.eraseIn(ctx, person, "polls", []erasing{
		{&gone.Votes, `DELETE FROM vote WHERE member_id = ?`},
		{&gone.Drafts, `DELETE FROM poll WHERE author_id = ? AND state = 'draft'`},
		{&gone.Polls, `UPDATE poll SET author_id = 0 WHERE author_id = ?`},
		{&gone.Drafts, `UPDATE poll SET typed = '', typed_by = 0 WHERE typed_by = ?`},
		{&gone.Acts, `UPDATE programme_member SET by_id = 0 WHERE by_id = ?`},
		{&gone.Acts, `UPDATE act SET by_id = -1, name = '', press = NULL WHERE by_id = ?`}, // core.Forgotten; 0 is the clock
	})
}

// eraseFromObservations forgets what a person has not finished noting, and that
// they wrote the rest.
func (tx *Tx) eraseFromObservations(ctx context.Context, person core.MemberID, gone *Erased) error {
	return tx.eraseIn(ctx, person, "observations", []erasing{
		{&gone.Drafts, `DELETE FROM observation WHERE author_id = ? AND state = 'draft'`},
		{&gone.Observations, `UPDATE observation SET author_id = 0 WHERE author_id = ?`},
		{&gone.Drafts, `UPDATE observation SET typed = '', typed_by = 0 WHERE typed_by = ?`},
	})
}

// erasing is one step of forgetting somebody, and where it is counted.
type erasing struct {
	count *int64
	query string
}

func (tx *Tx) eraseIn(ctx context.Context, person core.MemberID, where string, steps []erasing) error {
	for _, step := range steps {
		n, err := tx.exec(ctx, step.query, person)
		if err != nil {
			return fmt.Errorf("erase somebody from %s: %w", where, err)
		}
		*step.count += n
	}
	return nil
}
