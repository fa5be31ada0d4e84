package sheets

import (
	"strings"
	"unicode"
)

// sparks are what makes a spreadsheet take a cell for a formula, in the full
// width of East Asian keyboards too, or begin another cell.
const sparks = "=+-@\t\r\n＝＋－＠"

// Defuse keeps a spreadsheet from running a text as a formula: one that begins
// like a formula gets an apostrophe in front. What cannot be seen does not
// count as the beginning.
func Defuse(text string) string {
	for _, r := range text {
		if strings.ContainsRune(sparks, r) {
			return "'" + text
		}
		if !unseen(r) {
			break
		}
	}
	return text
}

// unseen tells whether a reader does not see a character: spaces, and what
// steers the direction of text.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}
