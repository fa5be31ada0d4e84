package page

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"talkoot/sandbox"
	"talkoot/sandbox/page/markdown"
)

// mediaView is a picture or a file. Src is set only for pictures of this
// world; those from elsewhere are links.
type mediaView struct {
	Src, Href, Name, Alt, Size string
	Spoiler                    bool
	T                          map[string]string
}

// ownPath is the path of a file that this world serves itself.
func ownPath(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Path, "/attachments/") || strings.Contains(u.Path, "..") {
		return "", false
	}
	return u.EscapedPath(), true
}

func isPicture(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch strings.TrimSpace(kind) {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif":
		return true
	}
	return false
}

func (d *drawing) picture(m *sandbox.Media, alt string, spoiler bool) mediaView {
	view := mediaView{Alt: alt, Spoiler: spoiler, T: d.v.T}
	if m == nil {
		return view
	}
	a := d.attachment(m)
	if view.Alt == "" {
		view.Alt = a.Description
	}
	if own, ok := ownPath(m.URL); ok {
		view.Href, view.Name = own, path.Base(own)
		if isPicture(m.ContentType) || isPicture(a.ContentType) {
			view.Src = own
		}
		return view
	}
	view.Href, _ = markdown.SafeAddress(m.URL)
	return view
}

func (d *drawing) attachment(m *sandbox.Media) sandbox.Attachment {
	for _, a := range d.message.Attachments {
		if a.ID == m.AttachmentID && a.ID != "" || a.URL == m.URL {
			return a
		}
	}
	return sandbox.Attachment{}
}

func (d *drawing) file(c sandbox.Component) mediaView {
	view := mediaView{Spoiler: c.Spoiler, Name: c.Name, Size: byteSize(c.Size), T: d.v.T}
	if c.File == nil {
		return view
	}
	a := d.attachment(c.File)
	if view.Name == "" {
		view.Name = a.Filename
	}
	if c.Size == 0 {
		view.Size = byteSize(a.Size)
	}
	view.Href, _ = ownPath(c.File.URL)
	return view
}

// attachments are the files of a message without the current components.
func (d *drawing) attachments() (pictures, rest []mediaView) {
	if d.message.Flags&sandbox.FlagComponentsV2 != 0 {
		return nil, nil
	}
	for _, a := range d.message.Attachments {
		own, _ := ownPath(a.URL)
		view := mediaView{Href: own, Name: a.Filename, Alt: a.Description, Size: byteSize(a.Size), T: d.v.T}
		if isPicture(a.ContentType) && own != "" {
			view.Src = own
			pictures = append(pictures, view)
		} else {
			rest = append(rest, view)
		}
	}
	return pictures, rest
}

func byteSize(n int) string {
	switch {
	case n <= 0:
		return ""
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
