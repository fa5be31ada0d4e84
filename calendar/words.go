package calendar

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// kind is what a word does in a sentence about time.
type kind uint8

const (
	filler    kind = iota // adds nothing: "on", "från"
	clockWord             // an hour follows: "klo", "at"
	until                 // the end follows: "till"
	weekday               // value: 0 for Monday
	month                 // value: 1 for January
	relative              // value: days from today
	partOfDay             // part says which
	noon
	midnight
	modifier // value: a mod
	ordinal  // after a number: "12th"
	ofMonth  // between a number and its month: "12th of May"
	article  // before the number of a day: "the 12th"
	offset   // the distance from UTC follows
)

// part is the part of the day that an hour is said to lie in.
type part uint8

const (
	anyPart part = iota
	am
	pm
	morning
	midday
	afternoon
	evening
)

// hours gives the first and the last hour that may be called so.
func (p part) hours() (first, last int) {
	switch p {
	case am:
		return 0, 11
	case pm:
		return 12, 23
	case morning:
		return 4, 11
	case midday:
		return 11, 15
	case afternoon:
		return 12, 18
	case evening:
		return 16, 23
	default:
		return 0, 24
	}
}

// mod says which of the coming weeks a weekday is in.
type mod uint8

const (
	plain  mod = iota
	coming     // "this friday", as without it
	next       // "next friday": of the next calendar week
	thisWeek
	last
)

// languages is a set of them, one bit each in the order of vocabularies.
type languages uint16

const allLanguages = ^languages(0)

// meaning is what one word or phrase may stand for.
type meaning struct {
	kind  kind
	value int
	part  part
	langs languages
}

// vocabulary is how one language speaks of time. Each text holds phrases parted
// by commas, as people write them; letters are compared folded.
type vocabulary struct {
	code string
	// twelveHours: a bare "6" may well mean the evening.
	twelveHours bool
	weekdays    [7]string // Monday first
	months      [12]string
	// days are the day before yesterday, yesterday, today, tomorrow and the
	// day after tomorrow.
	days [5]string
	// dayParts are phrases for a day and a part of it in one, such as "tonight".
	dayParts []dayPart
	// weekdayParts are the same for weekdays.
	weekdayParts []dayPart
	parts        map[part]string
	mods         map[mod]string
	others       map[kind]string
}

type dayPart struct {
	day    int // from today, or from Monday
	part   part
	phrase string
}

// lexicon is all vocabularies by phrase.
type lexicon struct {
	meanings map[string][]meaning
	codes    map[string]languages
	twelve   languages // the languages of twelve hours
}

// words is the lexicon, made when somebody first types a time.
var words = sync.OnceValue(newLexicon) //nolint:gochecknoglobals // a table that never changes

// longestPhrase is how many words a phrase has at most.
const longestPhrase = 4

func vocabularies() []vocabulary {
	return []vocabulary{english(), finnish(), swedish(), arabic(), russian(), ukrainian(), estonian()}
}

func newLexicon() *lexicon {
	l := &lexicon{meanings: map[string][]meaning{}, codes: map[string]languages{}}
	for i, v := range vocabularies() {
		lang := languages(1) << i
		l.codes[v.code] = lang
		if v.twelveHours {
			l.twelve |= lang
		}
		for n, phrases := range v.weekdays {
			l.add(phrases, meaning{kind: weekday, value: n, langs: lang})
		}
		for n, phrases := range v.months {
			l.add(phrases, meaning{kind: month, value: n + 1, langs: lang})
		}
		for n, phrases := range v.days {
			l.add(phrases, meaning{kind: relative, value: n - 2, langs: lang})
		}
		for _, d := range v.dayParts {
			l.add(d.phrase, meaning{kind: relative, value: d.day, part: d.part, langs: lang})
		}
		for _, d := range v.weekdayParts {
			l.add(d.phrase, meaning{kind: weekday, value: d.day, part: d.part, langs: lang})
		}
		for p, phrases := range v.parts {
			l.add(phrases, meaning{kind: partOfDay, part: p, langs: lang})
		}
		for m, phrases := range v.mods {
			l.add(phrases, meaning{kind: modifier, value: int(m), langs: lang})
		}
		for k, phrases := range v.others {
			l.add(phrases, meaning{kind: k, langs: lang})
		}
	}
	l.add("utc, gmt, z", meaning{kind: offset, langs: allLanguages})
	l.add("h", meaning{kind: filler, langs: allLanguages})
	for _, meanings := range l.meanings { // maps were walked; be the same each time
		slices.SortFunc(meanings, func(a, b meaning) int {
			return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.value, b.value), cmp.Compare(a.part, b.part))
		})
	}
	return l
}

// add gives phrases a meaning. A meaning that several languages share is kept
// once, with all of them.
func (l *lexicon) add(phrases string, m meaning) {
	if phrases == "" {
		return
	}
	for phrase := range strings.SplitSeq(phrases, ",") {
		key := strings.Join(strings.Fields(fold(phrase)), " ")
		l.meanings[key] = merge(l.meanings[key], m)
	}
}

func merge(known []meaning, m meaning) []meaning {
	for i, k := range known {
		if k.kind == m.kind && k.value == m.value && k.part == m.part {
			known[i].langs |= m.langs
			return known
		}
	}
	return append(known, m)
}

// language is the set of the one language of a BCP 47 tag; it is empty for a
// language without a vocabulary.
func (l *lexicon) language(tag string) languages {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return l.codes[base]
}

// saysTwelveHours tells whether in words of these languages, typed by somebody
// whose language is own, an hour from 1 to 9 may be of the afternoon.
func (l *lexicon) saysTwelveHours(used, own languages) bool {
	if used == 0 || used&own != 0 {
		return own&l.twelve != 0
	}
	return used&l.twelve != 0
}
