package core

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// keySize is how many bytes a MasterKey and a PollKey have.
const keySize = 32

// MasterKey is what the keys of polls are locked with: the setting TALKOOT_SECRET.
// It does not print.
type MasterKey struct{ bytes [keySize]byte }

// PollKey belongs to one secret poll, and goes when the poll is sealed. It does not
// print either.
type PollKey struct{ bytes [keySize]byte }

// ErrSecret says that something is no secret, or not the one a box was locked
// with.
var ErrSecret = errors.New("not the right secret")

// NewMasterKey makes a secret.
func NewMasterKey(random io.Reader) (s MasterKey, err error) {
	if _, err := io.ReadFull(random, s.bytes[:]); err != nil {
		return MasterKey{}, fmt.Errorf("make a secret: %w", err)
	}
	return s, nil
}

// ParseMasterKey reads a secret from base64, of either alphabet. The error does
// not repeat it.
func ParseMasterKey(text string) (s MasterKey, err error) {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(strings.TrimSpace(text), "="))
	found, err := base64.RawStdEncoding.DecodeString(plain)
	switch {
	case err != nil:
		return MasterKey{}, fmt.Errorf("%w: it is no base64", ErrSecret)
	case len(found) != keySize:
		return MasterKey{}, fmt.Errorf("%w: it has %d bytes, and it must have %d", ErrSecret, len(found), keySize)
	}
	copy(s.bytes[:], found)
	return s, nil
}

// Base64 is the secret as ParseMasterKey reads it: for the file that keeps it.
func (s MasterKey) Base64() string { return base64.StdEncoding.EncodeToString(s.bytes[:]) }

// Format prints that there is a secret, and not which.
func (MasterKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "(secret)") }

// NewPollKey makes the key of a poll.
func NewPollKey(random io.Reader) (k PollKey, err error) {
	if _, err := io.ReadFull(random, k.bytes[:]); err != nil {
		return PollKey{}, fmt.Errorf("make a key: %w", err)
	}
	return k, nil
}

// Format prints that there is a key, and not which.
func (PollKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "(key)") }

// MarkOf is what a receipt shows of a person: always the same for one person
// and poll, and without the key nobody can tell whose it is, although there are
// only so many people to try.
func MarkOf(key PollKey, poll PollID, member MemberID) []byte {
	mac := hmac.New(sha256.New, key.bytes[:])
	mac.Write([]byte("talkoot receipt"))
	mac.Write(eight(int64(poll)))
	mac.Write(eight(int64(member)))
	return mac.Sum(nil)
}

// LockKey puts the key of a poll into a box that only the secret opens, by
// AES-256 in Galois/counter mode.
func LockKey(random io.Reader, secret MasterKey, poll PollID, key PollKey) (box []byte, err error) {
	lock, err := secret.cipher()
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, lock.NonceSize())
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, fmt.Errorf("lock a key: %w", err)
	}
	return lock.Seal(nonce, nonce, key.bytes[:], about(poll)), nil
}

// OpenKey takes the key of a poll out of its box. ErrSecret says that the box
// is another poll's or was locked with another secret, or is damaged.
func OpenKey(secret MasterKey, poll PollID, box []byte) (k PollKey, err error) {
	lock, err := secret.cipher()
	if err != nil {
		return PollKey{}, err
	}
	if len(box) != lock.NonceSize()+keySize+lock.Overhead() {
		return PollKey{}, fmt.Errorf("open the key of poll %d: %w", poll, ErrSecret)
	}
	found, err := lock.Open(nil, box[:lock.NonceSize()], box[lock.NonceSize():], about(poll))
	if err != nil {
		return PollKey{}, fmt.Errorf("open the key of poll %d: %w", poll, ErrSecret)
	}
	copy(k.bytes[:], found)
	return k, nil
}

func (s MasterKey) cipher() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.bytes[:])
	if err != nil {
		return nil, fmt.Errorf("use the secret: %w", err)
	}
	return cipher.NewGCM(block)
}

// about ties a box to its poll.
func about(poll PollID) []byte { return append([]byte("talkoot key"), eight(int64(poll))...) }

func eight(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) } //nolint:gosec // ids are positive, and the bits are all that counts
