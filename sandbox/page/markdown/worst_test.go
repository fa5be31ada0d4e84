package markdown_test

import (
	"strings"
	"testing"

	"talkoot/sandbox/page/markdown"
)

// BenchmarkHTML_worst reads the longest texts of the most tangled marks.
func BenchmarkHTML_worst(b *testing.B) {
	for name, piece := range map[string]string{
		"nested": "**a __b ~~c ||d *e _f ", "unclosed": "*a _b ", "half": "**a* _b__ ", "ticks": "`a``b```c ", "links": "[a](https://b.example [c](", "fences": "```a ",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(piece, 4000/len(piece))
			for b.Loop() {
				markdown.HTML(text, reader())
			}
		})
	}
}
