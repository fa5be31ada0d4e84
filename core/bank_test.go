package core_test

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"talkoot/core"
)

var update = flag.Bool("update", false, "add new items to the golden file; what is there already never changes")

var bankLocales = []string{"en", "fi", "fi-simple", "sv", "ar"}

// official lists the texts that were read in their source. To add to it, read
// the source and say in the item where.
var official = map[string][]string{
	"rtn.1": {"fi", "sv"}, "rtn.2": {"fi", "sv"}, "rtn.3": {"fi", "sv"}, "rtn.4": {"fi", "sv"}, "rtn.6": {"fi", "sv"}, "rtn.8": {"fi", "sv"},
	"ess.ppltrst": {"en"}, "ess.pplfair": {"en"}, "ess.pplhlp": {"en"}, "ess.aesfdrk": {"en"}, "ess.inmdisc": {"en"}, "ess.pltcare": {"en"},
}

// forbidden are the beginnings of what is never asked: origin, nationality,
// religion, language, status, health, party.
var forbidden = regexp.MustCompile(`(?i)\b(religio|nationality|ethnic|citizen|asylum|refugee|immigra|mother tongue|language|skin|disab|illness|sexual|party|voted` +
	`|uskonto|uskonno|kansalai|etni|turvapaik|pakolai|maahanmuut|äidinkiel|kieles|ihonvär|vammai|sairau|seksuaal|puolue|äänest` +
	`|medborgarskap|asyl|flykting|invandr|modersmål|hudfärg|funktionsned|sjukdom|partiet|röstat|etnisk)` +
	`|ديانة|الدين|جنسيت|عرق|لجوء|لاجئ|مهاجر|لغت|إعاقة|مرض|حزب|انتخاب`)

func loadBank(t *testing.T) *core.Bank {
	t.Helper()
	bank, err := core.LoadBank()
	if err != nil {
		t.Fatal(err)
	}
	return bank
}

func TestBank(t *testing.T) {
	bank := loadBank(t)
	items := bank.Items()
	if len(items) < 24 {
		t.Errorf("%d items, want 24 at least", len(items))
	}
	var byDomain []core.Item
	for _, domain := range core.Domains() {
		of := bank.ByDomain(domain)
		if len(of) < 5 {
			t.Errorf("%s: %d items, want 5 at least", domain, len(of))
		}
		byDomain = append(byDomain, of...)
	}
	if refs(items) != refs(byDomain) {
		t.Errorf("all in order:\n%s\nby domain:\n%s", refs(items), refs(byDomain))
	}
}

func refs(items []core.Item) (all string) {
	for _, item := range items {
		all += string(item.Ref()) + "\n"
	}
	return all
}

func TestBank_texts(t *testing.T) {
	for _, item := range append(loadBank(t).Items(), loadBank(t).Feedback()...) {
		t.Run(string(item.Ref()), func(t *testing.T) {
			if got := slices.Sorted(maps.Keys(item.Texts)); !slices.Equal(got, slices.Sorted(slices.Values(bankLocales))) {
				t.Fatalf("languages %v, want %v", got, bankLocales)
			}
			if len(official[item.ID]) > 0 && !strings.Contains(item.Source, "read") {
				t.Errorf("has official texts and does not say where they were read: %s", item.Source)
			}
			if item.ID == "rtn.9" && item.Scale != core.ScaleYesNo {
				t.Errorf("asks for more than yes or no: the grounds are special-category data")
			}
			easy := item.Texts["fi-simple"]
			for _, sentence := range regexp.MustCompile(`[.?!]`).Split(easy.Question+" "+easy.Note, -1) {
				if n := len(strings.Fields(sentence)); n > 15 {
					t.Errorf("easy Finnish: %d words, want 15 at most: %s", n, sentence)
				}
			}
			for locale, text := range item.Texts {
				if got, want := text.Status == core.Official, slices.Contains(official[item.ID], locale); got != want {
					t.Errorf("%s: official is %v, want %v", locale, got, want)
				}
				if (text.Note == "") != (item.Texts["en"].Note == "") {
					t.Errorf("%s: a note in this language or in English, and not in both", locale)
				}
				all := strings.Join(append([]string{text.Question, text.Note}, text.Answers...), "\n")
				if found := forbidden.FindString(all); found != "" {
					t.Errorf("%s asks about what is never asked: %q", locale, found)
				}
				for line := range strings.SplitSeq(all, "\n") {
					if line != "" && strings.ContainsAny(line, "اأويلن") != (locale == "ar") {
						t.Errorf("%s is in another script: %s", locale, line)
					}
					if line != strings.Join(strings.Fields(line), " ") {
						t.Errorf("%s: stray spaces in %q", locale, line)
					}
				}
			}
		})
	}
}

