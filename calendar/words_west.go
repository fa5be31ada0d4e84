package calendar

func english() vocabulary {
	return vocabulary{
		code:        "en",
		twelveHours: true,
		weekdays: [7]string{
			"monday, mon",
			"tuesday, tue, tues",
			"wednesday, wed, weds",
			"thursday, thu, thur, thurs",
			"friday, fri",
			"saturday, sat",
			"sunday, sun",
		},
		months: [12]string{
			"january, jan", "february, feb", "march, mar", "april, apr", "may", "june, jun",
			"july, jul", "august, aug", "september, sep, sept", "october, oct", "november, nov", "december, dec",
		},
		days: [5]string{
			"day before yesterday, the day before yesterday", "yesterday", "today",
			"tomorrow, tmrw, tomorow", "day after tomorrow, the day after tomorrow",
		},
		dayParts: []dayPart{
			{0, morning, "this morning"},
			{0, afternoon, "this afternoon"},
			{0, evening, "tonight, this evening"},
		},
		parts: map[part]string{
			am:        "am",
			pm:        "pm",
			morning:   "morning, in the morning",
			afternoon: "afternoon, in the afternoon",
			evening:   "evening, in the evening, night, at night",
		},
		mods: map[mod]string{
			coming:   "this, coming, this coming",
			next:     "next, next week, next week's, of next week",
			thisWeek: "this week, this week's",
			last:     "last, last week, last week's",
		},
		others: map[kind]string{
			filler:    "on, the, from, o'clock, starting",
			clockWord: "at",
			until:     "to, till, til, 'til, until",
			noon:      "noon, midday",
			midnight:  "midnight",
			ordinal:   "st, nd, rd, th",
			ofMonth:   "of",
			article:   "the",
		},
	}
}

func russian() vocabulary {
	return vocabulary{
		code: "ru",
		weekdays: [7]string{
			"понедельник, понедельника, пн", "вторник, вторника, вт", "среда, среду, среды, ср", "четверг, четверга, чт",
			"пятница, пятницу, пятницы, пт", "суббота, субботу, субботы, сб", "воскресенье, воскресенья, вс",
		},
		months: [12]string{
			"январь, января, янв", "февраль, февраля, фев", "март, марта, мар", "апрель, апреля, апр", "май, мая",
			"июнь, июня, июн", "июль, июля, июл", "август, августа, авг", "сентябрь, сентября, сен, сент",
			"октябрь, октября, окт", "ноябрь, ноября, ноя, нояб", "декабрь, декабря, дек",
		},
		days: [5]string{"позавчера", "вчера", "сегодня", "завтра", "послезавтра"},
		parts: map[part]string{
			morning: "утра, утром", afternoon: "дня, днём", evening: "вечера, вечером",
		},
		mods: map[mod]string{
			coming:   "этот, эту, эта, это, в этот, в эту, в это, ближайший, ближайшую, ближайшее",
			next:     "следующий, следующую, следующее, следующая, следующей недели, на следующей неделе",
			thisWeek: "на этой неделе, этой недели",
			last:     "прошлый, прошлую, прошлое",
		},
		others: map[kind]string{
			filler: "в, во, с, со, час, часа, часов, г, года, начало", until: "до",
			noon: "полдень, полдня", midnight: "полночь, полуночи",
		},
	}
}

func ukrainian() vocabulary {
	return vocabulary{
		code: "uk",
		weekdays: [7]string{
			"понеділок, понеділка, пн", "вівторок, вівторка, вт", "середа, середу, середи, ср", "четвер, четверга, чт",
			"п'ятниця, п'ятницю, п'ятниці, пт", "субота, суботу, суботи, сб", "неділя, неділю, неділі, нд",
		},
		months: [12]string{
			"січень, січня, січ", "лютий, лютого, лют", "березень, березня, бер", "квітень, квітня, квіт",
			"травень, травня, трав", "червень, червня, черв", "липень, липня, лип", "серпень, серпня, серп",
			"вересень, вересня, вер", "жовтень, жовтня, жовт", "листопад, листопада, лист", "грудень, грудня, груд",
		},
		days: [5]string{"позавчора", "вчора, учора", "сьогодні", "завтра", "післязавтра"},
		parts: map[part]string{
			morning: "ранку, вранці, уранці", afternoon: "дня", evening: "вечора, ввечері, увечері",
		},
		mods: map[mod]string{
			coming:   "цей, цю, ця, цього, найближчий, найближчу",
			next:     "наступний, наступну, наступна, наступного, наступної, наступного тижня",
			thisWeek: "цього тижня",
			last:     "минулий, минулу, минулого",
		},
		others: map[kind]string{
			filler: "в, у, о, об, з, годині, година, годину, годин, року, р", until: "до",
			noon: "полудень, опівдні", midnight: "північ, опівночі",
		},
	}
}

func arabic() vocabulary {
	return vocabulary{
		code:        "ar",
		twelveHours: true,
		weekdays: [7]string{
			"الاثنين, الإثنين, اثنين, الأثنين",
			"الثلاثاء, ثلاثاء",
			"الأربعاء, أربعاء",
			"الخميس, خميس",
			"الجمعة, جمعة",
			"السبت, سبت",
			"الأحد, أحد",
		},
		months: [12]string{
			"يناير, كانون الثاني", "فبراير, شباط", "مارس, آذار", "أبريل, إبريل, نيسان", "مايو, أيار", "يونيو, يونيه, حزيران",
			"يوليو, يوليه, تموز", "أغسطس, آب", "سبتمبر, أيلول", "أكتوبر, تشرين الأول", "نوفمبر, تشرين الثاني", "ديسمبر, كانون الأول",
		},
		days: [5]string{
			"أول أمس, قبل أمس, أول من أمس", "أمس, الأمس, البارحة, امبارح", "اليوم", "غدا, الغد, بكرة, بكرا", "بعد غد, بعد غدا, بعد الغد, بعد بكرة, بعد بكرا",
		},
		dayParts: []dayPart{{0, evening, "الليلة, هذه الليلة, هذا المساء"}},
		parts: map[part]string{
			am:        "ص, صباحا, قبل الظهر",
			pm:        "م, بعد الظهر",
			morning:   "الصباح, في الصباح, صباح",
			midday:    "ظهرا",
			afternoon: "عصرا, العصر",
			evening:   "مساء, المساء, في المساء, ليلا",
		},
		mods: map[mod]string{
			// After the day, these speak of the one that is coming.
			coming:   "هذا, هذه, القادم, القادمة, المقبل, المقبلة",
			next:     "الأسبوع القادم, الأسبوع المقبل, من الأسبوع القادم, من الأسبوع المقبل",
			thisWeek: "هذا الأسبوع",
			last:     "الماضي, الماضية",
		},
		others: map[kind]string{
			filler: "يوم, في, من, تاريخ, بتاريخ, عند, ساعة", clockWord: "الساعة, في الساعة, عند الساعة, من الساعة",
			until: "إلى, حتى, لغاية, إلى الساعة, حتى الساعة", noon: "الظهر, عند الظهر", midnight: "منتصف الليل",
		},
	}
}
