package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
)

// maxBody is what a request may weigh: ten files and some text.
const maxBody = maxAttachments*maxFileSize + 1<<20

// upload is a file that came with a request, as files[index].
type upload struct {
	index       string
	name        string
	contentType string
	data        []byte
}

// body is what came with a request: the JSON as it stood, the same read into
// maps, and files.
type body struct {
	raw     json.RawMessage
	value   any
	uploads []upload
	media   string // content type
}

// object is the body as an object; an empty one when it is something else.
func (b body) object() map[string]any {
	o, _ := b.value.(map[string]any)
	return o
}

// readBody reads JSON, or a form of payload_json and files.
func readBody(r *http.Request) (body, *apiError) {
	var b body
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		media = ""
	}
	b.media = media
	limited := http.MaxBytesReader(nil, r.Body, maxBody)
	if media == "multipart/form-data" {
		if e := b.readForm(multipart.NewReader(limited, params["boundary"])); e != nil {
			return body{}, e
		}
	} else {
		raw, err := io.ReadAll(limited)
		if err != nil {
			return body{}, unreadable(err)
		}
		b.raw = raw
	}
	if len(b.raw) == 0 {
		return b, nil
	}
	if media != "multipart/form-data" && media != "application/json" {
		c := newCheck()
		c.at("_content").fail("CONTENT_TYPE_INVALID", "Expected \"Content-Type\" header to be one of {'application/json'}.")
		return body{}, c.verdict()
	}
	dec := json.NewDecoder(bytes.NewReader(b.raw))
	dec.UseNumber()
	if err := dec.Decode(&b.value); err != nil {
		return body{}, invalidJSON()
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return body{}, invalidJSON()
	}
	return b, nil
}

func (b *body) readForm(form *multipart.Reader) *apiError {
	for {
		part, err := form.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
		data, err := io.ReadAll(io.LimitReader(part, maxFileSize+1))
		if err != nil {
			return unreadable(err)
		}
		name := part.FormName()
		index, isFile := strings.CutPrefix(name, "files[")
		index, closed := strings.CutSuffix(index, "]")
		switch {
		case name == "payload_json":
			b.raw = data
		case isFile && closed && isSnowflake(index) && part.FileName() != "":
			if len(data) > maxFileSize {
				return tooLarge()
			}
			b.uploads = append(b.uploads, upload{
				index: index, name: cleanFilename(part.FileName()), contentType: part.Header.Get("Content-Type"), data: data,
			})
		default:
			c := newCheck()
			c.at(name).fail("FORM_FIELD_UNKNOWN", "A form has payload_json and files[n]")
			return c.verdict()
		}
	}
}

func unreadable(err error) *apiError {
	if big := new(http.MaxBytesError); errors.As(err, &big) {
		return tooLarge()
	}
	return invalidJSON()
}

// into decodes the body into a struct. It was checked before, so that what
// does not fit is left out.
func (b body) into(v any) {
	_ = json.Unmarshal(b.raw, v)
}
