package calendar

import "strings"

// inflect puts each ending on a stem, which stands for itself too.
func inflect(stem, endings string) string {
	var b strings.Builder
	b.WriteString(stem)
	for ending := range strings.FieldsSeq(endings) {
		b.WriteString("," + stem + ending)
	}
	return b.String()
}

// inParts makes one phrase of each weekday's name and each ending for a part of
// the day.
func inParts(endings map[part]string, weekdays ...string) []dayPart {
	var all []dayPart
	for n, weekday := range weekdays {
		for p, phrases := range endings {
			for ending := range strings.FieldsSeq(phrases) {
				all = append(all, dayPart{n, p, weekday + ending})
			}
		}
	}
	return all
}

func finnish() vocabulary {
	// Not -sin: "perjantaisin" is every Friday.
	const day, moon = "n na ta sta hin ksi lle", "n ta ssa ksi"
	month := func(stem string) string { return stem + "," + inflect(stem+"kuu", moon) }
	return vocabulary{
		code: "fi",
		weekdays: [7]string{
			"ma," + inflect("maanantai", day),
			"ti," + inflect("tiistai", day),
			"ke, keskiviikko, keskiviikon, keskiviikkona, keskiviikkoa, keskiviikosta, keskiviikkoon, keskiviikoksi, keskiviikolle",
			"to," + inflect("torstai", day),
			"pe," + inflect("perjantai", day),
			"la," + inflect("lauantai", day),
			"su," + inflect("sunnuntai", day),
		},
		months: [12]string{
			month("tammi"), month("helmi"), month("maalis"), month("huhti"), month("touko"), month("kesä"),
			month("heinä"), month("elo"), month("syys"), month("loka"), month("marras"), month("joulu"),
		},
		days: [5]string{
			"toissapäivänä", "eilen", "tänään, tänä päivänä", "huomenna, huomiselle, huomisesta", "ylihuomenna, ylihuomiselle",
		},
		dayParts: []dayPart{
			{0, morning, "tänä aamuna"},
			{0, afternoon, "tänä iltapäivänä"},
			{0, evening, "tänä iltana"},
			{1, morning, "huomenaamuna, huomisaamuna, huomenaamulla"},
			{1, afternoon, "huomisiltapäivänä"},
			{1, evening, "huomisiltana, huomenillalla, huomeniltana"},
		},
		weekdayParts: inParts(map[part]string{
			am: "aamupäivänä", morning: "aamuna", afternoon: "iltapäivänä", evening: "iltana",
		}, "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
		parts: map[part]string{
			am:        "ap, aamupäivällä, aamupäivänä",
			pm:        "ip",
			morning:   "aamulla, aamuna",
			midday:    "päivällä",
			afternoon: "iltapäivällä, iltapäivänä",
			evening:   "illalla, iltana",
		},
		mods: map[mod]string{
			coming:   "tulevana, tänä, tulevan",
			next:     "ensi, seuraava, seuraavana, ensi viikon, ensi viikolla",
			thisWeek: "tällä viikolla, tämän viikon",
			last:     "viime, viime viikon, viime viikolla",
		},
		others: map[kind]string{
			filler:    "alkaen, lähtien, pvm",
			clockWord: "klo, kello",
			noon:      "puoliltapäivin, puolilta päivin, keskipäivä, keskipäivällä, keskipäivään, puolipäivä, puoleenpäivään",
			midnight:  "keskiyö, keskiyöllä, keskiyöhön, keskiyöstä, puoliyö, puoleenyöhön, puoliltaöin, puolilta öin",
			ofMonth:   "päivä, päivänä, pnä",
		},
	}
}

func swedish() vocabulary {
	return vocabulary{
		code: "sv",
		weekdays: [7]string{
			"måndag, måndagen, mån, må",
			"tisdag, tisdagen, tis, ti",
			"onsdag, onsdagen, ons, on",
			"torsdag, torsdagen, tors, tor, to",
			"fredag, fredagen, fre, fr",
			"lördag, lördagen, lör, lö",
			"söndag, söndagen, sön, sö",
		},
		months: [12]string{
			"januari, jan", "februari, feb, febr", "mars, mar", "april, apr", "maj", "juni, jun",
			"juli, jul", "augusti, aug", "september, sep, sept", "oktober, okt", "november, nov", "december, dec",
		},
		days: [5]string{
			"i förrgår, förrgår",
			"igår, i går",
			"idag, i dag",
			"imorgon, i morgon, imorron, i morron, imorrn, imorn",
			"i övermorgon, iövermorgon, övermorgon",
		},
		dayParts: []dayPart{
			{0, morning, "i morse, imorse"},
			{0, afternoon, "i eftermiddag"},
			{0, evening, "ikväll, i kväll"},
			{1, morning, "i morgon bitti, imorgon bitti"},
		},
		weekdayParts: inParts(map[part]string{
			morning: "morgon smorgon", afternoon: "eftermiddag seftermiddag", evening: "kväll skväll",
		}, "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
		parts: map[part]string{
			am:        "fm, förmiddag, förmiddagen, på förmiddagen",
			pm:        "em",
			morning:   "morgon, morgonen, på morgonen",
			midday:    "på dagen",
			afternoon: "eftermiddag, eftermiddagen, på eftermiddagen",
			evening:   "kväll, kvällen, på kvällen",
		},
		mods: map[mod]string{
			coming:   "kommande, nu på, nu, denna",
			next:     "nästa, nästa vecka, nästa veckas",
			thisWeek: "denna vecka, denna veckas, den här veckan",
			last:     "förra, förra veckan, förra veckans",
		},
		others: map[kind]string{
			filler:    "på, från, den, med start",
			clockWord: "kl, klockan, klocka, vid",
			until:     "till, till och med, fram till, tills",
			noon:      "mitt på dagen",
			midnight:  "midnatt, midnatten",
			ordinal:   "e, a",
			article:   "den",
		},
	}
}

func estonian() vocabulary {
	const day, moon = "a al ast", "i is il"
	return vocabulary{
		code: "et",
		weekdays: [7]string{
			inflect("esmaspäev", day), inflect("teisipäev", day), inflect("kolmapäev", day), inflect("neljapäev", day),
			"reede, reedel, reedest", inflect("laupäev", day), inflect("pühapäev", day),
		},
		months: [12]string{
			"jaan," + inflect("jaanuar", moon), "veebr," + inflect("veebruar", moon), inflect("märts", moon),
			"apr," + inflect("aprill", moon), "mai, mais, mail", "juuni, juunis, juunil", "juuli, juulis, juulil", "aug," + inflect("august", moon),
			"sept, september, septembri, septembris, septembril", "okt, oktoober, oktoobri, oktoobris, oktoobril",
			"nov, november, novembri, novembris, novembril", "dets, detsember, detsembri, detsembris, detsembril",
		},
		days:     [5]string{"üleeile", "eile", "täna", "homme", "ülehomme"},
		dayParts: []dayPart{{0, evening, "täna õhtul"}, {1, evening, "homme õhtul"}, {1, morning, "homme hommikul"}},
		parts: map[part]string{
			am: "enne lõunat", morning: "hommikul", afternoon: "pärastlõunal, pärast lõunat", evening: "õhtul",
		},
		mods: map[mod]string{
			coming: "sel, tuleval", next: "järgmine, järgmisel, järgmise nädala, järgmisel nädalal", thisWeek: "sel nädalal", last: "eelmine, eelmisel",
		},
		others: map[kind]string{
			filler: "alates, algusega", clockWord: "kell, kl", until: "kuni",
			noon: "keskpäev, keskpäeval", midnight: "kesköö, keskööl, südaöö, südaööl",
		},
	}
}
