package calendar

// foundDate is a date and the token after it.
type foundDate struct {
	date
	after int
	langs languages
}

// dates gives every date that the tokens from i may be.
func (p *parser) dates(i int) []foundDate {
	if p.at(i).kind == 'n' {
		all := p.isoDate(i)
		all = append(all, p.dottedDate(i)...)
		all = append(all, p.slashedDate(i)...)
		all = append(all, p.dayThenMonth(i)...)
		return append(all, p.dayAlone(i, allLanguages, false)...)
	}
	all := p.monthThenDay(i)
	for _, the := range p.phrases(i, article) {
		all = append(all, p.dayAlone(the.after, the.langs, true)...)
	}
	return all
}

// isoDate reads 2026-12-12, also with slashes or dots.
func (p *parser) isoDate(i int) []foundDate {
	year, sep := p.at(i), p.at(i+1).text
	month, day := p.at(i+2), p.at(i+4)
	if len(year.text) != 4 || sep != "-" && sep != "/" && sep != "." || !p.sign(i+1, sep) || !p.sign(i+3, sep) ||
		!month.glued || !month.short() || !day.glued || !day.short() || p.digits(i+5, 1) {
		return nil
	}
	return []foundDate{{date{year.n, month.n, day.n}, i + 5, allLanguages}}
}

// dottedDate reads 12.12. with or without the last dot, blanks after the dots,
// and a year of four digits or, right behind the dot, of two.
func (p *parser) dottedDate(i int) []foundDate {
	day, month := p.at(i), p.at(i+2)
	if !day.short() || !p.sign(i+1, ".") || !month.short() {
		return nil
	}
	d := date{month: month.n, day: day.n}
	if !p.sign(i+3, ".") {
		// Without its dot and with such a month it is more likely an hour.
		if !month.glued || month.n < 1 || month.n > 12 {
			return nil
		}
		all := []foundDate{{d, i + 3, allLanguages}}
		if year := p.at(i + 3); year.kind == 'n' && len(year.text) == 4 {
			all = append(all, foundDate{date{year.n, d.month, d.day}, i + 4, allLanguages})
		}
		return all
	}
	all := []foundDate{{d, i + 4, allLanguages}}
	switch year := p.at(i + 4); {
	case year.kind == 'n' && len(year.text) == 4:
		d.year = year.n
		all = append(all, foundDate{d, i + 5, allLanguages})
	case p.digits(i+4, 2):
		d.year = 2000 + year.n
		all = append(all, foundDate{d, i + 5, allLanguages})
	}
	return all
}

// slashedDate reads 12/12, 12/12/26, 12/12/2026 and 12-12-2026. Which number is
// the month is open unless the writer's language or the numbers settle it.
func (p *parser) slashedDate(i int) []foundDate {
	a, sep, b := p.at(i), p.at(i+1).text, p.at(i+2)
	if !a.short() || sep != "/" && sep != "-" || !p.sign(i+1, sep) || !b.short() || !b.glued {
		return nil
	}
	year, after := 0, i+3
	switch {
	case p.sign(i+3, sep) && p.digits(i+4, 4):
		year, after = p.at(i+4).n, i+5
	case sep == "-":
		return nil // 12-14 is a range
	case p.sign(i+3, sep) && p.digits(i+4, 2):
		year, after = 2000+p.at(i+4).n, i+5
	}
	dayMonth := b.n >= 1 && b.n <= 12
	monthDay := a.n >= 1 && a.n <= 12 && b.n >= 1 && b.n <= 31
	var all []foundDate
	if dayMonth {
		all = append(all, foundDate{date{year, b.n, a.n}, after, allLanguages})
	}
	if monthDay && a.n != b.n && (!dayMonth || !p.dayFirst) {
		all = append(all, foundDate{date{year, a.n, b.n}, after, allLanguages})
	}
	return all
}

// dayThenMonth reads "12. joulukuuta", "12 December 2026", "12th of December".
func (p *parser) dayThenMonth(i int) []foundDate {
	day := p.at(i)
	if !day.short() {
		return nil
	}
	j, langs := p.afterDay(i)
	if of := p.phrases(j, ofMonth); len(of) > 0 {
		j, langs = of[0].after, langs&of[0].langs
	}
	var all []foundDate
	for _, m := range p.phrases(j, month) {
		all = append(all, p.withYear(date{month: m.value, day: day.n}, m.after, langs&m.langs)...)
	}
	return all
}

// monthThenDay reads "Dec 12", "December 12th, 2026", "joulukuun 12.".
func (p *parser) monthThenDay(i int) []foundDate {
	var all []foundDate
	for _, m := range p.phrases(i, month) {
		if day := p.at(m.after); day.short() && !p.sign(m.after+1, ":") {
			j, langs := p.afterDay(m.after)
			all = append(all, p.withYear(date{month: m.value, day: day.n}, j, langs&m.langs)...)
		}
	}
	return all
}

// dayAlone reads "13." or "13th" of whichever month comes next. Without an
// article, a dot is enough only where nothing but a blank or the end follows.
func (p *parser) dayAlone(i int, langs languages, theBefore bool) []foundDate {
	day := p.at(i)
	j, more := p.afterDay(i)
	if !day.short() || j == i+1 && !theBefore || p.at(j).kind == 'n' && p.at(j).glued {
		return nil
	}
	return []foundDate{{date{day: day.n}, j, langs & more}}
}

// afterDay skips the dot or the ending that makes a number an ordinal.
func (p *parser) afterDay(i int) (after int, langs languages) {
	if p.sign(i+1, ".") {
		return i + 2, allLanguages
	}
	j := i + 1
	if p.sign(j, ":") && p.at(j+1).kind == 'w' {
		j++
	}
	for _, ending := range p.phrases(j, ordinal) {
		if p.at(j).glued {
			return ending.after, ending.langs
		}
	}
	return i + 1, allLanguages
}

// withYear gives the date without a year and, where four digits follow, with it.
func (p *parser) withYear(d date, after int, langs languages) []foundDate {
	all := []foundDate{{d, after, langs}}
	if p.at(after).is(",") {
		after++
	}
	if year := p.at(after); year.kind == 'n' && len(year.text) == 4 && year.n >= 1000 {
		d.year = year.n
		all = append(all, foundDate{d, after + 1, langs})
	}
	return all
}
