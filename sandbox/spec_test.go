package sandbox_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

// little is a description of one request, with each word of the schema
// language that Discord's own uses.
const little = `{
  "paths": {
    "/channels/{channel_id}/messages": {"parameters": [], "post": {"requestBody": {"required": true, "content": {
      "application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}}}},
    "/channels/{channel_id}/messages/{message_id}": {"delete": {}}
  },
  "components": {"schemas": {
    "ID": {"type": "string", "pattern": "^(0|[1-9][0-9]*)$", "format": "snowflake"},
    "Kind": {"type": "integer", "oneOf": [{"const": 1}, {"const": 2}], "format": "int32"},
    "Text": {"type": "object", "properties": {
      "type": {"type": "integer", "enum": [1], "allOf": [{"$ref": "#/components/schemas/Kind"}]},
      "text": {"type": "string", "minLength": 1, "maxLength": 5}}, "required": ["type", "text"]},
    "Box": {"type": "object", "properties": {
      "type": {"type": "integer", "enum": [2]},
      "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Text"}, "minItems": 1, "maxItems": 2}}, "required": ["type", "parts"]},
    "Message": {"type": "object", "properties": {
      "content": {"type": ["string", "null"], "maxLength": 5},
      "ids": {"type": "array", "items": {"$ref": "#/components/schemas/ID"}, "uniqueItems": true},
      "number": {"type": "integer", "minimum": 1, "maximum": 3},
      "share": {"type": "number"},
      "at": {"type": "string", "format": "date-time"},
      "link": {"type": "string", "format": "uri"},
      "names": {"type": "object", "additionalProperties": {"type": "string"}, "maxProperties": 1},
      "shut": {"type": "object", "properties": {"a": {}}, "additionalProperties": false, "minProperties": 1},
      "maybe": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/ID"}]},
      "components": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Text"}, {"$ref": "#/components/schemas/Box"}]}}}}
  }}
}`

func TestSpec_validator(t *testing.T) {
	file := filepath.Join(t.TempDir(), "little.json")
	if err := os.WriteFile(file, []byte(little), 0o600); err != nil {
		t.Fatal(err)
	}
	w := newTown(t, lifted, func(o *sandbox.Options) { o.Spec = file })
	tests := map[string]struct {
		body  any
		where string // of the violation; "-" for none
		what  string
	}{
		"all is well":         {o{"content": "x", "ids": []any{"1", "2"}, "number": 3, "share": 0.5, "maybe": nil}, "-", ""},
		"null":                {o{"content": nil, "embeds": []any{o{"title": "x"}}}, "-", ""},
		"not null":            {o{"content": "x", "number": nil}, "number", "null where integer"},
		"a whole share":       {o{"content": "x", "share": 1}, "-", ""},
		"a whole number":      {o{"content": "x", "number": 2.0}, "-", ""},
		"a broken number":     {o{"content": "x", "number": 2.5}, "number", "where integer is wanted"},
		"too small":           {o{"content": "x", "number": 0}, "number", "less than 1"},
		"too large":           {o{"content": "x", "number": 4}, "number", "more than 3"},
		"a number as text":    {o{"content": 5}, "content", "where"},
		"five letters":        {o{"content": "äääää"}, "-", ""},
		"six letters":         {o{"content": "ääääää"}, "content", "6 characters, more than 5"},
		"no snowflake":        {o{"content": "x", "ids": []any{"1", "x"}}, "ids[1]", "does not match"},
		"twice":               {o{"content": "x", "ids": []any{"1", "1"}}, "ids", "twice"},
		"a date":              {o{"content": "x", "at": "2026-12-12T18:00:00+02:00"}, "-", ""},
		"no date":             {o{"content": "x", "at": "12.12."}, "at", "no date-time"},
		"a link":              {o{"content": "x", "link": "attachment://a.png"}, "-", ""},
		"no link":             {o{"content": "x", "link": "a.png"}, "link", "no uri"},
		"one name":            {o{"content": "x", "names": o{"a": "b"}}, "-", ""},
		"a wrong name":        {o{"content": "x", "names": o{"a": 1}}, "names.a", "where string"},
		"two names":           {o{"content": "x", "names": o{"a": "b", "c": "d"}}, "names", "more than 1"},
		"a stranger":          {o{"content": "x", "shut": o{"b": 1}}, "shut.b", "no such property"},
		"nothing in it":       {o{"content": "x", "shut": o{}}, "shut", "fewer than 1"},
		"neither":             {o{"content": "x", "maybe": 5}, "maybe", "none of the 2"},
		"the one that is not": {o{"content": "x", "maybe": "x"}, "maybe", "does not match"},
		"a part":              {o{"content": "x", "components": []any{}}, "-", ""},
		"a part too long":     {o{"content": "x", "components": []any{o{"type": 1, "text": "123456"}}}, "components[0].text", "more than 5"},
		"in a box":            {o{"content": "x", "components": []any{o{"type": 2, "parts": []any{o{"type": 1}}}}}, "components[0].parts[0]", `"text" is missing`},
		"an empty box":        {o{"content": "x", "components": []any{o{"type": 2, "parts": []any{}}}}, "components[0].parts", "fewer than 1"},
		"a full box":          {o{"content": "x", "components": []any{o{"type": 2, "parts": []any{1, 2, 3}}}}, "components[0].parts", "more than 2"},
		"no such kind":        {o{"content": "x", "components": []any{o{"type": 3}}}, "components[0]", "none of the 2"},
		"no body":             {nil, "", "a body is required"},
	}
	seen := 0
	for name, tt := range tests {
		got := w.api("POST", "/channels/"+w.channel.ID+"/messages", tt.body)
		all := w.Violations()[seen:]
		seen += len(all)
		if tt.where == "-" {
			if len(all) > 0 || got.status != 200 {
				t.Errorf("%s: %v, %s", name, all, got.raw)
			}
			continue
		}
		if len(all) == 0 || all[0].Path != tt.where || !strings.Contains(all[0].Problem, tt.what) || got.code() != 50035 {
			t.Errorf("%s: %v, %s", name, all, got.raw)
		}
	}
	if w.api("PATCH", "/channels/"+w.channel.ID+"/messages/1", o{"content": "x"}); len(w.Violations()) != seen+1 {
		t.Error("a request that is not described passed")
	}
}

