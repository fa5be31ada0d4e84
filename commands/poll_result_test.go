package commands_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// busy is a poll of every scale, answered in three areas: one of many, one of
// some, one of hardly anybody.
func (w *town) busy() core.Poll {
	p := bankPoll(w, w.parts, "cls.together@1", "cls.influence@1", "rtn.1@1", "ess.ppltrst@1", "cls.chat@1")
	p.Background = core.AgeBand
	return w.answered(p,
		folk{w.parts[0], 1, [][]int{{23, 31, 4, 8, 1}, {3, 60, 1, 1, 2}, {21, 38, 8}, {3, 2, 5, 8, 9, 7, 11, 6, 4, 6, 3, 3}, {30, 20, 7, 5, 3, 2}}},
		folk{w.parts[1], 2, [][]int{{3, 9, 7, 8, 1}, {7, 12, 6, 1, 2}, {9, 14, 5}, {3, 2, 5, 8, 3, 7, 0, 0, 0, 0, 0, 0}, {8, 8, 7, 3, 1, 1}}},
		folk{w.parts[2], core.RatherNotSay, [][]int{{1, 1, 1, 0, 0}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}}})
}

// show presses the button of the results, as a resident who reads English.
func (w *town) show(p core.Poll, view string) commands.Reply {
	w.Helper()
	return w.must("poll.results", commands.Ask{ID: int64(p.ID), Arg: view, Member: villager})
}

func TestResults_card(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := w.busy()
		tests := map[string][]string{
			"all": {
				"Results: all areas together",
				"About 95 people answered · Agree: 70 % (55–80) · Disagree: 30 % (20–45)",
				"About 95 people answered · Agree: almost everybody",
				"0–3: 40 % (25–55) · 4–6: 40 % (25–55) · 7–10: 20 % (10–30)",
				"On average 4 (3½–5)",
				"Once or twice a month: 15 %",
				"They are not all residents",
			},
			core.Snowflake(w.parts[0]): {
				"Results: Village", "Yes: 35 % (20–50) · No: 65 % (50–80)",
				"Besides, about 10 people did not know or did not want to say",
			},
			core.Snowflake(w.parts[1]): {
				"Results: Harbour", "Counted together, since there are few answers: Harbour and Hill",
				"Yes: about a third · No: about two thirds", "4–10: 35 %",
				"Few people answered, so the shares are in words and very uncertain.",
			},
			"by": {
				"Results by: How old are you?", "13–17 years and 18–29 years – Yes: 40 % (25–55) · About 60 people answered",
				"30–44 years, 45–64 years and 65 years or older – Yes: about a third",
			},
		}
		for view, wants := range tests {
			reply := w.show(p, view)
			text := said(t, reply.Card)
			for _, want := range wants {
				if !strings.Contains(text, want) {
					t.Errorf("view %s does not say %q:\n%s", view, want, text)
				}
			}
			if view != "by" && len(reply.Files) < 2 {
				t.Errorf("view %s has %d pictures", view, len(reply.Files))
			}
			shownIn(t, reply.Card, reply.Files, "en")
		}
		menu := menusOf(w.show(p, "all").Card)[0]
		if len(menu.Choices) != 5 {
			t.Errorf("%d views to choose from", len(menu.Choices))
		}
		chosen := w.must("poll.results", commands.Ask{ID: menu.ID, Arg: menu.Arg, Chosen: []string{"by"}, Member: villager})
		if !strings.Contains(said(t, chosen.Card), "How old") {
			t.Error("the menu does not lead to the view")
		}
	})
}

