package main

import (
	"slices"
	"strings"
	"testing"

	"talkoot/core"
	"talkoot/sandbox"
	"talkoot/storage/storagetest"
)

// Everything that is shown fits into Discord's limits, in every language, with
// the longest texts that people may write: what does not, the strict Discord of
// these tests refuses.
func TestLimits(t *testing.T) {
	t.Parallel()
	var tags []string
	for _, l := range catalogue(t).Languages() {
		tags = append(tags, l.Tag)
	}
	for i, tag := range tags {
		second := tags[(i+1)%len(tags)]
		t.Run(tag+" and another", func(t *testing.T) { t.Parallel(); showAll(t, tag, []string{tag, second}) })
		all := append([]string{tag}, slices.DeleteFunc(slices.Clone(tags), func(other string) bool { return other == tag })...)
		t.Run(tag+" and all others", func(t *testing.T) { t.Parallel(); showAll(t, tag, all) })
	}
}

// longest are the longest texts, of signs that take two characters to be shown
// as they are. Each has its language in it.
func longest(tag string, what string, n int) string {
	begin := strings.ToUpper(what[:1]) + tag
	return begin + strings.Repeat("*", n-len(begin))
}

func longForm(tag string, tasks bool) sandbox.Fields {
	f := fields("title", longest(tag, "title", core.MaxTitle), "where", longest(tag, "place", core.MaxPlace),
		"description", longest(tag, "description", core.MaxDescription))
	if tasks {
		var lines []string
		for i := range core.MaxSlots {
			lines = append(lines, longest(tag, string(rune('a'+i)), core.MaxTask))
		}
		f["tasks"] = strings.Join(lines, "\n")
	}
	return f
}

// showAll has somebody who reads a language see everything there is to see.
func showAll(t *testing.T, tag string, public []string) {
	open(t, storagetest.SQLite(t), func(v *village) {
		v.setUp(public...)
		o := v.owner
		o.language(tag)
		o.slash("help")
		o.slash("setup")
		o.choose("setup.area", "Hervanta")
		for _, kind := range []string{"event", "shift"} {
			channel := v.events
			form := longForm(public[0], kind == "shift")
			form["when"] = "12.12. klo 10 - 24.12. klo 10"
			if kind == "shift" {
				channel = v.shifts
				form["tasks"] = strings.ReplaceAll(form["tasks"].(string), "\n", ", 4000-9999\n") + ", 4000-9999"
			} else {
				form["places"] = "1"
			}
			o.slash(kind + " create")
			o.submit(sandbox.Fields{"title": longest(tag, "title", 100), "when": "31.2. klo 18", fieldOf(kind): "???"}) // two sentences more
			o.press("event.edit")
			o.submit(form)
			for _, other := range public[1:] {
				o.press("event.texts")
				o.choose("event.text", other)
				o.submit(longForm(other, kind == "shift"))
			}
			o.press("event.publish")
			v.joinAndLook(v.post(channel, 1), kind, tag, public)

			v.settle()
			option := sandbox.Opt(kind, longest(public[0], "title", core.MaxTitle))
			o.slash(kind+" edit", option)
			o.submit(fields("when", "13.12. klo 10 - 24.12. klo 10", "where", "Muu"))
			o.slash(kind+" people", option)
			o.press("event.people.file")
			o.slash(kind+" copy", option)
			o.slash(kind+" cancel", option)
			o.press("event.call_off")
			v.settle()
			v.fullPost(v.post(channel, 1), public, "event.show")
		}
	})
}

func fieldOf(kind string) string {
	if kind == "shift" {
		return "tasks"
	}
	return "places"
}

// joinAndLook has two people do with a post what residents do.
func (v *village) joinAndLook(post sandbox.Message, kind, tag string, public []string) {
	v.Helper()
	v.fullPost(post, public, "join", "maybe", "event.show")
	if n := len(verbs(post, "join")); kind == "shift" && n != core.MaxSlots {
		v.Errorf("%d buttons for %d tasks", n, core.MaxSlots)
	}
	for i := range 2 {
		p := v.person(longest(tag, "name", 32)[:31]+string(rune('1'+i))+kind, "en-US")
		p.language(tag)
		p.pressOn(post, "event.show")
		p.pressOn(post, "join")
		p.press("change")
		p.pressOn(post, "maybe")
		p.press("change")
		p.slash(kind + "s")
		p.slash("my")
		p.press("my.calendar")
		p.slash("my")
		p.press("my.data")
		p.press("my.erase")
		p.slash("help")
	}
}

// fullPost checks that a post has the title in every language, and all buttons.
func (v *village) fullPost(post sandbox.Message, public []string, buttons ...string) {
	v.Helper()
	for _, tag := range public {
		if !strings.Contains(post.Text(), "T"+tag) {
			v.Errorf("there is no title in %s on:\n%s", tag, post.Text())
		}
	}
	for _, verb := range buttons {
		v.button(post, verb)
	}
	if strings.HasSuffix(strings.TrimSpace(post.Text()), "…") {
		v.Errorf("the post is cut off:\n%s", post.Text())
	}
}

// verbs are the buttons of a verb.
func verbs(m sandbox.Message, verb string) []sandbox.Component {
	return slices.DeleteFunc(m.Buttons(), func(b sandbox.Component) bool { return verbOf(b.CustomID) != verb })
}
