package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// asked stores a secret poll that was opened with a secret.
func asked(t *testing.T, store *storage.Store, secret core.MasterKey) core.PollID {
	t.Helper()
	var p core.Poll
	err := store.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		if err = tx.MeetGuilds(t.Context(), []storage.Newcomer{{ID: 1, Name: "Forssa", Language: "fi"}}); err != nil {
			return err
		}
		p = core.Poll{Guild: 1, Kind: core.Secret, State: core.PollDraft, Locale: "fi"}
		if p.ID, err = tx.AddPollDraft(t.Context(), p, 7); err != nil {
			return err
		}
		key, err := core.NewPollKey(rand.Reader)
		if err != nil {
			return err
		}
		box, err := core.LockKey(rand.Reader, secret, p.ID, key)
		if err != nil {
			return err
		}
		p.State = core.PollOpen
		return tx.OpenPoll(t.Context(), p, box)
	})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// unlocked gives what the start makes of the secret of a database.
func unlocked(t *testing.T, address, secret string) (core.MasterKey, error) {
	t.Helper()
	run := runCommand{database: database{DatabaseURL: address}, secretSetting: secretSetting{Secret: secret}}
	return run.unlock(t.Context(), storagetest.Open(t, address))
}

// stopsTheStart wants an error that names the setting and has exit code 2.
func stopsTheStart(t *testing.T, err error, words ...string) {
	t.Helper()
	if _, bad := errors.AsType[badSetting](err); !bad {
		t.Fatalf("got %v, want a bad setting", err)
	}
	for _, word := range append(words, "TALKOOT_SECRET") {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the refusal does not say %q: %v", word, err)
		}
	}
}

func newSecret(t *testing.T) core.MasterKey {
	t.Helper()
	secret, err := core.NewMasterKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func TestSecret_isMadeOnceBesideTheFile(t *testing.T) {
	address := storagetest.SQLite(t)
	file := database{DatabaseURL: address}.secretFile()
	first, err := unlocked(t, address, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := unlocked(t, address, "")
	if err != nil || again.Base64() != first.Base64() {
		t.Fatalf("the second start has another secret: %v", err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".talkoot-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("drafts are left: %v, %v", left, err)
	}
	other := newSecret(t)
	if got, err := unlocked(t, address, other.Base64()); err != nil || got.Base64() != other.Base64() {
		t.Errorf("the setting does not go before the file: %v", err)
	}
}

func TestSecret_refusesTheStart(t *testing.T) {
	t.Run("missing with Postgres", func(t *testing.T) {
		_, err := unlocked(t, storagetest.Postgres(t), "")
		stopsTheStart(t, err, "Postgres")
	})
	for what, secret := range map[string]string{"no base64": "not a secret!", "short": "c2hvcnQ=", "long": strings.Repeat("A", 44) + "AAAA"} {
		t.Run(what, func(t *testing.T) {
			_, err := unlocked(t, storagetest.SQLite(t), secret)
			stopsTheStart(t, err)
			if strings.Contains(err.Error(), secret) {
				t.Errorf("the refusal repeats it: %v", err)
			}
		})
	}
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		asked(t, store, newSecret(t))
		wrong := runCommand{secretSetting: secretSetting{Secret: newSecret(t).Base64()}}
		_, err := wrong.unlock(t.Context(), store)
		stopsTheStart(t, err, "another", "1 of 1")
	})
	t.Run("its file is gone", func(t *testing.T) {
		address := storagetest.SQLite(t)
		file := database{DatabaseURL: address}.secretFile()
		secret, err := unlocked(t, address, "")
		if err != nil {
			t.Fatal(err)
		}
		store := storagetest.Open(t, address)
		poll := asked(t, store, secret)
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		_, err = unlocked(t, address, "")
		stopsTheStart(t, err, file)
		if _, err := os.Stat(file); err == nil {
			t.Error("and a new secret was made in its place")
		}
		// Once nobody can answer the poll any more, it stands in nobody's way.
		if err := store.InTx(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.CancelPoll(t.Context(), 1, poll, newClock().now())
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := unlocked(t, address, ""); err != nil {
			t.Errorf("without open polls: %v", err)
		}
	})
}

func TestSecret_theWholeProgramRefuses(t *testing.T) {
	var out bytes.Buffer
	err := run(t.Context(), []string{"run", "--discord-token=x", "--http-addr=off"},
		[]string{"DATABASE_URL=postgres://nobody@127.0.0.1:1/nowhere"}, &out, &out)
	stopsTheStart(t, err)

	address := storagetest.SQLite(t)
	asked(t, storagetest.Open(t, address), newSecret(t))
	err = run(t.Context(), []string{"run", "--discord-token=x", "--http-addr=off", "--discord-api=http://127.0.0.1:1/api"},
		[]string{"DATABASE_URL=" + address, "TALKOOT_SECRET=" + newSecret(t).Base64()}, &out, &out)
	stopsTheStart(t, err)
}

func TestSecret_doctor(t *testing.T) {
	look := func(address, secret string) (string, bool) {
		var out bytes.Buffer
		f := &findings{out: &out}
		d := doctorCommand{database: database{DatabaseURL: address}, secretSetting: secretSetting{Secret: secret}}
		d.lookAtSecret(context.WithoutCancel(t.Context()), f, storagetest.Open(t, address))
		return out.String(), f.bad
	}
	address := storagetest.SQLite(t)
	file := database{DatabaseURL: address}.secretFile()
	if said, bad := look(address, ""); bad || !strings.Contains(said, file) {
		t.Errorf("before the first start: %s", said)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the doctor made the secret")
	}
	secret, err := unlocked(t, address, "")
	if err != nil {
		t.Fatal(err)
	}
	asked(t, storagetest.Open(t, address), secret)
	if said, bad := look(address, ""); bad || !strings.Contains(said, "1 open secret polls") {
		t.Errorf("a good set-up: %s", said)
	}
	if said, bad := look(address, newSecret(t).Base64()); !bad {
		t.Errorf("a wrong secret: %s", said)
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if said, bad := look(address, ""); !bad || !strings.Contains(said, "chmod") {
		t.Errorf("a file that others can read: %s", said)
	}
}
