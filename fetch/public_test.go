package fetch

import (
	"errors"
	"net/netip"
	"testing"
)

func TestAddress(t *testing.T) {
	for typed, want := range map[string]error{
		"https://example.org/a.ics": nil, " http://example.org:8080/?a=b#c ": nil,
		"ftp://example.org/": ErrAddress, "file:///etc/passwd": ErrAddress, "example.org/a.ics": ErrAddress, "": ErrAddress,
		"https://": ErrAddress, "https:///a": ErrAddress, "https://me:secret@example.org/": ErrAddress, "http:example.org": ErrAddress,
		"gopher://example.org": ErrAddress, "javascript:alert(1)": ErrAddress, "http://exa mple.org/": ErrAddress, "webcal://example.org/": ErrAddress,
	} {
		got, err := Address(typed)
		if !errors.Is(err, want) {
			t.Errorf("%q: %q, %v, want %v", typed, got, err, want)
		}
	}
	if got, _ := Address(" http://example.org:8080/?a=b#c "); got != "http://example.org:8080/?a=b" {
		t.Errorf("got %q", got)
	}
}

func TestJudge(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.org/": false, "https://8.8.8.8/": false, "https://[2001:4860:4860::8888]/": false,
		"http://localhost/": true, "http://LOCALHOST./": true, "http://intranet/": true, "http://printer.local/": true, "http://127.0.0.1/": true,
		"http://metadata.google.internal/": true, "http://169.254.169.254/": true, "http://[::1]:80/": true, "http://[fe80::1%25eth0]/": true,
	} {
		if _, err := Public().Judge(address); errors.Is(err, ErrPrivate) != want || err != nil && !want {
			t.Errorf("%s: %v", address, err)
		}
		if _, err := Anywhere().Judge(address); err != nil {
			t.Errorf("%s, anywhere: %v", address, err)
		}
	}
}

func TestPublic(t *testing.T) {
	for ip, want := range map[string]bool{
		"8.8.8.8": true, "93.184.215.14": true, "1.1.1.1": true, "172.15.255.255": true, "172.32.0.1": true, "100.63.255.255": true, "100.128.0.1": true,
		"2001:4860:4860::8888": true, "2a00:1450:4026::1": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "127.255.255.254": false, "0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.100.100.200": false, "192.0.0.192": false, "198.18.0.1": false,
		"203.0.113.1": false, "224.0.0.1": false, "239.255.255.255": false, "240.0.0.1": false, "255.255.255.255": false, "192.88.99.1": false,
		"::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false, "::ffff:0:127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b:1::1": false, "2002:7f00:1::": false, "2002:a9fe:a9fe::1": false, "2001::1": false,
		"fc00::1": false, "fd00:ec2::254": false, "fe80::1": false, "fe80::1%eth0": false, "fec0::1": false, "ff02::1": false, "2001:db8::1": false, "100::1": false,
	} {
		if got := public(netip.MustParseAddr(ip)); got != want {
			t.Errorf("%s: public is %v", ip, got)
		}
		err := refusePrivate("tcp", netip.AddrPortFrom(netip.MustParseAddr(ip), 443).String(), nil)
		if (err == nil) != want {
			t.Errorf("the dialer at %s: %v", ip, err)
		}
	}
}
