package charts

import "image/color"

// The colours, from brown through grey to blue: told apart with every common kind of colour blindness, and in grey print by the
// hatching of the unfavourable side. Text stands on them with a contrast of at least 4.5 to 1.
func paper() color.RGBA   { return rgb(0xffffff) }
func ink() color.RGBA     { return rgb(0x1a1a1a) }
func quiet() color.RGBA   { return rgb(0x505050) } // notes, footnotes, empty rows
func outline() color.RGBA { return rgb(0x404040) }
func faint() color.RGBA   { return rgb(0xd0d0d0) } // the marks of a scale
func pale() color.RGBA    { return rgb(0xf2f2f2) } // where nothing is known
func bar() color.RGBA     { return rgb(0x2166ac) }
func band() color.RGBA    { return rgb(0xbcd7ea) }

// look is how a tone is painted.
type look struct {
	fill, hatch, text color.RGBA
	step              int // between the lines of the hatching; none when 0
}

func (t Tone) look() look {
	switch t {
	case VeryUnfavourable:
		return look{fill: rgb(0xa04b00), hatch: rgb(0xd9823b), text: paper(), step: 12}
	case Unfavourable:
		return look{fill: rgb(0xfdc581), hatch: rgb(0xc77a1e), text: ink(), step: 24}
	case Favourable:
		return look{fill: rgb(0x9ccbe6), text: ink()}
	case VeryFavourable:
		return look{fill: bar(), text: paper()}
	default:
		return look{fill: rgb(0xe3e3e3), text: ink()}
	}
}

func rgb(x uint32) color.RGBA {
	return color.RGBA{R: uint8(x >> 16 & 0xff), G: uint8(x >> 8 & 0xff), B: uint8(x & 0xff), A: 0xff}
}
