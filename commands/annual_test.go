package commands_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

var pages = flag.String("pages", "", "folder to write annual reports to, for looking at them")

// annual asks for the annual report, and gives its card, in plain words and in
// full, its picture and its document.
func (a archive) annual(options ...string) (card commands.Card, text string, picture, document commands.File) {
	a.Helper()
	reply := a.must("export", wish(append([]string{"what", "annual"}, options...)...))
	if len(reply.Files) != 2 || !strings.HasSuffix(reply.Files[0].Name, ".png") || !strings.HasSuffix(reply.Files[1].Name, ".pdf") {
		a.Fatalf("%d files", len(reply.Files))
	}
	shortest := reply.Card
	for shortest.Shorter != nil {
		shortest = *shortest.Shorter
	}
	fits(a, shortest)
	return reply.Card, said(a, reply.Card), reply.Files[0], reply.Files[1]
}

// spoken is what a document says to those who hear it: its title, and its
// pictures in words.
func spoken(t testing.TB, document commands.File) string {
	t.Helper()
	var all []string
	for _, found := range regexp.MustCompile(`<FEFF([0-9A-F]*)>`).FindAllSubmatch(document.Data, -1) {
		data, err := hex.DecodeString(string(found[1]))
		if err != nil {
			t.Fatal(err)
		}
		var units []uint16
		for i := 0; i+1 < len(data); i += 2 {
			units = append(units, uint16(data[i])<<8|uint16(data[i+1]))
		}
		all = append(all, string(utf16.Decode(units)))
	}
	return strings.Join(all, "\n")
}

// noted notes something seen, so many times.
func (a archive) noted(area core.AreaID, domain core.Domain, mood core.Mood, at time.Time, times int) {
	a.Helper()
	a.write(func(tx *storage.Tx) error {
		for range times {
			a.pressN++
			if _, err := tx.AddObservation(a.Context(), core.Observation{
				Guild: village, Area: area, State: core.Noted, Author: anna, Source: core.SourceMedia, Domain: domain, Mood: mood,
				Sentence: "Seen", Seen: at,
			}, a.pressN); err != nil {
				return err
			}
		}
		return nil
	})
}

// wants looks for lines in what was said.
func wants(t testing.TB, what, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(text, line) {
			t.Errorf("%s does not say %q:\n%s", what, line, text)
		}
	}
}

// The page and the card beside it say what is in the database: what has been, up
// to today, and not what was called off, is to come, or is somebody else's.
func TestAnnual(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.happened()
		a.busy()
		a.voted()
		a.noted(a.parts[0], core.Security, 2, a.now, 2)
		a.noted(a.parts[2], core.Attitudes, 5, a.now, 1)
		a.noted(a.parts[0], core.Attitudes, 5, a.now.AddDate(-1, 0, 0), 1)
		a.now = time.Date(2026, 12, 20, 14, 0, 0, 0, time.UTC) // before "Open end"
		card, text, picture, document := a.annual()
		wants(t, "the card", text,
			"Annual report 2026", "All areas · 2026-01-01 – 2026-12-20", "in English",
			"Events: 1\nHobbies: 1\nTrainings: 0\nVisits: 6\nVolunteer shifts: 1\nVolunteer hours: 10\nPolls, about 100 answers: 2\nObservations: 3\n",
			"Nov: 0 · Dec: 2\n", "Nov: 0 · Dec: 10\n",
			question(t, bankPoll(t, a.parts, "rtn.1@1"), 0)+" – Yes: 40 % (25–55) · About 80 people answered\n",
			"attitudes: 1 · very positive: 1", "feeling safe: 2 · negative: 2",
			"Events: =Soup\nHobbies: Chess\nVolunteer shifts: Kitchen\n", "Nobody is named.",
		)
		for _, not := range []string{"First aid", "Open end", "Storm", "Theirs", "A draft", "Next year", "Last year", "Secret Name"} {
			if strings.Contains(text, not) {
				t.Errorf("it says %q:\n%s", not, text)
			}
		}
		wants(t, "the document", spoken(t, document), "Annual report 2026", "Dec: 2", "40 % (25–55)", "negative: 2")
		if picture.Name != "talkoot-annual-2026-01-01-2026-12-31.png" || document.Name != "talkoot-annual-2026-01-01-2026-12-31.pdf" {
			t.Errorf("the files are called %s and %s", picture.Name, document.Name)
		}
		if !slices.ContainsFunc(card.Blocks, func(b commands.Block) bool { return b == commands.Block(commands.Attached{Name: document.Name}) }) {
			t.Error("the document is not in the message")
		}

		_, text, _, _ = a.annual("area", "Hill")
		wants(t, "the card of an area", text, "Hill · 2026-01-01", "Events: 0\nHobbies: 1\n", "Observations: 1\n")
		if strings.Contains(text, "Soup") || strings.Contains(text, " %") && strings.Contains(text, "answered") {
			t.Errorf("of an area it says what was counted for others:\n%s", text)
		}
		_, text, _, _ = a.annual("from", "2025")
		wants(t, "the card of the year before", text, "Annual report 2025", "2025-01-01 – 2025-12-31", "Observations: 1\n", "Events: Last year\n")
		_, text, _, _ = a.annual("from", "12.12.2026", "to", "12.12.2026")
		wants(t, "the card of a day", text, "Report\n", "Events: 1\nHobbies: 0\n")
	})
}

