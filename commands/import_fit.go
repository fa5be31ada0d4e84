package commands

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// fit makes an entry of a calendar fit to be stored and shown, as what people
// write in a form is: clean, and within the bounds, cut at a word. One without a
// title is nothing.
func fit(i core.Imported) (storage.Taken, bool) {
	texts := make(map[string]core.Texts, len(i.Texts))
	for locale, t := range i.Texts {
		title := shorten(locales.CleanLine(t.Title), core.MaxTitle)
		if title == "" {
			continue
		}
		fitted := core.Texts{Title: title, Place: shorten(locales.CleanLine(t.Place), core.MaxPlace), Description: fitDescription(locales.Clean(t.Description))}
		if i.Kind == core.KindShift {
			fitted.Tasks = []string{shorten(title, core.MaxTask)}
		}
		texts[locale] = fitted
	}
	i.Texts = texts
	first, ok := texts[i.Locale]
	if !ok {
		return storage.Taken{}, false
	}
	whole, err := json.Marshal(i)
	if err != nil { // a year that JSON has no form for; none such is read
		return storage.Taken{}, false
	}
	look := strconv.FormatInt(i.Span.Start.Unix(), 10) + "\n" + fold(first.Title) + "\n" + fold(first.Place)
	return storage.Taken{Imported: i, Hash: printed(whole), Alike: printed([]byte(look))}, true
}

func printed(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// fitDescription shortens a description, but not the address below it, where
// there is more to read.
func fitDescription(s string) string {
	if locales.Len(s) <= core.MaxDescription {
		return s
	}
	at := strings.LastIndex(s, "\n")
	if last := s[at+1:]; at >= 0 && strings.HasPrefix(last, "http") && !strings.Contains(last, " ") {
		return shorten(strings.TrimSpace(s[:at]), core.MaxDescription-locales.Len(last)-2) + "\n\n" + last
	}
	return shorten(s, core.MaxDescription)
}

// eventOf is the event that an entry would be.
func eventOf(i core.Import, author core.MemberID) core.Event {
	slot := core.Slot{Most: i.Places}
	if i.Kind == core.KindShift {
		slot.Least = 1
	}
	e := core.Event{
		Guild: i.Guild, Area: i.Area, Kind: i.Kind, State: core.Draft, Author: author, Locale: i.Locale, Texts: i.Texts,
		Session: core.Session{Span: i.Span, Slots: []core.Slot{slot}},
	}
	return e.Clone()
}
