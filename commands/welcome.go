package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

// Welcome remembers the guilds that the bot is in. A thousand of them are
// announced within a second at a start, so they are stored together.
type Welcome struct {
	store *storage.Store
	now   func() time.Time
	lots  *together[storage.Newcomer, struct{}]
}

// NewWelcome makes a Welcome.
func NewWelcome(store *storage.Store, now func() time.Time) *Welcome {
	w := &Welcome{store: store, now: now}
	w.lots = gather(func(ctx context.Context, guilds []storage.Newcomer) ([]struct{}, error) {
		err := store.InTx(ctx, func(tx *storage.Tx) error { return tx.MeetGuilds(ctx, guilds) })
		return make([]struct{}, len(guilds)), err
	})
	return w
}

// Meet remembers a guild; a new one begins with the language it prefers, and
// with one area of its own name.
func (w *Welcome) Meet(ctx context.Context, id core.GuildID, name, locale string) error {
	_, err := w.lots.Do(ctx, storage.Newcomer{ID: id, Name: name, Language: locale})
	return err
}

// Leave notes that the bot was removed from a guild.
func (w *Welcome) Leave(ctx context.Context, id core.GuildID) error {
	return w.store.InTx(ctx, func(tx *storage.Tx) error { return tx.LeaveGuild(ctx, id, w.now()) })
}

// Notes keeps short notes of the program to itself by name.
type Notes struct{ Store *storage.Store }

// Recall reads a note; one that was never made is empty.
func (n Notes) Recall(ctx context.Context, name string) (text string, err error) {
	err = n.Store.View(ctx, func(tx *storage.Tx) (err error) {
		text, err = tx.Note(ctx, name)
		return err
	})
	return text, err
}

// Note keeps a note.
func (n Notes) Note(ctx context.Context, name, text string) error {
	return n.Store.InTx(ctx, func(tx *storage.Tx) error { return tx.SetNote(ctx, name, text) })
}
