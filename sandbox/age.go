package sandbox

import "time"

// ageOut forgets interactions whose tokens have long expired, so that a world
// under load does not grow for ever. The world is locked.
func (d *Discord) ageOut(now time.Time) {
	n := 0
	for n < len(d.aging) && now.Sub(d.aging[n].created) > tokenLifetime+time.Minute {
		it := d.aging[n]
		delete(d.interactions, it.id)
		delete(d.byToken, it.token)
		n++
	}
	if n > 0 {
		d.aging = append([]*interaction(nil), d.aging[n:]...)
	}
}
