package main

import (
	"time"

	"talkoot/sandbox"
)

// things are the example events, in the days after now. To the training people
// are checking in already.
func things(now time.Time) []thing {
	day := func(days int, hours string) string {
		return now.AddDate(0, 0, days).Format("2006-01-02") + " " + hours
	}
	return []thing{
		{
			town: 0, command: "event create", kind: "event",
			form: sandbox.Fields{
				"title": "Naapuruston soppatalkoot", "when": day(4, "17:00-20:00"), "where": "Hervannan vapaa-aikakeskus", "places": "30",
				"description": "Keitetään yhdessä keittoa ja syödään se samassa pöydässä. Kaikki ovat tervetulleita, ruoka on ilmaista.\n\nTuo mukaan vihanneksia, jos sinulla on niitä.",
			},
			language: "ar",
			other: sandbox.Fields{
				"title": "طبخ الحساء مع الجيران", "where": "مركز هيرفانتا الترفيهي",
				"description": "نطبخ الحساء معًا ونأكله على طاولة واحدة. الجميع مرحب بهم والطعام مجاني.",
			},
		},
		{
			town: 0, command: "shift create",
			form: sandbox.Fields{
				"title": "Soppatalkoiden vapaaehtoiset", "when": day(4, "15:00-21:00"), "where": "Hervannan vapaa-aikakeskus",
				"tasks": "Keittiö 2-4\nOvi 1\nSiivous 2-3", "description": "Keittiössä leikataan vihanneksia. Ovella toivotetaan ihmiset tervetulleiksi.",
			},
			language: "ar",
			other: sandbox.Fields{
				"title": "متطوعون لطبخ الحساء", "where": "مركز هيرفانتا الترفيهي", "tasks": "المطبخ\nالباب\nالتنظيف",
				"description": "في المطبخ نقطع الخضار، وعند الباب نرحب بالناس.",
			},
		},
		{
			town: 0, command: "event create", kind: "hobby",
			form: sandbox.Fields{
				"title": "Jalkapalloa kaikille", "when": day(2, "18:00-19:30"), "where": "Kalevan kenttä", "places": "2",
				"description": "Pelataan leikkimielisesti. Kenkiä saa lainaksi.",
			},
			language: "ar",
			other: sandbox.Fields{
				"title": "كرة القدم للجميع", "where": "ملعب كاليفا", "description": "نلعب من أجل المتعة. يمكن استعارة الأحذية.",
			},
		},
		{
			town: 0, command: "event create", kind: "training",
			form: sandbox.Fields{
				"title": "Ensiapu ja turvallisuus kotona", "when": now.Add(25 * time.Minute).Format("2006-01-02 15:04"), "where": "Pääkirjasto Metso", "places": "15",
				"description": "Opitaan, mitä tehdä ennen kuin apu tulee.",
			},
			host: sandbox.Fields{"host": "Tampereen Punainen Risti", "topic": "Palovammat ja kaatumiset"},
		},
		{
			town: 1, command: "event create", kind: "event",
			form: sandbox.Fields{
				"title": "Rajakaupungin lauluilta", "when": day(6, "18:00-20:00"), "where": "Tornion kaupunginkirjasto", "places": "",
				"description": "Lauletaan suomeksi, ruotsiksi ja muilla kielillä. Nuotteja ei tarvita.",
			},
			language: "sv",
			other: sandbox.Fields{
				"title": "Sångkväll i gränsstaden", "where": "Torneå stadsbibliotek",
				"description": "Vi sjunger på finska, svenska och andra språk. Inga noter behövs.",
			},
		},
		{
			town: 2, command: "event create", kind: "hobby",
			form: sandbox.Fields{
				"title": "Lukupiiri", "when": day(3, "17:30-19:00"), "where": "Lieksan kirjasto", "places": "12",
				"description": "Luetaan selkokielisiä kirjoja ja jutellaan niistä.",
			},
			language: "en",
			other: sandbox.Fields{
				"title": "Reading circle", "where": "Lieksa library", "description": "We read books in easy Finnish and talk about them.",
			},
		},
	}
}
