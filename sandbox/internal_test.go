package sandbox

import (
	"testing"
	"time"
)

func fixedNow() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) }

func TestSnowflakes_increase(t *testing.T) {
	var s snowflakes
	now := fixedNow()
	last := uint64(0)
	for i := range 10000 {
		if i%3 == 0 {
			now = now.Add(time.Millisecond)
		}
		if i == 5000 {
			now = now.Add(-time.Hour) // a clock that is set back
		}
		n := snowflakeNumber(s.next(now))
		if n <= last {
			t.Fatalf("%d after %d", n, last)
		}
		last = n
	}
}

func TestAgeOut(t *testing.T) {
	now := fixedNow()
	d, err := New(Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	a := d.AddApp(AppSpec{Name: "bot"})
	p := d.AddPerson(PersonSpec{Name: "Aino"})
	ch := d.channels[p.OpenDM(a)]
	do := func() *interaction {
		return d.happen(happening{kind: commandInteraction, user: p.u, app: d.apps[a.ID], channel: ch})
	}
	first := do()
	now = now.Add(tokenLifetime)
	second := do()
	if d.interactions[first.id] == nil {
		t.Error("forgotten while somebody may still ask")
	}
	now = now.Add(2 * time.Minute)
	do()
	if d.interactions[first.id] != nil || d.byToken[first.token] != nil || d.interactions[second.id] == nil {
		t.Error("kept for ever, or forgotten too early")
	}
}

func TestEmoji(t *testing.T) {
	for s, want := range map[string]bool{
		"🐜": true, "❤️": true, "👩‍👩‍👧": true, "🇫🇮": true, "1️⃣": true, "✅": true, "©": true, "⬅️": true,
		"ant": false, "": false, "a🐜": false, "1": false, "你好": false, "ä": false,
	} {
		if got := looksLikeEmoji(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
