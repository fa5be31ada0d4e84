package charts_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"image/png"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"talkoot/charts"
)

// streams are the unpacked parts of a PDF file.
func streams(t *testing.T, pdf []byte) (all []string) {
	t.Helper()
	for _, found := range regexp.MustCompile(`/Length (\d+)>>\nstream\n`).FindAllSubmatchIndex(pdf, -1) {
		n, _ := strconv.Atoi(string(pdf[found[2]:found[3]]))
		z, err := zlib.NewReader(bytes.NewReader(pdf[found[1] : found[1]+n]))
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
	}
	return all
}

// letters reads the text of a printed page back, in the order in which it is set: from left to right, line by line.
func letters(t *testing.T, pdf []byte) string {
	t.Helper()
	all := streams(t, pdf)
	meant := map[string]string{}
	var out strings.Builder
	for _, s := range all {
		for _, found := range regexp.MustCompile(`<([0-9a-f]{2})> <([0-9A-F]{4})>`).FindAllStringSubmatch(s, -1) {
			code, _ := strconv.ParseUint(found[2], 16, 32)
			meant[found[1]] = string(rune(code))
		}
	}
	for _, s := range all {
		if !strings.Contains(s, " Tj\n") {
			continue
		}
		for _, found := range regexp.MustCompile(`<([0-9a-f]{2})> Tj|ET Q`).FindAllStringSubmatch(s, -1) {
			if found[1] == "" {
				out.WriteByte('\n')
			}
			out.WriteString(meant[found[1]])
		}
	}
	return out.String()
}

// A printed page is the same however often it is made, small enough to send, and its text can be searched.
func TestReport(t *testing.T) {
	for name, report := range reports() {
		made := printed(t, report)
		if again := printed(t, report); !bytes.Equal(made.PNG, again.PNG) || !bytes.Equal(made.PDF, again.PDF) {
			t.Errorf("%s: made again it differs", name)
		}
		if len(made.PNG) > 300_000 || len(made.PDF) > 150_000 {
			t.Errorf("%s: %d and %d bytes", name, len(made.PNG), len(made.PDF))
		}
		if img, err := png.Decode(bytes.NewReader(made.PNG)); err != nil || img.Bounds().Dx() != made.Width || img.Bounds().Dy() != made.Height {
			t.Errorf("%s: %v", name, err)
		}
	}
	said := letters(t, printed(t, reports()["report_fi"]).PDF)
	for _, want := range []string{"Vuosiraportti 2026\n", "2 314\nkäyntiä\n", "70 % (55–80)\n", "Ensiapu\n", "Tehty 28.11.2026 · Talkoot\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("the document lacks %q:\n%s", want, said)
		}
	}
}

