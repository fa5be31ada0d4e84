package page_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"talkoot/sandbox"
)

func TestChoose_everybodyByGuild(t *testing.T) {
	w := newWorld(t)

	got := w.visit("/", nil)

	got.has(t, "Three towns to try Talkoot in.", "Tampere", "Koordinaattori, Tampere", `href="/as/`+w.sven.ID+`/"`, "Svenska", `lang="en"`)
	w.visit("/", nil, func(r *http.Request) { r.Header.Set("Accept-Language", "fi-FI,fi;q=0.9") }).has(t, "Kuka haluat olla?", `lang="fi"`)
	w.visit("/as/"+w.aino.ID+"/", nil).leads(t, w.path(w.aino)+"#latest")
}

func TestPage_headers(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/", w.path(w.aino), "/assets/page.js", "/as/1/"} {
		head := w.visit(path, nil).header

		if csp := head.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'self';") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if head.Get("X-Content-Type-Options") != "nosniff" || head.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: %v", path, head)
		}
	}
}

func TestPage_foreignOriginsDoNothing(t *testing.T) {
	w := newWorld(t)
	tests := map[string]func(*http.Request){
		"another site":      func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"another port":      func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") },
		"no origin at all":  func(r *http.Request) { r.Header.Set("Origin", "null") },
		"as fetched across": func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"same site only":    func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "same-site") },
		"another host":      func(r *http.Request) { r.Host = "evil.example" },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			got := w.visit("/as/"+w.aino.ID+"/settings", url.Values{"dms": {"closed"}}, change)

			if got.status != http.StatusForbidden || w.aino.DMsClosed() {
				t.Errorf("got %d, closed: %v", got.status, w.aino.DMsClosed())
			}
		})
	}
}

func TestPage_nobodySeesWhatIsNotTheirs(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "my")

	w.visit(w.path(w.aino), nil).has(t, "Omat ilmoittautumiset", "Vain sinä näet tämän", "koordinaattorit")
	w.visit(w.path(w.bob), nil).hasNot(t, "Omat ilmoittautumiset", "koordinaattorit")
	if got := w.visit("/as/"+w.bob.ID+"/c/"+w.secret.ID, nil); got.status != http.StatusNotFound {
		t.Errorf("got %d", got.status)
	}
	mine := w.aino.Messages(w.events.ID)[0].ID
	if got := w.visit("/as/"+w.bob.ID+"/m/"+mine+"/press", url.Values{"button": {"leave"}}); got.status != http.StatusNotFound {
		t.Errorf("got %d", got.status)
	}
	if got := w.visit("/as/nobody/", nil); got.status != http.StatusNotFound {
		t.Errorf("got %d", got.status)
	}
}

func TestMessage_everyComponent(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "post")

	w.visit(w.path(w.bob), nil).has(
		t, `fill="#2f7d5b"`, `data-style="F">Saturday, 12 December 2026 18:00</time>`, `class="spoiler"`, "<blockquote>", `class="subtext"`,
		`alt="Keittokattila liedellä"`, `download="keittoilta.ics"`, `<hr`, "Mikä ilta sopii?", "Lauantai – 12.12. klo 18",
		`class="button success"`, "disabled", `href="https://example.org/ohje"`, `rel="noopener noreferrer nofollow"`, `>APP<`,
	)
	w.visit(w.path(w.aino), nil).has(t, "lauantai 12. joulukuuta 2026 klo 18.00", "SOVELLUS")
	w.visit(w.path(w.sven), nil).has(t, "lördag 12 december 2026 kl. 18:00")
}

func TestSettings(t *testing.T) {
	w := newWorld(t)
	at := "/as/" + w.aino.ID + "/settings"

	w.visit(at, url.Values{"dms": {"closed"}, "at": {w.events.ID}}).leads(t, "/as/"+w.aino.ID+"/?at="+w.events.ID)
	if !w.aino.DMsClosed() {
		t.Error("still open")
	}
	w.visit(at, url.Values{"dms": {"open"}})
	w.visit(at, url.Values{"locale": {"sv-SE"}})
	w.visit(at, url.Values{"locale": {"klingon"}})
	if w.aino.DMsClosed() || w.aino.Locale() != "sv-SE" {
		t.Errorf("closed: %v, language: %s", w.aino.DMsClosed(), w.aino.Locale())
	}
	w.visit(w.path(w.aino), nil).has(t, `<html lang="sv"`, "Direktmeddelanden")
}

func TestDelete_moderatorsForAllOthersForThemselves(t *testing.T) {
	w := newWorld(t)
	w.slash(w.bob, "my")
	private := w.bob.Messages(w.events.ID)[0].ID
	w.slash(w.aino, "echo", sandbox.Opt("text", "Soup!"))
	post := w.events.Messages()[0].ID

	w.visit("/as/"+w.bob.ID+"/m/"+private+"/delete", url.Values{}).leads(t, w.path(w.bob)+"#latest")
	w.visit(w.path(w.bob), nil).hasNot(t, "Omat ilmoittautumiset")
	w.visit("/as/"+w.bob.ID+"/m/"+post+"/delete", url.Values{})
	w.visit(w.path(w.bob), nil).has(t, "You may not do that here.", "Soup!")
	w.visit("/as/"+w.aino.ID+"/m/"+post+"/delete", url.Values{})
	if got := w.events.Messages(); len(got) != 0 {
		t.Errorf("%d messages left", len(got))
	}
}
