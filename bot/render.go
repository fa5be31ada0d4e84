package bot

import (
	"path"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
)

// Discord's bounds on a message, and on what stands in it, in characters.
const (
	maxText        = 4000
	maxComponents  = 40
	maxLabel       = 80
	maxOption      = 100
	maxHint        = 150
	maxFormTitle   = 45
	maxFormLabel   = 45
	maxFieldHelp   = 100
	maxFieldHint   = 100
	maxFieldLength = 4000
	maxAlt         = 1024
)

// renderCard makes components of a card, or of the first of its shorter forms
// that fits into a message: all of it in one frame.
func renderCard(v locales.Voice, c commands.Card) []discordgo.MessageComponent {
	for {
		r := renderer{voice: v, left: maxText}
		for _, block := range c.Blocks {
			r.block(block)
		}
		if c.Shorter != nil && (r.cut || count(r.out)+1 > maxComponents) {
			c = *c.Shorter
			continue
		}
		frame := discordgo.Container{Components: r.out}
		if color, ok := colorOf(c.Tone); ok {
			frame.AccentColor = &color
		}
		return []discordgo.MessageComponent{frame}
	}
}

// count counts components with those inside them.
func count(components []discordgo.MessageComponent) int {
	n := len(components)
	for _, c := range components {
		switch c := c.(type) {
		case discordgo.ActionsRow:
			n += len(c.Components)
		case discordgo.Section:
			n += len(c.Components) + 1
		}
	}
	return n
}

func colorOf(t commands.Tone) (int, bool) {
	switch t {
	case commands.Good:
		return 0x2E7D5B, true
	case commands.Warn:
		return 0xC77800, true
	case commands.Bad:
		return 0xB3261E, true
	case commands.Plain:
	}
	return 0, false
}

type renderer struct {
	voice locales.Voice
	out   []discordgo.MessageComponent
	// left is how much text still fits into the message, and cut tells that some
	// did not.
	left int
	cut  bool
}

func (r *renderer) block(block commands.Block) {
	switch b := block.(type) {
	case commands.Heading:
		r.text("## ", b.Text)
	case commands.Para:
		r.text("", b.Text)
	case commands.Small:
		r.text("-# ", b.Text)
	case commands.Divider:
		r.out = append(r.out, discordgo.Separator{})
	case commands.Entry:
		if text := r.words("", b.Text); text != "" {
			r.out = append(r.out, discordgo.Section{
				Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: text}},
				Accessory:  r.button(b.Button),
			})
		}
	case commands.Buttons:
		for len(b) > 0 {
			n := min(len(b), 5)
			row := discordgo.ActionsRow{}
			for _, button := range b[:n] {
				row.Components = append(row.Components, r.button(button))
			}
			r.out, b = append(r.out, row), b[n:]
		}
	case commands.Menu:
		r.out = append(r.out, discordgo.ActionsRow{Components: []discordgo.MessageComponent{r.menu(b)}})
	case commands.Picture:
		item := discordgo.MediaGalleryItem{Media: discordgo.UnfurledMediaItem{URL: "attachment://" + b.Name}}
		if alt := clip(r.voice.Plain(b.Alt), maxAlt); alt != "" {
			item.Description = &alt
		}
		r.out = append(r.out, discordgo.MediaGallery{Items: []discordgo.MediaGalleryItem{item}})
	case commands.Attached:
		r.out = append(r.out, discordgo.FileComponent{File: discordgo.UnfurledMediaItem{URL: "attachment://" + b.Name}})
	}
}

func (r *renderer) text(mark string, text locales.Text) {
	if words := r.words(mark, text); words != "" {
		r.out = append(r.out, discordgo.TextDisplay{Content: words})
	}
}

// words says a text with a mark before each line, and keeps to what still fits.
func (r *renderer) words(mark string, text locales.Text) string {
	words := r.voice.Say(text)
	if words == "" {
		return ""
	}
	if r.left <= 0 {
		r.cut = true
		return ""
	}
	if mark != "" {
		words = mark + strings.ReplaceAll(words, "\n", "\n"+mark)
	}
	r.cut = r.cut || utf8.RuneCountInString(words) > r.left
	words = clip(words, r.left)
	r.left -= utf8.RuneCountInString(words)
	return words
}

