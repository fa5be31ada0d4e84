package calendar

import (
	"strings"
	"time"
)

// zoneNamed finds the clocks that a calendar names. Programs write IANA names,
// with a path of their own before them, or Windows' own names. A name that
// nobody knows is nil.
func zoneNamed(name string) *time.Location {
	name = strings.Trim(strings.TrimSpace(name), `"/`)
	if name == "" || name == "Local" || len(name) > 100 {
		return nil
	}
	if known := windowsZone(name); known != "" {
		name = known
	}
	for {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
		_, rest, more := strings.Cut(name, "/")
		if !more {
			return nil
		}
		name = rest
	}
}

// windowsZone gives the zone that Windows calls so, by CLDR's windowsZones: of
// Europe and its neighbours, from where the calendars of towns come.
func windowsZone(name string) string {
	switch strings.ToLower(name) {
	case "fle standard time", "(utc+02:00) helsinki, kyiv, riga, sofia, tallinn, vilnius":
		return "Europe/Helsinki" // CLDR: Europe/Kiev, and for Finland Europe/Helsinki
	case "w. europe standard time", "(utc+01:00) amsterdam, berlin, bern, rome, stockholm, vienna":
		return "Europe/Berlin"
	case "romance standard time":
		return "Europe/Paris"
	case "central europe standard time":
		return "Europe/Budapest"
	case "central european standard time":
		return "Europe/Warsaw"
	case "gmt standard time":
		return "Europe/London"
	case "greenwich standard time":
		return "Atlantic/Reykjavik"
	case "gtb standard time":
		return "Europe/Bucharest"
	case "e. europe standard time":
		return "Europe/Chisinau"
	case "russian standard time":
		return "Europe/Moscow"
	case "turkey standard time":
		return "Europe/Istanbul"
	case "eastern standard time":
		return "America/New_York"
	case "utc", "gmt", "etc/utc", "coordinated universal time":
		return "UTC"
	}
	return ""
}
