package charts_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"talkoot/charts"
)

var pictures = flag.String("pictures", "", "folder to write the sample pictures to, for looking at them")

func part(tone charts.Tone, percent float64, text string) charts.Part {
	return charts.Part{Tone: tone, Percent: percent, Text: text}
}

func five(a, b, c, d, e float64, say func(float64) string) []charts.Part {
	return []charts.Part{
		part(charts.VeryUnfavourable, a, say(a)), part(charts.Unfavourable, b, say(b)), part(charts.Middle, c, say(c)),
		part(charts.Favourable, d, say(d)), part(charts.VeryFavourable, e, say(e)),
	}
}

func three(a, b, c float64, say func(float64) string) []charts.Part {
	return []charts.Part{
		part(charts.VeryUnfavourable, a, say(a)), part(charts.Middle, b, say(b)), part(charts.VeryFavourable, c, say(c)),
	}
}

func finnish(x float64) string { return number(x) + " %" }
func arabic(x float64) string  { return "\u2068" + number(x) + "٪\u2069" }

func number(x float64) string {
	digits := []byte{}
	for n := int(x); n > 0 || len(digits) == 0; n /= 10 {
		digits = append([]byte{byte('0' + n%10)}, digits...)
	}
	return string(digits)
}

func percents(say func(float64) string) []charts.Tick {
	return []charts.Tick{{At: 0, Text: say(0)}, {At: 50, Text: say(50)}, {At: 100, Text: say(100)}}
}

