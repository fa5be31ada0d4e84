package locales

import (
	"slices"
	"strings"
)

// in writes a text in its own language, and tells which that was.
func (p pen) in(dst []byte, t In) ([]byte, *lang) {
	wish := p.catalog.find(t.Tag)
	if wish == nil {
		return p.text(dst, t.Text, p.chain[0]), p.chain[0]
	}
	own := pen{Voice: Voice{catalog: p.catalog, chain: p.catalog.chain(wish)}, plain: p.plain}
	return own.text(dst, t.Text, wish), wish
}

// beside writes texts in one line. Those that read the same are written once.
func (p pen) beside(dst []byte, texts []Text, l *lang) []byte {
	var said []string
	for _, t := range texts {
		if empty(t) {
			continue
		}
		one := string(p.inner(nil, t, l))
		if !slices.Contains(said, one) {
			said = append(said, one)
		}
	}
	return append(dst, strings.Join(said, " · ")...)
}
