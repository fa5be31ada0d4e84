package charts

import (
	"bytes"
	"image/png"
)

// encode writes a sheet as PNG.
func encode(s *sheet) ([]byte, error) {
	s.img.Palette = s.inks.palette
	var out bytes.Buffer
	if err := png.Encode(&out, s.img); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
