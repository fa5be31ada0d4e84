package locales

import "strings"

// Language is one of the languages that Talkoot speaks.
type Language struct {
	// Tag is the BCP 47 tag that we store and that names the catalogue.
	Tag string
	// Endonym is the language's name in itself.
	Endonym string
	// Dir is "ltr" or "rtl".
	Dir string
	// Reviewed tells whether somebody who grew up with the language has read
	// and mended all of its texts.
	Reviewed bool
}

// row is a line of the table of languages.
type row struct {
	Language
	// falls are the languages to try, in order, where a text is missing. English
	// comes last by itself.
	falls []string
	// aliases are other tags, in lower case, that mean this language. A tag's
	// own regions ("sv-FI") need none: they are found by cutting the tag short.
	aliases []string
	// discord are the locales under which Discord takes this language for the
	// names and descriptions of commands: of its 32 only.
	discord []string
}

// languages is the table, in the order in which people choose from it: the
// country's own languages first, then by the number of speakers in Finland. A
// new language is a row here and a file active.<tag>.toml.
//
// English has no Discord locale: it is what commands are called anyway.
func languages() []row {
	return []row{
		{Language: Language{Tag: "fi", Endonym: "Suomi", Dir: ltr}, discord: []string{"fi"}},
		{Language: Language{Tag: "fi-simple", Endonym: "Helppo suomi", Dir: ltr}, falls: []string{"fi"}},
		{Language: Language{Tag: "sv", Endonym: "Svenska", Dir: ltr}, discord: []string{"sv-SE"}},
		{Language: Language{Tag: "en", Endonym: "English", Dir: ltr}},
		{Language: Language{Tag: "ar", Endonym: "العربية", Dir: rtl}, aliases: []string{"arb"}},
	}
}

// stranger gives an alias that holds even where we do not speak the language
// itself, so that a tag falls to the right relative: Dari to Persian.
func stranger(tag string) string {
	switch tag {
	case "prs":
		return "fa-af"
	case "kmr":
		return "ku"
	}
	return ""
}

const (
	ltr     = "ltr"
	rtl     = "rtl"
	english = "en"
)

// find is the language that a tag means: the very tag first, then its aliases,
// then its parents. So "fi" is never easy Finnish, and "se", Northern Sámi, is
// never the "SE" of "sv-SE".
func (c *Catalog) find(tag string) *lang {
	if l := c.byTag[tag]; l != nil {
		return l
	}
	tag = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"))
	for tag != "" {
		if l := c.byTag[tag]; l != nil {
			return l
		}
		if other := stranger(tag); other != "" {
			tag = other
			continue
		}
		cut := strings.LastIndexByte(tag, '-')
		if cut < 0 {
			return nil
		}
		tag = tag[:cut]
	}
	return nil
}