// discordgo sends a good deal that nobody asked it to. None of it may count
// as the bot's fault.
func TestSpec_whatTheLibraryAddsByItself(t *testing.T) {
	w := newTown(t, lifted, withSpec(t))
	in := w.inbox()
	bits := int64(0)
	register(t, w, &discordgo.ApplicationCommand{Name: "ping", Description: "d", DefaultMemberPermissions: &bits, Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionSubCommandGroup, Name: "g", Description: "d", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "s", Description: "d"},
		}},
	}})
	register(t, w, &discordgo.ApplicationCommand{Name: "ping", Description: "d"})
	zero := 0
	every := []discordgo.MessageComponent{
		discordgo.Container{Components: []discordgo.MessageComponent{
			discordgo.Section{
				Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: "t"}},
				Accessory:  discordgo.Button{Label: "b", CustomID: "b"},
			},
			discordgo.Separator{},
			discordgo.MediaGallery{Items: []discordgo.MediaGalleryItem{{Media: discordgo.UnfurledMediaItem{URL: "attachment://a.png"}}}},
			row(discordgo.SelectMenu{CustomID: "s", MinValues: &zero, Options: []discordgo.SelectMenuOption{{Label: "l", Value: "v"}}})[0],
			row(discordgo.SelectMenu{CustomID: "c", MenuType: discordgo.ChannelSelectMenu})[0],
			row(discordgo.Button{Label: "l", Style: discordgo.LinkButton, URL: "https://example.org"})[0],
		}},
	}
	file := func() []*discordgo.File { return []*discordgo.File{{Name: "a.png", Reader: strings.NewReader("a")}} }
	none := &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
	i, o := w.ping(in)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Flags: v2, Components: every, Files: file(), AllowedMentions: none}))
	o.get()
	_, err := w.bot.InteractionResponseEdit(i, &discordgo.WebhookEdit{Components: &every, Flags: v2, AllowedMentions: none})
	must(t, err)
	_, err = w.bot.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Components: every, Files: file(), Flags: v2 | discordgo.MessageFlagsEphemeral})
	must(t, err)
	m, err := w.bot.ChannelMessageSendComplex(w.channel.ID, &discordgo.MessageSend{Components: every, Files: file(), Flags: v2, AllowedMentions: none})
	must(t, err)
	_, err = w.bot.ChannelMessageEditComplex(&discordgo.MessageEdit{ID: m.ID, Channel: w.channel.ID, Components: &every, Flags: v2})
	must(t, err)
	_, err = w.bot.ChannelMessageSend(w.channel.ID, "plain", discordgo.WithRetryOnRatelimit(false))
	must(t, err)
	_, err = w.bot.UserChannelCreate(w.aino.ID)
	must(t, err)

	// What it sends must also come back to it as it was.
	back, err := w.bot.ChannelMessage(w.channel.ID, m.ID)
	must(t, err)
	box := back.Components[0].(*discordgo.Container)
	if len(box.Components) != 6 || box.Components[0].(*discordgo.Section).Accessory.(*discordgo.Button).Label != "b" {
		t.Errorf("came back as %+v", box.Components)
	}
	i, o = w.ping(in)
	must(t, w.bot.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}))
	o.get()
	i, o = w.ping(in)
	must(t, w.bot.InteractionRespond(i, modal("f")))
	o.get()
	for _, v := range w.Violations() {
		t.Errorf("violation: %+v", v)
	}
}

func TestSpec_refusesWhatDiscordDoes(t *testing.T) {
	if specFile() == "" {
		t.Skip("Discord's own description does not lie beside the checkout, and TALKOOT_TEST_OPENAPI does not name it")
	}
	w := newTown(t, withSpec(t))
	if w.api("POST", "/channels/"+w.channel.ID+"/messages", message(actions(button("a", x(81))))).code() != 50035 {
		t.Error("a label of 81 passed")
	}
	all := w.Violations()
	if len(all) != 1 || all[0].Path != "components[0].components[0].label" || all[0].Request != "POST /channels/{channel_id}/messages" {
		t.Errorf("got %+v", all)
	}
}
