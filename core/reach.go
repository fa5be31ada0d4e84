package core

import (
	"errors"
	"fmt"
	"time"
)

// What Discord says when a message does not arrive.
var (
	// ErrUnreachable: the person takes no direct messages from us.
	ErrUnreachable = errors.New("the person takes no direct messages")
	// ErrGone: the message, the channel or the scheduled event is not there
	// any more.
	ErrGone = errors.New("it is gone from Discord")
	// ErrForbidden: the bot lacks a permission there.
	ErrForbidden = errors.New("the bot lacks a permission")
)

// Busy says that Discord wants to be left alone for a while.
type Busy struct{ For time.Duration }

// Error is for logs.
func (b Busy) Error() string { return fmt.Sprintf("Discord wants to be asked again in %s", b.For) }
