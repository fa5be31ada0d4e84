package bot

import "talkoot/locales"

// noPlace stands where Discord wants a place and the organiser gave none.
var noPlace = locales.Msg{ID: "event.no_place"} //nolint:gochecknoglobals // a constant

func quote(s string) locales.Text { return locales.Quote(s) }
