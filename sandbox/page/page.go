// Package page is the face of the sandbox: a small Discord in a browser, in
// which one is this or that person, reads what they see, and presses, chooses,
// types and submits as they do. It is made of plain pages and forms, and a
// script makes them live.
package page

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"talkoot/sandbox"
)

//go:embed assets templates
var files embed.FS

// Options say what the page tells its guests.
type Options struct {
	// Title is the name of the world and Intro a sentence or two about it.
	Title, Intro string

	// People are the suggestions of whom to be, first of all. Who is not among
	// them can be chosen too.
	People []Suggestion

	// Now is the world's clock. It is required.
	Now func() time.Time

	// Zone is where the people live. Without one, times are the browser's, or
	// UTC where there is no script.
	Zone *time.Location

	// Log hears of what went wrong. Without one, nobody does.
	Log *slog.Logger
}

// Suggestion is a person whom one might like to be.
type Suggestion struct {
	ID   string
	Role string // "coordinator in Tampere"
	Hint string // what to try as this person, in a line
}

// page serves everything.
type page struct {
	d         *sandbox.Discord
	opts      Options
	log       *slog.Logger
	templates *template.Template
	memory    *memory
}

// New makes the page of a world. Mount it with Discord.Mount, which turns away
// other hosts and origins before.
func New(d *sandbox.Discord, o Options) http.Handler {
	pg := &page{d: d, opts: o, log: o.Log, memory: newMemory()}
	if pg.log == nil {
		pg.log = slog.New(slog.DiscardHandler)
	}
	pg.templates = template.Must(template.New("page").Option("missingkey=error").ParseFS(files, "templates/*.html"))

	mux := http.NewServeMux()
	mux.Handle("GET /assets/", assets())
	mux.HandleFunc("GET /{$}", pg.choosePerson)
	pg.handle(mux, "GET /as/{person}/{$}", pg.home)
	pg.handle(mux, "GET /as/{person}/c/{channel}", pg.channel)
	pg.handle(mux, "GET /as/{person}/c/{channel}/live", pg.live)
	pg.handle(mux, "GET /as/{person}/c/{channel}/commands", pg.commandList)
	pg.handle(mux, "GET /as/{person}/c/{channel}/command/{path...}", pg.commandForm)
	pg.handle(mux, "POST /as/{person}/c/{channel}/command/{path...}", pg.runCommand)
	pg.handle(mux, "POST /as/{person}/c/{channel}/complete/{path...}", pg.complete)
	pg.handle(mux, "POST /as/{person}/c/{channel}/say", pg.say)
	pg.handle(mux, "POST /as/{person}/c/{channel}/forget", pg.forget)
	pg.handle(mux, "POST /as/{person}/m/{message}/press", pg.press)
	pg.handle(mux, "POST /as/{person}/m/{message}/choose", pg.choose)
	pg.handle(mux, "POST /as/{person}/m/{message}/delete", pg.deleteMessage)
	pg.handle(mux, "GET /as/{person}/form", pg.showForm)
	pg.handle(mux, "POST /as/{person}/form", pg.submitForm)
	pg.handle(mux, "POST /as/{person}/form/dismiss", pg.dismissForm)
	pg.handle(mux, "POST /as/{person}/settings", pg.settings)
	return secured(mux)
}

// handle serves a path under a person as that person.
func (pg *page) handle(mux *http.ServeMux, pattern string, serve func(http.ResponseWriter, *http.Request, *viewer)) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		p := pg.d.Person(r.PathValue("person"))
		if p == nil {
			pg.notFound(w, r)
			return
		}
		if r.Method == http.MethodPost {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			if err := r.ParseForm(); err != nil {
				http.Error(w, http.StatusText(http.StatusBadRequest), http.StatusBadRequest)
				return
			}
		}
		serve(w, r, pg.viewer(p))
	})
}

// maxBody is more than any form of Discord's can hold.
const maxBody = 1 << 20
