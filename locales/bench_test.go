package locales

import (
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	i18ntemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// BenchmarkSay measures what a press pays for its words. "go-i18n" is the
// library's own way to say the same, with values that are strings already.
func BenchmarkSay(b *testing.B) {
	c := catalog(b)
	evening := time.Date(2026, 12, 12, 18, 0, 0, 0, helsinki(b))
	span := Span{evening, evening.Add(2 * time.Hour)}
	for name, text := range map[string]Text{
		"words":      Msg{ID: "refusal.when_too_long"},
		"one_value":  Msg{ID: "failure", Data: Data{"Ref": Raw("K7QM")}},
		"two_values": Msg{ID: "refusal.when_wrong_weekday", Data: Data{"Typed": Quote("su 12.12. klo 18"), "When": evening}},
		"quote":      Quote("Kahvit pihalla, tervetuloa! *Ota* oma kuppi."),
		"span":       span,
		"card":       Lines{Quote("Kahvit pihalla"), span, Quote("Kylätalo, Opintie 2"), Msg{ID: "refusal.when_past", Data: Data{"When": evening}}},
	} {
		for _, tag := range []string{"fi", "ar"} {
			v := c.Voice(tag)
			b.Run(name+"/"+tag, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					v.Say(text)
				}
			})
		}
	}
}

func BenchmarkVoice(b *testing.B) {
	c := catalog(b)
	b.ReportAllocs()
	for b.Loop() {
		c.Voice("fi-simple", "sv-SE", "fi")
	}
}

func BenchmarkGoI18n(b *testing.B) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for _, tag := range []string{"en", "fi", "sv", "ar"} {
		if _, err := bundle.LoadMessageFile("active." + tag + ".toml"); err != nil {
			b.Fatal(err)
		}
	}
	localizer := i18n.NewLocalizer(bundle, "fi")
	parser := &i18ntemplate.TextParser{Option: "missingkey=error"}
	for name, cfg := range map[string]*i18n.LocalizeConfig{
		"words":      {MessageID: "refusal.when_too_long", TemplateParser: parser},
		"one_value":  {MessageID: "failure", TemplateData: map[string]any{"Ref": "K7QM"}, TemplateParser: parser},
		"two_values": {MessageID: "refusal.when_wrong_weekday", TemplateData: map[string]any{"Typed": "su 12.12. klo 18", "When": "lauantaina 12. joulukuuta 2026 klo 18.00"}, TemplateParser: parser},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := localizer.Localize(cfg); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
