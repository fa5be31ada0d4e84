package charts

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"unicode/utf16"
)

// objects are the numbered parts of a PDF file.
type objects struct {
	bodies [][]byte
	packer *zlib.Writer // one for all: it is large
}

func (w *objects) reserve() int {
	w.bodies = append(w.bodies, nil)
	return len(w.bodies)
}

func (w *objects) put(n int, body string) { w.bodies[n-1] = []byte(body) }

func (w *objects) add(body string) int {
	n := w.reserve()
	w.put(n, body)
	return n
}

// stream adds a stream, compressed.
func (w *objects) stream(data []byte) int {
	var packed bytes.Buffer
	if w.packer == nil {
		w.packer = zlib.NewWriter(nil)
	}
	w.packer.Reset(&packed)
	_, _ = w.packer.Write(data) // into memory, which does not fail
	_ = w.packer.Close()
	return w.add(fmt.Sprintf("<</Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream", packed.Len(), packed.Bytes()))
}

func (w *objects) bytes(catalog, info int) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	at := make([]int, len(w.bodies))
	for i, body := range w.bodies {
		at[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, catalog, info, table)
	return out.Bytes()
}

// spelt is a text as PDF writes it.
func spelt(text string) string { return "<FEFF" + hex(text) + ">" }

func hex(text string) string {
	var out strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&out, "%04X", unit)
	}
	return out.String()
}
