package commands_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// archive is a town in which reports are asked for.
type archive struct{ *town }

func newArchive(t *testing.T, store *storage.Store, room int) archive {
	t.Helper()
	a := archive{newTown(t, store)}
	a.gate = commands.NewGate(store, tongues(t).Languages(), commands.Export{
		Store: store, Catalog: tongues(t), Painter: a.painter.Painter, Languages: tongues(t).Languages(),
		Now: func() time.Time { return a.now }, Room: room,
	})
	return a
}

// wish is what a coordinator asks for, in pairs of an option and its value.
func wish(options ...string) commands.Ask {
	a := commands.Ask{Member: anna, Roles: []core.RoleID{helper}, Guild: village, Options: map[string]string{}}
	for i := 0; i+1 < len(options); i += 2 {
		a.Options[options[i]] = options[i+1]
	}
	return a
}

// tables gives the tables of a report as CSV, by the name of their file.
func (a archive) tables(ask commands.Ask) map[string][][]string {
	a.Helper()
	ask.Options["format"] = "csv"
	reply := a.must("export", ask)
	if len(reply.Files) != 1 {
		a.Fatalf("%d files with:\n%s", len(reply.Files), said(a, reply.Card))
	}
	f := reply.Files[0]
	if strings.HasSuffix(f.Name, ".csv") {
		return map[string][][]string{"": tableOf(a, f.Data)}
	}
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		a.Fatal(err)
	}
	all := map[string][][]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			a.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			a.Fatal(err)
		}
		all[f.Name] = tableOf(a, data)
	}
	return all
}

