package core

import "time"

// Every is how often the poll of a series is asked.
type Every string

// The rhythms.
const (
	Weekly    Every = "weekly"
	Monthly   Every = "monthly"
	Quarterly Every = "quarterly"
)

// SeriesState says whether more waves are to come.
type SeriesState string

// The states of a series.
const (
	SeriesRunning SeriesState = "running"
	SeriesEnded   SeriesState = "ended"
)

// Series is a poll that is asked again at each wave, with the same questions in
// the same versions.
type Series struct {
	ID    SeriesID
	Guild GuildID
	Every Every
	State SeriesState
	// NextWave is the number of the wave to come, and NextAt when it opens, in
	// the zone of the first area.
	NextWave int
	NextAt   time.Time
	// SkipNext says that the wave to come is left out.
	SkipNext bool
}

// After is when the n-th wave after one that began at first begins: at the same
// hour of the local clocks, and in a shorter month on its last day. Counting
// from the first wave brings the 31st back.
func (e Every) After(first time.Time, n int) time.Time {
	months := n
	switch e {
	case Weekly:
		return first.AddDate(0, 0, 7*n)
	case Quarterly:
		months = 3 * n
	case Monthly:
	}
	last := time.Date(first.Year(), first.Month()+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(first.Year(), first.Month()+time.Month(months), min(first.Day(), last),
		first.Hour(), first.Minute(), first.Second(), 0, first.Location())
}
