package locales

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func catalog(t testing.TB) *Catalog {
	t.Helper()
	c, err := Load(slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// small is a catalogue of a few languages that are not ours yet, to show what
// chains do; it keeps what it logs.
func small(t testing.TB) (*Catalog, *bytes.Buffer) {
	t.Helper()
	base, err := files.ReadFile("active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	from := fstest.MapFS{
		"active.en.toml": {Data: []byte(string(base) + `
["t.both"]
other = "both"
["t.only"]
other = "only English"
["t.hello"]
other = "Hello {{.Name}}!"
["t.places"]
one = "{{.Count}} place"
other = "{{.Count}} places"
["t.broken"]
other = "all right: {{.Name}}"
`)},
		"active.fi.toml": {Data: []byte(`
["t.both"]
other = "molemmat"
["t.finnish"]
other = "vain suomeksi"
["t.hello"]
other = "Moi {{.Name}}!"
["t.places"]
one = "{{.Count}} paikka"
other = "{{.Count}} paikkaa"
["t.broken"]
other = "rikki: {{.Nobody}}"
`)},
		"active.fi-simple.toml": {Data: []byte(`
["t.hello"]
other = "Hei {{.Name}}!"
`)},
		"active.se.toml": {Data: []byte(`
["t.both"]
other = "goappašagat"
`)},
		"active.ar.toml": {Data: []byte(`
["t.hello"]
other = "مرحبًا {{.Name}}!"
["t.places"]
zero = "لا أماكن"
one = "مكان واحد"
two = "مكانان"
few = "{{.Count}} أماكن"
many = "{{.Count}} مكانًا"
other = "{{.Count}} مكان"
`)},
		"active.fa.toml":    {Data: []byte("[\"t.both\"]\nother = \"هر دو\"\n")},
		"active.fa-AF.toml": {Data: []byte("[\"t.hello\"]\nother = \"سلام {{.Name}}!\"\n")},
	}
	log := &bytes.Buffer{}
	c, err := load(slog.New(slog.NewTextHandler(log, nil)), from, []row{
		{Language: Language{Tag: "fi", Dir: ltr}},
		{Language: Language{Tag: "fi-simple", Dir: ltr}, falls: []string{"fi"}},
		{Language: Language{Tag: "en", Dir: ltr}},
		{Language: Language{Tag: "se", Dir: ltr}},
		{Language: Language{Tag: "ar", Dir: rtl}},
		{Language: Language{Tag: "fa", Dir: rtl}},
		{Language: Language{Tag: "fa-AF", Dir: rtl}, falls: []string{"fa"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, log
}

func TestKnown(t *testing.T) {
	ours, _ := small(t)
	tests := map[string]struct {
		catalog *Catalog
		tag     string
		want    string
	}{
		"Discord's Swedish":               {catalog(t), "sv-SE", "sv"},
		"Discord's English":               {catalog(t), "en-GB", "en"},
		"Discord's other English":         {catalog(t), "en-US", "en"},
		"Finnish":                         {catalog(t), "fi", "fi"},
		"easy Finnish":                    {catalog(t), "fi-simple", "fi-simple"},
		"easy Finnish, shouted":           {catalog(t), "FI_Simple", "fi-simple"},
		"Finnish of a region":             {catalog(t), "fi-FI", "fi"},
		"Arabic of a region":              {catalog(t), "ar-EG", "ar"},
		"Standard Arabic":                 {catalog(t), "arb", "ar"},
		"Northern Sámi is not Swedish":    {catalog(t), "se", ""},
		"Northern Sámi, once we speak it": {ours, "se", "se"},
		"Northern Sámi of Sweden":         {ours, "se-SE", "se"},
		"Swedish, where we do not":        {ours, "sv-SE", ""},
		"Dari by its own code":            {ours, "prs", "fa-AF"},
		"Dari":                            {ours, "fa-AF", "fa-AF"},
		"Persian":                         {ours, "fa-IR", "fa"},
		"one we do not speak":             {catalog(t), "de", ""},
		"nothing":                         {catalog(t), "", ""},
		"nonsense":                        {catalog(t), "--", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := tt.catalog.Known(tt.tag); got != tt.want || ok != (tt.want != "") {
				t.Errorf("Known(%q) = %q, %v; want %q", tt.tag, got, ok, tt.want)
			}
		})
	}
}

func TestVoice_takesTheFirstLanguageThatHasTheText(t *testing.T) {
	c, _ := small(t)
	both, finnish, hello := Msg{ID: "t.both"}, Msg{ID: "t.finnish"}, Msg{ID: "t.hello", Data: Data{"Name": Quote("Aino")}}
	tests := map[string]struct {
		wishes []string
		text   Text
		want   string
	}{
		"the wish":                          {[]string{"fi"}, both, "molemmat"},
		"easy Finnish":                      {[]string{"fi-simple"}, hello, "Hei Aino!"},
		"Finnish never becomes easy":        {[]string{"fi"}, hello, "Moi Aino!"},
		"easy Finnish falls to Finnish":     {[]string{"fi-simple"}, both, "molemmat"},
		"and that before the second wish":   {[]string{"fi-simple", "se"}, both, "molemmat"},
		"a Sámi reader's own second choice": {[]string{"se", "fi"}, hello, "Moi Aino!"},
		"Sámi alone falls to English":       {[]string{"se"}, hello, "Hello Aino!"},
		"no wish":                           {nil, hello, "Hello Aino!"},
		"a wish we do not know":             {[]string{"", "xx", "fi"}, hello, "Moi Aino!"},
		"a text only the last one has":      {[]string{"se", "fi"}, finnish, "vain suomeksi"},
		"Dari falls to Persian":             {[]string{"prs"}, both, "هر دو"},
		"a broken translation":              {[]string{"fi"}, Msg{ID: "t.broken", Data: Data{"Name": 1}}, "all right: 1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.Voice(tt.wishes...).Say(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if v := c.Voice("prs"); v.Tag() != "fa-AF" || v.Dir() != rtl {
		t.Errorf("the voice is %s, %s", v.Tag(), v.Dir())
	}
	if v := c.Voice(); v.Tag() != "en" || v.Dir() != ltr {
		t.Errorf("the voice of no wish is %s, %s", v.Tag(), v.Dir())
	}
}

func TestSay_neverFails(t *testing.T) {
	c, log := small(t)
	v := c.Voice("fi")
	tests := map[string]struct {
		text Text
		want string
	}{
		"no such text":       {Msg{ID: "t.nowhere"}, "(t.nowhere)"},
		"no value":           {Msg{ID: "t.hello"}, "Moi …!"},
		"an empty quote":     {Msg{ID: "t.hello", Data: Data{"Name": Quote("")}}, "Moi …!"},
		"a quote of nothing": {Quote("\u202e\u200b"), "…"},
		"no number":          {Msg{ID: "t.places"}, "… paikkaa"},
		"a plain string":     {Msg{ID: "t.hello", Data: Data{"Name": "*Aino*"}}, `Moi \*Aino\*!`},
		"a struct":           {Msg{ID: "t.hello", Data: Data{"Name": struct{}{}}}, "Moi …!"},
		"nil":                {nil, ""},
		"no message":         {Msg{}, ""},
		"no lines":           {Lines{nil, Msg{}, Quote("")}, ""},
		"lines of no words":  {Lines{Quote("\u200b"), Msg{ID: "t.both"}}, "…\nmolemmat"},
		"lines":              {Lines{nil, Msg{ID: "t.both"}, Msg{}, Quote("a\nb")}, "molemmat\na\nb"},
		"nil in a list":      {Join{nil, Quote("a"), nil, Quote("b")}, "a and b"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for range 2 {
				if got := v.Say(tt.text); got != tt.want {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			}
		})
	}
	if got := (Voice{}).Say(Msg{ID: "t.both"}); got != "" {
		t.Errorf("a voice of nobody says %q", got)
	}
	for _, id := range []string{"t.nowhere", "t.places"} {
		if n := strings.Count(log.String(), id); n == 0 || n > 4 {
			t.Errorf("the log hears of %s %d times:\n%s", id, n, log)
		}
	}
	if strings.Contains(log.String(), "Aino") {
		t.Error("the log has what a person wrote")
	}
}

func TestSay_plurals(t *testing.T) {
	c, _ := small(t)
	tests := map[string]map[any]string{
		"fi": {0: "0 paikkaa", 1: "1 paikka", 2: "2 paikkaa", -1: "\u22121 paikka", int64(12345): "12,345 paikkaa", uint8(1): "1 paikka"},
		"ar": {
			0: "لا أماكن", 1: "مكان واحد", 2: "مكانان", 3: "\u20683\u2069 أماكن", 10: "\u206810\u2069 أماكن",
			11: "\u206811\u2069 مكانًا", 99: "\u206899\u2069 مكانًا", 100: "\u2068100\u2069 مكان", 1003: "\u20681,003\u2069 أماكن",
		},
	}
	for tag, cases := range tests {
		for n, want := range cases {
			if got := c.Voice(tag).Say(Msg{ID: "t.places", Data: Data{"Count": n}}); got != want {
				t.Errorf("%s: %v gives %q, want %q", tag, n, got, want)
			}
		}
	}
}

func helsinki(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestSay_times(t *testing.T) {
	zone := helsinki(t)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 12, day, hour, minute, 0, 0, zone) }
	evening := Span{at(12, 18, 0), at(12, 20, 0)}
	night := Span{at(12, 18, 0), at(13, 2, 30)}
	tests := map[string]map[Text]string{
		"en": {
			evening:                                "Saturday 12 December 2026, 18:00–20:00",
			Span{Start: evening.Start}:             "Saturday 12 December 2026, 18:00",
			night:                                  "Saturday 12 December 2026, 18:00 – Sunday 13 December 2026, 02:30",
			Brief(evening):                         "Sat 12 Dec, 18:00–20:00",
			Brief{Start: evening.Start}:            "Sat 12 Dec, 18:00",
			Span{at(12, 18, 0), at(13, 0, 0)}:      "Saturday 12 December 2026, 18:00–24:00",
			Span{evening.Start, evening.End.UTC()}: "Saturday 12 December 2026, 18:00–20:00",
			Stamp(evening.Start):                   "<t:1797091200:R>",
			Clock(9 * 60):                          "09:00",
			Days{at(14, 0, 0), at(20, 0, 0)}:       "Mon 14 Dec – Sun 20 Dec",
			Days{at(14, 0, 0), at(14, 0, 0)}:       "Mon 14 Dec",
		},
		"fi": {
			evening:                              "lauantaina 12. joulukuuta 2026 klo 18.00–20.00",
			Span{at(7, 9, 5), at(7, 9, 50)}:      "maanantaina 7. joulukuuta 2026 klo 9.05–9.50",
			Brief(evening):                       "la 12.12. klo 18–20",
			Brief{at(12, 18, 0), at(12, 20, 30)}: "la 12.12. klo 18–20.30",
			Brief{at(12, 18, 0), at(13, 0, 0)}:   "la 12.12. klo 18–24",
			Brief(night):                         "la 12.12. klo 18 – su 13.12. klo 2.30",
			Clock(9*60 + 5):                      "9.05",
			Days{at(14, 0, 0), at(20, 0, 0)}:     "ma 14.12. – su 20.12.",
		},
		"fi-simple": {
			evening:        "lauantaina 12. joulukuuta 2026 kello 18.00–20.00",
			Brief(evening): "lauantai 12.12. kello 18–20",
		},
		"sv": {
			evening:                         "lördag 12 december 2026 kl. 18:00–20:00",
			Span{at(7, 9, 5), at(7, 9, 50)}: "måndag 7 december 2026 kl. 09:05–09:50",
			Brief(evening):                  "lö 12.12 kl. 18–20",
		},
		"ar": {
			evening:        "السبت، 12 ديسمبر 2026، من الساعة \u206818:00\u2069 إلى \u206820:00\u2069",
			Clock(18 * 60): "\u206818:00\u2069",
			Brief(evening): "السبت 12 ديسمبر، من \u206818:00\u2069 إلى \u206820:00\u2069",
		},
	}
	for tag, cases := range tests {
		for text, want := range cases {
			if got := catalog(t).Voice(tag).Say(text); got != want {
				t.Errorf("%s: got %q, want %q", tag, got, want)
			}
		}
	}
	if got, want := catalog(t).Voice("fi").Plain(Stamp(evening.Start)), "lauantaina 12. joulukuuta 2026 klo 18.00"; got != want {
		t.Errorf("a stamp where there are none: %q, want %q", got, want)
	}
}

func TestSay_spanLikeStructs(t *testing.T) {
	type span struct{ Start, End time.Time } // as core has one
	at := time.Date(2026, 12, 12, 18, 0, 0, 0, time.UTC)
	got := catalog(t).Voice("en").Say(Refused("when_past", map[string]any{"When": span{Start: at}}))
	if !strings.Contains(got, "Saturday 12 December 2026, 18:00") {
		t.Errorf("got %q", got)
	}
}

func TestSay_lists(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "a, b and c", "fi": "a, b ja c", "sv": "a, b och c",
		"ar": "\u2068a\u2069، \u2068b\u2069 و\u2068c\u2069",
	} {
		if got := catalog(t).Voice(tag).Say(Join{Quote("a"), Raw("b"), Quote("c")}); got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func TestSay_bothDirectionsInALine(t *testing.T) {
	c, _ := small(t)
	hello := func(value any) Msg { return Msg{ID: "t.hello", Data: Data{"Name": value}} }
	tests := map[string]struct {
		tag  string
		text Text
		want string
	}{
		"Latin in Arabic":         {"ar", hello(Quote("Aino")), "مرحبًا \u2068Aino\u2069!"},
		"Arabic in Finnish":       {"fi", hello(Quote("ليلى")), "Moi \u2068ليلى\u2069!"},
		"Hebrew in Finnish":       {"fi", hello(Quote("דנה")), "Moi \u2068דנה\u2069!"},
		"Arabic in Arabic":        {"ar", hello(Quote("ليلى")), "مرحبًا ليلى!"},
		"mixed in Arabic":         {"ar", hello(Quote("ليلى 5")), "مرحبًا \u2068ليلى 5\u2069!"},
		"Finnish in Finnish":      {"fi", hello(Quote("Äiti")), "Moi Äiti!"},
		"an emoji in Finnish":     {"fi", hello(Quote("🎉")), "Moi 🎉!"},
		"an emoji in Arabic":      {"ar", hello(Quote("🎉")), "مرحبًا \u2068🎉\u2069!"},
		"a number in Arabic":      {"ar", hello(7), "مرحبًا \u20687\u2069!"},
		"a command in Arabic":     {"ar", hello(Raw("/events")), "مرحبًا \u2068/events\u2069!"},
		"a mention in Finnish":    {"fi", hello(Raw("<@12>")), "Moi \u2068<@12>\u2069!"},
		"lines in Arabic":         {"ar", hello(Quote("Aino\nليلى\nBo")), "مرحبًا \u2068Aino\u2069\n\u2068ليلى\u2069\n\u2068Bo\u2069!"},
		"English text in Arabic":  {"ar", hello(Msg{ID: "t.only"}), "مرحبًا \u2068only English\u2069!"},
		"Arabic text in Arabic":   {"ar", hello(Msg{ID: "t.places", Data: Data{"Count": 1}}), "مرحبًا مكان واحد!"},
		"a quote by itself":       {"ar", Quote("Aino"), "Aino"},
		"English message, Arabic": {"ar", Msg{ID: "t.broken", Data: Data{"Name": Quote("ليلى")}}, "all right: \u2068ليلى\u2069"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.Voice(tt.tag).Say(tt.text); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestLocalizations(t *testing.T) {
	got := catalog(t).Localizations("list.and")
	if len(got) != 2 || got["sv-SE"] == "" || got["fi"] == "" {
		t.Errorf("got %v, want Discord's locales of ours", got)
	}
	if got := catalog(t).Localizations("no.such"); len(got) != 0 {
		t.Errorf("got %v for a text that is not there", got)
	}
}

func TestLanguages_admitWhatNobodyHasReviewed(t *testing.T) {
	for _, l := range catalog(t).Languages() {
		if l.Reviewed {
			t.Errorf("%s is called reviewed: name the reviewer in the table, then change this test", l.Tag)
		}
	}
}

func TestLoad_refusesWhatASentenceCannotBe(t *testing.T) {
	base, err := files.ReadFile("active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"{{if .A}}x{{end}}", "{{printf .A}}", "{{.A.B}}", "{{.A", "{{.A | html}}", "{{$x := .A}}"} {
		from := fstest.MapFS{"active.en.toml": {Data: append(base, "\n[\"t.x\"]\nother = \""+text+"\"\n"...)}}
		if _, err := load(nil, from, []row{{Language: Language{Tag: "en", Dir: ltr}}}); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

// What is strong is in bold where there is markdown, with its words defused, and
// as it is elsewhere.
func TestVoice_strong(t *testing.T) {
	v := catalog(t).Voice("ar")
	text := Strong{Lines{Quote("a*b"), Quote("")}}
	if said, plain := v.Say(text), v.Plain(text); said != `**a\*b**` || plain != "a*b" {
		t.Errorf("said %q, plain %q", said, plain)
	}
	if said := v.Say(Strong{Quote("")}); said != "" {
		t.Errorf("nothing is %q", said)
	}
}
