package page

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// textFault says what a client holds against a text, "" for nothing.
func (v *viewer) textFault(text string, required bool, low, high int) string {
	n := utf8.RuneCountInString(text)
	switch {
	case required && strings.TrimSpace(text) == "":
		return v.T["fault_required"]
	case n == 0:
		return ""
	case n < low:
		return fmt.Sprintf(v.T["fault_short"], low, n)
	case high > 0 && n > high:
		return fmt.Sprintf(v.T["fault_long"], high, n)
	}
	return ""
}

// countFault does the same for how many were chosen.
func (v *viewer) countFault(n int, required bool, low, high int) string {
	switch {
	case n == 0 && required && low > 0:
		return v.T["fault_required"]
	case n == 0:
		return ""
	case n < low:
		return fmt.Sprintf(v.T["fault_few"], low)
	case n > high:
		return fmt.Sprintf(v.T["fault_many"], high)
	}
	return ""
}

// refill puts what was sent back into a field.
func (f *fieldView) refill(sent []string, fault string) {
	f.Fault = fault
	if f.Kind == "text" || f.Kind == "paragraph" || f.Kind == "complete" {
		f.Value = strings.Join(sent, "")
		return
	}
	for i, o := range f.Options {
		f.Options[i].Chosen = slices.Contains(sent, o.Value)
	}
}
