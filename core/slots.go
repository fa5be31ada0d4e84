package core

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Refusals of places and tasks as people type them.
const (
	// PlacesUnclear: no number of places was recognised.
	PlacesUnclear Reason = "places_unclear"
	// TooManyPlaces: About "Most".
	TooManyPlaces Reason = "too_many_places"
	// TasksUnclear: a line is no task with its people; About "Typed", the line.
	TasksUnclear Reason = "tasks_unclear"
	// NoTasks: a shift needs one at least.
	NoTasks Reason = "no_tasks"
	// TooManyTasks: About "Most", "Has".
	TooManyTasks Reason = "too_many_tasks"
	// SameTask: two tasks have one name; About "Task".
	SameTask Reason = "same_task"
	// TaskTooLong: About "Task", "Most", "Has".
	TaskTooLong Reason = "task_too_long"
	// TaskCount: the tasks in another language are not as many as there are;
	// About "Want", "Has".
	TaskCount Reason = "task_count"
)

// Places is a slot as somebody typed it: what is to be done, and by how many.
// For an event, a hobby and a training there is no task.
type Places struct {
	Task string
	// Least and Most are those of Slot: Most is zero for as many as like.
	Least, Most int
}

// digit is one of the digits that our languages write numbers with.
const digit = `[0-9٠-٩۰-۹]`

// amount is how many: "4", "2-4", "2+".
const amount = `(` + digit + `{1,6})(?:\s*[-–—−]\s*(` + digit + `{1,6})|\s*(\+))?`

// people are the words that may follow a number without a comma before it.
const people = `people|persons?|volunteers?|helpers?|places?|` +
	`henkilöä?|hlöä?|hlö|henkeä|ihmistä|vapaaehtoista|paikkaa?|` +
	`personer|pers|människor|volontärer|frivilliga|platser|plats|` +
	`أشخاص|شخص|أفراد|متطوعين|متطوعون|متطوع|أماكن|مكان`

// The forms of a line: "kitchen, 2-4 people", "kitchen 2-4", "2-4 kitchen".
var (
	digits   = regexp.MustCompile(digit + `+`)
	withMark = regexp.MustCompile(`^(.+?)\s*[,،:：]\s*\(?` + amount + `(?:[\s)][^0-9٠-٩۰-۹]*)?$`)
	withGap  = regexp.MustCompile(`(?i)^(.+?)\s+(?:[x×]\s*)?\(?` + amount + `\)?(?:\s*(?:` + people + `)\.?)?\)?$`)
	inFront  = regexp.MustCompile(`(?i)^` + amount + `\s*(?:[x×]\s+|\s)([^0-9٠-٩۰-۹]+)$`)
	onlyWord = regexp.MustCompile(`(?i)^(?:` + people + `)\.?$`)
)

// ParsePlaces reads how many places there are: "20", "20 people", "max 20".
// Nothing, and zero as the answer, mean that there is room for everybody.
func ParsePlaces(typed string) (most int, err error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0, nil
	}
	found := digits.FindAllStringIndex(typed, -1)
	if len(found) != 1 {
		return 0, Refuse(PlacesUnclear)
	}
	before := strings.TrimSpace(typed[:found[0][0]])
	most, ok := number(typed[found[0][0]:found[0][1]])
	switch {
	case strings.HasSuffix(before, "-") || strings.HasSuffix(before, "−") || strings.HasPrefix(typed[found[0][1]:], "."),
		ok && most == 0:
		return 0, Refuse(PlacesUnclear)
	case !ok || most > MaxPlaces:
		return 0, Refuse(TooManyPlaces, "Most", MaxPlaces)
	}
	return most, nil
}

// FormatPlaces writes what ParsePlaces reads.
func FormatPlaces(most int) string {
	if most == 0 {
		return ""
	}
	return strconv.Itoa(most)
}

