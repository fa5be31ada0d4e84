package commands

import (
	"hash/fnv"
	"strconv"
	"strings"

	"talkoot/core"
)

// edition is the Arg of a form that changes an event: which edition it was
// opened on, and a print of each text that was stored then. So of two people
// who write at once, the second undoes nothing that the first wrote.
func edition(e core.Event, stored core.Typed) string {
	parts := []string{strconv.Itoa(e.Edited)}
	for _, text := range fieldsOf(&stored) {
		parts = append(parts, printOf(*text))
	}
	return strings.Join(parts, ".")
}

// isEdition tells whether nothing has changed since a form was opened.
func isEdition(e core.Event, arg string) bool {
	opened, _, _ := strings.Cut(arg, ".")
	return opened == strconv.Itoa(e.Edited)
}

// merge takes what is stored now for each field that its writer left as it was
// when the form was opened.
func merge(typed core.Typed, arg string, stored core.Typed) core.Typed {
	prints := strings.Split(arg, ".")[1:]
	now := fieldsOf(&stored)
	for i, text := range fieldsOf(&typed) {
		if i < len(prints) && printOf(*text) == prints[i] {
			*text = *now[i]
		}
	}
	return typed
}

func fieldsOf(t *core.Typed) []*string {
	return []*string{&t.Title, &t.When, &t.Place, &t.Places, &t.Description}
}

func printOf(text string) string {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(text)) // never fails
	return strconv.FormatUint(uint64(sum.Sum32()), 36)
}