func tableOf(t testing.TB, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// wantRows compares a table with lines of cells between bars.
func wantRows(t testing.TB, what string, got [][]string, want ...string) {
	t.Helper()
	lines := make([]string, len(got))
	for i, row := range got {
		lines[i] = strings.Join(row, "|")
	}
	if !slices.Equal(lines, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// signed puts people on a slot of an event, so many of each state.
func (a archive) signed(e core.Event, slot int, going, maybe, waiting, left int) {
	a.Helper()
	a.write(func(tx *storage.Tx) error {
		sheets, err := tx.LockSheets(a.Context(), []core.SessionID{e.Session.ID}, nil, 0)
		if err != nil {
			return err
		}
		sheet := sheets[e.Session.ID]
		sheet.Changed = map[core.MemberID]core.SignUp{}
		for state, n := range map[core.SignUpState]int{core.Going: going, core.Maybe: maybe, core.Waiting: waiting, core.Cancelled: left} {
			for range n {
				sheet.Turn++
				member := core.MemberID(7000 + 100*slot + int(sheet.Turn))
				sheet.Changed[member] = core.SignUp{
					Session: e.Session.ID, Slot: e.Session.Slots[slot].ID, Guild: e.Guild, Member: member, State: state,
					Turn: sheet.Turn, Name: "Secret Name", Locale: "en",
				}
			}
		}
		return tx.SaveSheets(a.Context(), sheets)
	})
}

const (
	eventHeads = "Kind|Area|Title|Starts|Ends|Event cancelled|Places|Coming|Maybe|Waiting list|Signed up, then cancelled|Were there|Absent|Others who came|Host|Topic"
	shiftHeads = "Area|Title|Task|Starts|Ends|Event cancelled|Needed at least|Room for|Coming|Maybe|Waiting list|Signed up, then cancelled|Hours together|Were there|Absent|Hours of those who were there"
	pollHeads  = "Poll|Kind of poll|Question|Whose answers|Time asked|Opened|Closes|Answered (about)|Answer|Votes|Share, %|Likely from, %|Likely to, %|Share in words|Remark"
)

// came notes of people with a place on a slot whether they were there, and how
// many others came.
func (a archive) came(e core.Event, slot, attended, absent, others int) {
	a.Helper()
	a.write(func(tx *storage.Tx) error {
		people, err := tx.SignUps(a.Context(), e.Guild, e.Session.ID)
		if err != nil {
			return err
		}
		var ids []core.MemberID
		for _, u := range people {
			if u.State == core.Going && u.Slot == e.Session.Slots[slot].ID {
				ids = append(ids, u.Member)
			}
		}
		if _, err := tx.Mark(a.Context(), e.Guild, e.Session.ID, ids[:attended], core.Attended); err != nil {
			return err
		}
		if _, err := tx.Mark(a.Context(), e.Guild, e.Session.ID, ids[attended:attended+absent], core.Absent); err != nil {
			return err
		}
		return tx.SetWalkIns(a.Context(), e.Session.ID, others)
	})
}

// happened fills the year: what belongs into the report, and what does not.
func (a archive) happened() {
	a.Helper()
	a.write(func(tx *storage.Tx) error {
		return tx.ChangeArea(a.Context(), core.Area{Guild: village, ID: a.parts[2], Name: "Hill", Zone: "Europe/Stockholm"})
	})
	at := func(day, hour int) time.Time { return time.Date(2026, 12, day, hour, 0, 0, 0, time.UTC) }
	soup := a.thing(core.Event{
		Texts:   map[string]core.Texts{"en": {Title: "=Soup", Place: "The hall"}, "fi": {Title: "Soppa"}},
		Session: core.Session{Span: core.Span{Start: at(12, 16), End: at(12, 18)}, Slots: []core.Slot{{Most: 20}}},
	})
	a.signed(soup, 0, 3, 2, 1, 4)
	a.came(soup, 0, 2, 1, 4)
	a.thing(core.Event{Kind: core.KindHobby, Area: a.parts[2], Texts: titled("Chess"), Session: core.Session{Span: core.Span{Start: at(13, 16)}}})
	off := a.thing(core.Event{Kind: core.KindTraining, State: core.Withdrawn, Host: "Red Cross", Texts: map[string]core.Texts{"en": {Title: "First aid", Topic: "Burns"}}, Session: core.Session{Span: core.Span{Start: at(14, 16), End: at(14, 17)}}})
	a.signed(off, 0, 5, 0, 0, 0)
	kitchen := a.thing(core.Event{
		Kind: core.KindShift, Texts: map[string]core.Texts{"en": {Title: "Kitchen", Tasks: []string{"cook", "wash"}}},
		Session: core.Session{Span: core.Span{Start: at(12, 15), End: at(12, 17).Add(30 * time.Minute)}, Slots: []core.Slot{{Least: 2, Most: 4}, {Least: 1}}},
	})
	a.signed(kitchen, 0, 3, 0, 1, 1)
	a.came(kitchen, 0, 2, 0, 0)
	a.signed(kitchen, 1, 1, 1, 0, 0)
	open := a.thing(core.Event{
		Kind: core.KindShift, Texts: map[string]core.Texts{"en": {Title: "Open end", Tasks: []string{"carry"}}},
		Session: core.Session{Span: core.Span{Start: at(20, 15)}, Slots: []core.Slot{{Least: 1}}},
	})
	a.signed(open, 0, 2, 0, 0, 0)
	a.came(open, 0, 1, 0, 0)
	gone := a.thing(core.Event{
		Kind: core.KindShift, State: core.Withdrawn, Texts: map[string]core.Texts{"en": {Title: "Storm", Tasks: []string{"carry"}}},
		Session: core.Session{Span: core.Span{Start: at(21, 15), End: at(21, 19)}, Slots: []core.Slot{{Least: 1}}},
	})
	a.signed(gone, 0, 2, 0, 0, 0)

	a.thing(core.Event{State: core.Draft, Texts: titled("A draft"), Session: core.Session{Span: core.Span{Start: at(12, 10)}}})
	a.thing(core.Event{Guild: abroad, Texts: titled("Theirs"), Session: core.Session{Span: core.Span{Start: at(12, 10)}}})
	a.thing(core.Event{Texts: titled("Next year"), Session: core.Session{Span: core.Span{Start: time.Date(2026, 12, 31, 22, 0, 0, 0, time.UTC)}}}) // midnight in Helsinki
	a.thing(core.Event{Texts: titled("Last year"), Session: core.Session{Span: core.Span{Start: time.Date(2025, 12, 31, 21, 59, 59, 0, time.UTC)}}})
}

var (
	happenedEvents = []string{
		eventHeads,
		"Event|Village|'=Soup|2026-12-12 18:00|2026-12-12 20:00|no|20|3|2|1|4|2|1|4||",
		"Hobby|Hill|Chess|2026-12-13 17:00||no||0|0|0|0|||||",
		"Training|Village|First aid|2026-12-14 18:00|2026-12-14 19:00|yes||5|0|0|0||||Red Cross|Burns",
	}
	happenedShifts = []string{
		shiftHeads,
		"Village|Kitchen|cook|2026-12-12 17:00|2026-12-12 19:30|no|2|4|3|0|1|1|7.5|2||5",
		"Village|Kitchen|wash|2026-12-12 17:00|2026-12-12 19:30|no|1||1|1|0|0|2.5|||",
		"Village|Open end|carry|2026-12-20 17:00||no|1||2|0|0|0||1||",
		"Village|Storm|carry|2026-12-21 17:00|2026-12-21 21:00|yes|1||2|0|0|0|0|||",
	}
)

func TestExport(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.happened()
		all := a.tables(wish())
		wantRows(t, "events", all["events.csv"], happenedEvents...)
		wantRows(t, "shifts", all["shifts.csv"], happenedShifts...)
		wantRows(t, "polls", all["polls.csv"], pollHeads)
		if len(all) != len(commands.ReportParts())-1 { // "everything" has no table of its own
			t.Errorf("%d files", len(all))
		}
		wantRows(t, "one table", a.tables(wish("what", "shifts"))[""], happenedShifts...)
		wantRows(t, "one area", a.tables(wish("what", "events", "area", "hill"))[""], eventHeads, happenedEvents[2])
		wantRows(t, "a day", a.tables(wish("what", "events", "from", "13.12.", "to", "13.12."))[""], eventHeads, happenedEvents[2])

		card := said(t, a.must("export", wish()).Card)
		for _, line := range []string{
			"what began from 2026-01-01 to 2026-12-31. All areas.", "3 events, hobbies and trainings · 3 coming · 6 were there",
			"3 volunteer shifts · 6 coming · 10 hours", "It names nobody",
		} {
			if !strings.Contains(card, line) {
				t.Errorf("it does not say %q:\n%s", line, card)
			}
		}
		nothing := a.must("export", wish("from", "2019"))
		if text := said(t, nothing.Card); len(nothing.Files) > 0 || !strings.Contains(text, "Nothing began from 2019-01-01 to 2019-12-31") {
			t.Errorf("without anything: %d files and\n%s", len(nothing.Files), text)
		}
	})
}

// The report of another guild has nothing of this one, and no coordinator of
// another has a right here.
func TestExport_guilds(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.happened()
		theirs := wish("what", "events")
		theirs.Guild, theirs.Manages = abroad, true
		wantRows(t, "theirs", a.tables(theirs)[""], eventHeads, "Event|Abroad|Theirs|2026-12-12 12:00||no||0|0|0|0|||||")
		foreign := wish("area", core.Snowflake(a.parts[0]))
		foreign.Guild, foreign.Manages = abroad, true
		_, err := a.ask("export", foreign)
		refusedWith(t, err, core.WhichArea)
		resident := wish()
		resident.Roles = nil
		_, err = a.ask("export", resident)
		refusedWith(t, err, core.NeedsCoordinator)
	})
}

