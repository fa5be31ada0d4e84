package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"talkoot/sandbox"
)

// mostBytes is how large a picture of the guide may be.
const mostBytes = 120 << 10

// TestPictures makes the pictures of docs/coordinators.md anew, from the demo's
// page, where TALKOOT_TEST_GUIDE names the folder:
//
//	TALKOOT_TEST_GUIDE=docs/pictures tools/with chromium -- go test . -run TestPictures
func TestPictures(t *testing.T) {
	folder := os.Getenv("TALKOOT_TEST_GUIDE")
	if folder == "" {
		t.Skip("TALKOOT_TEST_GUIDE names no folder")
	}
	guest(t, func(v *village, w *world) {
		c := newCamera(v, w, folder)
		for _, p := range pictures() {
			s := w.play(v.ctx, p.who(w), p.where(w))
			p.do(s)
			if s.err != nil {
				t.Fatalf("%s: %v", p.name, s.err)
			}
			c.take(p, s)
		}
	})
}

// What stands in bold in the guide is a text of the English catalogue, so that
// one finds it on the screen; and its pictures are there, small, and described.
func TestGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("docs/coordinators.md")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	catalogue, err := os.ReadFile("locales/active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^other = "(.*)"$`).FindAllStringSubmatch(string(catalogue), -1) {
		said[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`\*\*([^*]+)\*\*`).FindAllStringSubmatch(string(guide), -1) {
		label := strings.Join(strings.Fields(m[1]), " ")
		if !said[label] && !said[strings.TrimSuffix(label, ".")] {
			t.Errorf("nothing on the screen is called %q", label)
		}
	}
	for _, m := range regexp.MustCompile(`!\[([^]]*)\]\(([^)]*)\)`).FindAllStringSubmatch(string(guide), -1) {
		info, err := os.Stat(filepath.Join("docs", m[2]))
		switch {
		case err != nil:
			t.Error(err)
		case info.Size() > mostBytes:
			t.Errorf("%s has %d bytes", m[2], info.Size())
		case len(m[1]) < 20:
			t.Errorf("%s is described as %q", m[2], m[1])
		}
	}
	pictures, err := filepath.Glob("docs/pictures/*.png")
	if err != nil || len(pictures) == 0 {
		t.Fatal("no pictures", err)
	}
	for _, name := range pictures {
		if !strings.Contains(string(guide), "(pictures/"+filepath.Base(name)+")") {
			t.Errorf("nothing shows %s", name)
		}
	}
}

// shot is one picture: who looks at which channel, what they do before it is
// taken, and how wide and at most how high it is.
type shot struct {
	name          string
	who           func(*world) *sandbox.Person
	where         func(*world) *sandbox.Channel
	do            func(*stage)
	width, height int64
	// page shows the whole page, as on a phone, and not only the last message.
	page bool
}

func pictures() []shot {
	town := func(n int) func(*world) *sandbox.Person {
		return func(w *world) *sandbox.Person { return w.towns[n].coordinator }
	}
	general := func(n int) func(*world) *sandbox.Channel {
		return func(w *world) *sandbox.Channel { return w.towns[n].general }
	}
	events := func(n int) func(*world) *sandbox.Channel {
		return func(w *world) *sandbox.Channel { return w.towns[n].events }
	}
	campaign := func(command, name string) func(*stage) {
		return func(s *stage) { s.slash("campaign "+command, sandbox.Opt("campaign", name)) }
	}
	return []shot{
		{
			name: "setup", who: func(w *world) *sandbox.Person { return w.towns[2].manager }, where: general(2), width: 960, height: 1200,
			do: func(s *stage) { s.slash("setup") },
		},
		{name: "event-preview", who: town(2), where: general(2), width: 960, height: 1200, do: func(s *stage) {
			s.slash("event create", sandbox.Opt("kind", "event"))
			s.submit(sandbox.Fields{
				"title": "Avoimet ovet kirjastossa", "when": day(time.Now().AddDate(0, 0, 12)) + " 16:00-19:00", "where": "Lieksan kirjasto",
				"description": "Tutustutaan kirjastoon ja toisiimme. Kahvia ja pelejä.",
			})
		}},
		{name: "people", who: town(0), where: general(0), width: 960, height: 1200, do: func(s *stage) {
			s.slash("event people", sandbox.Opt("event", "Naapuruston soppatalkoot"))
		}},
		{name: "campaign-gaps", who: town(0), where: general(0), width: 960, height: 1400, do: campaign("manage", "Ensiapu")},
		{name: "campaign-step", who: town(0), where: general(0), width: 960, height: 1200, do: func(s *stage) {
			campaign("manage", "Soppaa")(s)
			s.step(3)
		}},
		{name: "campaign-preview", who: town(0), where: general(0), width: 960, height: 1200, do: func(s *stage) {
			campaign("manage", "Soppaa")(s)
			s.press("campaign.preview")
		}},
		{name: "campaign-status", who: town(0), where: general(0), width: 960, height: 1200, do: campaign("status", "Soppaa")},
		{name: "campaign-kit", who: town(0), where: general(0), width: 760, height: 1600, do: func(s *stage) {
			campaign("manage", "Soppaa")(s)
			s.press("campaign.kit")
		}},
		{name: "observations", who: town(0), where: general(0), width: 960, height: 1200, do: func(s *stage) { s.slash("observations") }},
		{name: "log", who: town(0), where: general(0), width: 960, height: 1200, do: func(s *stage) { s.slash("log") }},
		{name: "post-phone-arabic", who: func(w *world) *sandbox.Person { return w.newcomer }, where: events(0), width: 390, height: 844, page: true, do: func(s *stage) {
			for _, m := range s.at.Messages() {
				if s.shown = m; offersVerb(m, "campaign.open") {
					break
				}
			}
			s.press("campaign.read")
		}},
	}
}

