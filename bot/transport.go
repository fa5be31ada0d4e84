package bot

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const discordAPI = "https://discord.com/api"

// transport sends what discordgo addresses to Discord to another base instead:
// the addresses are package variables of the library, and not ours to change.
type transport struct {
	base *url.URL // nil for Discord's own
	next http.RoundTripper
}

func newTransport(api string) (http.RoundTripper, error) {
	next := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 128, // the default of 2 would connect anew for nearly every press in a rush
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,
	}
	if api == "" || api == discordAPI {
		return transport{next: newPace(next)}, nil
	}
	base, err := url.Parse(strings.TrimSuffix(api, "/"))
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, fmt.Errorf("%q is no base address such as http://127.0.0.1:9000/api", api)
	}
	return transport{base: base, next: newPace(next)}, nil
}

// RoundTrip sends the request.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.base == nil || r.URL.Host != "discord.com" {
		return t.next.RoundTrip(r)
	}
	there := r.Clone(r.Context())
	there.URL.Scheme, there.URL.Host, there.Host = t.base.Scheme, t.base.Host, t.base.Host
	there.URL.Path = t.base.Path + strings.TrimPrefix(r.URL.Path, "/api")
	there.URL.RawPath = ""
	return t.next.RoundTrip(there)
}
