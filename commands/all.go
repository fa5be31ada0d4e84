package commands

import (
	"io"
	"time"

	"talkoot/core"
	"talkoot/fetch"
	"talkoot/locales"
	"talkoot/storage"
)

// Parts are what verbs are made of.
type Parts struct {
	Store    *storage.Store
	Later    Scheduler
	Channels Channels
	// Feeds judges the addresses of towns' calendars.
	Feeds *fetch.Client
	// Bank has the questions of polls.
	Bank *core.Bank
	// Languages are those of the catalogue.
	Languages []locales.Language
	// Secret locks the keys of secret polls, and Random is where these come
	// from.
	Secret core.MasterKey
	Random io.Reader
	// Results draws what came of polls.
	Results ResultPainter
	Now     func() time.Time
}

// All are the verbs of Talkoot, in the order in which commands are offered.
func All(p Parts) []Verb {
	desk := NewDesk(p.Store, p.Later, p.Now)
	verbs := Browse(p.Store, p.Now)
	verbs = append(verbs, Mine(desk)...)
	verbs = append(verbs, Weekly(p.Store, p.Later, p.Now)...)
	verbs = append(verbs, ShowLanguages{Languages: p.Languages}, ChooseLanguage{Store: p.Store, Languages: p.Languages}, Help{Store: p.Store})
	verbs = append(verbs, SignUps(desk)...)
	verbs = append(verbs, ShowEvent{Store: p.Store, Now: p.Now})
	verbs = append(verbs, Organise(p.Store, p.Later, p.Channels, p.Languages, p.Random, p.Now)...)
	verbs = append(verbs, CheckIns(p.Store, p.Later, p.Now)...)
	verbs = append(verbs, Importing(p.Store, p.Later, p.Channels, p.Languages, p.Now)...)
	verbs = append(verbs, RunPolls(p)...)
	verbs = append(verbs, Polling(p.Store, p.Later, p.Secret, p.Now)...)
	verbs = append(verbs, PollResults(p.Store, p.Results, p.Now)...)
	verbs = append(verbs, Campaigns(p.Store, p.Later, p.Channels, p.Results, p.Now)...)
	verbs = append(verbs, Programmes(p.Store, p.Later, p.Random, p.Now)...)
	verbs = append(verbs, Export{Store: p.Store, Catalog: p.Results.Catalog, Painter: p.Results.Painter, Languages: p.Languages, Now: p.Now})
	verbs = append(verbs, Observe(p.Store, p.Now)...)
	verbs = append(verbs, ShowLog{Store: p.Store, Now: p.Now})
	return append(verbs, Setup(p)...)
}
