package page_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// What follows is done without script: plain forms and redirects.

func TestPlain_pressAndChoose(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "post")
	post := w.events.Messages()[0].ID
	at := "/as/" + w.bob.ID + "/m/" + post

	w.visit(at+"/choose", url.Values{"menu": {"which"}, "value": {"sun"}}).leads(t, w.path(w.bob)+"#m"+post)
	w.visit(w.path(w.bob), nil).has(t, "Valitsit: sun", "Only you can see this")
	w.visit(at+"/press", url.Values{"button": {"join"}}).leads(t, w.path(w.bob)+"#m"+post)
	w.wait(func() bool { return len(w.bob.DMs()) == 1 })
	w.visit(w.path(w.bob), nil).has(t, "1 tulossa", "(edited)", `class="unread"`)
	w.visit(at+"/press", url.Values{"button": {"nowhere"}})
	w.visit(w.path(w.bob), nil).has(t, "That is no longer here.")
	w.visit(at+"/press", url.Values{"button": {"join"}})
	w.visit(w.path(w.bob), nil).hasNot(t, "That is no longer here.")
}

func TestPlain_noAnswer(t *testing.T) {
	w := newWorld(t)
	done := make(chan answer)
	go func() { done <- w.visit(w.path(w.bob)+"/command/silent", url.Values{}) }()
	w.wait(func() bool { return w.Stats().Interactions == 1 })

	w.later(4 * time.Second)

	(<-done).leads(t, w.path(w.bob)+"#latest")
	got := w.visit(w.path(w.bob), nil)
	got.has(t, "The application did not respond")
	w.visit(w.path(w.bob)+"/forget", url.Values{"notice": {"1"}})
	w.visit(w.path(w.bob), nil).hasNot(t, "The application did not respond")
}

func TestPlain_thinking(t *testing.T) {
	w := newWorld(t)
	w.visit(w.path(w.bob)+"/command/slow", url.Values{})
	w.visit(w.path(w.bob), nil).has(t, "is thinking…")

	close(w.bot.hold)

	w.wait(func() bool { return !w.bob.Messages(w.events.ID)[0].Thinking() })
	w.visit(w.path(w.bob), nil).has(t, "Valmis.")
}

func TestPlain_commands(t *testing.T) {
	w := newWorld(t)
	edit := w.path(w.aino) + "/command/event/edit"

	w.visit(w.path(w.aino)+"/commands", nil).has(t, "/tapahtuma luo", "Tee tapahtuma ja katso sitä ennen muita", edit)
	w.visit(edit, nil).has(t, "Mikä tapahtuma", "pakollinen", "Harrastus", "#vapaaehtoiset")
	w.visit(edit, url.Values{"o.event": {"keit"}, "look": {"event"}}).has(t, `<option value="1">Keittoilta la 12.12.</option>`)
	got := w.visit(edit, url.Values{"o.places": {"many"}})
	got.has(t, "Tämä on pakollinen.", "Tämän on oltava kokonaisluku.", `value="many"`, `aria-invalid="true"`)
	if got.status != http.StatusUnprocessableEntity {
		t.Errorf("got %d", got.status)
	}
	w.visit(edit, url.Values{"o.event": {"1"}, "o.places": {"500"}}).has(t, "Enintään 200.")
	filled := url.Values{"o.event": {"Keittoilta"}, "v.event": {"1"}, "o.places": {"7"}, "o.where": {w.events.ID}, "o.kind": {"hobby"}}
	w.visit(edit, filled).leads(t, w.path(w.aino)+"#latest")
	w.visit(w.path(w.aino), nil).has(t, "event=1 places=7 where="+w.events.ID+" kind=hobby")
	w.visit(w.path(w.aino)+"/say", url.Values{"text": {"/tapahtuma luo"}}).leads(t, w.path(w.aino)+"/command/tapahtuma/luo")
	w.visit(w.path(w.aino)+"/command/tapahtuma/luo", nil).has(t, "/tapahtuma luo")
	w.visit(w.path(w.aino)+"/command/nothing", nil).leads(t, w.path(w.aino)+"/commands")
	w.visit(w.path(w.aino)+"/say", url.Values{"text": {"Hei kaikki"}})
	w.visit(w.path(w.bob), nil).has(t, "Hei kaikki")
}

func TestPlain_form(t *testing.T) {
	w := newWorld(t)
	form := "/as/" + w.aino.ID + "/form"
	w.visit(w.path(w.aino)+"/command/event/create", url.Values{}).leads(t, form)
	w.visit(form, nil).has(t, "Uusi tapahtuma", "Otsikko", "Enintään 40 merkkiä", `maxlength="40"`, `placeholder="Keittoilta"`, "pakollinen", "valinnainen", `<textarea`, "#tapahtumat")

	got := w.visit(form, url.Values{"f.title": {"ab"}, "f.when": {""}, "f.kind": {"event"}})
	got.has(t, "Vähintään 3 merkkiä; nyt 2.", "Tämä on pakollinen.", `value="ab"`)
	got = w.visit(form, url.Values{"f.title": {strings.Repeat("ä", 41)}, "f.when": {"la"}, "f.kind": {"event"}}, asScript)
	got.has(t, "Enintään 40 merkkiä; nyt 41.", `"f.title"`)
	w.visit(form, url.Values{"f.title": {"Soppaa"}, "f.when": {"la 18"}, "f.body": {"a\r\nb"}, "f.kind": {"hobby"}}).leads(t, w.path(w.aino)+"#latest")

	if posts := w.events.Messages(); len(posts) != 1 || posts[0].Text() != "Soppaa\nla 18\na\nb\nhobby\n" {
		t.Errorf("got %+v", posts)
	}
	w.visit(form, nil).leads(t, "/as/"+w.aino.ID+"/")
	w.visit(w.path(w.aino)+"/command/event/create", url.Values{})
	w.visit(form+"/dismiss", url.Values{}).leads(t, w.path(w.aino)+"#latest")
	if _, open := w.aino.Form(); open {
		t.Error("still open")
	}
}

func TestPlain_directMessages(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "post")
	if _, err := w.bob.Press(w.ctx(), w.events.Messages()[0].ID, "join"); err != nil {
		t.Fatal(err)
	}
	w.wait(func() bool { return len(w.bob.DMs()) == 1 })
	dm := w.bob.View().DMs[0].ID

	w.visit(w.path(w.bob), nil).has(t, `<span class="count">1</span>`, "Talkoot: 1 unread.")
	w.visit("/as/"+w.bob.ID+"/c/"+dm, nil).has(t, "Nähdään! 🍲")
	w.visit(w.path(w.bob), nil).hasNot(t, "Talkoot: 1 unread.")
}
