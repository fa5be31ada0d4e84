package main

import (
	"context"
	"sync/atomic"
	"time"
)

// demoClock is the machine's clock, some weeks ago at first. What the towns have
// behind them is lived through like everything else; only that nobody waits from
// one day to the next.
type demoClock struct {
	machine func() time.Time
	// today is the day on which the demo was started, as the towns' clocks have
	// it.
	today time.Time
	// behind is by how much it is, a time.Duration. It only gets less.
	behind atomic.Int64
}

// newDemoClock is a clock that is so many days behind the machine's.
func newDemoClock(machine func() time.Time, zone *time.Location, days int) *demoClock {
	c := &demoClock{machine: machine, today: machine().In(zone)}
	c.behind.Store(int64(c.today.Sub(c.day(-days, 12))))
	return c
}

func (c *demoClock) now() time.Time { return c.machine().Add(-time.Duration(c.behind.Load())) }

// day is an hour of a day before or after today, by the clocks of the towns.
func (c *demoClock) day(days, hour int) time.Time {
	return time.Date(c.today.Year(), c.today.Month(), c.today.Day()+days, hour, 0, 0, 0, c.today.Location())
}

// passes lets time go by until a moment, or until it is the machine's; never
// back. Once the demo is to end it stands still, so that the last answer to
// somebody does not come too late.
func (w *world) passes(ctx context.Context, until time.Time) {
	if c := w.clock; ctx.Err() == nil {
		c.behind.Store(max(0, min(c.behind.Load(), int64(c.machine().Sub(until)))))
		w.discord.ClockMoved()
	}
}
