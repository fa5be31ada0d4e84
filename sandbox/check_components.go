package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of the components of one message.
const (
	maxComponents    = 40
	maxDisplayedText = 4000
	maxLegacyRows    = 5
)

// layout checks the components of one message or one form and keeps what must
// be unique or is counted over all of them.
type layout struct {
	form      bool            // a modal, else a message
	files     map[string]bool // what attachment://name may name
	customIDs map[string]bool
	ids       map[int64]bool
	count     int
	text      int
}

func newLayout(files map[string]bool) *layout {
	return &layout{files: files, customIDs: map[string]bool{}, ids: map[int64]bool{}}
}

// message checks the components of a message. Without v2 there may be up to
// five rows and nothing else.
func (l *layout) message(c check, list []any, v2 bool) {
	allowed := []int{ActionRow}
	if v2 {
		allowed = []int{ActionRow, Section, TextDisplay, MediaGallery, File, Separator, Container}
	} else if len(list) > maxLegacyRows {
		c.fail("BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", maxLegacyRows)
	}
	for i, v := range list {
		l.component(c.item(i), v, allowed)
	}
	if l.count > maxComponents {
		c.fail("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The total number of components exceeds the maximum of %d", maxComponents)
	}
	if l.text > maxDisplayedText {
		c.fail("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "The total displayable text size exceeds the maximum size of %d", maxDisplayedText)
	}
}

// component checks one component, whose type must be among the allowed.
func (l *layout) component(c check, v any, allowed []int) {
	o := c.object(v)
	if o == nil {
		return
	}
	kind := typeOf(v)
	if !slices.Contains(allowed, kind) {
		l.wrongType(c, o, allowed)
		return
	}
	l.count++
	if id, ok := c.integer(o, "id", 0, 1<<31-1, false); ok && id != 0 {
		if l.ids[id] {
			c.at("id").fail("COMPONENT_DUPLICATE_ID", "Component id cannot be duplicated")
		}
		l.ids[id] = true
	}
	switch kind {
	case ActionRow:
		l.row(c, o)
	case Button:
		l.button(c, o)
	case StringSelect, UserSelect, RoleSelect, MentionableSelect, ChannelSelect:
		l.menu(c, o, kind)
	case TextInput:
		l.textInput(c, o)
	case Section:
		l.section(c, o)
	case TextDisplay:
		l.text += utf8.RuneCountInString(c.text(o, "content", 1, maxDisplayedText, true))
	case Thumbnail:
		l.media(c, o, "media", false)
		c.text(o, "description", 0, 1024, false)
		c.boolean(o, "spoiler")
	case MediaGallery:
		l.gallery(c, o)
	case File:
		l.media(c, o, "file", true)
		c.boolean(o, "spoiler")
	case Separator:
		c.oneOf(o, "spacing", false, 1, 2)
		c.boolean(o, "divider")
	case Container:
		l.container(c, o)
	case Label:
		l.label(c, o)
	case FileUpload:
		l.customID(c, o)
		l.bounds(c, o, 10)
		l.requiredNeedsOne(c, o)
	case RadioGroup, CheckboxGroup:
		l.group(c, o, kind)
	case Checkbox:
		l.customID(c, o)
		c.boolean(o, "default")
	}
}

func (l *layout) wrongType(c check, o map[string]any, allowed []int) {
	if o["type"] == nil {
		c.at("type").missing()
		return
	}
	words := make([]string, len(allowed))
	for i, a := range allowed {
		words[i] = strconv.Itoa(a)
	}
	c.at("type").fail("UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (%s).", strings.Join(words, ", "))
}

func (l *layout) container(c check, o map[string]any) {
	c.integer(o, "accent_color", 0, 0xFFFFFF, false)
	c.boolean(o, "spoiler")
	inside := []int{ActionRow, Section, TextDisplay, MediaGallery, File, Separator}
	for i, v := range c.list(o, "components", 1, maxComponents, true) {
		l.component(c.at("components").item(i), v, inside)
	}
}

func (l *layout) section(c check, o map[string]any) {
	for i, v := range c.list(o, "components", 1, 3, true) {
		l.component(c.at("components").item(i), v, []int{TextDisplay})
	}
	if o["accessory"] == nil {
		c.at("accessory").missing()
		return
	}
	l.component(c.at("accessory"), o["accessory"], []int{Button, Thumbnail})
}

func (l *layout) gallery(c check, o map[string]any) {
	for i, v := range c.list(o, "items", 1, 10, true) {
		at := c.at("items").item(i)
		if item := at.object(v); item != nil {
			l.media(at, item, "media", false)
			at.text(item, "description", 0, 1024, false)
			at.boolean(item, "spoiler")
		}
	}
}

// media checks an address: of a file of this message, or, unless it must be
// uploaded, of anything on the web.
func (l *layout) media(c check, o map[string]any, key string, uploaded bool) {
	at := c.at(key)
	if o[key] == nil {
		at.missing()
		return
	}
	m := at.object(o[key])
	if m == nil {
		return
	}
	address := at.text(m, "url", 1, 2048, true)
	if address == "" {
		return
	}
	name, isFile := strings.CutPrefix(address, "attachment://")
	switch {
	case isFile && !l.files[name]:
		at.at("url").fail("COMPONENT_MEDIA_REFERENCE_NOT_FOUND", "The referenced attachment %q was not found", name)
	case !isFile && uploaded:
		at.at("url").fail("COMPONENT_FILE_NOT_ATTACHMENT", "Only attachment://<filename> references are supported")
	case !isFile && !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://"):
		at.at("url").fail("URL_TYPE_INVALID_SCHEME", "Scheme %q is not supported. Scheme must be one of ('http', 'https', 'attachment').",
			strings.SplitN(address, ":", 2)[0])
	}
}

// customID checks presence, length and uniqueness.
func (l *layout) customID(c check, o map[string]any) {
	id := c.text(o, "custom_id", 1, 100, true)
	if id == "" {
		return
	}
	if l.customIDs[id] {
		c.at("custom_id").fail("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	l.customIDs[id] = true
}
