package sandbox

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of a message.
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedText   = 6000
	maxAttachments = 10
	maxFileSize    = 10 << 20
)

// messageForm says what kind of message form is checked.
type messageForm struct {
	flags  int64  // those that may be set
	before *draft // the message being edited, nil for a new one
}

// draft is what a message form looks at in the message as it is so far.
type draft struct {
	v2          bool
	content     bool
	embeds      bool
	attachments []Attachment
}

// checkMessage checks a message form with the files that came along, and
// returns which flags it leaves the message with.
func checkMessage(c check, o map[string]any, uploads []upload, f messageForm) (flags int64) {
	flags, sent := c.integer(o, "flags", 0, 1<<31-1, false)
	if bad := flags &^ f.flags; bad != 0 {
		c.at("flags").fail("MESSAGE_FLAGS_INVALID", "These flags cannot be set here: %d", bad)
	}
	v2 := flags&FlagComponentsV2 != 0
	if f.before != nil && f.before.v2 {
		if sent && !v2 {
			c.at("flags").fail("MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", "The IS_COMPONENTS_V2 flag cannot be removed from a message")
		}
		v2 = true
		flags |= FlagComponentsV2
	}
	content := c.text(o, "content", 0, maxContent, false)
	c.boolean(o, "tts")
	embeds := checkEmbeds(c.at("embeds"), c.list(o, "embeds", 0, maxEmbeds, false))
	checkMentions(c.at("allowed_mentions"), o["allowed_mentions"])
	files := checkAttachments(c, o, uploads, f.before)

	if v2 {
		legacyFields(c, o, f.before, content != "", embeds)
	}
	newLayout(files).message(c.at("components"), c.list(o, "components", 0, maxComponents, false), v2)
	return flags
}

// legacyFields refuses what a message of the new components cannot have: sent
// now, or left over from before.
func legacyFields(c check, o map[string]any, before *draft, content, embeds bool) {
	left := func(key string, now, earlier bool) {
		if _, sent := o[key]; !sent && before != nil {
			now = earlier
		}
		if now {
			c.at(key).fail("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
				"The '%s' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", key)
		}
	}
	left("content", content, before != nil && before.content)
	left("embeds", embeds, before != nil && before.embeds)
	left("poll", o["poll"] != nil, false)
	left("sticker_ids", len(list(o["sticker_ids"])) > 0, false)
}

func checkEmbeds(c check, embeds []any) bool {
	total := 0
	for i, v := range embeds {
		at := c.item(i)
		e := at.object(v)
		if e == nil {
			continue
		}
		count := func(at check, o map[string]any, key string, most int, required bool) {
			total += utf8.RuneCountInString(at.text(o, key, 0, most, required))
		}
		count(at, e, "title", 256, false)
		count(at, e, "description", 4096, false)
		for j, v := range at.list(e, "fields", 0, 25, false) {
			fieldAt := at.at("fields").item(j)
			if field := fieldAt.object(v); field != nil {
				count(fieldAt, field, "name", 256, true)
				count(fieldAt, field, "value", 1024, true)
			}
		}
		if footer, ok := e["footer"].(map[string]any); ok {
			count(at.at("footer"), footer, "text", 2048, true)
		}
		if author, ok := e["author"].(map[string]any); ok {
			count(at.at("author"), author, "name", 256, true)
		}
	}
	if total > maxEmbedText {
		c.fail("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of %d", maxEmbedText)
	}
	return len(embeds) > 0
}

// checkMentions checks allowed_mentions: what is named one by one cannot also
// be allowed as a whole.
func checkMentions(c check, v any) {
	if v == nil {
		return
	}
	o := c.object(v)
	if o == nil {
		return
	}
	c.boolean(o, "replied_user")
	var parse []string
	for i, v := range c.list(o, "parse", 0, 3, false) {
		at := c.at("parse").item(i)
		s, ok := v.(string)
		if !ok || !slices.Contains([]string{"users", "roles", "everyone"}, s) {
			at.fail("BASE_TYPE_CHOICES", "Value must be one of {'roles', 'users', 'everyone'}.")
		} else if slices.Contains(parse, s) {
			at.fail("LIST_ITEM_VALUE_DUPLICATED", "The value is duplicated")
		}
		parse = append(parse, s)
	}
	for _, key := range []string{"users", "roles"} {
		ids := c.list(o, key, 0, 100, false)
		seen := map[string]bool{}
		for i, v := range ids {
			id := c.at(key).snowflake(map[string]any{itoa(i): v}, itoa(i), true)
			if seen[id] {
				c.at(key).item(i).fail("LIST_ITEM_VALUE_DUPLICATED", "The value is duplicated")
			}
			seen[id] = true
		}
		if len(ids) > 0 && slices.Contains(parse, key) {
			c.fail("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:[%q] and %s: [ids...] are mutually exclusive.", key, key)
		}
	}
}

// checkAttachments checks the files of a message and returns the names that
// its components may use.
func checkAttachments(c check, o map[string]any, uploads []upload, before *draft) map[string]bool {
	names := map[string]bool{}
	named := c.list(o, "attachments", 0, maxAttachments, false)
	kept := 0
	for i, v := range named {
		at := c.at("attachments").item(i)
		a := at.object(v)
		if a == nil {
			continue
		}
		at.text(a, "description", 0, 1024, false)
		at.text(a, "filename", 0, 1024, false)
		id := at.snowflake(a, "id", true)
		if id == "" || slices.ContainsFunc(uploads, func(u upload) bool { return u.index == id }) {
			continue
		}
		if before != nil {
			if j := slices.IndexFunc(before.attachments, func(a Attachment) bool { return a.ID == id }); j >= 0 {
				names[before.attachments[j].Filename] = true
				kept++
				continue
			}
		}
		at.at("id").fail("ATTACHMENT_NOT_FOUND", "Attachment not found.")
	}
	if o["attachments"] == nil && before != nil {
		kept = len(before.attachments)
		for _, a := range before.attachments {
			names[a.Filename] = true
		}
	}
	for _, u := range uploads {
		names[u.name] = true
	}
	if kept+len(uploads) > maxAttachments {
		c.at("attachments").fail("BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", maxAttachments)
	}
	return names
}

// cleanFilename is the name that Discord stores: blanks become underscores,
// and what is not a plain letter, digit, dot, dash or underscore goes.
func cleanFilename(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '_'
		case r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-", r)):
			return r
		}
		return -1
	}, s)
	if strings.Trim(s, ".") == "" {
		return "unknown" + s
	}
	return s
}