func samples() map[string]charts.Chart {
	return map[string]charts.Chart{
		"stacked_fi": {
			Title: "Miten meillä menee? Lieksa, syksy 2026", Subtitle: "Niistä noin 85 vastaajasta, jotka vastasivat", Lang: "fi",
			Footnote: "Vastanneet eivät ole kaikki asukkaat. Osuudet on pyöristetty viiteen prosenttiyksikköön, jotta ketään ei voi tunnistaa.",
			Figure: charts.Stacked{
				Keys: []charts.Key{
					{charts.VeryUnfavourable, "Täysin eri mieltä"},
					{charts.Unfavourable, "Jokseenkin eri mieltä"},
					{charts.Middle, "En samaa enkä eri mieltä"},
					{charts.Favourable, "Jokseenkin samaa mieltä"},
					{charts.VeryFavourable, "Täysin samaa mieltä"},
				},
				Rows: []charts.Row{
					{Label: "Useimpiin ihmisiin asuinalueellani voi luottaa", Note: "noin 85", Parts: five(5, 15, 20, 40, 20, finnish)},
					{Label: "Asuinalueellani ihmiset, joilla on erilainen tausta, tulevat hyvin toimeen keskenään ja auttavat toisiaan arjessa, kun apua tarvitaan", Note: "noin 80", Parts: five(25, 30, 25, 15, 5, finnish)},
					{Label: "Voin vaikuttaa asuinaluettani koskeviin päätöksiin", Note: "alle 10", Words: "Liian vähän vastauksia näytettäväksi"},
					{Label: "Tunnen oloni turvalliseksi, kun kävelen ulkona pimeällä", Note: "noin 85", Parts: three(20, 15, 65, finnish)},
					{Label: "Olen jutellut naapurin kanssa viime viikolla", Note: "noin 40", Parts: []charts.Part{{Tone: charts.VeryFavourable, Percent: 90, Text: "lähes kaikki", AtLeast: true}}},
				},
			},
		},
		"stacked_ar": {
			Title: "كيف حالنا؟ مدينة Lieksa، خريف 2026", Subtitle: "من بين حوالي 85 شخصاً أجابوا", Lang: "ar", RTL: true,
			Footnote: "من أجابوا ليسوا كل السكان. النسب مقرّبة إلى أقرب خمس نقاط حتى لا يمكن التعرف على أحد (TRUST 2016–2018).",
			Figure: charts.Stacked{
				Keys: []charts.Key{{charts.VeryUnfavourable, "لا أوافق"}, {charts.Middle, "لا أوافق ولا أعارض"}, {charts.VeryFavourable, "أوافق"}},
				Rows: []charts.Row{
					{Label: "يمكن الوثوق بمعظم الناس في منطقتي", Note: "حوالي 85", Parts: three(20, 20, 60, arabic)},
					{Label: "الناس من خلفيات مختلفة في منطقتي يتعاملون معاً بشكل جيد، ويساعد بعضهم بعضاً في الحياة اليومية عند الحاجة إلى المساعدة", Note: "حوالي 80", Parts: three(55, 25, 20, arabic)},
					{Label: "أستطيع التأثير على القرارات", Note: "أقل من 10", Words: "الإجابات قليلة جداً ولا يمكن عرضها"},
					{Label: "أشعر بالأمان عند المشي ليلاً", Note: "حوالي 85", Parts: three(5, 15, 80, arabic)},
				},
			},
		},
		"bars_fi": {
			Title: "Minä iltana talkoot?", Subtitle: "Noin 45 vastaajaa, sai valita monta", Lang: "fi",
			Footnote: "Väli kertoo vain sattuman osuuden.",
			Figure: charts.Bars{
				Interval: "95 prosentin luottamusväli", Ticks: percents(finnish),
				Rows: []charts.Bar{
					{Label: "Tiistai klo 18–20", Note: "noin 20", Value: 45, Low: 30, High: 60, Text: finnish(45)},
					{Label: "Keskiviikkoilta heti työpäivän jälkeen, lasten harrastusten kanssa samaan aikaan", Value: 5, Low: 0, High: 15, Text: finnish(5)},
					{Label: "Lauantai", Value: 95, Low: 85, High: 100, Text: finnish(95)},
					{Label: "Ei mikään näistä", Words: "Liian vähän vastauksia"},
				},
			},
		},
		"bars_ar": {
			Title: "كم مرة تحدثت مع جارك؟", Lang: "ar", RTL: true, Footnote: "المجال يبيّن دور الصدفة فقط.",
			Figure: charts.Bars{
				Soft: true, Interval: "مجال الثقة 95٪", Ticks: percents(arabic),
				Rows: []charts.Bar{
					{Label: "كل يوم", Note: "حوالي 20", Value: 45, Low: 30, High: 60, Text: arabic(45)},
					{Label: "كل أسبوع", Value: 35, Low: 20, High: 50, Text: arabic(35)},
					{Label: "أبداً", Value: 0, Low: 0, High: 10, Text: arabic(0)},
				},
			},
		},
		"series_fi": {
			Title: "Luottamus naapureihin, Oulu", Subtitle: "Samaa mieltä olevien osuus", Lang: "fi",
			Footnote: "Vastaajat vaihtuvat kerrasta toiseen: muutos voi johtua siitä, kuka vastasi.",
			Figure: charts.Series{
				Band: "Väli, jolla osuus todennäköisesti on", Ticks: percents(finnish),
				Waves: []charts.Wave{
					wave("tammikuu 2026", "n. 40", 55, 40, 70), wave("helmikuu 2026", "n. 60", 60, 45, 70),
					wave("maaliskuu 2026", "n. 30", 45, 30, 65),
					{Label: "huhtikuu 2026", Note: "liian vähän", Hidden: true},
					wave("toukokuu 2026", "n. 90", 70, 60, 80),
					{Label: "kesäkuu 2026", Note: "ei kyselyä", Hidden: true},
					wave("heinäkuu 2026", "n. 75", 65, 55, 75), wave("elokuu 2026", "n. 80", 100, 95, 100),
				},
			},
		},
		"series_ar": {
			Title: "الثقة بالجيران في مدينة Oulu", Lang: "ar", RTL: true, Footnote: "يتغير المجيبون من مرة إلى أخرى.",
			Figure: charts.Series{
				Band: "المجال المحتمل للنسبة", Ticks: percents(arabic),
				Waves: []charts.Wave{
					wave("يناير", "40", 55, 40, 70), wave("فبراير", "60", 60, 45, 70),
					{Label: "مارس", Note: "قليل جداً", Hidden: true},
					wave("أبريل", "90", 70, 60, 80), wave("مايو", "75", 65, 55, 75),
				},
			},
		},
		"stacked_zh": {
			Title: "邻里信任", Lang: "zh-Hans", Footnote: "TRUST 2026",
			Figure: charts.Stacked{
				Keys: []charts.Key{{charts.VeryUnfavourable, "不同意"}, {charts.Middle, "中立"}, {charts.VeryFavourable, "同意"}},
				Rows: []charts.Row{
					{Label: "大多数人值得信任", Note: "85", Parts: three(20, 20, 60, finnish)},
					{Label: "TRUST", Note: "80", Parts: three(55, 25, 20, finnish)},
					{Label: "我感到安全", Note: "85", Words: "回答太少"},
				},
			},
		},
	}
}

func wave(label, note string, value, low, high float64) charts.Wave {
	return charts.Wave{Label: label, Note: note, Value: value, Low: low, High: high, Text: finnish(value)}
}

// TestPictures writes the samples where they can be looked at, when asked to.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no -pictures")
	}
	painter := charts.New()
	all := largest()
	maps.Copy(all, samples())
	for name, chart := range all {
		pic, err := painter.Draw(chart)
		if err != nil {
			t.Fatal(name, err)
		}
		t.Log(name, pic.Width, pic.Height, len(pic.PNG), pic.Replaced)
		if err := os.WriteFile(filepath.Join(*pictures, name+".png"), pic.PNG, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, report := range reports() {
		made, err := painter.Report(report)
		if err != nil {
			t.Fatal(name, err)
		}
		t.Log(name, len(made.PNG), len(made.PDF), made.Replaced)
		for end, data := range map[string][]byte{".png": made.PNG, ".pdf": made.PDF} {
			if err := os.WriteFile(filepath.Join(*pictures, name+end), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
