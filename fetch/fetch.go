// Package fetch gets a document from a public address on the web, and nothing
// else: not from the machine it runs on, nor from its neighbours, however the
// address is written, whatever its name resolves to, and wherever it redirects.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// The bounds of getting one document.
const (
	// Patience is how long it may take in all, redirects included.
	Patience = 10 * time.Second
	// MostBytes is how long it may be, once it is unpacked.
	MostBytes = 5 << 20
	// MostRedirects is how often it may have moved.
	MostRedirects = 5

	userAgent = "Talkoot (calendar reader; a bot that shows a town's events on Discord)"
)

// What can go wrong, beside what can go wrong on any line.
var (
	// ErrAddress: it is not an address on the web.
	ErrAddress = errors.New("it is not an http or https address")
	// ErrPrivate: it leads to somewhere that is not public.
	ErrPrivate = errors.New("it is not a public address")
	// ErrLarge: there is more than MostBytes.
	ErrLarge = errors.New("the document is too large")
	// ErrRedirects: it has moved more than MostRedirects times.
	ErrRedirects = errors.New("too many redirects")
)

// Status is an answer other than the document, such as 404.
type Status int

// Error names it.
func (s Status) Error() string { return fmt.Sprintf("answered %d %s", int(s), http.StatusText(int(s))) }

// Request asks for a document. ETag and Modified are what the last answer had,
// "" for the first time.
type Request struct {
	Address        string
	ETag, Modified string
	// Accept is the media types that are of use.
	Accept string
}

// Answer is a document. Same says that it is as it was, and has no Body then.
type Answer struct {
	Body           []byte
	ETag, Modified string
	Same           bool
	// Type is the media type that the server gives it, without parameters.
	Type string
}

// Client gets documents. It is safe for use by many goroutines.
type Client struct {
	http     *http.Client
	anywhere bool
	patience time.Duration
	most     int64
}

// Public is a Client that reaches public addresses only.
func Public() *Client { return client(refusePrivate, Patience, MostBytes) }

// Anywhere is a Client that also reaches this machine and its neighbours: for
// tests and the demo, never for an address that somebody typed.
func Anywhere() *Client {
	c := client(func(string, string, syscall.RawConn) error { return nil }, Patience, MostBytes)
	c.anywhere = true
	return c
}

func client(control func(network, address string, c syscall.RawConn) error, patience time.Duration, most int64) *Client {
	// The dialer asks control about each address once its name is resolved, so a
	// name that resolves differently the next time gains nothing by it.
	dialer := &net.Dialer{Timeout: patience, Control: control}
	return &Client{patience: patience, most: most, http: &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil, // what the environment says is not for this
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    patience,
			MaxResponseHeaderBytes: 64 << 10,
			DisableKeepAlives:      true, // an hour passes between two reads
		},
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			if len(before) > MostRedirects {
				return ErrRedirects
			}
			_, err := Address(next.URL.String())
			return err
		},
	}}
}

// Judge judges an address that somebody typed, and gives it as Get wants it. One
// that names this machine or a neighbour is ErrPrivate at once, unless the Client
// reaches these; what other names lead to shows only when they are reached.
func (c *Client) Judge(typed string) (string, error) {
	address, err := Address(typed)
	if err == nil && !c.anywhere && nearby(address) {
		return "", ErrPrivate
	}
	return address, err
}

// Get gets a document, or says that it is as it was. An answer other than these
// is a Status.
func (c *Client) Get(ctx context.Context, r Request) (Answer, error) {
	address, err := Address(r.Address)
	if err != nil {
		return Answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Answer{}, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	for name, value := range map[string]string{
		"User-Agent": userAgent, "Accept": r.Accept, "If-None-Match": r.ETag, "If-Modified-Since": r.Modified,
	} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	response, err := c.http.Do(request)
	if err != nil {
		return Answer{}, fmt.Errorf("get %s: %w", request.URL.Host, err)
	}
	defer func() { _ = response.Body.Close() }() // nothing is kept that could be lost
	switch {
	case response.StatusCode == http.StatusNotModified && (r.ETag != "" || r.Modified != ""):
		return Answer{Same: true, ETag: r.ETag, Modified: r.Modified}, nil
	case response.StatusCode != http.StatusOK:
		return Answer{}, fmt.Errorf("get %s: %w", request.URL.Host, Status(response.StatusCode))
	case response.ContentLength > c.most:
		return Answer{}, ErrLarge
	}
	// The transport unpacks what it asked to be packed, so this counts what it
	// becomes.
	body, err := io.ReadAll(io.LimitReader(response.Body, c.most+1))
	switch {
	case err != nil:
		return Answer{}, fmt.Errorf("read from %s: %w", request.URL.Host, err)
	case int64(len(body)) > c.most:
		return Answer{}, ErrLarge
	}
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type")) // without one it is ""
	return Answer{
		Body: body, Type: media, ETag: kept(response.Header.Get("ETag")), Modified: kept(response.Header.Get("Last-Modified")),
	}, nil
}

// kept is a header to be sent back, unless it is longer than any honest one.
func kept(header string) string {
	if len(header) > 200 || strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ""
	}
	return header
}
