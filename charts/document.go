package charts

import (
	"bytes"
	"fmt"
	"image/color"
	"strings"

	"github.com/go-text/typesetting/font"
)

// document is a report as PDF (ISO 32000-1): one page of outlines and letters. What it needs of the format is little: no
// library that we found takes letters that are already shaped, which Arabic needs, but one that adds 5 MiB to the program.
//
// The page is tagged: it has a title, a language, headings and paragraphs in order, and figures with their words, so that it
// can be read aloud.
type document struct {
	report   Report
	page     bytes.Buffer
	type3    type3
	elements []element
	inside   bool // of an element that was opened
	begun    bool // something was painted in it
}

// element is a part of the page for those who hear it.
type element struct{ role, alt string }

// points is how many points a pixel of a printed page is.
const points = 72.0 / 200

func newDocument(f *font.Font, r Report) *document {
	return &document{report: r, type3: newType3(f)}
}

func (d *document) open(role, alt string) {
	d.inside, d.begun = true, false
	d.elements = append(d.elements, element{role, alt})
}

func (d *document) shut() {
	if d.begun {
		d.page.WriteString("EMC\n")
	} else {
		d.elements = d.elements[:len(d.elements)-1] // nothing was in it
	}
	d.inside = false
}

// mark puts what is painted next into the element that is open, or says that it is mere ornament.
func (d *document) mark(paint func()) {
	switch {
	case !d.inside:
		d.page.WriteString("/Artifact BMC\n")
		defer d.page.WriteString("EMC\n")
	case !d.begun:
		fmt.Fprintf(&d.page, "/%s <</MCID %d>> BDC\n", d.elements[len(d.elements)-1].role, len(d.elements)-1)
		d.begun = true
	}
	paint()
}

// left is where a box begins from the left.
func (d *document) left(x, w int) int {
	if d.report.RTL {
		return leafWidth - x - w
	}
	return x
}

func (d *document) ink(c color.RGBA) {
	fmt.Fprintf(&d.page, "%.3g %.3g %.3g rg\n", float64(c.R)/255, float64(c.G)/255, float64(c.B)/255)
}

func (d *document) rect(x, y, w, h int, c color.RGBA) {
	if w <= 0 || h <= 0 {
		return
	}
	d.mark(func() {
		d.ink(c)
		fmt.Fprintf(&d.page, "%d %d %d %d re f\n", d.left(x, w), y, w, h)
	})
}

func (d *document) frame(x, y, w, h, thick int, c color.RGBA) {
	d.rect(x, y, w, thick, c)
	d.rect(x, y+h-thick, w, thick, c)
	d.rect(x, y, thick, h, c)
	d.rect(x+w-thick, y, thick, h, c)
}

// hatch draws slanted lines over a box, as a sheet does.
func (d *document) hatch(x, y, w, h, step int, c color.RGBA) {
	if w <= 0 || h <= 0 || step <= 0 {
		return
	}
	d.mark(func() {
		d.ink(c)
		fmt.Fprintf(&d.page, "q %d %d %d %d re W n\n", d.left(x, w), y, w, h)
		// Where x and y together are a multiple of the step, from the side where reading starts.
		for sum := (x + y) / step * step; sum <= x+w+y+h; sum += step {
			for i, corner := range []point{
				{float32(sum - y), float32(y)},
				{float32(sum - y + 3), float32(y)},
				{float32(sum - y - h + 3), float32(y + h)},
				{float32(sum - y - h), float32(y + h)},
			} {
				d.corner(corner, i == 0)
			}
			d.page.WriteString("f\n")
		}
		d.page.WriteString("Q\n")
	})
}

func (d *document) corner(p point, first bool) {
	x, how := p.x, "l"
	if d.report.RTL {
		x = leafWidth - x
	}
	if first {
		how = "m"
	}
	fmt.Fprintf(&d.page, "%.1f %.1f %s\n", x, p.y, how)
}

func (d *document) fill(c color.RGBA, outline ...point) {
	if len(outline) == 0 {
		return
	}
	d.mark(func() {
		d.ink(c)
		for i, p := range outline {
			d.corner(p, i == 0)
		}
		d.page.WriteString("f\n")
	})
}

// text sets a block as a sheet does, cut at the edge of its box. Letters say what they stand for: to add the whole text as well
// makes readers of PDF (pdfium) turn Arabic around, which without it they read in order.
func (d *document) text(_ *font.Face, b block, x, y, width int, how align, c color.RGBA) {
	if how != atMiddle && d.report.RTL {
		how = atEnd - how
	}
	d.mark(func() {
		d.ink(c)
		for i, l := range b.lines {
			left, top := d.left(x, width), y+i*lineHeight(b.size)
			switch how {
			case atStart:
			case atMiddle:
				left += (width - l.width) / 2
			case atEnd:
				left += width - l.width
			}
			over := b.size / 4
			fmt.Fprintf(&d.page, "q %d %d %d %d re W n BT\n", left-lean, top-over, min(width, l.width)+2*lean, lineHeight(b.size)+2*over)
			base := float32(top) + float32(b.size)*0.98
			for _, at := range l.letters {
				fontName, code := d.type3.code(at.glyph)
				fmt.Fprintf(&d.page, "/%s %d Tf 1 0 0 -1 %.2f %.2f Tm <%02x> Tj\n", fontName, b.size, float32(left)+at.x, base+at.y, code)
			}
			d.page.WriteString("ET Q\n")
		}
	})
}

// bytes is the whole file.
func (d *document) bytes() []byte {
	var w objects
	catalog, pages, page := w.reserve(), w.reserve(), w.reserve()
	fonts := d.type3.write(&w)
	content := w.stream(append(fmt.Appendf(nil, "%g 0 0 %g 0 %g cm\n", points, -points, leafHeight*points), d.page.Bytes()...))
	tree := d.tree(&w, page)
	w.put(page, fmt.Sprintf("<</Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Resources <</Font <<%s>>>> /StructParents 0 /Tabs /S>>",
		pages, leafWidth*points, leafHeight*points, content, fonts))
	w.put(pages, fmt.Sprintf("<</Type /Pages /Kids [%d 0 R] /Count 1>>", page))
	direction := "L2R"
	if d.report.RTL {
		direction = "R2L"
	}
	w.put(catalog, fmt.Sprintf("<</Type /Catalog /Pages %d 0 R /Lang %s /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /ViewerPreferences <</DisplayDocTitle true /Direction /%s>>>>",
		pages, spelt(d.report.Lang), tree, direction))
	title := d.report.Title
	if d.report.Subtitle != "" {
		title += " · " + d.report.Subtitle
	}
	info := w.add(fmt.Sprintf("<</Title %s /Creator %s>>", spelt(title), spelt("Talkoot")))
	return w.bytes(catalog, info)
}

// tree says in which order the elements of the page are read.
func (d *document) tree(w *objects, page int) int {
	root, whole := w.reserve(), w.reserve()
	var kids strings.Builder
	for i, e := range d.elements {
		alt := ""
		if e.alt != "" {
			alt = " /Alt " + spelt(e.alt)
		}
		fmt.Fprintf(&kids, "%d 0 R ", w.add(fmt.Sprintf("<</Type /StructElem /S /%s /P %d 0 R /Pg %d 0 R /K %d%s>>", e.role, whole, page, i, alt)))
	}
	w.put(whole, fmt.Sprintf("<</Type /StructElem /S /Document /P %d 0 R /K [%s]>>", root, kids.String()))
	w.put(root, fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree <</Nums [0 [%s]]>> /ParentTreeNextKey 1>>", whole, kids.String()))
	return root
}
