package locales

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed active.*.toml
var files embed.FS

// Catalog holds every text in every language. It does not change after Load and
// serves any number of goroutines.
type Catalog struct {
	log   *slog.Logger
	langs []*lang          // in the table's order
	byTag map[string]*lang // by tag and alias, in lower case
	said  sync.Map         // complaints that the log has heard already
}

// lang is one language's catalogue.
type lang struct {
	row
	texts   map[string]*text
	plurals plurals
	words   words
}

// text is a message in one language: its template for each plural form, of
// which most messages have only the last.
type text struct {
	forms  [6]*template
	plural bool
}

// Load reads the catalogues that are built into the program.
func Load(log *slog.Logger) (*Catalog, error) { return load(log, files, languages()) }

func load(log *slog.Logger, from fs.FS, rows []row) (*Catalog, error) {
	c := &Catalog{log: log, byTag: map[string]*lang{}}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	for _, r := range rows {
		l, err := loadLang(from, r)
		if err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", r.Tag, err)
		}
		c.langs = append(c.langs, l)
		for _, tag := range append([]string{r.Tag}, r.aliases...) {
			tag = strings.ToLower(tag)
			if c.byTag[tag] != nil {
				return nil, fmt.Errorf("catalogue %s: %q means two languages", r.Tag, tag)
			}
			c.byTag[tag] = l
		}
	}
	if c.byTag[english] == nil {
		return nil, errors.New("no English catalogue")
	}
	for _, l := range c.langs {
		for _, tag := range l.falls {
			if c.byTag[tag] == nil {
				return nil, fmt.Errorf("catalogue %s: falls to %q, which we do not speak", l.Tag, tag)
			}
		}
	}
	for _, l := range c.langs {
		var err error
		if l.words, err = wordsOf(c.chain(l)); err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", l.Tag, err)
		}
	}
	return c, nil
}

// loadLang reads one catalogue. Each language has a go-i18n bundle of its own:
// in a common one the library's matcher would never choose "fi-simple".
func loadLang(from fs.FS, r row) (*lang, error) {
	name := "active." + r.Tag + ".toml"
	data, err := fs.ReadFile(from, name)
	if err != nil {
		return nil, err
	}
	tag, err := language.Parse(r.Tag)
	if err != nil {
		return nil, err
	}
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	file, err := bundle.ParseMessageFileBytes(data, name)
	if err != nil {
		return nil, err
	}
	l := &lang{row: r, texts: make(map[string]*text, len(file.Messages))}
	for _, m := range file.Messages {
		if l.texts[m.ID], err = newText(m); err != nil {
			return nil, fmt.Errorf("%s: %w", m.ID, err)
		}
	}
	l.plurals, err = pluralsOf(bundle, tag)
	return l, err
}

func newText(m *i18n.Message) (*text, error) {
	t := &text{}
	for form, src := range sources(m) {
		if src == "" {
			continue
		}
		tmpl, err := parseTemplate(src)
		if err != nil {
			return nil, err
		}
		t.forms[form] = tmpl
		t.plural = t.plural || form != other
	}
	if t.forms[other] == nil {
		return nil, errors.New(`no "other" form`)
	}
	return t, nil
}

// form is the template for a number; where the language's own form is missing,
// the one that every message has.
func (t *text) form(l *lang, data Data) (tmpl *template, counted bool) {
	if !t.plural {
		return t.forms[other], true
	}
	n, ok := integer(data["Count"])
	if !ok {
		return t.forms[other], false
	}
	if tmpl = t.forms[l.plurals.form(n)]; tmpl == nil {
		tmpl = t.forms[other]
	}
	return tmpl, true
}

// Languages are those we speak, in the order in which to offer them.
func (c *Catalog) Languages() []Language {
	all := make([]Language, len(c.langs))
	for i, l := range c.langs {
		all[i] = l.Language
	}
	return all
}

// Known gives the tag of ours that a tag or one of Discord's locales means.
func (c *Catalog) Known(tag string) (string, bool) {
	if l := c.find(tag); l != nil {
		return l.Tag, true
	}
	return "", false
}

// Localizations gives a text for each of Discord's locales that we speak, as it
// wants them for the names and descriptions of commands. English is left out:
// it is the name itself.
func (c *Catalog) Localizations(id string) map[string]string {
	all := map[string]string{}
	for _, l := range c.langs {
		t := l.texts[id]
		if t == nil {
			continue
		}
		for _, locale := range l.discord {
			all[locale] = Voice{catalog: c, chain: []*lang{l}}.Plain(Msg{ID: id})
		}
	}
	return all
}

// complain logs something once. It is given ids and never what a person wrote.
func (c *Catalog) complain(what, tag, id, name string) {
	if c == nil {
		return
	}
	if _, again := c.said.LoadOrStore([4]string{what, tag, id, name}, true); !again {
		c.log.Error("text cannot be said as meant", "problem", what, "language", tag, "id", id, "name", name)
	}
}
