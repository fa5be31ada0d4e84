package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// word is something that whoever runs a thing in a guild is to hear. Nobody is to
// hear a word without who.
type word struct {
	who core.MemberID
	// locale is the language of the thing, after their own; "" for none.
	locale string
	guild  core.Guild
	card   func(readers []string) commands.Card
}

// tellOrganiser reads a word and sends it as a direct message, once for a key. If
// what it is about is gone, or who it is for has been erased, there is nothing to
// say; if they cannot be reached, no later try will.
func (q *Queue) tellOrganiser(ctx context.Context, out Messenger, key string, read func(*storage.Tx) (word, error)) error {
	var w word
	var person core.Person
	err := q.store.View(ctx, func(tx *storage.Tx) (err error) {
		if w, err = read(tx); err != nil || w.who <= 0 { // core.Forgotten is below zero
			return err
		}
		person, err = tx.Person(ctx, w.who)
		return err
	})
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read for %s: %w", key, err)
	case person.ID == 0:
		return nil
	}
	readers := languages(person.Locale, w.locale, w.guild.Languages)
	err = out.DM(ctx, person.ID, readers, w.card(readers), key)
	if unreached(err) {
		return river.JobCancel(err)
	}
	return q.putOff(err)
}