// shownIn checks a card that stands in these languages together, and its files,
// against Discord's bounds: each file is a picture that is shown once, and says
// in words what it shows.
func shownIn(t *testing.T, card commands.Card, files []commands.File, languages ...string) {
	t.Helper()
	voice := tongues(t).Voice(languages...)
	length, components := 0, 1
	pictures := map[string]int{}
	for _, block := range card.Blocks {
		components++
		switch b := block.(type) {
		case commands.Picture:
			pictures[b.Name]++
			if alt := voice.Plain(b.Alt); locales.Len(alt) < 40 || locales.Len(alt) > 1024 {
				t.Errorf("the words of picture %s have %d characters", b.Name, locales.Len(alt))
			}
		case commands.Buttons:
			components += len(b)
		case commands.Menu:
			components++
		case commands.Small:
			length += 3 + 3*strings.Count(voice.Say(b.Text), "\n")
		}
	}
	for _, text := range textsOf(card) {
		length += locales.Len(voice.Say(text)) + 3
	}
	if length > 4000 || components > 40 || len(files) > 10 {
		t.Errorf("%d characters, %d components, %d files", length, components, len(files))
	}
	for _, f := range files {
		if _, err := png.Decode(bytes.NewReader(f.Data)); err != nil || pictures[f.Name] != 1 {
			t.Errorf("file %s is shown %d times: %v", f.Name, pictures[f.Name], err)
		}
		delete(pictures, f.Name)
	}
	if len(pictures) > 0 {
		t.Errorf("pictures without a file: %v", pictures)
	}
}

func TestResults_post(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := w.busy()
		for _, languages := range [][]string{{"en"}, {"fi", "en"}, {"fi", "sv", "en"}, {"fi", "fi-simple", "sv", "en", "ar"}} {
			for _, area := range w.parts {
				card, files := w.post(p, area, languages...)
				shownIn(t, card, files, languages...)
				_, each := w.post(p, area, "en")
				want := len(each) * len(languages)
				if want > 10 { // then there is more in each, and every language has as many
					want = 2 * len(languages)
				}
				if len(files) != want {
					t.Errorf("%v: %d pictures, want %d", languages, len(files), want)
				}
				read := buttonsOf(card)
				if len(read) != 1 || read[0].Verb != "poll.results" || read[0].Arg != core.Snowflake(area) {
					t.Errorf("buttons %+v", read)
				}
			}
		}
		card, _ := w.post(p, w.parts[2], "en")
		if text := said(t, card); !strings.Contains(text, "Harbour and Hill") {
			t.Errorf("the smallest area's post does not say with whom it was counted:\n%s", text)
		}
	})
}

// What is shown comes from the ledger alone: without the sums it is the same to
// the last byte, and no number in it is a true count.
func TestResults_nothingButReleases(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := w.busy()
		before, files := w.post(p, w.parts[0], "en", "fi")
		shown := []commands.Reply{{Card: before, Files: files}}
		for _, view := range []string{"all", "by", core.Snowflake(w.parts[1])} {
			shown = append(shown, w.show(p, view))
		}
		for _, table := range []string{"poll_sum", "sealed_response"} {
			if _, err := store.DB().ExecContext(t.Context(), "DELETE FROM "+table); err != nil {
				t.Fatal(err)
			}
		}
		after, files := w.post(p, w.parts[0], "en", "fi")
		again := []commands.Reply{{Card: after, Files: files}}
		for _, view := range []string{"all", "by", core.Snowflake(w.parts[1])} {
			again = append(again, w.show(p, view))
		}
		if !reflect.DeepEqual(shown, again) {
			t.Error("without the true counts something else is shown")
		}

		// Numbers of people and shares are all multiples of five. The others are
		// those that name questions and answers, and how many are needed.
		for _, reply := range shown {
			for _, n := range numbersIn(reply.Card) {
				if n%5 != 0 {
					t.Errorf("the card has the number %d", n)
				}
			}
		}
		var ledger []storage.Release
		w.write(func(tx *storage.Tx) (err error) {
			ledger, err = tx.ReleasesOf(t.Context(), village, "", p.ID)
			return err
		})
		for _, line := range ledger {
			for _, word := range regexp.MustCompile(`"(about|unsure|percent)":(\d+)`).FindAllSubmatch(line.Entry, -1) {
				if n, _ := strconv.Atoi(string(word[2])); n%5 != 0 {
					t.Errorf("the ledger has %s", word[0])
				}
			}
		}
	})
}

// numbersIn are all integers that a card's texts are filled with.
func numbersIn(card commands.Card) []int {
	var all []int
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Interface, reflect.Pointer:
			if v.IsValid() && !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Int:
			all = append(all, int(v.Int()))
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[time.Time]() {
				return
			}
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				walk(v.MapIndex(key))
			}
		default:
		}
	}
	for _, block := range card.Blocks {
		switch block.(type) {
		case commands.Heading, commands.Para, commands.Small, commands.Picture:
			walk(reflect.ValueOf(block))
		}
	}
	return all
}

