package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

// longest is the most characters of an address.
const longest = 2000

// Address gives an address as it will be asked for: http or https, with a host,
// and without a password; others are ErrAddress.
func Address(typed string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(typed))
	switch {
	case err != nil || len(typed) > longest:
		return "", ErrAddress
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "", u.User != nil, u.Opaque != "":
		return "", ErrAddress
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), nil
}

// nearby tells whether an address names this machine or a neighbour without
// anybody being asked: so that one who types it hears of it at once.
func nearby(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if ip, err := netip.ParseAddr(host); err == nil {
		return !public(ip)
	}
	if host == "localhost" || !strings.Contains(host, ".") {
		return true
	}
	for _, end := range []string{".localhost", ".local", ".internal", ".home.arpa", ".lan"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}

// refusePrivate lets the dialer reach public addresses only.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPrivate, err)
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !public(ip) {
		return ErrPrivate
	}
	return nil
}

// public tells whether an address is one that everybody reaches.
func public(ip netip.Addr) bool {
	ip = ip.WithZone("").Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsMulticast() {
		return false
	}
	for _, net := range reserved() {
		if net.Contains(ip) {
			return false
		}
	}
	return true
}

// reserved are the nets of IANA's registries of special-purpose addresses, for
// IPv4 and IPv6, that are not reached from everywhere, and those that carry an
// IPv4 address inside: through a gateway these lead to any of the others.
func reserved() []netip.Prefix {
	nets := []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4",
		"::/96",                          // IPv4-compatible
		"::ffff:0:0:0/96",                // IPv4-translated
		"64:ff9b::/96", "64:ff9b:1::/48", // NAT64
		"100::/64", // discard
		"100:0:0:1::/64",
		"2001::/23",     // Teredo, ORCHID and others
		"2001:db8::/32", // documentation
		"2002::/16",     // 6to4
		"3fff::/20",     // documentation
		"5f00::/16",     // segment routing
		"fec0::/10",     // once site-local
	}
	prefixes := make([]netip.Prefix, len(nets))
	for i, net := range nets {
		prefixes[i] = netip.MustParsePrefix(net)
	}
	return prefixes
}
