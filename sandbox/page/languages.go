package page

import (
	"strings"
	"unicode"
)

// clientLanguage is a language that a Discord client can have.
type clientLanguage struct{ Locale, Name string }

// clientLanguages are all of them, by Discord's own list, each in its own
// words.
func clientLanguages() []clientLanguage {
	return []clientLanguage{
		{"id", "Bahasa Indonesia"},
		{"da", "Dansk"},
		{"de", "Deutsch"},
		{"en-GB", "English, UK"},
		{"en-US", "English, US"},
		{"es-ES", "Español"},
		{"es-419", "Español, LATAM"},
		{"fr", "Français"},
		{"hr", "Hrvatski"},
		{"it", "Italiano"},
		{"lt", "Lietuviškai"},
		{"hu", "Magyar"},
		{"nl", "Nederlands"},
		{"no", "Norsk"},
		{"pl", "Polski"},
		{"pt-BR", "Português do Brasil"},
		{"ro", "Română"},
		{"fi", "Suomi"},
		{"sv-SE", "Svenska"},
		{"vi", "Tiếng Việt"},
		{"tr", "Türkçe"},
		{"cs", "Čeština"},
		{"el", "Ελληνικά"},
		{"bg", "български"},
		{"ru", "Русский"},
		{"uk", "Українська"},
		{"hi", "हिन्दी"},
		{"th", "ไทย"},
		{"zh-CN", "中文"},
		{"ja", "日本語"},
		{"zh-TW", "繁體中文"},
		{"ko", "한국어"},
	}
}

// languageName is what a client language calls itself.
func languageName(locale string) string {
	for _, l := range clientLanguages() {
		if l.Locale == locale {
			return l.Name
		}
	}
	return locale
}

// languageOf guesses the language of a text: Arabic letters are Arabic, all
// else is what would be expected there.
func languageOf(text, expected string) string {
	arabic, letters := 0, 0
	for _, r := range text {
		switch {
		case r >= 0x0600 && r <= 0x06FF:
			arabic++
			letters++
		case r >= 'A':
			letters++
		}
	}
	if arabic*2 > letters {
		return "ar"
	}
	return expected
}

// direction is where a text runs, by the first letter that says so.
func direction(text string) string {
	for _, r := range text {
		switch {
		case r >= 0x0590 && r <= 0x08FF, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFF:
			return "rtl"
		case unicode.IsLetter(r):
			return "ltr"
		}
	}
	return "ltr"
}

// accepted is the first of the page's languages that a browser asks for.
func accepted(header string) string {
	for part := range strings.SplitSeq(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(tag, "-")
		switch base {
		case "en", "fi", "sv":
			return base
		}
	}
	return "en"
}