// camera is a browser in front of the demo's page.
type camera struct {
	v      *village
	ctx    context.Context //nolint:containedctx // it is the tab, as chromedp sees it
	base   string
	folder string
}

func newCamera(v *village, w *world, folder string) *camera {
	v.Helper()
	path := os.Getenv("TALKOOT_TEST_CHROMIUM")
	if path == "" {
		path = "chromium"
	}
	alloc, cancel := chromedp.NewExecAllocator(v.ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-dev-shm-usage", true))...)
	v.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	v.Cleanup(cancel)
	return &camera{v, ctx, strings.TrimSuffix(w.discord.API(), "/api"), folder}
}

// take takes a picture of the last message that somebody sees, or of all of the
// page, and keeps it with few colours.
func (c *camera) take(p shot, s *stage) {
	c.v.Helper()
	phone := []chromedp.EmulateViewportOption{}
	if p.page {
		phone = append(phone, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	frame := func() (box struct{ X, Y, Width, Height float64 }) {
		c.v.Helper()
		const last = `(() => { const all = document.querySelectorAll("article"), it = all[all.length - 1];
			it.scrollIntoView({block: "start"}); const r = it.getBoundingClientRect();
			return {X: r.x, Y: r.y, Width: r.width, Height: r.height} })()`
		box, err := chromedp.Run(c.ctx, chromedp.Evaluate[struct{ X, Y, Width, Height float64 }](last))
		c.v.must(err)
		return box
	}
	high := p.height
	if !p.page {
		high = 1700
	}
	c.v.must(chromedp.Do(c.ctx, chromedp.EmulateViewport(p.width, high, phone...), chromedp.Navigate(c.base+"/as/"+s.person.ID+"/c/"+s.at.ID)))
	c.until(`document.body.dataset.connected === "true"`)
	frame() // pictures are loaded once they are near, and then the message is higher
	c.until(`[...[...document.querySelectorAll("article")].at(-1).querySelectorAll("img")].every((i) => i.complete && i.naturalWidth > 0)`)
	b := frame()
	data, err := chromedp.Run(c.ctx, chromedp.CaptureScreenshot())
	c.v.must(err)
	picture, err := png.Decode(bytes.NewReader(data))
	c.v.must(err)
	if !p.page {
		const margin = 10
		picture = picture.(interface {
			SubImage(image.Rectangle) image.Image
		}).SubImage(image.Rect(
			max(0, int(b.X)-margin), max(0, int(b.Y)-margin), int(b.X+b.Width)+margin, int(b.Y+min(b.Height, float64(p.height)))+margin))
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	c.v.must(encoder.Encode(&out, fewColours(picture)))
	if out.Len() > mostBytes {
		c.v.Errorf("%s has %d bytes", p.name, out.Len())
	}
	c.v.must(os.WriteFile(filepath.Join(c.folder, p.name+".png"), out.Bytes(), 0o644))
}

func (c *camera) until(expression string) {
	c.v.Helper()
	_, err := chromedp.Run(c.ctx, chromedp.Poll[bool]("!!("+expression+")", chromedp.WithPollingTimeout(patience), chromedp.WithPollingInterval(20*time.Millisecond)))
	c.v.must(err)
}

// fewColours is a picture in its 256 most frequent colours; what has another
// takes the nearest of them.
func fewColours(from image.Image) image.Image {
	counts := map[color.RGBA]int{}
	b := from.Bounds()
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(from.At(x, y)).(color.RGBA) }
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	all := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	var palette color.Palette
	for _, c := range all[:min(len(all), 256)] {
		palette = append(palette, c)
	}
	few := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), palette)
	nearest := map[color.RGBA]uint8{}
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := at(b.Min.X+x, b.Min.Y+y)
			i, known := nearest[c]
			if !known {
				i = uint8(palette.Index(c))
				nearest[c] = i
			}
			few.SetColorIndex(x, y, i)
		}
	}
	return few
}
