package main

import (
	"sync/atomic"
	"time"
)

// clock goes ahead of the real one, so that what is booked for later never comes
// by itself, and only forward moves bring it.
type clock struct{ set atomic.Pointer[setting] }

// setting is what the clock was set to, and when by the real clock; from then on
// it goes so many times slower.
type setting struct {
	real, shown time.Time
	slower      int64
}

// home is where the village is.
func home() *time.Location {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err)
	}
	return zone
}

// newClock begins on the first of December of next year, at 10 in the morning.
func newClock() *clock {
	c := &clock{}
	real := time.Now()
	c.set.Store(&setting{real, time.Date(real.Year()+1, 12, 1, 10, 0, 0, 0, home()), 1})
	return c
}

func (c *clock) now() time.Time {
	s := c.set.Load()
	return s.shown.Add(time.Since(s.real) / time.Duration(s.slower)).In(home())
}

// at is a moment of the village's December.
func (c *clock) at(day, hour, minute int) time.Time {
	return time.Date(c.now().Year(), 12, day, hour, minute, 0, 0, home())
}

// slow lets time pass so many times slower: for crowds on a machine that has a
// lot to do besides, and has three seconds to answer.
func (c *clock) slow(times int64) {
	c.set.Store(&setting{time.Now(), c.now(), times})
}

// real makes it the real clock, which processes of their own have.
func (c *clock) real() {
	now := time.Now()
	c.set.Store(&setting{now, now, 1})
}

// moveTo lets time pass until a moment: for the bot, for Discord, and for the
// queue, which goes by the real clock and gets what is due by then brought
// forward instead.
func (v *village) moveTo(t time.Time) {
	v.Helper()
	v.clock.set.Store(&setting{time.Now(), t, 1})
	v.discord.ClockMoved()
	_, err := v.look().DB().ExecContext(v.ctx, `UPDATE river_job SET state = 'available', scheduled_at = CURRENT_TIMESTAMP
		WHERE state = 'scheduled' AND scheduled_at <= $1`, t.UTC().Format("2006-01-02 15:04:05Z"))
	v.must(err)
}

// realDay is a time in some days by the real clock.
func (v *village) realDay(hours string) string {
	return time.Now().In(home()).AddDate(0, 0, 9).Format("2006-01-02") + " " + hours
}