// ParseTasks reads the tasks of a shift with how many people each needs, one
// per line or parted by semicolons: "kitchen, 2-4 people; door, 1". A single
// number is both the least and the most, and "2+" has no most.
func ParseTasks(typed string) ([]Places, error) {
	var tasks []Places
	for _, line := range taskLines(typed) {
		p, err := parseTask(line)
		if err != nil {
			return nil, err
		}
		if has := utf8.RuneCountInString(p.Task); has > MaxTask {
			return nil, Refuse(TaskTooLong, "Task", p.Task, "Most", MaxTask, "Has", has)
		}
		for _, other := range tasks {
			if strings.EqualFold(other.Task, p.Task) {
				return nil, Refuse(SameTask, "Task", p.Task)
			}
		}
		tasks = append(tasks, p)
	}
	switch {
	case len(tasks) == 0:
		return nil, Refuse(NoTasks)
	case len(tasks) > MaxSlots:
		return nil, Refuse(TooManyTasks, "Most", MaxSlots, "Has", len(tasks))
	}
	return tasks, nil
}

// ParseTaskNames reads what the tasks are called in another language, one per
// line and in the same order.
func ParseTaskNames(typed string, want int) ([]string, error) {
	names := splitLines(typed)
	if len(names) != want {
		return nil, Refuse(TaskCount, "Want", want, "Has", len(names))
	}
	for _, name := range names {
		if has := utf8.RuneCountInString(name); has > MaxTask {
			return nil, Refuse(TaskTooLong, "Task", name, "Most", MaxTask, "Has", has)
		}
	}
	return names, nil
}

// FormatTasks writes what ParseTasks reads, one task per line.
func FormatTasks(tasks []Places) string {
	lines := make([]string, len(tasks))
	for i, p := range tasks {
		lines[i] = p.Task + ", " + strconv.Itoa(p.Least)
		switch {
		case p.Most == 0:
			lines[i] += "+"
		case p.Most != p.Least:
			lines[i] += "-" + strconv.Itoa(p.Most)
		}
	}
	return strings.Join(lines, "\n")
}

// taskLines parts typed into tasks. Commas part them only if each part is a
// task by itself: "kitchen 2, door 1", but not "kitchen, 2".
func taskLines(typed string) []string {
	lines := splitLines(typed)
	if len(lines) != 1 {
		return lines
	}
	parts := strings.FieldsFunc(lines[0], func(r rune) bool { return r == ',' || r == '،' })
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
		if _, err := parseTask(parts[i]); err != nil {
			return lines
		}
	}
	return parts
}

func splitLines(typed string) []string {
	var lines []string
	for line := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == '\n' || r == ';' || r == '؛' || r == '；' }) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func parseTask(line string) (Places, error) {
	unclear := Refuse(TasksUnclear, "Typed", line)
	var name, least, most, more string
	if m := withMark.FindStringSubmatch(line); m != nil {
		name, least, most, more = m[1], m[2], m[3], m[4]
	} else if m := withGap.FindStringSubmatch(line); m != nil {
		name, least, most, more = m[1], m[2], m[3], m[4]
	} else if m := inFront.FindStringSubmatch(line); m != nil && !onlyWord.MatchString(m[4]) {
		least, most, more, name = m[1], m[2], m[3], m[4]
	} else {
		return Places{}, unclear
	}
	p := Places{Task: strings.Trim(name, " \t-–—,،:：(")}
	var ok bool
	if p.Least, ok = number(least); !ok {
		return Places{}, Refuse(TooManyPlaces, "Most", MaxPlaces)
	}
	switch {
	case most != "":
		p.Most, ok = number(most)
	case more == "":
		p.Most = p.Least
	}
	switch {
	case !ok || p.Most > MaxPlaces || p.Least > MaxPlaces:
		return Places{}, Refuse(TooManyPlaces, "Most", MaxPlaces)
	case p.Task == "", more == "" && (p.Most == 0 || p.Most < p.Least):
		return Places{}, unclear
	}
	return p, nil
}

// number reads digits of any of our languages; it is not ok when they are more
// than any bound of ours.
func number(s string) (n int, ok bool) {
	for _, r := range s {
		switch {
		case r >= '٠' && r <= '٩':
			r -= '٠' - '0'
		case r >= '۰' && r <= '۹':
			r -= '۰' - '0'
		}
		if n = n*10 + int(r-'0'); n > 10*MaxPlaces {
			return n, false
		}
	}
	return n, true
}