// The document can be read aloud: its language and title, its headings and paragraphs in order, and the words of its pictures.
func TestReport_tags(t *testing.T) {
	pdf := string(printed(t, reports()["report_ar"]).PDF)
	for _, want := range []string{
		"/Lang <FEFF00610072>", "/Marked true", "/Direction /R2L", "/Title <FEFF0627", "/S /H1", "/S /H2", "/S /P", "/S /Figure", "/Alt <FEFF",
	} {
		if !strings.Contains(pdf, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	page := strings.Join(streams(t, []byte(pdf)), "")
	if opened, closed := strings.Count(page, "BDC\n")+strings.Count(page, "BMC\n"), strings.Count(page, "EMC\n"); opened != closed || opened < 20 {
		t.Errorf("%d elements are opened and %d closed", opened, closed)
	}
	for n, found := range regexp.MustCompile(`(?m)^(\d{10}) 00000 n `).FindAllStringSubmatch(pdf, -1) {
		at, _ := strconv.Atoi(found[1])
		if want := strconv.Itoa(n+1) + " 0 obj"; !strings.HasPrefix(pdf[at:], want) {
			t.Errorf("%s is not where the table says", want)
		}
	}
}

// boxes are where a document paints boxes: x, y, width and height.
func boxes(t *testing.T, made charts.Print) (all [][4]int) {
	t.Helper()
	for _, s := range streams(t, made.PDF) {
		for _, found := range regexp.MustCompile(`(?m)^(\d+) (\d+) (\d+) (\d+) re f$`).FindAllStringSubmatch(s, -1) {
			var box [4]int
			for i, digits := range found[1:] {
				box[i], _ = strconv.Atoi(digits)
			}
			all = append(all, box)
		}
	}
	return all
}

// A page in a language that runs the other way is the mirror image of the same page, letters apart.
func TestReport_mirrored(t *testing.T) {
	r := reports()["report_fi"]
	mute := func(r charts.Report) charts.Report {
		bare := charts.Report{RTL: r.RTL, Lang: r.Lang}
		for range r.Numbers {
			bare.Numbers = append(bare.Numbers, charts.Number{})
		}
		for _, s := range r.Sections {
			switch f := s.Content.(type) {
			case charts.Columns:
				bare.Sections = append(bare.Sections, charts.Section{Half: true, Content: f})
			case charts.Counts:
				var rows []charts.Count
				for _, row := range f.Rows {
					rows = append(rows, charts.Count{Of: row.Of, Text: " "})
				}
				bare.Sections = append(bare.Sections, charts.Section{Half: true, Content: charts.Counts{Rows: rows}})
			case charts.Trends:
				bare.Sections = append(bare.Sections, charts.Section{Content: charts.Trends{{Text: " ", Waves: f[0].Waves}}})
			}
		}
		for i := range bare.Sections {
			if f, ok := bare.Sections[i].Content.(charts.Columns); ok {
				silent := make(charts.Columns, len(f))
				for j, c := range f {
					silent[j] = charts.Column{Value: c.Value, Text: " "}
				}
				bare.Sections[i].Content = silent
			}
		}
		return bare
	}
	one := mute(r)
	other := one
	other.RTL = true
	first, second := printed(t, one), printed(t, other)
	here, there := boxes(t, first), boxes(t, second)
	if len(here) < 40 || len(here) != len(there) {
		t.Fatalf("%d and %d boxes in the documents", len(here), len(there))
	}
	for i, b := range here {
		if b[0] = first.Width - b[0] - b[2]; b != there[i] {
			t.Fatalf("box %d of the document is at %v, not %v", i, there[i], b)
		}
	}
	left, err := png.Decode(bytes.NewReader(first.PNG))
	if err != nil {
		t.Fatal(err)
	}
	right, err := png.Decode(bytes.NewReader(second.PNG))
	if err != nil {
		t.Fatal(err)
	}
	box, differ, ink := left.Bounds(), 0, 0
	for y := range box.Dy() {
		for x := range box.Dx() {
			if far(left.At(x, y), right.At(box.Dx()-1-x, y)) {
				differ++
			}
			if r, _, _, _ := left.At(x, y).RGBA(); r < 0x8000 {
				ink++
			}
		}
	}
	if ink < 10_000 || differ > ink/100 {
		t.Errorf("%d of %d painted pixels are not mirrored", differ, ink)
	}
}

// However long the texts that people wrote, the page stays one page and nothing reaches over its edge.
func TestReport_longNames(t *testing.T) {
	long := strings.Repeat("Yhteisruokailutalkoot ", 30)
	for _, rtl := range []bool{false, true} {
		r := reports()["report_fi"]
		r.Title, r.Subtitle, r.Footnote, r.Made, r.RTL = long, long, long+long, long, rtl
		for i := range r.Numbers {
			r.Numbers[i] = charts.Number{Text: "12 345 678", Label: long}
		}
		for i, s := range r.Sections {
			r.Sections[i].Title, r.Sections[i].Note = long, long
			switch f := s.Content.(type) {
			case charts.Columns:
				for j := range f {
					f[j].Label, f[j].Text = long, long
				}
			case charts.Trends:
				for j := range f {
					f[j].Label, f[j].Note, f[j].Text = long, long, long
				}
			case charts.Counts:
				for j := range f.Rows {
					f.Rows[j].Label, f.Rows[j].Text = long, long
				}
				for j := range f.Keys {
					f.Keys[j].Text = long
				}
			case charts.List:
				for j := range f {
					f[j].Title = long
					for k := range f[j].Lines {
						f[j].Lines[k] = long
					}
				}
			}
		}
		img, err := png.Decode(bytes.NewReader(printed(t, r).PNG))
		if err != nil {
			t.Fatal(err)
		}
		const edge = 60
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if x >= edge && x < img.Bounds().Dx()-edge && y >= edge && y < img.Bounds().Dy()-edge {
					continue
				}
				if r, _, _, _ := img.At(x, y).RGBA(); r != 0xffff {
					t.Fatalf("paint on the edge at %d, %d", x, y)
				}
			}
		}
	}
}

// What the font cannot show is left out or numbered, and said to be.
func TestReport_otherLetters(t *testing.T) {
	made := printed(t, charts.Report{Title: "邻里信任", Sections: []charts.Section{{Title: "Done", Content: charts.List{{Lines: []string{"社区", "Chess"}}}}}})
	if len(made.Replaced) != 3 || made.Replaced[1] != (charts.Replaced{Mark: "1", Text: "社区"}) {
		t.Errorf("replaced: %v", made.Replaced)
	}
}

func TestReport_refuses(t *testing.T) {
	section := func(c charts.Content) charts.Report { return charts.Report{Sections: []charts.Section{{Content: c}}} }
	for name, r := range map[string]charts.Report{
		"nothing to show":    section(nil),
		"no column":          section(charts.Columns{}),
		"a number below 0":   section(charts.Columns{{Value: -1}}),
		"a share of 120 %":   section(charts.Trends{{Waves: []charts.Wave{{Value: 120}}}}),
		"a trend of nothing": section(charts.Trends{{}}),
		"an unknown tone":    section(charts.Counts{Rows: []charts.Count{{Of: map[charts.Tone]int{9: 1}}}}),
		"an endless list":    section(charts.List{{Lines: make([]string, 40)}}),
		"too many numbers":   {Numbers: make([]charts.Number, 9)},
	} {
		if _, err := charts.New().Report(r); !errors.Is(err, charts.ErrChart) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
