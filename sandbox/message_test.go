package sandbox_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

func TestEdit(t *testing.T) {
	w := newTown(t, lifted)
	path := "/channels/" + w.channel.ID + "/messages"
	tests := map[string]struct {
		before, edit o
		code         int
		fault        string
	}{
		"new parts":              {message(text("a")), o{"components": []any{text("b")}}, 0, ""},
		"with the flag again":    {message(text("a")), message(text("b")), 0, ""},
		"without its flag":       {message(text("a")), o{"flags": 0, "components": []any{text("b")}}, 50035, "flags"},
		"with another flag":      {message(text("a")), o{"flags": 4}, 50035, "flags"},
		"content on top":         {message(text("a")), o{"content": "b"}, 50035, "content"},
		"nothing left":           {message(text("a")), o{"components": []any{}}, 50006, ""},
		"nothing said":           {o{"content": "a"}, o{}, 0, ""},
		"empty words":            {o{"content": "a"}, o{"content": " "}, 50006, ""},
		"new kind over words":    {o{"content": "a"}, message(text("b")), 50035, "content"},
		"new kind, words gone":   {o{"content": "a"}, o{"flags": 32768, "content": nil, "components": []any{text("b")}}, 0, ""},
		"new parts on old words": {o{"content": "a"}, o{"components": []any{text("b")}}, 50035, "components.0.type"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := w.api("POST", path, tt.before)
			if m.status != 200 {
				t.Fatal(m.raw)
			}
			got := w.api("PATCH", path+"/"+m.body["id"].(string), tt.edit)
			switch {
			case tt.code == 0 && got.status != 200, tt.code != 0 && got.code() != tt.code:
				t.Errorf("%d %s", got.status, got.raw)
			case tt.fault != "" && got.fault(tt.fault) == "":
				t.Errorf("no fault at %s: %s", tt.fault, got.raw)
			}
		})
	}
}

func TestNonce(t *testing.T) {
	w := newTown(t, lifted)
	path := "/channels/" + w.channel.ID + "/messages"
	form := o{"content": "once", "nonce": "n1", "enforce_nonce": true}
	first := w.api("POST", path, form).body["id"]
	if again := w.api("POST", path, form).body["id"]; again != first {
		t.Error("said twice")
	}
	if w.api("POST", path, o{"content": "once", "nonce": "n2", "enforce_nonce": true}).body["id"] == first {
		t.Error("another nonce is the same message")
	}
	if w.api("POST", path, o{"content": "once", "nonce": "n1"}).body["id"] == first {
		t.Error("a nonce was enforced without being asked to")
	}
	if n := len(w.channel.Messages()); n != 3 {
		t.Errorf("%d messages", n)
	}
	w.clock.forward(6 * time.Minute)
	if w.api("POST", path, form).body["id"] == first {
		t.Error("remembered for ever")
	}
}

func TestMentions(t *testing.T) {
	w := newTown(t, lifted)
	role := w.guild.AddRole(sandbox.RoleSpec{Name: "all"})
	words := fmt.Sprintf("<@%s> <@!%s> <@&%s> @everyone", w.aino.ID, w.bob.ID, role.ID)
	tests := map[string]struct {
		allowed  any
		admin    bool
		users    int
		roles    int
		everyone bool
	}{
		"nothing said":   {nil, true, 2, 1, true},
		"no permission":  {nil, false, 2, 1, false},
		"nobody":         {o{"parse": []any{}}, true, 0, 0, false},
		"one of them":    {o{"parse": []any{}, "users": []any{w.bob.ID}}, true, 1, 0, false},
		"roles":          {o{"parse": []any{"roles"}}, true, 0, 1, false},
		"everyone alone": {o{"parse": []any{"everyone"}}, true, 0, 0, true},
	}
	for name, tt := range tests {
		for _, form := range []o{{"content": words}, message(text(words))} {
			rights := botPermissions
			if tt.admin {
				rights |= sandbox.MentionEveryone
			}
			w.guild.Invite(w.app, rights)
			if tt.allowed != nil {
				form["allowed_mentions"] = tt.allowed
			}
			m, err := w.aino.Message(w.api("POST", "/channels/"+w.channel.ID+"/messages", form).body["id"].(string))
			must(t, err)
			if len(m.MentionedUsers) != tt.users || len(m.MentionedRoles) != tt.roles || m.MentionsEveryone != tt.everyone {
				t.Errorf("%s: %v %v %v", name, m.MentionedUsers, m.MentionedRoles, m.MentionsEveryone)
			}
		}
	}
}

