package bot

import (
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
)

// What is logged of a request that did not get through has no token in it.
func TestReach_hidesAddresses(t *testing.T) {
	err := reach(&url.Error{Op: "Post", URL: "https://discord.com/api/v9/interactions/1/aW50ZXJhY3Rpb24/callback", Err: io.ErrUnexpectedEOF})
	if !errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "aW50") {
		t.Errorf("got %v", err)
	}
}
