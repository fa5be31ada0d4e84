package charts_test

import (
	"testing"

	"talkoot/charts"
)

// reports are pages as Talkoot makes them: a full one of each direction, and one of a year in which nothing was.
func reports() map[string]charts.Report {
	fi := charts.Report{
		Title: "Vuosiraportti 2026", Subtitle: "Lieksa · Kaikki alueet · 1.1.2026–31.12.2026", Lang: "fi",
		Footnote: "Näin luet: käynti on ilmoittautuminen, joka oli voimassa tapahtuman alkaessa. Kyselyihin vastanneet eivät ole kaikki asukkaat, " +
			"eivätkä heidän vastauksensa kerro kaikista. Osuudet on pyöristetty viiteen prosenttiyksikköön, ja pienet luvut on jätetty pois, " +
			"jotta ketään ei voi tunnistaa. Havainnot ovat koordinaattorien omia muistiinpanoja.",
		Made: "Tehty 28.11.2026 · Talkoot",
		Numbers: []charts.Number{
			{"124", "tapahtumaa"},
			{"48", "harrastuskertaa"},
			{"9", "koulutusta"},
			{"2 314", "käyntiä"},
			{"87", "vapaaehtoisvuoroa"},
			{"1 040", "vapaaehtoistuntia"},
			{"6", "kyselyä, noin 540 vastausta"},
			{"63", "havaintoa"},
		},
	}
	var events, hours charts.Columns
	for i, label := range []string{"tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"} {
		events = append(events, charts.Column{Label: label, Text: number(float64(3 + i*7%19)), Value: float64(3 + i*7%19)})
		hours = append(hours, charts.Column{Label: label, Text: number(float64(40 + i*37%190)), Value: float64(40 + i*37%190)})
	}
	trend := func(label, note, text string, values ...float64) charts.Trend {
		t := charts.Trend{Label: label, Note: note, Text: text}
		for _, v := range values {
			t.Waves = append(t.Waves, charts.Wave{Hidden: v == 0, Value: v, Low: max(0, v-12), High: min(100, v+12)})
		}
		return t
	}
	mood := func(label, text string, n ...int) charts.Count {
		c := charts.Count{Label: label, Text: text, Of: map[charts.Tone]int{}}
		for i, n := range n {
			c.Of[charts.Tone(i)] = n
		}
		return c
	}
	keys := func(words ...string) (keys []charts.Key) {
		for i, w := range words {
			keys = append(keys, charts.Key{Tone: charts.Tone(i), Text: w})
		}
		return keys
	}
	fi.Sections = []charts.Section{
		{Title: "Tapahtumat kuukausittain", Half: true, Alt: "Tapahtumia kuukausittain: tammi 3, helmi 10", Content: events},
		{Title: "Vapaaehtoisten tunnit kuukausittain", Half: true, Alt: "Tunteja kuukausittain: tammi 40", Content: hours},
		{Title: "Miltä kunnassa tuntuu", Note: "Viiva: osuus kullakin kyselykerralla. Vaalea alue: 95 prosentin luottamusväli.", Alt: "Turvassa: 70 %", Content: charts.Trends{
			trend("Tunnen oloni turvalliseksi kotikulmillani iltaisinkin, kun kävelen yksin: Samaa mieltä", "Turvallisuus", "70 % (55–80)", 50, 55, 65, 70),
			trend("Useimpiin täällä asuviin voi luottaa: Samaa mieltä", "Asenteet", "55 % (40–65)", 60, 0, 55),
			trend("Olen jutellut naapurin kanssa viime viikon aikana: Kyllä", "Vuorovaikutus", "80 % (70–90)", 80),
			{Label: "Minua kuullaan asuinalueeni asioissa: Samaa mieltä", Note: "Osallisuus", Words: "Vastauksia on liian vähän: tarvitaan vähintään 10."},
			trend("Täällä on minulle paikka tavata muita: Samaa mieltä", "Vuorovaikutus", "Lähes kaikki", 75, 90),
		}},
		{Title: "Mitä kuultiin", Note: "Koordinaattorien havainnot aiheittain ja sävyittäin", Half: true, Alt: "Asenteet 24", Content: charts.Counts{
			Keys: keys("Hyvin kielteinen", "Kielteinen", "Neutraali", "Myönteinen", "Hyvin myönteinen"),
			Rows: []charts.Count{mood("Asenteet", "24", 3, 6, 5, 8, 2), mood("Turvallisuus", "17", 1, 5, 6, 4, 1), mood("Vuorovaikutus", "19", 0, 1, 4, 9, 5), mood("Osallisuus", "0")},
		}},
		{Title: "Mitä tehtiin", Note: "Tapahtumat, joihin tultiin eniten", Half: true, Content: charts.List{
			{"Tapahtumat", []string{"Soppatalkoot kylätalolla", "Joulupolku ja yhteislaulut torilla, koko perheen iltapäivä", "Naapurien päivä"}},
			{"Harrastukset", []string{"Shakki (×12)", "Kielikahvila (×30)"}},
			{"Koulutukset", []string{"Ensiapu"}},
			{"Vapaaehtoisvuorot", []string{"Keittiövuorot (×9)", "Läksykerho"}},
		}},
	}
	ar := charts.Report{
		Title: "التقرير السنوي 2026", Subtitle: "\u2068Lieksa\u2069 · كل المناطق · 2026", Lang: "ar", RTL: true,
		Footnote: "كيف تُقرأ هذه الصفحة: من أجابوا ليسوا كل السكان، والأعداد الصغيرة محجوبة حتى لا يُعرف أحد.", Made: "أُعدّ في 28.11.2026 · Talkoot",
		Numbers: []charts.Number{{"124", "فعالية"}, {"48", "هواية"}, {"9", "دورات"}, {"2,314", "زيارة"}, {"87", "نوبة تطوع"}},
		Sections: []charts.Section{
			{Title: "الفعاليات حسب الشهر", Half: true, Alt: "الفعاليات", Content: events[:6]},
			{Title: "ساعات التطوع", Half: true, Words: "لم تكن هناك نوبات تطوع هذا العام."},
			{Title: "كيف يشعر الناس", Note: "الخط: النسبة في كل مرة", Alt: "النسبة", Content: charts.Trends{
				trend("أشعر بالأمان في حيّي مساءً: موافق", "الأمان", "\u206870٪\u2069 (55–80)", 50, 55, 65, 70),
			}},
			{Title: "ما سُمع", Half: true, Alt: "المواقف 24", Content: charts.Counts{
				Keys: keys("سلبي جدًا", "سلبي", "محايد", "إيجابي", "إيجابي جدًا"), Rows: []charts.Count{mood("المواقف", "24", 3, 6, 5, 8, 2)},
			}},
			{Title: "ما تم عمله", Half: true, Content: charts.List{{"الفعاليات", []string{"حساء الحي", "Soppatalkoot kylätalolla"}}}},
		},
	}
	none := charts.Report{Title: "Annual report 2026", Subtitle: "Lieksa · all areas", Lang: "en", Footnote: "Small numbers are withheld.", Made: "Made on 28 Nov 2026"}
	for _, title := range []string{"Events by month", "Volunteers’ hours by month"} {
		none.Sections = append(none.Sections, charts.Section{Title: title, Half: true, Words: "Nothing yet. The first event of the year will stand here."})
	}
	return map[string]charts.Report{"report_fi": fi, "report_ar": ar, "report_none": none}
}

func printed(t testing.TB, r charts.Report) charts.Print {
	t.Helper()
	made, err := charts.New().Report(r)
	if err != nil {
		t.Fatal(err)
	}
	return made
}
