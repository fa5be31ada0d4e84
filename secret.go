package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"talkoot/core"
	"talkoot/storage"
)

// secretSetting is what the keys of secret polls are locked with.
type secretSetting struct {
	Secret string `name:"talkoot-secret" help:"What secret polls are kept with: 32 random bytes as base64. Required with Postgres; made beside an SQLite file (TALKOOT_SECRET)."`
}

// secretFile is where the secret of an SQLite database is kept, unless it is
// set; "" for Postgres.
func (d database) secretFile() string {
	path, ok := strings.CutPrefix(d.DatabaseURL, "sqlite:")
	if !ok {
		return ""
	}
	return path + ".secret"
}

// found is a secret before it is used.
type found struct {
	core.MasterKey
	// made says that there was none, so that this one was made and is not kept
	// yet.
	made bool
}

// find reads the secret from the setting or the file, or makes one where there
// may be one. It changes nothing.
func (s secretSetting) find(file string) (found, error) {
	text, from := s.Secret, "TALKOOT_SECRET"
	switch {
	case text != "":
	case file == "":
		return found{}, badSetting{errors.New("TALKOOT_SECRET is missing; with Postgres it has to be set. It is 32 random bytes as base64, such as from: head -c 32 /dev/urandom | base64")}
	default:
		kept, err := os.ReadFile(file) //nolint:gosec // the operator names the file
		if errors.Is(err, fs.ErrNotExist) {
			secret, err := core.NewMasterKey(rand.Reader)
			return found{MasterKey: secret, made: true}, err
		} else if err != nil {
			return found{}, badSetting{fmt.Errorf("TALKOOT_SECRET is not set, and its file cannot be read: %w", err)}
		}
		text, from = string(kept), "TALKOOT_SECRET in "+file
	}
	secret, err := core.ParseMasterKey(text)
	if err != nil {
		return found{}, badSetting{fmt.Errorf("%s: %w", from, err)}
	}
	return found{MasterKey: secret}, nil
}

// fits tells whether the key of every secret poll that can still be answered
// opens, and how many these are.
func (f found) fits(ctx context.Context, store *storage.Store, file string) (int, error) {
	var keys []storage.LockedKey
	err := store.View(ctx, func(tx *storage.Tx) (err error) {
		keys, err = tx.LockedKeys(ctx)
		return err
	})
	if err != nil {
		return 0, err
	}
	var shut int
	for _, k := range keys {
		if _, err := core.OpenKey(f.MasterKey, k.Poll, k.Box); err != nil {
			shut++
		}
	}
	switch {
	case shut == 0:
		return len(keys), nil
	case f.made:
		return 0, badSetting{fmt.Errorf("TALKOOT_SECRET is missing: it was in %s, and %d open secret polls cannot be answered without it. Bring the file back", file, shut)}
	default:
		return 0, badSetting{fmt.Errorf("TALKOOT_SECRET is another than the one that %d of %d open secret polls were made with. Set that one again", shut, len(keys))}
	}
}

// keep writes a secret into its file, which only its owner can read.
func (f found) keep(file string) (err error) {
	folder := filepath.Dir(file)
	draft, err := os.CreateTemp(folder, ".talkoot-*.secret") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(draft.Name()))
		}
	}()
	_, err = fmt.Fprintln(draft, f.Base64())
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	if err := os.Rename(draft.Name(), file); err != nil {
		return err
	}
	// Polls are made with it from now on, so it must outlast a power cut. Not
	// every system lets a folder be synced.
	if dir, err := os.Open(folder); err == nil { //nolint:gosec // the operator names the file
		_ = dir.Sync()
		return dir.Close()
	}
	return nil
}

// unlock gives the secret, once it is sure that it is the right one.
func (r runCommand) unlock(ctx context.Context, store *storage.Store) (core.MasterKey, error) {
	file := r.secretFile()
	secret, err := r.find(file)
	if err != nil {
		return core.MasterKey{}, err
	}
	if _, err := secret.fits(ctx, store, file); err != nil {
		return core.MasterKey{}, err
	}
	if secret.made {
		if err := secret.keep(file); err != nil {
			return core.MasterKey{}, badSetting{fmt.Errorf("TALKOOT_SECRET is not set, and none can be kept: %w", err)}
		}
	}
	return secret.MasterKey, nil
}

// lookAtSecret says whether the bot would start with the secret.
func (d doctorCommand) lookAtSecret(ctx context.Context, f *findings, store *storage.Store) {
	file := d.secretFile()
	secret, err := d.find(file)
	if err != nil {
		f.wrong("%v", err)
		return
	}
	polls, err := secret.fits(ctx, store, file)
	switch {
	case err != nil:
		f.wrong("%v", err)
	case secret.made:
		f.good("TALKOOT_SECRET: not set; the first start makes %s", file)
	case d.Secret == "" && readable(file):
		f.wrong("TALKOOT_SECRET: others can read %s; take that from them with chmod 600", file)
	default:
		f.good("TALKOOT_SECRET: %d open secret polls fit it", polls)
	}
}

// readable tells whether others than its owner can read a file, where files
// have such modes.
func readable(file string) bool {
	info, err := os.Stat(file)
	return err == nil && os.PathSeparator == '/' && info.Mode().Perm()&0o077 != 0
}
