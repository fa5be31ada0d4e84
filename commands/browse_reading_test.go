package commands_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"talkoot/commands"
	"talkoot/locales"
)

func plain(t testing.TB, text locales.Text) string { return tongues(t).Voice("en").Plain(text) }

// said is all the text of a card, in plain English, a block a line.
func said(t testing.TB, card commands.Card) string {
	var all []string
	for _, text := range textsOf(card) {
		all = append(all, plain(t, text))
	}
	return strings.Join(all, "\n")
}

func textsOf(card commands.Card) []locales.Text {
	var all []locales.Text
	for _, block := range card.Blocks {
		switch b := block.(type) {
		case commands.Heading:
			all = append(all, b.Text)
		case commands.Para:
			all = append(all, b.Text)
		case commands.Small:
			all = append(all, b.Text)
		case commands.Entry:
			all = append(all, b.Text)
		}
	}
	return all
}

func buttonsOf(card commands.Card) []commands.Button {
	var all []commands.Button
	for _, block := range card.Blocks {
		switch b := block.(type) {
		case commands.Entry:
			all = append(all, b.Button)
		case commands.Buttons:
			all = append(all, b...)
		}
	}
	return all
}

func menusOf(card commands.Card) []commands.Menu {
	var all []commands.Menu
	for _, block := range card.Blocks {
		if m, ok := block.(commands.Menu); ok {
			all = append(all, m)
		}
	}
	return all
}

// fits checks a card against Discord's bounds: 40 components, 4,000 characters,
// and custom_ids that are sound and each there once.
func fits(t testing.TB, card commands.Card) {
	t.Helper()
	components := 1
	ids := map[string]bool{}
	seen := func(verb string, id int64, arg string) {
		custom := "t1:" + verb + ":" + strconv.FormatInt(id, 10) + ":" + arg
		if len(custom) > 100 || !regexp.MustCompile(`^[A-Za-z0-9_.,=-]*$`).MatchString(arg) || id < 0 {
			t.Errorf("custom_id %q", custom)
		}
		if ids[custom] {
			t.Errorf("custom_id %q is there twice", custom)
		}
		ids[custom] = true
	}
	for _, block := range card.Blocks {
		switch b := block.(type) {
		case commands.Entry:
			components += 3
		case commands.Buttons:
			components += (len(b)+4)/5 + len(b)
		case commands.Menu:
			components += 2
			seen(b.Verb, b.ID, b.Arg)
			if len(b.Choices) > 25 || b.Most > 25 || b.Of == commands.OfChoices && len(b.Choices) == 0 {
				t.Errorf("menu %s has %d choices", b.Verb, len(b.Choices))
			}
		default:
			components++
		}
	}
	for _, b := range buttonsOf(card) {
		seen(b.Verb, b.ID, b.Arg)
	}
	if components > 40 {
		t.Errorf("%d components", components)
	}
	for _, l := range tongues(t).Languages() {
		length := 0
		for _, text := range textsOf(card) {
			length += utf8.RuneCountInString(tongues(t).Voice(l.Tag).Say(text)) + len("## ")
		}
		if length > 4000 {
			t.Errorf("%d characters in %s", length, l.Tag)
		}
	}
}
