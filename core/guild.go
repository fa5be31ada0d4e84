package core

import "time"

// DefaultZone is the time zone of an area until somebody chooses another.
const DefaultZone = "Europe/Helsinki"

// Guild is what Talkoot knows of one Discord server.
type Guild struct {
	ID   GuildID
	Name string
	// Languages are the public ones, as BCP 47 tags; the first is the main one.
	// Never empty.
	Languages []string
	// Coordinators are the roles whose members are coordinators.
	Coordinators []RoleID
	// AreaCoordinators are the roles whose members coordinate certain areas
	// only.
	AreaCoordinators map[AreaID][]RoleID
	// Areas has at least one.
	Areas []Area
	// Limited says that Areas are only those that somebody coordinates: see
	// SeenBy.
	Limited bool
}

// Area is a town or a district of a guild.
type Area struct {
	ID    AreaID
	Guild GuildID
	Name  string
	// Zone is an IANA name, such as Europe/Helsinki.
	Zone string
	// Channels say where each kind of post goes. A kind that is missing goes
	// to the channel in which the coordinator asks.
	Channels map[Kind]ChannelID
}

// Location gives the clocks of the area. An area is only ever stored with a
// zone that loads, so UTC is what a broken time zone database looks like.
func (a Area) Location() *time.Location {
	zone, err := time.LoadLocation(a.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Area finds one of the guild's areas.
func (g Guild) Area(id AreaID) (Area, bool) {
	for _, a := range g.Areas {
		if a.ID == id {
			return a, true
		}
	}
	return Area{}, false
}

// Person is what Talkoot remembers of somebody in all guilds together.
type Person struct {
	ID MemberID
	// Locale is the language they chose, or "" as long as they have not.
	Locale string
	// Known says that they have been offered a language before.
	Known bool
}

// Bounds of settings. A menu shows 25 choices: all areas, and "everywhere"
// beside them.
const (
	MaxAreas    = 24
	MaxAreaName = 100
)

// Refusals of settings.
const (
	// AreaExists: the guild has an area of that name already; About "Name".
	AreaExists Reason = "area_exists"
	// AreaNameless: the name of an area is empty.
	AreaNameless Reason = "area_nameless"
	// AreaNameLong: it is too long; About "Most", "Length".
	AreaNameLong Reason = "area_name_long"
	// TooManyAreas: the guild has as many as it can; About "Most".
	TooManyAreas Reason = "too_many_areas"
	// UnknownZone: no such time zone; About "Zone" and "Like", a few that do
	// exist.
	UnknownZone Reason = "unknown_zone"
	// RoleEveryone: the role that everybody has cannot make coordinators.
	RoleEveryone Reason = "role_everyone"
)