func TestResults_tooFew(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := w.answered(bankPoll(t, w.parts[:1], "rtn.1@1"), folk{w.parts[0], core.RatherNotSay, [][]int{{4, 5, 3}}})
		card, files := w.post(p, w.parts[0], "en")
		shownIn(t, card, files, "en")
		if text := said(t, card); !strings.Contains(text, "Too few answers to show. At least 10 answers are needed") || strings.Contains(text, "About") {
			t.Errorf("nine answers: %s", text)
		}
	})
}

// A small area shows all areas together where nothing can be shown of it.
func TestResults_anAreaWithTooFew(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := w.answered(bankPoll(t, w.parts, "rtn.1@1"),
			folk{w.parts[0], core.RatherNotSay, [][]int{{7, 1, 0}}}, folk{w.parts[1], core.RatherNotSay, [][]int{{3, 4, 0}}},
			folk{w.parts[2], core.RatherNotSay, [][]int{{1, 0, 0}}})
		card, _ := w.post(p, w.parts[2], "en")
		if text := said(t, card); !strings.Contains(text, "About 15 people answered") && !strings.Contains(text, "About 20 people answered") {
			t.Errorf("the post of the smallest area:\n%s", text)
		}
	})
}

// several is a coordinator's own question of which two answers may be chosen.
func several(t *testing.T, areas []core.AreaID, options ...string) core.Poll {
	t.Helper()
	return core.Poll{Areas: areas, Questions: []core.Question{{
		Scale: core.ScaleSeveral, Favourable: core.FavourNone, Options: len(options), Most: 2,
		Texts: map[string]core.ItemText{"en": {Question: "What would help?", Answers: options, Status: core.OwnAdaptation}},
	}}}
}

func TestResults_several(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := several(t, w.parts[:1], "Light", "Benches", "Music", "A swing")
		gives := make([]int, 17) // by the set of bits
		gives[0b0001], gives[0b0011], gives[0b0010], gives[0b0101] = 31, 22, 19, 6
		p = w.answered(p, folk{w.parts[0], core.RatherNotSay, [][]int{gives}})
		reply := w.show(p, "all")
		text := said(t, reply.Card)
		for _, want := range []string{"About 80 people answered", "Light: 75 % (60–85)", "Benches: 55 % (40–70)", "Music: almost nobody", "A swing: almost nobody"} {
			if !strings.Contains(text, want) {
				t.Errorf("does not say %q:\n%s", want, text)
			}
		}
		shownIn(t, reply.Card, reply.Files, "en")
	})
}

// The font of the pictures has no Chinese: numbers stand in its place, and
// beside the picture what they mean.
func TestResults_aScriptWithoutLetters(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := several(t, w.parts[:1], "路灯", "长椅", "音乐")
		p = w.answered(p, folk{w.parts[0], core.RatherNotSay, [][]int{{0, 30, 21, 14, 0}}})
		card, files := w.post(p, w.parts[0], "en")
		shownIn(t, card, files, "en")
		if text := said(t, card); !strings.Contains(text, "1 = 1. What would help? – 路灯") || !strings.Contains(text, "2 = 1. 长椅") {
			t.Errorf("the numbers are not explained:\n%s", text)
		}
	})
}

func TestResults_ledgerIsJSONOfReleases(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := w.busy()
		w.write(func(tx *storage.Tx) error {
			lines, err := tx.ReleasesOf(t.Context(), village, "", p.ID)
			if err != nil {
				return err
			}
			if want := 3 * len(p.Questions); len(lines) != want {
				t.Errorf("%d lines in the ledger, want %d", len(lines), want)
			}
			for _, line := range lines {
				if !json.Valid(line.Entry) || !slices.Contains([]string{fmt.Sprintf("poll-%d", p.ID)}, pollOf(t, line.Entry)) {
					t.Errorf("line %s", line.Entry)
				}
			}
			return nil
		})
	})
}

func pollOf(t *testing.T, entry []byte) string {
	t.Helper()
	var e struct{ Poll string }
	if err := json.Unmarshal(entry, &e); err != nil {
		t.Fatal(err)
	}
	return e.Poll
}