func TestAttachments_edit(t *testing.T) {
	w := newTown(t, lifted)
	file := func(name string) *discordgo.File {
		return &discordgo.File{Name: name, Reader: strings.NewReader(name)}
	}
	m, err := w.bot.ChannelMessageSendComplex(w.channel.ID, &discordgo.MessageSend{
		Content: "x", Files: []*discordgo.File{file("a b.txt"), file("ääni.txt")},
	})
	if err != nil {
		t.Fatal(err)
	}
	names := func() (all []string) {
		got, err := w.aino.Message(m.ID)
		must(t, err)
		for _, a := range got.Attachments {
			all = append(all, a.Filename)
		}
		return all
	}
	if got := names(); !slices.Equal(got, []string{"a_b.txt", "ni.txt"}) {
		t.Errorf("named %v", got)
	}
	_, err = w.bot.ChannelMessageEditComplex(&discordgo.MessageEdit{ID: m.ID, Channel: w.channel.ID, Files: []*discordgo.File{file("c.txt")}})
	must(t, err)
	if got := names(); !slices.Equal(got, []string{"a_b.txt", "ni.txt", "c.txt"}) {
		t.Errorf("added: %v", got)
	}
	_, err = w.bot.ChannelMessageEditComplex(&discordgo.MessageEdit{
		ID: m.ID, Channel: w.channel.ID, Attachments: &[]*discordgo.MessageAttachment{{ID: m.Attachments[0].ID}},
	})
	must(t, err)
	if got := names(); !slices.Equal(got, []string{"a_b.txt"}) {
		t.Errorf("kept: %v", got)
	}
	if _, ok := w.File(m.Attachments[1].ID); ok {
		t.Error("a dropped file is still served")
	}
	var eleven []*discordgo.File
	for i := range 11 {
		eleven = append(eleven, file(fmt.Sprint(i)))
	}
	_, err = w.bot.ChannelMessageSendComplex(w.channel.ID, &discordgo.MessageSend{Content: "x", Files: eleven})
	refused(t, err, 50035)
	_, err = w.bot.ChannelMessageSendComplex(w.channel.ID, &discordgo.MessageSend{Content: "x", Files: eleven[:10]})
	must(t, err)
}

func TestListMessages(t *testing.T) {
	w := newTown(t, lifted)
	var ids []string
	for i := range 5 {
		m, err := w.bot.ChannelMessageSend(w.channel.ID, fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, m.ID)
	}
	list := func(limit int, before, after string) string {
		all, err := w.bot.ChannelMessages(w.channel.ID, limit, before, after, "")
		must(t, err)
		words := ""
		for _, m := range all {
			words += m.Content
		}
		return words
	}
	for want, got := range map[string]string{
		"43210": list(100, "", ""), "43": list(2, "", ""), "10": list(10, ids[2], ""), "32": list(2, "", ids[1]),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if !slices.IsSortedFunc(ids, func(a, b string) int { return strings.Compare(a, b) }) {
		t.Errorf("identifiers do not increase: %v", ids)
	}
	stamp, err := discordgo.SnowflakeTimestamp(ids[0])
	if err != nil || !stamp.Equal(w.clock.Now()) {
		t.Errorf("made at %v, %v", stamp, err)
	}
}

// The commands of a guild hide the global ones of their name, and a changed
// set keeps the identifiers of those that stay.
func TestCommands_life(t *testing.T) {
	w := newTown(t, withSpec(t))
	set := func(guild string, names ...string) map[string]string {
		var all []*discordgo.ApplicationCommand
		bits := sandbox.ManageGuild
		for _, n := range names {
			all = append(all, &discordgo.ApplicationCommand{
				Name: n, Description: "d", DefaultMemberPermissions: &bits,
				Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionBoolean, Name: "b", Description: "d"}},
			})
		}
		got, err := w.bot.ApplicationCommandBulkOverwrite(w.app.ID, guild, all)
		must(t, err)
		ids := map[string]string{}
		for _, c := range got {
			ids[c.Name] = c.ID
		}
		return ids
	}
	first, second := set("", "a", "b"), set("", "b", "c")
	if first["b"] != second["b"] || len(second) != 2 {
		t.Errorf("%v, then %v", first, second)
	}
	set(w.guild.ID, "b")
	if n := len(w.owner.Commands(w.channel.ID)); n != 2 {
		t.Errorf("%d commands offered", n)
	}
	one, err := w.bot.ApplicationCommandCreate(w.app.ID, "", &discordgo.ApplicationCommand{Name: "d", Description: "d"})
	must(t, err)
	one.Description = "better"
	_, err = w.bot.ApplicationCommandEdit(w.app.ID, "", one.ID, &discordgo.ApplicationCommand{Name: "d", Description: "better"})
	must(t, err)
	all, err := w.bot.ApplicationCommands(w.app.ID, "")
	if err != nil || len(all) != 3 || all[2].Description != "better" || *all[0].DefaultMemberPermissions != sandbox.ManageGuild {
		t.Errorf("got %+v, %v", all, err)
	}
	must(t, w.bot.ApplicationCommandDelete(w.app.ID, "", one.ID))
	_, err = w.bot.ApplicationCommand(w.app.ID, "", one.ID)
	refused(t, err, 10063)
	for _, v := range w.Violations() {
		t.Errorf("violation: %+v", v)
	}
}

func TestGuildReads(t *testing.T) {
	w := newTown(t)
	g, err := w.bot.Guild(w.guild.ID)
	if err != nil || g.Name != "Oulu" || g.OwnerID != w.owner.ID {
		t.Errorf("got %+v, %v", g, err)
	}
	channels, err := w.bot.GuildChannels(w.guild.ID)
	if err != nil || len(channels) != 1 || channels[0].Name != "events" {
		t.Errorf("got %+v, %v", channels, err)
	}
	roles, err := w.bot.GuildRoles(w.guild.ID)
	if err != nil || len(roles) != 2 || !roles[1].Managed {
		t.Errorf("got %+v, %v", roles, err)
	}
	m, err := w.bot.GuildMember(w.guild.ID, w.aino.ID)
	if err != nil || m.User.Username != "Aino" {
		t.Errorf("got %+v, %v", m, err)
	}
	me, err := w.bot.User("@me")
	if err != nil || me.ID != w.app.ID || !me.Bot {
		t.Errorf("got %+v, %v", me, err)
	}
	app, err := w.bot.Application("@me")
	if err != nil || app.ID != w.app.ID {
		t.Errorf("got %+v, %v", app, err)
	}
}
