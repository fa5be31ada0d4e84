package sandbox_test

import (
	"fmt"
	"strings"
	"testing"

	"talkoot/sandbox"
)

type o map[string]any

// limit is a form at a limit and the same a step beyond.
type limit struct {
	at, over any
	where    string // of the fault
	code     string // inner code
}

// check sends both with send and looks at what is said.
func (l limit) check(t *testing.T, send func(any) response) {
	t.Helper()
	if got := send(l.at); got.status >= 300 {
		t.Errorf("at the limit: %d %s", got.status, got.raw)
	}
	got := send(l.over)
	if got.status != 400 || got.code() != 50035 || got.body["message"] != "Invalid Form Body" {
		t.Errorf("beyond the limit: %d %s", got.status, got.raw)
	}
	if code := got.fault(l.where); code != l.code {
		t.Errorf("at %s: %q, want %q: %s", l.where, code, l.code, got.raw)
	}
}

func x(n int) string { return strings.Repeat("ä", n) }

func text(s string) o { return o{"type": 10, "content": s} }

func button(id, label string) o { return o{"type": 2, "style": 1, "custom_id": id, "label": label} }

func actions(in ...any) o { return o{"type": 1, "components": in} }

func many(n int, make func(i int) any) []any {
	all := []any{}
	for i := range n {
		all = append(all, make(i))
	}
	return all
}

func option(i int) any { return o{"label": fmt.Sprint("L", i), "value": fmt.Sprint("V", i)} }

func menu(change ...o) o {
	m := o{"type": 3, "custom_id": "m", "options": many(3, option)}
	for _, c := range change {
		for k, v := range c {
			m[k] = v
		}
	}
	return m
}

func message(parts ...any) o { return o{"flags": 32768, "components": parts} }

