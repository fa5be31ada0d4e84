package main

import (
	"context"
	"fmt"
	"time"

	"talkoot/sandbox"
)

// seen is an observation as a coordinator notes it, so many days before today.
type seen struct {
	town                          int
	days                          int
	source, domain, tone, wording string
}

// observations are what the coordinators have seen of late. None of it is about
// a person.
func observations() []seen {
	return []seen{
		{0, 5, "media", "security", "2", "Paikallislehden palstalla pelätään pimeää alikulkua"},
		{0, 4, "street", "interaction", "4", "Torilla jaettiin kahvia, ja jonossa juteltiin monella kielellä"},
		{0, 2, "online", "attitudes", "3", "Alueen ryhmässä väiteltiin uudesta asuintalosta, mutta asiallisesti"},
		{0, 2, "meeting", "influence", "5", "Asukasillassa sovittiin yhteisistä istutuksista"},
		{1, 4, "media", "security", "4", "Tidningen skrev att gatlyktorna lyser igen"},
		{2, 3, "street", "interaction", "3", "New faces at the library's reading table"},
	}
}

// observe has the coordinators note what they have seen.
func (w *world) observe(ctx context.Context) error {
	for _, o := range observations() {
		t := w.towns[o.town]
		s := w.play(ctx, t.coordinator, t.general)
		s.slash("observe", sandbox.Opt("source", o.source), sandbox.Opt("domain", o.domain), sandbox.Opt("tone", o.tone))
		s.submit(sandbox.Fields{"sentence": o.wording, "when": day(w.clock.day(-o.days, 0))})
		if s.err != nil {
			return fmt.Errorf("observe in %s: %w", t.guild.Name(), s.err)
		}
	}
	return nil
}

// day is a day as one types it.
func day(t time.Time) string { return t.Format(time.DateOnly) }
