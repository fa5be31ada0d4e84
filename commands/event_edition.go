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
func edition(e core.Event, stored core.Typed) string { return editionOf(e.Edited, fieldsOf(&stored)) }

// isEdition tells whether nothing has changed since a form was opened.
func isEdition(e core.Event, arg string) bool { return isEditionOf(e.Edited, arg) }

// merge takes what is stored now for each field that its writer left as it was
// when the form was opened.
func merge(typed core.Typed, arg string, stored core.Typed) core.Typed {
	mergeFields(fieldsOf(&typed), arg, fieldsOf(&stored))
	return typed
}

func fieldsOf(t *core.Typed) []*string {
	return []*string{&t.Title, &t.When, &t.Place, &t.Places, &t.Description, &t.Topic}
}

// editionOf, isEditionOf and mergeFields are the same for any form.
func editionOf(edited int, fields []*string) string {
	parts := []string{strconv.Itoa(edited)}
	for _, text := range fields {
		parts = append(parts, printOf(*text))
	}
	return strings.Join(parts, ".")
}

func isEditionOf(edited int, arg string) bool {
	opened, _, _ := strings.Cut(arg, ".")
	return opened == strconv.Itoa(edited)
}

func mergeFields(typed []*string, arg string, stored []*string) {
	prints := strings.Split(arg, ".")[1:]
	for i, text := range typed {
		if i < len(prints) && printOf(*text) == prints[i] {
			*text = *stored[i]
		}
	}
}

func printOf(text string) string {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(text)) // never fails
	return strconv.FormatUint(uint64(sum.Sum32()), 36)
}
