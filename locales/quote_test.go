package locales

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestSay_quotesAreOnlyText(t *testing.T) {
	tests := map[string]struct{ quote, want string }{
		"plain words":         {"Kahvit pihalla, klo 18–20!", "Kahvit pihalla, klo 18–20!"},
		"bold and the like":   {"*a* _b_ ~~c~~ ||d|| `e`", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`"},
		"a shrug":             {`¯\_(ツ)_/¯`, `¯\\\_(ツ)\_/¯`},
		"a heading":           {"# iso", `\# iso`},
		"a hash inside":       {"talo #3", "talo #3"},
		"small print":         {"-# pieni", `\-# pieni`},
		"a list":              {"- a\n* b\n1. c\n> d", "\\- a\n\\* b\n1\\. c\n\\> d"},
		"an indented list":    {"x\n  - a", "x\n  \\- a"},
		"a date":              {"12.12. klo 18", "12.12. klo 18"},
		"everyone":            {"@everyone @HERE @matti", "@\u2060everyone @\u2060HERE @matti"},
		"mentions":            {"<@1> <@&2> <#3> </a:4> <:e:5> <a:e:6> <t:7:R>", "\\<\u2060@1> \\<\u2060@&2> \\<\u2060#3> \\<\u2060/a:4> \\<\u2060:e:5> \\<\u2060a:e:6> \\<\u2060t:7:R>"},
		"a heart":             {"I <3 you", `I \<3 you`},
		"an address":          {"ks. https://talkoot.fi/a_b?c=*d.", "ks. <https://talkoot.fi/a_b?c=*d>."},
		"address in brackets": {"(https://fi.wikipedia.org/wiki/Talkoot_(työ))", "(<https://fi.wikipedia.org/wiki/Talkoot_(työ)>)"},
		"a masked link":       {"[vero.fi](https://evil.example/x)", `\[vero.fi\]\(<https://evil.example/x>)`},
		"an angled address":   {"<https://a.fi/b>", "\\<\u2060<https://a.fi/b>>"},
		"a mention in a path": {"https://a.fi/@everyone", "<https://a.fi/%40everyone>"},
		"half an address":     {"https://", "https://"},
		"empty lines":         {"a\n\n\n\n\nb", "a\n\nb"},
		"overrides":           {"abc\u202edef\u2066\u200f", "abcdef"},
		"invisible signs":     {"a\u200bb\u00adc\ufeffd\u2060e", "abcde"},
		"controls":            {"a\x00b\x1b[31mc", `ab\[31mc`},
		"a family":            {"👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3", "👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3"},
		"a joiner in a word":  {"a\u200db", "ab"},
	}
	v := catalog(t).Voice("en")
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := v.Say(Quote(tt.quote))
			if got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			harmless(t, got)
		})
	}
	if got := v.Plain(Quote("*a* <@1>\u202e # b")); got != "*a* <@1> # b" {
		t.Errorf("where there is no markdown nothing is escaped: %q", got)
	}
}