func (r *renderer) button(b commands.Button) discordgo.Button {
	out := discordgo.Button{Label: r.label(b.Label), Disabled: b.Off}
	if b.URL != "" {
		out.Style, out.URL = discordgo.LinkButton, b.URL
		return out
	}
	out.CustomID = press{b.Verb, b.ID, b.Arg}.String()
	switch b.Style {
	case commands.Primary:
		out.Style = discordgo.PrimaryButton
	case commands.Success:
		out.Style = discordgo.SuccessButton
	case commands.Danger:
		out.Style = discordgo.DangerButton
	case commands.Secondary:
		out.Style = discordgo.SecondaryButton
	}
	return out
}

// label says what stands on a button. One in several languages leaves the last
// ones out if there is no room for all: a word and a half is no help to anybody.
func (r *renderer) label(text locales.Text) string {
	said := r.voice.Plain(text)
	all, several := text.(locales.Beside)
	for several && len(all) > 1 && utf8.RuneCountInString(said) > maxLabel {
		all = all[:len(all)-1]
		said = r.voice.Plain(all)
	}
	return clip(said, maxLabel)
}

func (r *renderer) menu(m commands.Menu) discordgo.SelectMenu {
	least := m.Least
	out := discordgo.SelectMenu{
		CustomID:    press{m.Verb, m.ID, m.Arg}.String(),
		Placeholder: clip(r.voice.Plain(m.Hint), maxHint),
		MinValues:   &least,
		MaxValues:   max(1, m.Most),
	}
	if m.Least == 0 && max(1, m.Most) == 1 && m.Of == commands.OfChoices {
		least = 1
	}
	kind := discordgo.SelectMenuDefaultValueRole
	switch m.Of {
	case commands.OfChoices:
		out.MenuType = discordgo.StringSelectMenu
		for _, c := range m.Choices[:min(len(m.Choices), 25)] {
			option := discordgo.SelectMenuOption{Label: clip(r.voice.Plain(c.Label), maxOption), Value: c.Value, Default: c.Chosen}
			if c.About != nil {
				option.Description = clip(r.voice.Plain(c.About), maxOption)
			}
			out.Options = append(out.Options, option)
		}
		out.MaxValues = min(out.MaxValues, len(out.Options))
	case commands.OfRoles:
		out.MenuType = discordgo.RoleSelectMenu
	case commands.OfChannels:
		out.MenuType = discordgo.ChannelSelectMenu
		out.ChannelTypes = []discordgo.ChannelType{discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews}
		kind = discordgo.SelectMenuDefaultValueChannel
	}
	for _, id := range m.Chosen {
		out.DefaultValues = append(out.DefaultValues, discordgo.SelectMenuDefaultValue{ID: core.Snowflake(id), Type: kind})
	}
	return out
}

// renderForm makes a modal of a form.
func renderForm(v locales.Voice, f commands.Form) *discordgo.InteractionResponseData {
	data := &discordgo.InteractionResponseData{
		CustomID: press{f.Verb, f.ID, f.Arg}.String(),
		Title:    clip(v.Plain(f.Title), maxFormTitle),
	}
	for _, field := range f.Fields {
		required := field.Required
		most := field.Max
		if most == 0 {
			most = maxFieldLength
		}
		input := discordgo.TextInput{
			CustomID: field.Name, Style: discordgo.TextInputShort, Required: &required, MaxLength: most,
			Placeholder: clip(v.Plain(field.Hint), maxFieldHint), Value: cut(field.Value, most),
		}
		if field.Long {
			input.Style = discordgo.TextInputParagraph
		}
		data.Components = append(data.Components, discordgo.Label{
			Label: clip(v.Plain(field.Label), maxFormLabel), Description: clip(v.Plain(field.Help), maxFieldHelp),
			Component: input,
		})
	}
	return data
}

// clip shortens what is too long for its place, and shows that it did. Nothing
// of ours is too long: the catalogues are tested; a person's title in a label
// may be.
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return closeIsolates(strings.TrimSpace(cut(s, most-2))) + "…"
}

// cut takes the first so many characters.
func cut(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i]
		}
		n++
	}
	return s
}

// closeIsolates ends what a cut left open, so that nothing after it runs the
// wrong way. Texts have at most one open at a time where they are cut short.
func closeIsolates(s string) string {
	if strings.Count(s, "\u2068") > strings.Count(s, "\u2069") {
		return s + "\u2069"
	}
	return s
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".json":
		return "application/json"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".zip":
		return "application/zip"
	case ".png":
		return "image/png"
	}
	return "application/octet-stream"
}