// No name, and no id of a person, is in any table.
func TestExport_namesNobody(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.happened()
		a.voted()
		for name, rows := range a.tables(wish()) {
			for _, row := range rows {
				for _, cell := range row {
					if strings.Contains(cell, "Secret Name") || cell == "900" || strings.HasPrefix(cell, "70") || strings.HasPrefix(cell, "71") {
						t.Errorf("%s has %q", name, row)
					}
				}
			}
		}
	})
}

func TestExport_workbook(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.happened()
		reader := wish("from", "2026")
		reader.Client = "ar"
		reply := a.must("export", reader)
		f := reply.Files[0]
		if f.Name != "talkoot-report-2026-01-01-2026-12-31.xlsx" {
			t.Errorf("the file is called %s", f.Name)
		}
		book, err := excelize.OpenReader(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = book.Close() }()
		arabic := tongues(t).Voice("ar")
		sheet := arabic.Plain(locales.Msg{ID: "export.sheet.events"})
		rows, err := book.GetRows(sheet)
		if err != nil || len(rows) != 4 {
			t.Fatalf("%q, %v, of %q", rows, err, book.GetSheetList())
		}
		if want := arabic.Plain(locales.Msg{ID: "export.head.kind"}); rows[0][0] != want {
			t.Errorf("the head is %q, want %q", rows[0][0], want)
		}
		if rows[1][2] != "=Soup" || rows[1][3] != "2026-12-12 18:00" || rows[2][3] != "2026-12-13 17:00" || rows[1][6] != "20" {
			t.Errorf("rows: %q", rows)
		}
		for cell, want := range map[string]excelize.CellType{"C2": excelize.CellTypeInlineString, "D2": excelize.CellTypeUnset, "G2": excelize.CellTypeUnset} {
			if got, err := book.GetCellType(sheet, cell); err != nil || got != want {
				t.Errorf("%s is of type %d, %v", cell, got, err)
			}
		}
		view, err := book.GetSheetView(sheet, 0)
		if err != nil || !*view.RightToLeft {
			t.Errorf("the sheet runs the wrong way: %v", err)
		}
	})
}