func TestClean(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"spaces around":          {"  a b \n", "a b"},
		"other line breaks":      {"a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		"spaces before a break":  {"a   \n   \n  \nb", "a\n\nb"},
		"one form of ä":          {"a\u0308", "ä"},
		"a tower of marks":       {"z" + strings.Repeat("\u0301", 50), "\u017a" + strings.Repeat("\u0301", 4)},
		"Vietnamese":             {"Tiếng Việt", "Tiếng Việt"},
		"vowelled Arabic":        {"اللُّغَةُ", "اللُّغَةُ"},
		"Persian with its break": {"می\u200cخواهم", "می\u200cخواهم"},
		"a break at the end":     {"می\u200c خواهم", "می خواهم"},
		"Thai":                   {"ที่นี่", "ที่นี่"},
		"broken bytes":           {"a\xffb", "a\ufffdb"},
		"a flag":                 {"\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"},
		"hidden tags":            {"a\U000e0067\U000e0062", "a"},
		"blank letters":          {"\u3164\u2800", ""},
		"wide spaces":            {"a\u3000b\tc", "a b c"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Clean(tt.in); got != norm.NFC.String(tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if got := CleanLine(" a\n\n b  c "); got != "a b c" {
		t.Errorf("on one line: %q", got)
	}
	if got := Len("äiti🎉"); got != 5 {
		t.Errorf("Len counts %d", got)
	}
}

var (
	address = regexp.MustCompile(`^<https?://[^\s<>]+>`)
	block   = regexp.MustCompile(`^[\s\x{2068}]*(#{1,3} |-# |[-*+] |\d+\. |>)`)
	mention = regexp.MustCompile(`(?i)@(everyone|here)|<(@|#|/|a?:|t:|id:)`)
)

// harmless reads what was said as Discord's client does, and finds what it
// would take for anything but text.
func harmless(t interface {
	Helper()
	Errorf(format string, args ...any)
}, said string,
) {
	t.Helper()
	for line := range strings.SplitSeq(said, "\n") {
		if open, ok := isolates(line); !ok || open != 0 {
			t.Errorf("controls of direction are not in pairs: %q", line)
		}
		if block.MatchString(line) {
			t.Errorf("a line begins like a block: %q", line)
		}
	}
	if mention.MatchString(said) {
		t.Errorf("holds a mention: %q", said)
	}
	if strings.Contains(said, "\n\n\n") {
		t.Errorf("two empty lines: %q", said)
	}
	for i := 0; i < len(said); i++ {
		switch said[i] {
		case '\\':
			if i+1 == len(said) || !unicode.In(rune(said[i+1]), unicode.Punct, unicode.Symbol) {
				t.Errorf("a backslash before nothing: %q", said)
			}
			i++
		case '<':
			n := len(address.FindString(strings.ToLower(said[i:])))
			if n == 0 {
				t.Errorf("an unescaped < in %q", said)
			}
			i += max(n-1, 0)
		case '*', '_', '~', '|', '`', '[', ']':
			t.Errorf("an unescaped %q in %q", said[i], said)
		}
	}
	for _, r := range said {
		if unicode.IsControl(r) && r != '\n' {
			t.Errorf("holds %U", r)
		}
	}
}

func FuzzQuote(f *testing.F) {
	for _, s := range []string{
		"", "a", "# x\n> y\n- z", "<@1><https://a.b/*>", "https://a.b/(c)_", "[a](https://b.c)[", "\\*\\", "@everyone", "<<<@here",
		"\u202e\u2066a\u2069", "مرحبا *x* שלום", "a\n\n\n\n# b", "1. a\n1) b", "👨\u200d👩", "z\u0301\u0302\u0303\u0304\u0305\u0306", "HTTP://A.B", "\xff\xfe", "\u0958\u093c",
		"https://https://a.fi", "x\n \n\n #", "a\u200b\n\n\nb", "1.\n1. ",
	} {
		f.Add(s)
	}
	c := catalog(f)
	voices := []Voice{c.Voice("en"), c.Voice("ar")}
	f.Fuzz(func(t *testing.T, s string) {
		clean := Clean(s)
		if again := Clean(clean); again != clean {
			t.Errorf("cleaned twice: %q, then %q", clean, again)
		}
		if line := CleanLine(s); strings.Contains(line, "\n") || CleanLine(line) != line {
			t.Errorf("on one line: %q", line)
		}
		for _, v := range voices {
			said := v.Say(Quote(s))
			harmless(t, said)
			if said == "" && s != "" {
				t.Errorf("%q says nothing", s)
			}
			harmless(t, v.Say(Join{Quote(s), Quote(s)}))
			// The texts of these have no markdown of their own.
			harmless(t, v.Say(Refused("when_wrong_weekday", map[string]any{"Typed": s, "When": time.Unix(0, 0).UTC()})))
			for line := range strings.SplitSeq(v.Plain(Quote(s)), "\n") {
				if open, ok := isolates(line); !ok || open != 0 {
					t.Errorf("plain: %q", line)
				}
			}
		}
	})
}

// TestSay_anyData says every text of the catalogues with values of all kinds,
// right and wrong: nothing panics, nothing is empty, isolates stay in pairs.
func TestSay_anyData(t *testing.T) {
	c := catalog(t)
	c.log = nil
	quiet, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"no.such"}
	for id := range c.byTag[english].texts {
		ids = append(ids, id)
	}
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.OneOf(
			rapid.Just[any](nil), rapid.Int().AsAny(), rapid.Uint64().AsAny(), rapid.Float64().AsAny(), rapid.String().AsAny(), rapid.Bool().AsAny(),
			rapid.Map(rapid.String(), func(s string) any { return Quote(s) }),
			rapid.Map(rapid.SliceOf(rapid.String()), func(all []string) any {
				var texts Lines
				for _, s := range all {
					texts = append(texts, Quote(s), nil, Msg{ID: s})
				}
				return Join{texts, Join(texts)}
			}),
			rapid.Map(rapid.Int64Range(-1<<40, 1<<40), func(n int64) any { return time.Unix(n, 0) }),
			rapid.Map(rapid.Int64Range(-1<<40, 1<<40), func(n int64) any { return Brief{time.Unix(n, 0), time.Unix(n/2, 0)} }),
			rapid.Map(rapid.Int64(), func(n int64) any { return Stamp(time.Unix(n, 0)) }),
			rapid.Just[any](&Data{}), rapid.Just[any](Msg{ID: "failure"}), rapid.Just[any]([]int{1}), rapid.Just[any]((*Data)(nil)),
		)
		id := rapid.SampledFrom(ids).Draw(t, "id")
		data := Data{}
		for _, name := range []string{"Count", "Ref", "When", "Typed", "After", "First", "Second", "Title", "Date", "Time", "From", "To"} {
			data[name] = values.Draw(t, name)
		}
		v := quiet.Voice(rapid.SampledFrom([]string{"en", "fi", "fi-simple", "sv", "ar", "xx"}).Draw(t, "tag"))
		for _, said := range []string{v.Say(Msg{ID: id, Data: data}), v.Plain(Msg{ID: id, Data: data})} {
			if said == "" {
				t.Errorf("nothing said")
			}
			for line := range strings.SplitSeq(said, "\n") {
				if open, ok := isolates(line); !ok || open != 0 {
					t.Errorf("isolates are not in pairs: %q", line)
				}
			}
		}
	})
}
