package commands

import (
	"time"

	"talkoot/locales"
	"talkoot/storage"
)

// All are the verbs of Talkoot, in the order in which commands are offered.
func All(store *storage.Store, later Scheduler, channels Channels, languages []locales.Language, now func() time.Time) []Verb {
	desk := NewDesk(store, later, now)
	verbs := Browse(store, now)
	verbs = append(verbs, Mine(desk)...)
	verbs = append(verbs, ShowLanguages{Languages: languages}, ChooseLanguage{Store: store, Languages: languages}, Help{Store: store})
	verbs = append(verbs, SignUps(desk)...)
	verbs = append(verbs, ShowEvent{Store: store, Now: now})
	verbs = append(verbs, Organise(store, later, channels, languages, now)...)
	return append(verbs, Setup(store, channels, languages)...)
}
