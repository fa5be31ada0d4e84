package page_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"talkoot/sandbox"
)

func TestBrowser_looks(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "echo", sandbox.Opt("text", "**Hei** <@"+w.bob.ID+">! Katso <#"+w.events.ID+">, `koodi` ja https://example.org/a"))
	w.slash(w.aino, "post")
	post := w.Guild(w.guild.ID).Channels()[0].Messages()[1]
	b := browse(t, w)
	b.open(w.base + "/")
	b.picture("wide-choose-light")
	b.open(w.base + w.path(w.aino))
	b.picture("wide-channel-fi-light")
	b.dark(true)
	b.picture("wide-channel-fi-dark")
	b.toWrite()
	b.keys("/")
	b.until(`!document.getElementById("offers").hidden`)
	b.picture("wide-commands-fi-dark")
	b.dark(false)
	b.keys("tapahtuma m" + kb.Enter)
	b.until(`!!document.querySelector("#command [role=option]")`)
	b.picture("wide-command-fi-light")
	b.press("Peruuta")
	b.until(`document.activeElement.id === "write"`)
	b.keys("/tapahtuma luo" + kb.Enter)
	b.until(`document.activeElement?.textContent.trim() === "Suorita"`)
	b.keys(kb.Enter)
	b.until(`!!document.querySelector("dialog:modal")`)
	b.keys("Keittoilta Itäkeskuksessa, tervetuloa!!")
	b.picture("wide-form-fi-light")
	b.keys(kb.Escape)
	b.until(`!document.querySelector("dialog")`)

	if _, err := w.layla.Press(w.ctx(), post.ID, "read"); err != nil {
		t.Fatal(err)
	}
	b.open(w.base + w.path(w.layla))
	b.picture("wide-channel-ar-light")
	b.phone()
	b.open(w.base + w.path(w.layla))
	b.picture("phone-channel-ar-light")
	b.press("Channels")
	b.picture("phone-places-light")
	b.dark(true)
	b.open(w.base + w.path(w.aino))
	b.picture("phone-channel-fi-dark")
	b.press("Sinä")
	b.picture("phone-you-fi-dark")
	b.open(w.base + "/")
	b.picture("phone-choose-dark")
}
