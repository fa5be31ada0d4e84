package page_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"talkoot/sandbox"
)

func TestBrowser_formByKeyboard(t *testing.T) {
	w := newWorld(t)
	b := browse(t, w)
	b.open(w.base + w.path(w.aino))
	b.keys(kb.Tab + kb.Tab + kb.Enter) // past "Skip to messages"
	b.until(`document.activeElement.id === "write"`)
	b.keys("/tapahtuma l")
	b.until(`document.getElementById("write").getAttribute("aria-activedescendant") === "offers-0"`)
	b.keys(kb.Enter)
	b.until(`document.activeElement.hasAttribute("data-run")`)
	b.keys(kb.Enter)
	b.until(`!!document.querySelector("dialog:modal") && document.activeElement.id === "f.title"`)
	b.keys("ab" + kb.Enter)
	b.says("Vähintään 3 merkkiä; nyt 2.")
	b.until(`document.activeElement.id === "f.title" && document.activeElement.getAttribute("aria-invalid") === "true"`)
	b.keys("c")
	b.until(`document.querySelector(".counter").textContent === "3 / 40"`)
	b.keys(kb.Tab + "la 18" + kb.Enter)

	b.until(`!document.querySelector("dialog")`)

	b.says("abc")
	b.until(`document.getElementById("log").contains(document.activeElement) || document.activeElement.closest("main")`)
	if got := w.events.Messages(); len(got) != 1 {
		t.Errorf("%d posts", len(got))
	}
}

func TestBrowser_formIsDismissedByEscape(t *testing.T) {
	w := newWorld(t)
	b := browse(t, w)
	b.open(w.base + w.path(w.aino))
	if _, err := w.aino.Slash(w.ctx(), w.events.ID, "event create"); err != nil {
		t.Fatal(err)
	}
	b.until(`!!document.querySelector("dialog:modal")`)

	b.keys(kb.Escape)

	b.until(`!document.querySelector("dialog")`)
	if _, open := w.aino.Form(); open {
		t.Error("still open for the server")
	}
}

func TestBrowser_suggestionsByKeyboard(t *testing.T) {
	w := newWorld(t)
	b := browse(t, w)
	b.open(w.base + w.path(w.bob))
	b.toWrite()
	b.keys("/event e" + kb.Enter)
	b.until(`document.activeElement.id === "o.event" && document.querySelectorAll("#command [role=option]").length === 3`)
	b.keys("ki")
	b.until(`document.querySelectorAll("#command [role=option]").length === 1`)
	b.keys(kb.ArrowDown)
	b.until(`document.activeElement.getAttribute("aria-activedescendant") === "o.event-list-0"`)
	b.keys(kb.Enter)
	b.until(`document.activeElement.value === "Kielikahvila ti 15.12."`)
	b.keys(kb.Tab + "0" + kb.Enter)
	b.says("At least 1.")
	b.keys(kb.Backspace + "12" + kb.Enter)

	b.says("event=2 places=12")

	b.until(`document.activeElement.id === "write" && !document.querySelector(".command")`)
}

func TestBrowser_twoTabsAreTwoPeople(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "post")
	aino := browse(t, w)
	aino.open(w.base + w.path(w.aino))
	aino.toWrite()
	aino.keys("half a sen")
	bob := aino.another()
	bob.open(w.base + w.path(w.bob))

	bob.press("Tulen")

	aino.says("1 tulossa")
	bob.until(`document.querySelector(".count")?.textContent === "1"`)
	if got := ask[string](aino, `document.activeElement.id + " " + document.activeElement.value`); got != "write half a sen" {
		t.Errorf("Aino was disturbed: %s", got)
	}
	aino.keys("tence" + kb.Enter)
	bob.says("half a sentence")
	bob.press("TTalkoot1 unread")
	bob.says("Nähdään!")
	bob.until(`document.body.dataset.connected === "true" && !document.querySelector(".count")`)
}

func TestBrowser_typedThingsOutliveAChange(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "post")
	post := w.events.Messages()[0]
	b := browse(t, w)
	b.open(w.base + w.path(w.bob))
	ask[bool](b, `(() => { const s = document.querySelector(".menu select"); s.value = "sun"; s.focus(); return true })()`)

	w.slash(w.aino, "echo", sandbox.Opt("text", "meanwhile"))

	b.says("meanwhile")
	b.until(`document.activeElement.value === "sun"`)
	b.press("Choose")
	b.says("Valitsit: sun")
	if _, err := w.aino.Message(post.ID); err != nil {
		t.Fatal(err)
	}
}

func TestBrowser_noAnswerAndLateAnswer(t *testing.T) {
	w := newWorld(t)
	b := browse(t, w)
	b.open(w.base + w.path(w.bob))
	b.toWrite()
	b.keys("/silent" + kb.Enter)
	b.until(`document.activeElement.hasAttribute("data-run")`)
	b.keys(kb.Enter)
	w.wait(func() bool { return w.Stats().Interactions == 1 })
	w.later(4 * time.Second)
	b.says("The application did not respond")
	b.press("Dismiss message")
	b.until(`!document.body.innerText.includes("The application did not respond")`)

	b.toWrite()
	b.keys("/slow" + kb.Enter)
	b.until(`document.activeElement.hasAttribute("data-run")`)
	b.keys(kb.Enter)
	b.says("is thinking…")
	close(w.bot.hold)
	b.says("Valmis.")
}

func TestBrowser_moderatorDeletes(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "echo", sandbox.Opt("text", "Soup!"))
	b := browse(t, w)
	b.open(w.base + w.path(w.aino))

	b.press("Poista viesti")

	b.until(`!document.body.innerText.includes("Soup!")`)
	if n := len(w.events.Messages()); n != 0 {
		t.Errorf("%d messages left", n)
	}
}
