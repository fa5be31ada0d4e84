package core

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// counting are bytes that anybody can write down.
func counting(from byte) []byte {
	b := make([]byte, keySize)
	for i := range b {
		b[i] = from + byte(i)
	}
	return b
}

func key(t *testing.T, from byte) PollKey {
	t.Helper()
	k, err := NewPollKey(bytes.NewReader(counting(from)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func secret(t *testing.T, from byte) MasterKey {
	t.Helper()
	s, err := NewMasterKey(bytes.NewReader(counting(from)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A mark that changes between two versions lets everybody answer twice. This
// one was computed with Python's hmac, from the description alone.
func TestMarkOf_staysTheSame(t *testing.T) {
	const want = "cd62e1339f873add656f9a765a7ddebdbd92fdef5c2911860d11f43116f5398d"
	if got := hex.EncodeToString(MarkOf(key(t, 0), 7, 300)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMarkOf_dependsOnEverything(t *testing.T) {
	marks := map[string]string{}
	add := func(what string, mark []byte) {
		if other, ok := marks[string(mark)]; ok {
			t.Errorf("%s has the mark of %s", what, other)
		}
		marks[string(mark)] = what
	}
	add("one", MarkOf(key(t, 0), 7, 300))
	add("another key", MarkOf(key(t, 1), 7, 300))
	add("another poll", MarkOf(key(t, 0), 8, 300))
	add("another person", MarkOf(key(t, 0), 7, 301))
	add("digits moved over", MarkOf(key(t, 0), 73, 0))
}

func TestLockKey_opensAgain(t *testing.T) {
	k := key(t, 9)
	box, err := LockKey(rand.Reader, secret(t, 1), 7, k)
	if err != nil {
		t.Fatal(err)
	}
	got, err := OpenKey(secret(t, 1), 7, box)
	if err != nil || got != k {
		t.Errorf("got another key, %v", err)
	}
	if bytes.Contains(box, counting(9)) {
		t.Error("the key can be read through the box")
	}
	again, err := LockKey(rand.Reader, secret(t, 1), 7, k)
	if err != nil || bytes.Equal(again, box) {
		t.Errorf("two boxes of one key are alike, %v", err)
	}

	damaged := slices.Clone(box)
	damaged[20] ^= 1
	for what, open := range map[string]func() (PollKey, error){
		"another secret": func() (PollKey, error) { return OpenKey(secret(t, 2), 7, box) },
		"another poll":   func() (PollKey, error) { return OpenKey(secret(t, 1), 8, box) },
		"damaged":        func() (PollKey, error) { return OpenKey(secret(t, 1), 7, damaged) },
		"cut off":        func() (PollKey, error) { return OpenKey(secret(t, 1), 7, box[:10]) },
		"nothing":        func() (PollKey, error) { return OpenKey(secret(t, 1), 7, nil) },
	} {
		if k, err := open(); !errors.Is(err, ErrSecret) || k != (PollKey{}) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

func TestLockKey_withoutRandomness(t *testing.T) {
	dry := strings.NewReader("dry")
	if _, err := NewPollKey(dry); err == nil {
		t.Error("a key out of nothing")
	}
	if _, err := NewMasterKey(strings.NewReader("dry")); err == nil {
		t.Error("a secret out of nothing")
	}
	if _, err := LockKey(strings.NewReader("dry"), secret(t, 1), 7, key(t, 1)); err == nil {
		t.Error("a box out of nothing")
	}
}

func TestParseMasterKey(t *testing.T) {
	s := secret(t, 220) // both characters that differ between the alphabets
	text := s.Base64()
	url := strings.NewReplacer("+", "-", "/", "_").Replace(text)
	for _, typed := range []string{text, url, text + "\n", " " + strings.TrimRight(text, "=")} {
		if got, err := ParseMasterKey(typed); err != nil || got != s {
			t.Errorf("%q: got %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "AAAA", text + text, text[1:], "ä" + text} {
		_, err := ParseMasterKey(typed)
		if !errors.Is(err, ErrSecret) {
			t.Errorf("%q was taken: %v", typed, err)
		} else if typed != "" && strings.Contains(err.Error(), typed) {
			t.Errorf("the error repeats the secret: %v", err)
		}
	}
}

func TestKeys_doNotPrint(t *testing.T) {
	type holder struct {
		S  MasterKey
		K  PollKey
		PS *MasterKey
		PK *PollKey
	}
	s, k := secret(t, 65), key(t, 65) // ABC…
	h := holder{s, k, &s, &k}
	printed := fmt.Sprintf("%v %+v %#v %s %d %x %q %v", h, h, h, h, h, h, h, []any{s, k, &s, &k})
	asJSON, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	printed += string(asJSON)
	for _, needle := range []string{"ABC", "414243", "65 66", "65,66", "0x41", s.Base64()[:8]} {
		if strings.Contains(printed, needle) {
			t.Errorf("a key prints %q: %s", needle, printed)
		}
	}
}