// A year without anything has a page too, with kind words.
func TestAnnual_nothing(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		for _, year := range []string{"2019", "2031", "1900"} {
			_, text, _, document := a.annual("from", year)
			wants(t, year, text, "Annual report "+year, "Events: 0\n", "Nothing has been held in this time yet.", "No poll results", "Nothing has been noted")
			if heard := spoken(t, document); !strings.Contains(heard, "Annual report "+year) {
				t.Errorf("the document says\n%s", heard)
			}
		}
		a.annual("from", "1900", "to", "2199") // many years become few bars
	})
}

// Of a poll that too few answered nothing is told: no share, and not how many.
func TestAnnual_tooFewAnswers(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		p := bankPoll(t, a.parts[:1], "rtn.1@1", "cls.together@1")
		a.answered(p, folk{a.parts[0], core.RatherNotSay, [][]int{{4, 3, 0}, {3, 2, 1, 1, 0}}})
		sealed := bankPoll(t, a.parts[:1], "cls.influence@1")
		a.sealed(sealed, folk{a.parts[0], core.RatherNotSay, [][]int{{30, 40, 1, 1, 2}}})
		_, text, _, document := a.annual()
		wants(t, "the card", text, "Polls: 2\n", "Too few answers to show")
		for what, text := range map[string]string{"the card": text, "the document": spoken(t, document)} {
			text = strings.ReplaceAll(text, "(95 %)", "")
			if strings.Contains(text, "%") || strings.Contains(text, "answered ·") || strings.Contains(text, "bout 7") || strings.Contains(text, question(t, sealed, 0)) {
				t.Errorf("%s tells of it:\n%s", what, text)
			}
		}
	})
}

// A question that was asked again is one line, with how it stood before.
func TestAnnual_series(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.waves([]int{40, 160, 0}, []int{1, 2, 0}, []int{160, 40, 0})
		_, text, _, _ := a.annual()
		if n := strings.Count(text, "Yes: "); n != 1 {
			t.Errorf("the question is there %d times:\n%s", n, text)
		}
		wants(t, "the card", text, "– Yes: 80 % (", "2026-09-09: 20 %", "2026-10-09: not shown", "Polls, about 400 answers: 3\n")
	})
}

// The page is in the language that is chosen, and the card in the reader's.
func TestAnnual_language(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		_, text, _, document := a.annual("report_language", "ar")
		wants(t, "the card", text, "Annual report 2026", "العربية")
		wants(t, "the document", spoken(t, document), "التقرير السنوي")
		if !bytes.Contains(document.Data, []byte("/Direction /R2L")) {
			t.Error("the Arabic page runs from left to right")
		}
		_, err := a.ask("export", wish("what", "annual", "report_language", "xx"))
		refusedWith(t, err, core.UnknownLanguage)
		resident := wish("what", "annual")
		resident.Roles = nil
		_, err = a.ask("export", resident)
		refusedWith(t, err, core.NeedsCoordinator)
	})
}

// A full year of long names in every language is one page and one message.
func TestAnnual_fits(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.busy()
		for i := range 12 {
			p := bankPoll(t, a.parts, "rtn.1@1", "cls.chat@1")
			p.Opens = a.now.AddDate(0, 0, i-20)
			p.Closes = p.Opens.Add(time.Hour)
			if i%3 == 0 {
				a.answered(p, folk{a.parts[0], core.RatherNotSay, [][]int{{20, 30, 4}, {10, 20, 20, 2, 2}}})
			}
			for _, kind := range []core.Kind{core.KindEvent, core.KindHobby, core.KindTraining, core.KindShift} {
				start := time.Date(2026, time.Month(i+1), 3, 16, 0, 0, 0, time.UTC)
				e := a.thing(core.Event{
					Kind: kind, Texts: map[string]core.Texts{"en": {Title: strings.Repeat("Yhteisruokailutalkoot ", 4) + strconv.Itoa(i), Tasks: []string{"cook"}}},
					Session: core.Session{Span: core.Span{Start: start, End: start.Add(time.Duration(i%5+1) * time.Hour)}},
				})
				a.signed(e, 0, 3+i*5%7, 0, 0, 0)
			}
			a.noted(a.parts[0], core.Domains()[i%4], core.Mood(i%5+1), a.now.Add(-time.Hour), 3+i)
		}
		for _, l := range tongues(t).Languages() {
			_, _, picture, document := a.annual("report_language", l.Tag)
			if _, err := png.Decode(bytes.NewReader(picture.Data)); err != nil {
				t.Error(err)
			}
			if len(picture.Data)+len(document.Data) > 1_500_000 {
				t.Errorf("%s: %d and %d bytes", l.Tag, len(picture.Data), len(document.Data))
			}
			if *pages == "" {
				continue
			}
			for _, f := range []commands.File{picture, document} {
				if err := os.WriteFile(filepath.Join(*pages, l.Tag+filepath.Ext(f.Name)), f.Data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// This year and the last are offered as the period.
func TestExport_years(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		offered := func(typed string) (values []string) {
			ask := wish("from", typed)
			ask.Focus = "from"
			choices, _, err := a.gate.Suggest(t.Context(), "export", ask)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range choices {
				values = append(values, c.Value)
			}
			return values
		}
		if got := offered(""); !slices.Equal(got, []string{"2026", "2025"}) {
			t.Errorf("offered: %v", got)
		}
		if got := offered("2025"); !slices.Equal(got, []string{"2025"}) {
			t.Errorf("offered for 2025: %v", got)
		}
		if got := offered("1.3."); len(got) > 0 {
			t.Errorf("offered for a day: %v", got)
		}
	})
}
