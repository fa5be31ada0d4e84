package charts

import "image/color"

// steps is how many shades lie between paper and ink at an edge. Few shades keep a picture within its 256 inks.
const steps = 8

// inks are the colours of a picture, each with a number: one byte per pixel is a quarter of the memory and of the time.
type inks struct {
	palette color.Palette
	known   map[color.RGBA]uint8
	mixed   map[[3]uint8]uint8
}

// of is the number of a colour. Were there ever more than 256, which takes more figures than a picture has, it would be the
// number of the nearest one.
func (k *inks) of(c color.RGBA) uint8 {
	at, ok := k.known[c]
	if !ok {
		if k.known == nil {
			k.known, k.mixed = map[color.RGBA]uint8{}, map[[3]uint8]uint8{}
		}
		if len(k.palette) < 256 {
			k.palette = append(k.palette, c)
			at = uint8(len(k.palette) - 1) //nolint:gosec // Below 256 by the line above.
		} else {
			at = uint8(k.palette.Index(c)) //nolint:gosec // A palette of 256.
		}
		k.known[c] = at
	}
	return at
}

// over is the number of what comes of laying one ink over another, in so many of the steps.
func (k *inks) over(under, ink uint8, level int) uint8 {
	if level >= steps {
		return ink
	}
	key := [3]uint8{under, ink, uint8(level)} //nolint:gosec // Below steps.
	at, ok := k.mixed[key]
	if !ok {
		a, b := k.at(under), k.at(ink)
		at = k.of(color.RGBA{R: mix(a.R, b.R, level), G: mix(a.G, b.G, level), B: mix(a.B, b.B, level), A: 0xff})
		k.mixed[key] = at
	}
	return at
}

func (k *inks) at(i uint8) color.RGBA { return color.RGBAModel.Convert(k.palette[i]).(color.RGBA) }

func mix(under, over uint8, level int) uint8 {
	return uint8((int(under)*(steps-level) + int(over)*level + steps/2) / steps) //nolint:gosec // Between two bytes.
}