func TestBank_sets(t *testing.T) {
	bank := loadBank(t)
	seen := map[string]bool{}
	for _, set := range bank.Sets() {
		if seen[set.ID] {
			t.Errorf("two sets are called %s", set.ID)
		}
		seen[set.ID] = true
		var domains []core.Domain
		for _, ref := range set.Items {
			item, _ := bank.Item(ref)
			domains = append(domains, item.Domain)
			if !slices.ContainsFunc(bank.Items(), func(i core.Item) bool { return i.Ref() == ref }) {
				t.Errorf("set %s asks %s, which has a newer version", set.ID, ref)
			}
		}
		if set.ID == "one_per_domain" && !slices.Equal(domains, core.Domains()) {
			t.Errorf("one per domain is %v", domains)
		}
	}
	if !seen["one_per_domain"] || len(seen) < 3 {
		t.Errorf("sets %v", seen)
	}
}

// TestBank_frozen: what has been asked keeps its meaning. A change of words is a
// new version of the item; run with -update to add its lines. Lines that are
// there are never rewritten.
func TestBank_frozen(t *testing.T) {
	asked, err := os.ReadFile("testdata/items.golden")
	if err != nil {
		t.Fatal(err)
	}
	changed, added := thaw(string(asked), sums(loadBank(t)))
	for _, line := range changed {
		t.Errorf("changed or gone, make it a new version: %s", line)
	}
	if len(added) > 0 && *update {
		if err := os.WriteFile("testdata/items.golden", append(asked, strings.Join(added, "\n")+"\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if len(added) > 0 {
		t.Errorf("new, run with -update: %v", added)
	}
}

// sums has a line for each version of each item in each language:
// "rtn.1@1 fi 0123456789abcdef".
func sums(bank *core.Bank) []string {
	var lines []string
	for _, newest := range append(bank.Items(), bank.Feedback()...) {
		for newest.Version >= 1 {
			item, _ := bank.Item(newest.Ref()) // without texts when there is no such version
			newest.Version--
			for _, locale := range slices.Sorted(maps.Keys(item.Texts)) {
				text := item.Texts[locale]
				meaning := fmt.Sprintf("%q", []any{item.Domain, item.Scale, item.Favourable, text.Question, text.Note, text.Answers})
				lines = append(lines, fmt.Sprintf("%s %s %x", item.Ref(), locale, sha256.Sum256([]byte(meaning))))
			}
		}
	}
	return lines
}

// thaw compares what was asked with what is: the lines that are not there any
// more, and the lines of items or languages that are new.
func thaw(asked string, now []string) (changed, added []string) {
	known := map[string]bool{}
	for line := range strings.Lines(asked) {
		line = strings.TrimSpace(line)
		known[line[:strings.LastIndex(line, " ")]] = true
		if !slices.Contains(now, line) {
			changed = append(changed, line)
		}
	}
	for _, line := range now {
		if !known[line[:strings.LastIndex(line, " ")]] {
			added = append(added, line)
		}
	}
	return changed, added
}

// shelf is a bank of one file, edited.
func shelf(edit func(string) string) fstest.MapFS {
	item := `{"id": "a", "version": 1, "domain": "security", "scale": "yes_no", "favourable": "first", "evidence": "verified",
		"source": "A survey.", "licence": "Free.", "texts": {"en": {"question": "Safe?", "answers": ["Yes", "No"], "status": "official"}}}`
	files := fstest.MapFS{}
	for _, domain := range append(core.Domains(), core.Feedback) {
		files["items/"+string(domain)+".json"] = &fstest.MapFile{Data: []byte("[]")}
	}
	files["items/security.json"].Data = []byte(edit("[" + item + "]"))
	files["items/sets.json"] = &fstest.MapFile{Data: []byte(`[{"id": "s", "items": ["a@1"]}]`)}
	return files
}

func newVersion(s string) string {
	next := strings.NewReplacer(`"version": 1`, `"version": 2`, "Safe?", "Really safe?").Replace(s)
	return strings.TrimSuffix(s, "]") + "," + strings.TrimPrefix(next, "[")
}

func TestReadBank_versions(t *testing.T) {
	first, err1 := core.ReadBank(shelf(func(s string) string { return s }))
	both, err2 := core.ReadBank(shelf(newVersion))
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if old, there := both.Item("a@1"); !there || old.Texts["en"].Question != "Safe?" || refs(both.Items()) != "a@2\n" {
		t.Errorf("the first version is %v, %v; the newest are %q", old, there, refs(both.Items()))
	}
	asked := strings.Join(sums(first), "\n")
	if changed, added := thaw(asked, sums(both)); len(changed) != 0 || len(added) != 1 {
		t.Errorf("a new version: changed %v, added %v", changed, added)
	}
	for name, edit := range map[string][2]string{
		"other words": {"Safe?", "Really safe?"}, "another answer": {`"No"`, `"Never"`}, "a note": {`"answers"`, `"note": "Here.", "answers"`},
		"the other end": {`"first"`, `"last"`}, "another id": {`"id": "a"`, `"id": "b"`},
	} {
		files := shelf(func(s string) string { return strings.Replace(s, edit[0], edit[1], 1) })
		files["items/sets.json"].Data = []byte("[]")
		bank, err := core.ReadBank(files)
		if err != nil {
			t.Fatal(err)
		}
		if changed, _ := thaw(asked, sums(bank)); len(changed) != 1 {
			t.Errorf("%s without a new version: changed %v", name, changed)
		}
	}
}

func TestReadBank_refuses(t *testing.T) {
	long := strings.Repeat("ä", 201)
	tests := map[string][3]string{
		"no id":                           {`"id": "a"`, `"id": ""`, `id ""`},
		"a version before the first":      {`"version": 1`, `"version": 0`, `version 0`},
		"another domain than its file's":  {`"security"`, `"influence"`, `in the file of`},
		"an unknown scale":                {"yes_no", "stars", `scale "stars"`},
		"a coordinator's scale":           {"yes_no", "single", `scale "single"`},
		"no favourable end":               {`"first"`, `"none"`, `favourable end`},
		"no texts":                        {`{"en": {"question": "Safe?", "answers": ["Yes", "No"], "status": "official"}}`, `{}`, `no texts`},
		"unknown evidence":                {"verified", "sure", `evidence "sure"`},
		"no source":                       {"A survey.", "", `no source`},
		"no licence":                      {"Free.", "", `no licence`},
		"an unknown field":                {`"source"`, `"sauce": "", "source"`, `sauce`},
		"an unknown status":               {"official", "great", `status`},
		"official but second-hand":        {`"verified"`, `"second_hand"`, `official, and yet`},
		"no question":                     {"Safe?", "", `question`},
		"a question of 201 letters":       {"Safe?", long, `question`},
		"a note of 201 letters":           {`"answers"`, `"note": "` + long + `", "answers"`, `note`},
		"an answer of 56 letters":         {`"No"`, `"` + strings.Repeat("ä", 56) + `"`, `answer`},
		"an empty answer":                 {`"No"`, `""`, `answer`},
		"two answers alike":               {`"No"`, `"Yes"`, `answer`},
		"three answers to yes or no":      {`"No"`, `"No", "Well"`, `3 answers`},
		"two answers on four steps":       {"yes_no", "agree4", `agree4`},
		"two answers on five steps":       {"yes_no", "agree5", `agree5`},
		"two answers of frequency":        {"yes_no", "frequency", `frequency`},
		"seven answers of frequency":      {`"yes_no"`, `"frequency"`, `7 answers`},
		"other answers in another tongue": {`"yes_no"`, `"frequency"`, `another language`},
		"an item twice":                   {"", "", `twice`},
		"a set of an unknown item":        {`"version": 1`, `"version": 2`, `unknown item`},
		"a set of no items":               {`["a@1"]`, `[]`, `0 items`},
		"a set of six items":              {`["a@1"]`, `["a@1", "a@1", "a@1", "a@1", "a@1", "a@1"]`, `6 items`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			files := shelf(func(s string) string {
				switch name {
				case "an item twice":
					return strings.TrimSuffix(s, "]") + "," + strings.TrimPrefix(s, "[")
				case "seven answers of frequency":
					s = strings.Replace(s, `["Yes", "No"]`, `["1", "2", "3", "4", "5", "6", "7"]`, 1)
				case "other answers in another tongue":
					s = strings.Replace(s, `["Yes", "No"]`, `["1", "2", "3"]`, 1)
					s = strings.Replace(s, `"en":`, `"fi": {"question": "?", "answers": ["1", "2", "3", "4"], "status": "official"}, "en":`, 1)
				}
				return strings.Replace(s, tt[0], tt[1], 1)
			})
			if sets := files["items/sets.json"]; strings.HasPrefix(name, "a set of") {
				sets.Data = []byte(strings.Replace(string(sets.Data), tt[0], tt[1], 1))
			}
			if _, err := core.ReadBank(files); !strings.Contains(fmt.Sprint(err), tt[2]) {
				t.Errorf("got %v, want a word about %q", err, tt[2])
			}
		})
	}
}

// The guide has a row for the newest version of every item.
func TestBank_isInTheGuide(t *testing.T) {
	bank, err := core.LoadBank()
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile("../docs/polls.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range bank.Items() {
		row := fmt.Sprintf("| `%s` | %s |", item.Ref(), item.Domain)
		if text := string(guide); !strings.Contains(text, row) || !strings.Contains(text, "| "+item.Texts["en"].Question+" |") {
			t.Errorf("docs/polls.md has no row of %s, or another wording", item.Ref())
		}
	}
}
