package page_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"talkoot/sandbox"
)

func TestBrowser_eachLineRunsItsWay(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "echo", sandbox.Opt("text", arabic))
	b := browse(t, w)
	b.open(w.base + w.path(w.layla))

	got := ask[[]string](b, `[...document.querySelectorAll(".text :is(h5, p:not(li p), li)")].map((e) => getComputedStyle(e).direction)`)

	if want := "rtl rtl ltr rtl rtl"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if lang := ask[string](b, `document.querySelector(".message").lang`); lang != "ar" {
		t.Errorf("read as %s", lang)
	}
}

func TestBrowser_onAPhone(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "post")
	b := browse(t, w)
	b.phone()
	b.open(w.base + w.path(w.bob))

	if wide := ask[int](b, `document.documentElement.scrollWidth`); wide > 390 {
		t.Errorf("the page is %d wide", wide)
	}
	b.until(`!document.getElementById("places").checkVisibility()`)
	b.press("Channels")
	b.until(`document.getElementById("places").checkVisibility()`)
	small := ask[[]string](b, `[...document.querySelectorAll("button, a[href], select, input:not([type=hidden]), summary")]
		.filter((e) => e.checkVisibility() && !e.matches(".skip, .default, .text a, .context a, .gallery a"))
		.filter((e) => e.getBoundingClientRect().height < 43.5 || e.getBoundingClientRect().width < 43.5)
		.map((e) => e.outerHTML)`)
	if len(small) > 0 {
		t.Errorf("too small for a finger: %v", small)
	}
	b.press("#vapaaehtoiset")
	b.until(`document.querySelector("h1")?.textContent === "#vapaaehtoiset"`)
}

// contrasts measures every visible text against what is behind it.
const contrasts = `(() => {
	const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
	const rgba = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
	const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
		.reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
	const behind = (e) => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; } return [255, 255, 255]; };
	const bad = [];
	for (const e of document.querySelectorAll("body *")) {
		const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
		if (!own || !e.checkVisibility({ opacityProperty: true }) || e.closest(":disabled, .spoiler, .vh, .skip, noscript, script")) continue;
		const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))];
		const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		if (ratio < 4.5) bad.push(ratio.toFixed(2) + " " + e.outerHTML.slice(0, 120));
	}
	return bad;
})()`

func TestBrowser_readable(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "post")
	w.slash(w.aino, "my")
	w.visit("/as/"+w.aino.ID+"/m/"+w.events.Messages()[0].ID+"/press", map[string][]string{"button": {"nowhere"}})
	b := browse(t, w)
	for _, dark := range []bool{false, true} {
		b.dark(dark)
		for _, path := range []string{"/", w.path(w.aino), w.path(w.aino) + "/commands", w.path(w.aino) + "/command/event/edit"} {
			b.do(chromedp.Navigate(w.base + path))

			if bad := ask[[]string](b, contrasts); len(bad) > 0 {
				t.Errorf("dark %v, %s:\n%s", dark, path, strings.Join(bad, "\n"))
			}
		}
	}
}

// nameless are controls that a screen reader has no name for, and things of
// which there must be one.
const nameless = `[...document.querySelectorAll("button, a[href], input:not([type=hidden]), select, textarea, img")]
	.filter((e) => e.checkVisibility())
	.filter((e) => !(e.textContent.trim() || e.ariaLabel || e.alt || e.querySelector("img[alt]") || e.labels?.length && e.labels[0].textContent.trim()))
	.map((e) => e.outerHTML)
	.concat([["main", 1], ["h1", 1], ["[lang]", 1]].filter(([s, n]) => document.querySelectorAll(s).length < n).map(([s]) => "no " + s))
	.concat([...document.querySelectorAll("[style], script:not([src]), style")].map((e) => e.outerHTML))
	.concat([...document.querySelectorAll("[id]")].filter((e) => document.querySelectorAll("#" + CSS.escape(e.id)).length > 1).map((e) => "twice: " + e.id))
	.concat([...document.querySelectorAll("[aria-describedby], [aria-labelledby]")].flatMap((e) => (e.getAttribute("aria-describedby") ?? e.getAttribute("aria-labelledby")).split(" ")).filter((id) => !document.getElementById(id)).map((id) => "nowhere: " + id))`

func TestBrowser_everythingHasAName(t *testing.T) {
	w := newWorld(t)
	w.slash(w.aino, "post")
	w.slash(w.aino, "my")
	if _, err := w.aino.Slash(w.ctx(), w.events.ID, "event create"); err != nil {
		t.Fatal(err)
	}
	b := browse(t, w)
	for _, path := range []string{"/", w.path(w.aino), w.path(w.aino) + "/command/event/edit", "/as/" + w.aino.ID + "/form"} {
		b.do(chromedp.Navigate(w.base + path))

		if bad := ask[[]string](b, nameless); len(bad) > 0 {
			t.Errorf("%s:\n%s", path, strings.Join(bad, "\n"))
		}
	}
}

func TestBrowser_aChannelThatGoesAway(t *testing.T) {
	w := newWorld(t)
	other := w.guild.Channels()[1]
	b := browse(t, w)
	b.open(w.base + "/as/" + w.bob.ID + "/c/" + other.ID)

	other.Delete()

	b.until(`document.querySelector("h1")?.textContent === "#tapahtumat"`)
}

func TestBrowser_manyMessages(t *testing.T) {
	w := newWorld(t)
	for range 70 {
		if _, err := w.bob.Say(w.events.ID, "Soup?"); err != nil {
			t.Fatal(err)
		}
	}
	b := browse(t, w)
	b.open(w.base + w.path(w.aino))
	if n := ask[int](b, `document.querySelectorAll(".message").length`); n != 60 {
		t.Errorf("%d messages at first", n)
	}
	b.until(`document.querySelector(".message:nth-last-child(1)").getBoundingClientRect().bottom <= innerHeight`)
	ask[bool](b, `(() => { document.querySelector(".scroll").scrollTop = 0; return true })()`)
	b.until(`document.querySelector(".scroll").scrollTop === 0`)

	w.slash(w.aino, "echo", sandbox.Opt("text", "the newest"))

	b.until(`!document.getElementById("jump").hidden && document.querySelector(".scroll").scrollTop === 0`)
	b.press("Uusia viestejä alempana")
	b.until(`document.getElementById("jump").hidden && document.querySelector(".scroll").scrollTop > 0`)
	b.press("Näytä aiemmat viestit (11)")
	b.until(`document.querySelectorAll(".message").length === 71`)
}
