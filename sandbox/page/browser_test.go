package page_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// chromium finds the browser, and fails the test where there is none.
func chromium(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("TALKOOT_TEST_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no browser: install Debian's chromium, or name one in TALKOOT_TEST_CHROMIUM")
	return ""
}

// tab is one tab of a browser.
type tab struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // it is the tab, as chromedp sees it
}

// browse opens a tab. The first opens the browser; others are given it.
func browse(t *testing.T, w *world) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("no-first-run", true), chromedp.Flag("mute-audio", true),
		chromedp.WindowSize(1280, 900))
	alloc, cancel := chromedp.NewExecAllocator(w.ctx(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	b.do(chromedp.EmulateViewport(1280, 900))
	return b
}

// another opens a tab more in the same browser.
func (b *tab) another() *tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	other := &tab{t: b.t, ctx: ctx}
	other.do()
	return other
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatalf("%v\n%s", err, b.html())
	}
}

// html is what the tab shows, for who looks into a failure.
func (b *tab) html() string {
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body?.innerText ?? ""`))
	if err != nil {
		return err.Error()
	}
	return s
}

// open goes to a channel and waits until it is live.
func (b *tab) open(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
	if strings.Contains(address, "/c/") {
		b.until(`document.body.dataset.connected === "true"`)
	}
}

// patience is how long a test waits before it is clear that it hangs.
const patience = 20 * time.Second

// until waits for something to be true in the page.
func (b *tab) until(expression string) {
	b.t.Helper()
	look := chromedp.Poll[bool]("!!("+expression+")", chromedp.WithPollingTimeout(0), chromedp.WithPollingInterval(20*time.Millisecond))
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, err := chromedp.Run(ctx, look)
	for err != nil && ctx.Err() == nil && b.ctx.Err() == nil {
		_, err = chromedp.Run(ctx, look) // the page has been left meanwhile: look at the next
	}
	if err != nil {
		b.picture("failed")
		b.t.Fatalf("waiting for %s: %v\n%s", expression, err, b.html())
	}
}

// ask evaluates an expression in the page.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// keys types as on a keyboard, into whatever has the focus.
func (b *tab) keys(s string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(s))
}

// toWrite goes to the command bar.
func (b *tab) toWrite() {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("write").focus()`))
}

// press clicks the button with a label.
func (b *tab) press(label string) {
	b.t.Helper()
	find := `[...document.querySelectorAll("button, a")].find((e) => e.textContent.trim() === "` + label + `" && e.checkVisibility())`
	b.until("!!" + find)
	b.do(chromedp.Evaluate[chromedp.Void](find + ".click()"))
}

// says waits until the page has a text in it.
func (b *tab) says(text string) {
	b.t.Helper()
	b.until(`document.body.innerText.includes(` + quoted(text) + `)`)
}

func quoted(s string) string {
	return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`").Replace(s) + "`"
}

// phone makes the tab as small as a phone, with a finger for a pointer.
func (b *tab) phone() {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
}

func (b *tab) dark(yes bool) {
	b.t.Helper()
	value := "light"
	if yes {
		value = "dark"
	}
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}},
		})
		return err
	}))
}

// picture keeps what the tab looks like where TALKOOT_TEST_PICTURES says.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("TALKOOT_TEST_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