// A file that Discord would not take is refused, with the period to shorten.
func TestExport_tooLarge(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 250)
		a.happened()
		for _, ask := range []commands.Ask{wish(), wish("format", "csv"), wish("format", "csv", "what", "events")} {
			_, err := a.ask("export", ask)
			refusedWith(t, err, core.ExportTooLarge)
			if text := plain(t, refusalOf(t, err)); !strings.Contains(text, "2026-01-01") || !strings.Contains(text, "2026-12-31") || !strings.Contains(text, "talkoot export") {
				t.Errorf("it says: %s", text)
			}
		}
	})
}

func TestExport_periods(t *testing.T) {
	store := storagetest.Open(t, storagetest.SQLite(t))
	a := newArchive(t, store, 0)
	a.happened()
	tests := []struct{ from, to, first, last string }{
		{"", "", "2026-01-01", "2026-12-31"},
		{"2025", "", "2025-01-01", "2025-12-31"},
		{"2026-12", "", "2026-12-01", "2026-12-31"},
		{"2025", "2026", "2025-01-01", "2026-12-31"},
		{"", "2025", "2025-01-01", "2025-12-31"},
		{"", "15.12.2026", "2026-01-01", "2026-12-15"},
		{"1.12.2025", "", "2025-12-01", "2026-12-31"},
		{"1.12.2026", "5/2027", "2026-12-01", "2027-05-31"},
	}
	for _, tt := range tests {
		f := a.must("export", wish("from", tt.from, "to", tt.to)).Files
		if want := "talkoot-report-" + tt.first + "-" + tt.last + ".xlsx"; len(f) != 1 || f[0].Name != want {
			t.Errorf("from %q to %q: %v, want %s", tt.from, tt.to, f, want)
		}
	}
	for _, tt := range []struct {
		option, value string
		reason        core.Reason
	}{
		{"from", "whenever", core.DayUnclear},
		{"to", "31.2.2026", core.WhenNoSuchDay},
		{"to", "2025-12-31", ""},
		{"area", "Nowhere", core.WhichArea},
		{"what", "people", core.NotFound},
		{"format", "pdf", core.NotFound},
	} {
		_, err := a.ask("export", wish(tt.option, tt.value))
		refusedWith(t, err, tt.reason)
	}
	_, err := a.ask("export", wish("from", "2.3.2026", "to", "1.3.2026"))
	refusedWith(t, err, core.PeriodBackwards)
	if text := plain(t, refusalOf(t, err)); !strings.Contains(text, "from 2026-03-02 to 2026-03-01") {
		t.Errorf("it says: %s", text)
	}
}

// Areas are offered while one types.
func TestExport_Suggest(t *testing.T) {
	store := storagetest.Open(t, storagetest.SQLite(t))
	a := newArchive(t, store, 0)
	ask := wish("area", "h")
	ask.Focus = "area"
	choices, _, err := a.gate.Suggest(t.Context(), "export", ask)
	if err != nil || len(choices) != 2 || plain(t, choices[0].Label) != "Harbour" {
		t.Errorf("%v, %v", choices, err)
	}
}
