package locales

import (
	"crypto/sha1"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

var refresh = flag.String("hash", "", "write the hash of the English text into the translations of the keys that match this pattern")

// pages are the catalogues as their files have them: language, key, message.
type pages map[string]map[string]*i18n.Message

func readPages(t *testing.T) pages {
	t.Helper()
	all := pages{}
	for _, r := range languages() {
		name := "active." + r.Tag + ".toml"
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := i18n.ParseMessageFileBytes(data, name, map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[r.Tag] = map[string]*i18n.Message{}
		for _, m := range file.Messages {
			all[r.Tag][m.ID] = m
		}
	}
	return all
}

// each calls f with every text of every language in a definite order.
func (p pages) each(f func(tag, key string, m *i18n.Message)) {
	for _, tag := range slices.Sorted(maps.Keys(p)) {
		for _, key := range slices.Sorted(maps.Keys(p[tag])) {
			f(tag, key, p[tag][key])
		}
	}
}

func TestCatalogues_haveARowAndAFileEach(t *testing.T) {
	found, err := fs.Glob(files, "active.*.toml")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, r := range languages() {
		rows = append(rows, "active."+r.Tag+".toml")
		if r.Endonym == "" || r.Dir != ltr && r.Dir != rtl {
			t.Errorf("%s: the table has no endonym or no direction", r.Tag)
		}
		if tag, err := language.Parse(r.Tag); err != nil || tag.String() != r.Tag {
			t.Errorf("%s: not a tag in BCP 47's own spelling (%v, %v)", r.Tag, tag, err)
		}
	}
	slices.Sort(rows)
	if slices.Sort(found); !slices.Equal(rows, found) {
		t.Errorf("table: %v\nfiles: %v", rows, found)
	}
}

func TestCatalogues_haveTheSameKeys(t *testing.T) {
	all := readPages(t)
	key := regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$`)
	for id, m := range all[english] {
		if !key.MatchString(id) {
			t.Errorf("%s: a key is room.thing in lower case", id)
		}
		if m.Description == "" {
			t.Errorf("%s: translators need a description", id)
		}
	}
	for tag := range all {
		for _, id := range slices.Sorted(maps.Keys(all[english])) {
			if all[tag][id] == nil {
				t.Errorf("%s: %s is missing", tag, id)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(all[tag])) {
			if all[english][id] == nil {
				t.Errorf("%s: %s is not in the English catalogue", tag, id)
			}
		}
	}
}

// choices are the placeholders from which each language takes what it needs;
// all other texts must use just those of English.
func choices(id string) map[string]bool {
	switch id {
	case "format.date", "format.short.date":
		return set("Weekday", "Day", "Month", "Number", "Year")
	case "format.clock", "format.short.hour":
		return set("Hour", "Hour2", "Minute")
	}
	return nil
}

func set(names ...string) map[string]bool {
	s := map[string]bool{}
	for _, name := range names {
		s[name] = true
	}
	return s
}

func names(t *testing.T, src string) map[string]bool {
	t.Helper()
	tmpl, err := parseTemplate(src)
	if err != nil {
		t.Error(err)
		return nil
	}
	return set(tmpl.names...)
}

// allNames are the placeholders in any form of a message.
func allNames(t *testing.T, m *i18n.Message) map[string]bool {
	t.Helper()
	s := map[string]bool{}
	for _, src := range sources(m) {
		maps.Copy(s, names(t, src))
	}
	return s
}

func TestCatalogues_haveTheSamePlaceholders(t *testing.T) {
	all := readPages(t)
	all.each(func(tag, id string, m *i18n.Message) {
		src := all[english][id]
		if src == nil {
			return
		}
		want := allNames(t, src)
		if counted(m) && !want["Count"] && tag != english {
			t.Errorf("%s: %s has plural forms, but the English text has no {{.Count}}", tag, id)
		}
		for form, src := range sources(m) {
			if src == "" {
				continue
			}
			got := names(t, src)
			for name := range got {
				if !want[name] && !choices(id)[name] {
					t.Errorf("%s: %s: nobody gives it {{.%s}}", tag, id, name)
				}
			}
			for name := range want {
				// "One place is free" needs no 1.
				free := name == "Count" && counted(m) && form != few && form != many
				if !got[name] && !free && choices(id) == nil {
					t.Errorf("%s: %s does not say {{.%s}}: %q", tag, id, name, src)
				}
			}
		}
	})
}

func counted(m *i18n.Message) bool {
	for form, src := range sources(m) {
		if src != "" && form != other {
			return true
		}
	}
	return false
}

func TestCatalogues_haveEveryPluralForm(t *testing.T) {
	all := readPages(t)
	forms := map[string]map[int]bool{}
	for tag := range all {
		forms[tag] = formsOf(t, tag)
	}
	if got := forms["ar"]; len(got) != 6 {
		t.Fatalf("Arabic has six forms, found %v", got)
	}
	all.each(func(tag, id string, m *i18n.Message) {
		english := all[english][id]
		need := map[int]bool{other: true}
		if counted(m) || english != nil && counted(english) {
			need = forms[tag]
		}
		for form, src := range sources(m) {
			if need[form] && src == "" {
				t.Errorf("%s: %s has no form %q", tag, id, formNames[form])
			}
			if !need[form] && src != "" {
				t.Errorf("%s: %s has the form %q, which the language does not use", tag, id, formNames[form])
			}
		}
	})
}

var formNames = [6]string{zero: "zero", one: "one", two: "two", few: "few", many: "many", other: "other"}

// formsOf asks go-i18n's rules with numbers of every kind.
func formsOf(t *testing.T, tag string) map[int]bool {
	t.Helper()
	lang := language.MustParse(tag)
	p, err := pluralsOf(i18n.NewBundle(lang), lang)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[int]bool{other: true}
	for n := range int64(1201) {
		forms[p.ask(n)] = true
	}
	forms[p.ask(1_000_000)] = true
	for _, n := range []string{"0.0", "0.1", "0.5", "1.0", "1.1", "1.5", "2.0", "5.0", "10.0", "10.5", "11.0"} {
		got, err := p.rules.Localize(&i18n.LocalizeConfig{MessageID: formID, PluralCount: n})
		if err != nil {
			t.Fatal(err)
		}
		form, _ := strconv.Atoi(got)
		forms[form] = true
	}
	return forms
}

func TestCatalogues_differFromEnglish(t *testing.T) {
	all := readPages(t)
	data, err := os.ReadFile("same.txt")
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[[2]string]bool{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		words := strings.Fields(line)
		if len(words) < 3 {
			t.Errorf("same.txt: %q wants a language, a key and a reason", strings.TrimSpace(line))
			continue
		}
		allowed[[2]string{words[0], words[1]}] = true
	}
	same := map[[2]string]bool{}
	all.each(func(tag, id string, m *i18n.Message) {
		if src := all[english][id]; tag != english && src != nil && m.Other == src.Other {
			same[[2]string{tag, id}] = true
		}
	})
	for _, at := range slices.SortedFunc(maps.Keys(same), compare) {
		if !allowed[at] {
			t.Errorf("%s: %s is still in English (if that is right, say why in same.txt)", at[0], at[1])
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(allowed), compare) {
		if !same[at] {
			t.Errorf("same.txt: %s %s is not the same as in English, or not there", at[0], at[1])
		}
	}
}

func compare(a, b [2]string) int { return slices.Compare(a[:], b[:]) }

// TestFresh keeps a translation from outliving the English text that it was
// made from: each carries that text's hash, as "goi18n merge" writes it.
//
// Whoever has brought translations up to date writes their hashes with
//
//	go test ./locales -run TestFresh -args -hash '^event\.'
func TestFresh(t *testing.T) {
	all := readPages(t)
	if *refresh != "" {
		writeHashes(t, all, regexp.MustCompile(*refresh))
		return
	}
	all.each(func(tag, id string, m *i18n.Message) {
		src := all[english][id]
		switch {
		case tag == english || src == nil || m.Hash == hashOf(src):
		case m.Hash == "":
			t.Errorf("%s: %s does not tell which English text it was made from: hash = %q", tag, id, hashOf(src))
		default:
			t.Errorf("%s: %s was made from an older English text; mend it, then set hash = %q", tag, id, hashOf(src))
		}
	})
}

// hashOf is the hash that goi18n gives to a source text.
func hashOf(m *i18n.Message) string {
	return fmt.Sprintf("sha1-%x", sha1.Sum([]byte(m.Description+m.Other)))
}

func writeHashes(t *testing.T, all pages, keys *regexp.Regexp) {
	t.Helper()
	header := regexp.MustCompile(`^\["?([a-z0-9_.]+)"?\]\s*$`)
	for tag := range all {
		if tag == english {
			continue
		}
		name := "active." + tag + ".toml"
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		hashing := false
		for line := range strings.Lines(string(data)) {
			if m := header.FindStringSubmatch(line); m != nil {
				src := all[english][m[1]]
				if hashing = src != nil && keys.MatchString(m[1]); hashing {
					line += fmt.Sprintf("hash = %q\n", hashOf(src))
				}
			} else if hashing && strings.HasPrefix(line, "hash = ") {
				continue
			}
			out.WriteString(line)
		}
		if out.String() == string(data) {
			continue
		}
		if err := os.WriteFile(name, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("wrote %s", name)
	}
}

func TestCatalogues_areCleanText(t *testing.T) {
	readPages(t).each(func(tag, id string, m *i18n.Message) {
		for _, src := range sources(m) {
			at := tag + ": " + id
			if src != strings.TrimSpace(src) && id != "format.group" {
				t.Errorf("%s begins or ends with space", at)
			}
			if strings.Contains(src, "...") {
				t.Errorf("%s: write …, not three dots", at)
			}
			if !norm.NFC.IsNormalString(src) {
				t.Errorf("%s is not in the form NFC", at)
			}
			for line := range strings.Lines(src) {
				if open, ok := isolates(line); !ok || open != 0 {
					t.Errorf("%s: isolates are not in pairs within a line: %q", at, line)
				}
			}
			for _, r := range src {
				if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) && r != '\u2068' && r != '\u2069' || r == '\ufffd' {
					t.Errorf("%s holds %U", at, r)
				}
			}
		}
	})
}

// isolates counts the isolates left open in s; not ok is one closed too many,
// or any other control of direction.
func isolates(s string) (open int, ok bool) {
	for _, r := range s {
		switch {
		case r == '\u2068':
			open++
		case r == '\u2069':
			if open--; open < 0 {
				return open, false
			}
		case unicode.Is(unicode.Bidi_Control, r):
			return open, false
		}
	}
	return open, true
}

// TestCatalogues_keepTheLimits holds every language to what the English
// description says: [max 45], [name].
func TestCatalogues_keepTheLimits(t *testing.T) {
	all := readPages(t)
	limit := regexp.MustCompile(`\[max (\d+)\]`)
	name := regexp.MustCompile(`^[-_'\p{L}\p{M}\p{N}]{1,32}$`)
	all.each(func(tag, id string, m *i18n.Message) {
		src := all[english][id]
		if src == nil {
			return
		}
		for _, text := range sources(m) {
			if text == "" {
				continue
			}
			if found := limit.FindStringSubmatch(src.Description); found != nil {
				bound, _ := strconv.Atoi(found[1])
				tmpl, err := parseTemplate(text)
				if err != nil {
					continue
				}
				literal := strings.Join(tmpl.words, "")
				if n := Len(literal); n > bound {
					t.Errorf("%s: %s has %d characters, at most %d fit: %q", tag, id, n, bound, literal)
				}
				if strings.ContainsAny(literal, "*`\n") || strings.Contains(literal, "__") || strings.Contains(literal, "~~") {
					t.Errorf("%s: %s stands where Discord shows no markdown: %q", tag, id, literal)
				}
			}
			if strings.Contains(src.Description, "[name]") && (!name.MatchString(text) || strings.ToLower(text) != text) {
				t.Errorf("%s: %s cannot be the name of a command: %q", tag, id, text)
			}
		}
	})
}

// TestEasyFinnish checks what a machine can of the hints of Selkokeskus. It
// cannot tell that a text is easy, only that it surely is not.
func TestEasyFinnish(t *testing.T) {
	sentence := regexp.MustCompile(`[.!?:…]+(\s+|$)`)
	code := regexp.MustCompile("`[^`]*`|\\{\\{[^}]*\\}\\}")
	short := regexp.MustCompile(`(?i)(^|[\s(])(esim|ym|yms|jne|mm|ns|ks|n|nk|puh|os|klo|max|min|tod|eli\.|ts|vrt)\.?([\s,.)]|$)`)
	passive := regexp.MustCompile(`(?i)\pL{2,}(taan|tään|daan|dään|ttiin|naan|nään|laan|lään|raan|rään)$`)
	all := readPages(t)
	for _, id := range slices.Sorted(maps.Keys(all["fi-simple"])) {
		if strings.HasPrefix(id, "format.") {
			continue
		}
		for _, text := range sources(all["fi-simple"][id]) {
			if short.MatchString(code.ReplaceAllString(text, "X")) {
				t.Logf("%s: an abbreviation: %q", id, text)
			}
			for line := range strings.SplitSeq(text, "\n") {
				for _, s := range sentence.Split(code.ReplaceAllString(line, "X"), -1) {
					words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '.' })
					switch n := len(words); {
					case n > 15:
						t.Errorf("%s: %d words in a sentence, at most 15: %q", id, n, s)
					case n > 12:
						t.Logf("%s: %d words in a sentence, better 12: %q", id, n, s)
					}
					if strings.Count(s, ",") > 1 {
						t.Logf("%s: more than one comma: %q", id, s)
					}
					for _, w := range words {
						if Len(w) > 20 {
							t.Logf("%s: a long word: %q", id, w)
						}
						if passive.MatchString(w) {
							t.Logf("%s: a passive? %q", id, w)
						}
					}
				}
			}
		}
	}
}