func TestMessageLimits(t *testing.T) {
	buttons := func(n int) []any { return many(n, func(i int) any { return button(fmt.Sprint(i), "b") }) }
	inMenu := func(change o) o { return message(actions(menu(change))) }
	oneOption := func(change o) o {
		op := o{"label": "L", "value": "V"}
		for k, v := range change {
			op[k] = v
		}
		return inMenu(o{"options": []any{op}})
	}
	section := func(texts int, accessory any) o {
		s := o{"type": 9, "components": many(texts, func(int) any { return text("t") })}
		if accessory != nil {
			s["accessory"] = accessory
		}
		return message(s)
	}
	gallery := func(n int) o {
		return message(o{"type": 12, "items": many(n, func(int) any { return o{"media": o{"url": "https://example.org/a.png"}} })})
	}
	inRow := func(b o) o { return message(actions(b)) }
	container := func(in ...any) o { return message(o{"type": 17, "components": in}) }
	mention := func(m any) o { return o{"content": "x", "allowed_mentions": m} }
	ids := func(n int) []any { return many(n, func(i int) any { return fmt.Sprint(1000 + i) }) }
	tests := map[string]limit{
		"content":             {o{"content": x(2000)}, o{"content": x(2001)}, "content", "BASE_TYPE_MAX_LENGTH"},
		"nonce":               {o{"content": "x", "nonce": x(25)}, o{"content": "x", "nonce": x(26)}, "nonce", "BASE_TYPE_MAX_LENGTH"},
		"embeds":              {o{"embeds": many(10, func(int) any { return o{"title": "t"} })}, o{"embeds": many(11, func(int) any { return o{"title": "t"} })}, "embeds", "BASE_TYPE_MAX_LENGTH"},
		"embed title":         {o{"embeds": []any{o{"title": x(256)}}}, o{"embeds": []any{o{"title": x(257)}}}, "embeds.0.title", "BASE_TYPE_MAX_LENGTH"},
		"embed text in all":   {o{"embeds": []any{o{"description": x(3000)}, o{"description": x(3000)}}}, o{"embeds": []any{o{"description": x(3000)}, o{"description": x(3001)}}}, "embeds", "MAX_EMBED_SIZE_EXCEEDED"},
		"legacy rows":         {o{"components": many(5, func(i int) any { return actions(button(fmt.Sprint(i), "b")) }), "content": "x"}, o{"components": many(6, func(i int) any { return actions(button(fmt.Sprint(i), "b")) }), "content": "x"}, "components", "BASE_TYPE_MAX_LENGTH"},
		"v2 without its flag": {message(text("t")), o{"components": []any{text("t")}}, "components.0.type", "UNION_TYPE_CHOICES"},
		"v2 and content":      {message(text("t")), o{"flags": 32768, "content": "x", "components": []any{text("t")}}, "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
		"v2 and embeds":       {message(text("t")), o{"flags": 32768, "embeds": []any{o{"title": "x"}}, "components": []any{text("t")}}, "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
		"a private post":      {message(text("t")), o{"flags": 64, "content": "x"}, "flags", "MESSAGE_FLAGS_INVALID"},
		"components":          {message(many(40, func(int) any { return text("t") })...), message(many(41, func(int) any { return text("t") })...), "components", "BASE_TYPE_MAX_LENGTH"},
		"components in all": {
			container(many(39, func(int) any { return text("t") })...),
			container(many(40, func(int) any { return text("t") })...), "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
		},
		"text in all":     {message(text(x(2000)), text(x(2000))), message(text(x(2000)), text(x(2001))), "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"},
		"an empty text":   {message(text("t")), message(text(" ")), "components.0.content", "BASE_TYPE_REQUIRED"},
		"buttons in row":  {message(actions(buttons(5)...)), message(actions(buttons(6)...)), "components.0.components", "BASE_TYPE_BAD_LENGTH"},
		"an empty row":    {message(actions(button("a", "b"))), message(actions()), "components.0.components", "BASE_TYPE_REQUIRED"},
		"select in row":   {message(actions(menu())), message(actions(menu(), button("a", "b"))), "components.0", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"},
		"selects in row":  {message(actions(menu())), message(actions(menu(), menu(o{"custom_id": "n"}))), "components.0", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"},
		"text in row":     {message(actions(button("a", "b"))), message(actions(text("t"))), "components.0.components.0.type", "UNION_TYPE_CHOICES"},
		"input in row":    {message(actions(button("a", "b"))), message(actions(o{"type": 4, "custom_id": "i", "style": 1, "label": "l"})), "components.0.components.0.type", "UNION_TYPE_CHOICES"},
		"label outside":   {message(text("t")), message(o{"type": 18, "label": "l", "component": menu()}), "components.0.type", "UNION_TYPE_CHOICES"},
		"bare button":     {inRow(button("a", "b")), message(button("a", "b")), "components.0.type", "UNION_TYPE_CHOICES"},
		"nested box":      {container(text("t")), container(o{"type": 17, "components": []any{text("t")}}), "components.0.components.0.type", "UNION_TYPE_CHOICES"},
		"empty box":       {container(text("t")), container(), "components.0.components", "BASE_TYPE_REQUIRED"},
		"accent":          {message(o{"type": 17, "accent_color": 0xFFFFFF, "components": []any{text("t")}}), message(o{"type": 17, "accent_color": 0x1000000, "components": []any{text("t")}}), "components.0.accent_color", "NUMBER_TYPE_MAX"},
		"spacing":         {message(text("t"), o{"type": 14, "spacing": 2}), message(text("t"), o{"type": 14, "spacing": 3}), "components.1.spacing", "BASE_TYPE_CHOICES"},
		"section texts":   {section(3, button("a", "b")), section(4, button("a", "b")), "components.0.components", "BASE_TYPE_BAD_LENGTH"},
		"section bare":    {section(1, button("a", "b")), section(1, nil), "components.0.accessory", "BASE_TYPE_REQUIRED"},
		"section select":  {section(1, o{"type": 11, "media": o{"url": "https://example.org/a.png"}}), section(1, menu()), "components.0.accessory.type", "UNION_TYPE_CHOICES"},
		"gallery":         {gallery(10), gallery(11), "components.0.items", "BASE_TYPE_BAD_LENGTH"},
		"gallery scheme":  {gallery(1), message(o{"type": 12, "items": []any{o{"media": o{"url": "file:///etc/passwd"}}}}), "components.0.items.0.media.url", "URL_TYPE_INVALID_SCHEME"},
		"button label":    {inRow(button("a", x(80))), inRow(button("a", x(81))), "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH"},
		"mute button":     {inRow(button("a", "b")), inRow(button("a", "")), "components.0.components.0", "BUTTON_COMPONENT_INVALID"},
		"button emoji":    {inRow(o{"type": 2, "style": 1, "custom_id": "a", "emoji": o{"name": "🐜"}}), inRow(o{"type": 2, "style": 1, "custom_id": "a", "emoji": o{"name": "ant"}}), "components.0.components.0.emoji.name", "BUTTON_COMPONENT_INVALID_EMOJI"},
		"custom_id":       {inRow(button(x(100), "b")), inRow(button(x(101), "b")), "components.0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH"},
		"no custom_id":    {inRow(button("a", "b")), inRow(o{"type": 2, "style": 1, "label": "b"}), "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED"},
		"same custom_id":  {message(actions(button("a", "b"), button("b", "b"))), message(actions(button("a", "b"), button("a", "b"))), "components.0.components.1.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"},
		"same id":         {message(o{"type": 10, "content": "t", "id": 1}, o{"type": 10, "content": "t", "id": 2}), message(o{"type": 10, "content": "t", "id": 1}, o{"type": 10, "content": "t", "id": 1}), "components.1.id", "COMPONENT_DUPLICATE_ID"},
		"button style":    {inRow(o{"type": 2, "style": 4, "custom_id": "a", "label": "b"}), inRow(o{"type": 2, "style": 7, "custom_id": "a", "label": "b"}), "components.0.components.0.style", "BASE_TYPE_CHOICES"},
		"link":            {inRow(o{"type": 2, "style": 5, "url": "https://example.org/" + strings.Repeat("a", 492), "label": "b"}), inRow(o{"type": 2, "style": 5, "url": "https://example.org/" + strings.Repeat("a", 493), "label": "b"}), "components.0.components.0.url", "BASE_TYPE_BAD_LENGTH"},
		"link and id":     {inRow(o{"type": 2, "style": 5, "url": "https://example.org", "label": "b"}), inRow(o{"type": 2, "style": 5, "url": "https://example.org", "label": "b", "custom_id": "a"}), "components.0.components.0.custom_id", "BUTTON_COMPONENT_CUSTOM_ID_AND_URL"},
		"id and link":     {inRow(button("a", "b")), inRow(o{"type": 2, "style": 1, "custom_id": "a", "label": "b", "url": "https://example.org"}), "components.0.components.0.url", "BUTTON_COMPONENT_CUSTOM_ID_AND_URL"},
		"link scheme":     {inRow(o{"type": 2, "style": 5, "url": "https://example.org", "label": "b"}), inRow(o{"type": 2, "style": 5, "url": "javascript:alert(1)", "label": "b"}), "components.0.components.0.url", "URL_TYPE_INVALID_SCHEME"},
		"options":         {inMenu(o{"options": many(25, option)}), inMenu(o{"options": many(26, option)}), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"},
		"no options":      {inMenu(o{}), inMenu(o{"options": []any{}}), "components.0.components.0.options", "BASE_TYPE_REQUIRED"},
		"option label":    {oneOption(o{"label": x(100)}), oneOption(o{"label": x(101)}), "components.0.components.0.options.0.label", "BASE_TYPE_BAD_LENGTH"},
		"option value":    {oneOption(o{"value": x(100)}), oneOption(o{"value": x(101)}), "components.0.components.0.options.0.value", "BASE_TYPE_BAD_LENGTH"},
		"option words":    {oneOption(o{"description": x(100)}), oneOption(o{"description": x(101)}), "components.0.components.0.options.0.description", "BASE_TYPE_MAX_LENGTH"},
		"same value":      {inMenu(o{}), inMenu(o{"options": []any{option(1), option(1)}}), "components.0.components.0.options.1.value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"},
		"placeholder":     {inMenu(o{"placeholder": x(150)}), inMenu(o{"placeholder": x(151)}), "components.0.components.0.placeholder", "BASE_TYPE_MAX_LENGTH"},
		"min_values":      {inMenu(o{"min_values": 0}), inMenu(o{"min_values": 26}), "components.0.components.0.min_values", "NUMBER_TYPE_MAX"},
		"max_values":      {inMenu(o{"max_values": 3}), inMenu(o{"max_values": 4}), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"},
		"min above max":   {inMenu(o{"min_values": 2, "max_values": 2}), inMenu(o{"min_values": 3, "max_values": 2}), "components.0.components.0.min_values", "SELECT_COMPONENT_MIN_GREATER_THAN_MAX"},
		"chosen before":   {inMenu(o{"options": []any{o{"label": "a", "value": "a", "default": true}, option(2)}}), inMenu(o{"options": []any{o{"label": "a", "value": "a", "default": true}, o{"label": "b", "value": "b", "default": true}}}), "components.0.components.0.options", "SELECT_COMPONENT_MAX_DEFAULTS_EXCEEDED"},
		"default channel": {message(actions(o{"type": 8, "custom_id": "c", "default_values": []any{o{"id": "1", "type": "channel"}}})), message(actions(o{"type": 8, "custom_id": "c", "default_values": []any{o{"id": "1", "type": "role"}}})), "components.0.components.0.default_values.0.type", "BASE_TYPE_CHOICES"},
		"defaults":        {message(actions(o{"type": 6, "custom_id": "c", "default_values": []any{o{"id": "1", "type": "role"}}})), message(actions(o{"type": 6, "custom_id": "c", "default_values": []any{o{"id": "1", "type": "role"}, o{"id": "2", "type": "role"}}})), "components.0.components.0.default_values", "BASE_TYPE_BAD_LENGTH"},
		"mentioned users": {mention(o{"parse": []any{}, "users": ids(100)}), mention(o{"parse": []any{}, "users": ids(101)}), "allowed_mentions.users", "BASE_TYPE_MAX_LENGTH"},
		"mention kinds":   {mention(o{"parse": []any{"users", "roles", "everyone"}}), mention(o{"parse": []any{"here"}}), "allowed_mentions.parse.0", "BASE_TYPE_CHOICES"},
		"mention twice":   {mention(o{"parse": []any{"roles"}, "users": ids(1)}), mention(o{"parse": []any{"users"}, "users": ids(1)}), "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"},
		"a wrong type":    {message(text("t")), o{"content": 5}, "content", "STRING_TYPE_CONVERT"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, lifted)
			tt.check(t, func(form any) response { return w.api("POST", "/channels/"+w.channel.ID+"/messages", form) })
		})
	}
}

// lifted takes the rate limits away, which are not what most tests are about.
func lifted(o *sandbox.Options) { o.NoRateLimits = true }

func TestModalLimits(t *testing.T) {
	input := func(change o) o {
		in := o{"type": 4, "custom_id": "i", "style": 1}
		for k, v := range change {
			in[k] = v
		}
		return in
	}
	label := func(change o) o {
		l := o{"type": 18, "label": "L", "component": input(o{})}
		for k, v := range change {
			l[k] = v
		}
		return l
	}
	form := func(change o) o {
		f := o{"custom_id": "f", "title": "T", "components": []any{label(o{})}}
		for k, v := range change {
			f[k] = v
		}
		return f
	}
	in := func(change o) o { return form(o{"components": []any{label(o{"component": input(change)})}}) }
	with := func(c o) o { return form(o{"components": []any{label(o{"component": c})}}) }
	labels := func(n int) o {
		return form(o{"components": many(n, func(i int) any { return label(o{"component": input(o{"custom_id": fmt.Sprint(i)})}) })})
	}
	inner := "data.components.0.component."
	tests := map[string]limit{
		"title":          {form(o{"title": x(45)}), form(o{"title": x(46)}), "data.title", "BASE_TYPE_BAD_LENGTH"},
		"no title":       {form(o{}), form(o{"title": ""}), "data.title", "BASE_TYPE_REQUIRED"},
		"custom_id":      {form(o{"custom_id": x(100)}), form(o{"custom_id": x(101)}), "data.custom_id", "BASE_TYPE_BAD_LENGTH"},
		"components":     {labels(5), labels(6), "data.components", "BASE_TYPE_BAD_LENGTH"},
		"nothing":        {labels(1), labels(0), "data.components", "BASE_TYPE_REQUIRED"},
		"label":          {form(o{"components": []any{label(o{"label": x(45)})}}), form(o{"components": []any{label(o{"label": x(46)})}}), "data.components.0.label", "BASE_TYPE_BAD_LENGTH"},
		"description":    {form(o{"components": []any{label(o{"description": x(100)})}}), form(o{"components": []any{label(o{"description": x(101)})}}), "data.components.0.description", "BASE_TYPE_MAX_LENGTH"},
		"empty label":    {form(o{}), form(o{"components": []any{label(o{"component": nil})}}), "data.components.0.component", "BASE_TYPE_REQUIRED"},
		"bare input":     {form(o{}), form(o{"components": []any{input(o{})}}), "data.components.0.type", "UNION_TYPE_CHOICES"},
		"a button":       {form(o{}), with(button("a", "b")), inner + "type", "UNION_TYPE_CHOICES"},
		"label in label": {form(o{}), in(o{"label": "x"}), inner + "label", "COMPONENT_LABEL_NOT_ALLOWED"},
		"value":          {in(o{"value": x(4000)}), in(o{"value": x(4001)}), inner + "value", "BASE_TYPE_MAX_LENGTH"},
		"value too long": {in(o{"value": x(5), "max_length": 5}), in(o{"value": x(6), "max_length": 5}), inner + "value", "BASE_TYPE_BAD_LENGTH"},
		"placeholder":    {in(o{"placeholder": x(100)}), in(o{"placeholder": x(101)}), inner + "placeholder", "BASE_TYPE_MAX_LENGTH"},
		"min_length":     {in(o{"min_length": 4000}), in(o{"min_length": 4001}), inner + "min_length", "NUMBER_TYPE_MAX"},
		"max_length":     {in(o{"max_length": 1}), in(o{"max_length": 0}), inner + "max_length", "NUMBER_TYPE_MIN"},
		"min above max":  {in(o{"min_length": 5, "max_length": 5}), in(o{"min_length": 6, "max_length": 5}), inner + "min_length", "TEXT_INPUT_COMPONENT_MIN_GREATER_THAN_MAX"},
		"style":          {in(o{"style": 2}), in(o{"style": 3}), inner + "style", "BASE_TYPE_CHOICES"},
		"same custom_id": {labels(2), form(o{"components": []any{label(o{}), label(o{})}}), "data.components.1.component.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"},
		"disabled":       {with(menu(o{"disabled": false})), with(menu(o{"disabled": true})), inner + "disabled", "COMPONENT_DISABLED_IN_MODAL"},
		"none needed":    {with(menu(o{"min_values": 0, "required": false})), with(menu(o{"min_values": 0})), inner + "min_values", "COMPONENT_REQUIRED_MIN_VALUES"},
		"row":            {form(o{"components": []any{actions(input(o{"label": "L"}))}}), form(o{"components": []any{actions(input(o{}))}}), "data.components.0.components.0.label", "BASE_TYPE_REQUIRED"},
		"inputs in row":  {form(o{"components": []any{actions(input(o{"label": "L"}))}}), form(o{"components": []any{actions(input(o{"label": "L"}), input(o{"label": "L", "custom_id": "j"}))}}), "data.components.0.components", "BASE_TYPE_BAD_LENGTH"},
		"radio buttons":  {with(o{"type": 21, "custom_id": "r", "options": many(10, option)}), with(o{"type": 21, "custom_id": "r", "options": many(11, option)}), inner + "options", "BASE_TYPE_BAD_LENGTH"},
		"one radio":      {with(o{"type": 21, "custom_id": "r", "options": many(2, option)}), with(o{"type": 21, "custom_id": "r", "options": many(1, option)}), inner + "options", "BASE_TYPE_BAD_LENGTH"},
		"files":          {with(o{"type": 19, "custom_id": "f", "max_values": 10}), with(o{"type": 19, "custom_id": "f", "max_values": 11}), inner + "max_values", "NUMBER_TYPE_MAX"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, lifted)
			in := w.inbox()
			tt.check(t, func(form any) response {
				i, o := w.ping(in)
				got := w.api("POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", map[string]any{"type": 9, "data": form})
				if got.status >= 300 {
					must(t, say(w.bot, i, nothingToSay()))
				}
				o.get()
				return got
			})
		})
	}
}
