package page

import (
	"bytes"
	"hash/fnv"
	"html/template"
	"net/http"
	"strconv"
	"strings"
)

// part is a piece of a page that changes by itself. The script replaces it
// when its Rev is another.
type part struct {
	Key, Rev string
	HTML     template.HTML
}

// fill runs a template.
func (pg *page) fill(name string, data any) (template.HTML, error) {
	var b bytes.Buffer
	if err := pg.templates.ExecuteTemplate(&b, name, data); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil //nolint:gosec // the template has escaped it
}

// part fills a template that changes by itself. What cannot be filled is
// empty, and the log says why.
func (pg *page) part(key, name string, data any) part {
	html, err := pg.fill(name, data)
	if err != nil {
		pg.log.Error("page: template", "template", name, "error", err)
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(html)) // never fails
	return part{Key: key, Rev: strconv.FormatUint(sum.Sum64(), 36), HTML: html}
}

// send answers with a whole page.
func (pg *page) send(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	html, err := pg.fill(name, data)
	if err != nil {
		pg.log.ErrorContext(r.Context(), "page: template", "template", name, "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(html)) //nolint:gosec // the template has escaped it; the client may be gone
}

// frame is what every whole page has around it.
type frame struct {
	Lang, Title, World string
	Locale             string
	Zone               string
	Now                int64
	Words              string // for the script
	T                  map[string]string
}

func (pg *page) frame(title, locale string) frame {
	w := words(locale)
	f := frame{
		Lang: pageLanguage(locale), Title: title, World: pg.opts.Title, Locale: locale,
		Now: pg.opts.Now().Unix(), Words: scriptWords(w), T: w,
	}
	if f.World == "" {
		f.World = "Sandbox"
	}
	if pg.opts.Zone != nil {
		f.Zone = pg.opts.Zone.String()
	}
	return f
}

// oops is a page with one sentence and a way on.
type oops struct {
	frame
	Text, Back string
}

func (pg *page) notFound(w http.ResponseWriter, r *http.Request) {
	f := pg.frame("404", accepted(r.Header.Get("Accept-Language")))
	pg.send(w, r, http.StatusNotFound, "oops.html", oops{frame: f, Text: f.T["not_found"], Back: "/"})
}

func (v *viewer) notFound(w http.ResponseWriter, r *http.Request) {
	f := v.pg.frame("404", v.Locale)
	v.pg.send(w, r, http.StatusNotFound, "oops.html", oops{frame: f, Text: f.T["not_yours"], Back: v.Base() + "/"})
}

// initials are the letters on somebody's or some place's badge.
func initials(name string) string {
	var letters []rune
	for _, word := range strings.Fields(name) {
		if len(letters) < 2 {
			letters = append(letters, []rune(strings.ToUpper(word))[0])
		}
	}
	return string(letters)
}

// tint is one of eight colours, the same for the same name.
func tint(name string) int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(name)) // never fails
	return int(sum.Sum32() % 8)
}

// badge is somebody's or some place's picture.
type badge struct {
	Letters string
	Tint    int
}

func badgeOf(name string) badge { return badge{initials(name), tint(name)} }
