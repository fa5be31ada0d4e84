package main

import (
	"context"
	"sync/atomic"
	"time"

	"talkoot/storage"
)

// clock goes as the real one does, but ahead of it: so that what is booked for
// later never comes by itself, and only forward moves bring it.
type clock struct{ ahead atomic.Int64 }

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
	c.ahead.Store(int64(time.Date(real.Year()+1, 12, 1, 10, 0, 0, 0, home()).Sub(real)))
	return c
}

func (c *clock) now() time.Time {
	return time.Now().Add(time.Duration(c.ahead.Load())).In(home())
}

// at is a moment of the village's December.
func (c *clock) at(day, hour, minute int) time.Time {
	return time.Date(c.now().Year(), 12, day, hour, minute, 0, 0, home())
}

// moveTo lets time pass until a moment: for the bot, for Discord, and for the
// queue, which goes by the real clock and gets what is due by then brought
// forward instead.
func (v *village) moveTo(t time.Time) {
	v.Helper()
	real := time.Now()
	v.clock.ahead.Store(int64(t.Sub(real)))
	v.discord.ClockMoved()
	_, err := v.look().DB().ExecContext(v.ctx, `UPDATE river_job SET state = 'available', scheduled_at = CURRENT_TIMESTAMP
		WHERE state = 'scheduled' AND scheduled_at <= $1`, t.UTC().Format("2006-01-02 15:04:05Z"))
	v.must(err)
}

// look opens the database beside the program, to see what is in it.
func (v *village) look() *storage.Store {
	v.Helper()
	if v.eyes == nil {
		store, err := storage.Open(context.WithoutCancel(v.ctx), v.bot.DatabaseURL)
		v.must(err)
		v.eyes = store
	}
	return v.eyes
}
