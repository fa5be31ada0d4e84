package core

import (
	"slices"
	"strings"
	"time"
)

// WeekTime is a time of the week by the clocks of a place, such as Monday at 9.
type WeekTime struct {
	Day time.Weekday
	// Minute counts from midnight as the clocks show it.
	Minute int
}

// MinutesADay bounds WeekTime.Minute.
const MinutesADay = 24 * 60

// Next is the first such time after a moment. The clocks show the same hour
// week after week, also when they have changed in between: see AtClock.
func (w WeekTime) Next(after time.Time, zone *time.Location) time.Time {
	local := after.In(zone)
	ahead := (int(w.Day) - int(local.Weekday()) + 7) % 7
	next := w.on(local, ahead, zone)
	if !next.After(after) {
		next = w.on(local, ahead+7, zone)
	}
	return next
}

// on is the time on the day so many days after the one of a moment.
func (w WeekTime) on(local time.Time, ahead int, zone *time.Location) time.Time {
	return AtClock(local.Year(), local.Month(), local.Day()+ahead, w.Minute, zone)
}

// Bounds of the weekly overview.
const (
	// MaxDaysAhead is how many days it can look ahead at most.
	MaxDaysAhead = 14
	// MostLate is how late it may be when the bot was off over its time. What is
	// later is left out, and the next comes a week on.
	MostLate = 24 * time.Hour
	// MostUnreached is after how many messages in a row that did not arrive
	// nothing more is sent to somebody.
	MostUnreached = 3
)

// WhatsOnPostID names the post of one week in one area.
type WhatsOnPostID int64

// WhatsOn is the weekly overview of an area: when it is posted, and where.
type WhatsOn struct {
	Guild GuildID
	Area  AreaID
	// On says that it is posted.
	On bool
	WeekTime
	// Days is how many days it looks ahead.
	Days int
	// Channel is zero for where the area's events go.
	Channel ChannelID
	// NextAt is when it comes next, in the zone of the area; zero when it does not.
	// The clock of a guild's first area also goes for those who get an overview of
	// their own, whether or not there is a post.
	NextAt time.Time
}

// NewWhatsOn is the overview of an area until somebody sets it: off, and on
// Mondays at 9 for a week.
func NewWhatsOn(guild GuildID, area AreaID) WhatsOn {
	return WhatsOn{Guild: guild, Area: area, WeekTime: WeekTime{Day: time.Monday, Minute: 9 * 60}, Days: 7}
}

// Where is the channel that it is posted to; zero if there is none.
func (w WhatsOn) Where(a Area) ChannelID {
	if w.Channel != 0 {
		return w.Channel
	}
	return a.Channels[KindEvent]
}

// Wind sets when it comes next after now, or that it does not: it does if it is
// posted, or asked for by people.
func (w *WhatsOn) Wind(now time.Time, a Area, asked bool) {
	w.NextAt = time.Time{}
	if w.On || asked {
		w.NextAt = w.Next(now, a.Location())
	}
}

// Interest is something that a person can want in an overview of their own: a
// kind of event, or polls.
type Interest string

// InterestPolls are polls that take answers.
const InterestPolls Interest = "poll"

// Interests lists them all, in the order in which people see them.
func Interests() []Interest {
	var all []Interest
	for _, k := range Kinds() {
		all = append(all, Interest(k))
	}
	return append(all, InterestPolls)
}

// ReadInterests reads what was chosen, in the order of Interests; what is none
// is left out.
func ReadInterests(chosen []string) []Interest {
	return slices.DeleteFunc(Interests(), func(i Interest) bool { return !slices.Contains(chosen, string(i)) })
}

// WriteInterests writes them with commas between.
func WriteInterests(all []Interest) string {
	words := make([]string, len(all))
	for i, one := range all {
		words[i] = string(one)
	}
	return strings.Join(words, ",")
}

// Subscription is what somebody asked for: an overview of their own, in a direct
// message every week.
type Subscription struct {
	Guild  GuildID
	Member MemberID
	// Locale is the language they asked in.
	Locale    string
	Interests []Interest
	// Areas are those of the guild that they want; none means all of them.
	Areas   []AreaID
	AskedAt time.Time
	// SentFor is the week's time for which they got their last one.
	SentFor time.Time
	// Unreached is how many messages in a row have not arrived, and UnreachedAt
	// when the last of them did not.
	Unreached   int
	UnreachedAt time.Time
}

// Paused tells whether nothing more is sent, since nothing arrives.
func (s Subscription) Paused() bool { return s.Unreached >= MostUnreached }

// Wants tells whether they want something of an area.
func (s Subscription) Wants(i Interest, area AreaID) bool {
	return slices.Contains(s.Interests, i) && (len(s.Areas) == 0 || slices.Contains(s.Areas, area))
}

// Refusals of weekly overviews.
const (
	// WhatsOnNowhere: it cannot be on, as there is no channel for it.
	WhatsOnNowhere Reason = "whats_on_nowhere"
	// NotSubscribed: somebody changes what they do not get any more.
	NotSubscribed Reason = "not_subscribed"
)
