package sandbox_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

func TestPermissions(t *testing.T) {
	send := func(w *town) error {
		_, err := w.bot.ChannelMessageSend(w.channel.ID, "x")
		return err
	}
	file := func(w *town) error {
		_, err := w.bot.ChannelMessageSendComplex(w.channel.ID, &discordgo.MessageSend{
			Content: "x", Files: []*discordgo.File{{Name: "a.txt", Reader: strings.NewReader("a")}},
		})
		return err
	}
	read := func(w *town) error {
		_, err := w.bot.Channel(w.channel.ID)
		return err
	}
	deleteOther := func(w *town) error {
		m, err := w.aino.Say(w.channel.ID, "mine")
		if err != nil {
			return err
		}
		return w.bot.ChannelMessageDelete(w.channel.ID, m.ID)
	}
	editOther := func(w *town) error {
		m, err := w.aino.Say(w.channel.ID, "mine")
		if err != nil {
			return err
		}
		_, err = w.bot.ChannelMessageEdit(w.channel.ID, m.ID, "not yours")
		return err
	}
	everyone := func(w *town) string { return w.guild.ID }
	botRole := func(w *town) string { return w.guild.Roles()[1].ID }
	tests := map[string]struct {
		arrange func(*town)
		do      func(*town) error
		code    int
	}{
		"as invited": {func(*town) {}, send, 0},
		"hidden from everyone": {func(w *town) {
			w.guild.Invite(w.app, sandbox.SendMessages)
			w.channel.Overwrite(everyone(w), 0, sandbox.ViewChannel)
		}, send, 50001},
		"hidden, to look at": {func(w *town) {
			w.guild.Invite(w.app, sandbox.SendMessages)
			w.channel.Overwrite(everyone(w), 0, sandbox.ViewChannel)
		}, read, 50001},
		"the role's allow beats everyone's deny": {func(w *town) {
			w.channel.Overwrite(everyone(w), 0, sandbox.ViewChannel|sandbox.SendMessages)
			w.channel.Overwrite(botRole(w), sandbox.ViewChannel|sandbox.SendMessages, 0)
		}, send, 0},
		"the member's deny beats the role's allow": {func(w *town) {
			w.channel.Overwrite(botRole(w), sandbox.SendMessages, 0)
			w.channel.OverwriteMember(w.app.ID, 0, sandbox.SendMessages)
		}, send, 50013},
		"the member's allow beats the role's deny": {func(w *town) {
			w.channel.Overwrite(botRole(w), 0, sandbox.SendMessages)
			w.channel.OverwriteMember(w.app.ID, sandbox.SendMessages, 0)
		}, send, 0},
		"may look but not speak": {func(w *town) {
			w.guild.SetPermissions(everyone(w), sandbox.ViewChannel)
			w.guild.Invite(w.app, sandbox.ViewChannel)
		}, send, 50013},
		"an administrator passes overwrites": {func(w *town) {
			w.guild.Invite(w.app, sandbox.Administrator)
			w.channel.OverwriteMember(w.app.ID, 0, sandbox.ViewChannel|sandbox.SendMessages)
		}, send, 0},
		"no files": {func(w *town) {
			w.channel.OverwriteMember(w.app.ID, 0, sandbox.AttachFiles)
		}, file, 50013},
		"somebody else's message, without": {func(*town) {}, deleteOther, 50013},
		"somebody else's message, with": {func(w *town) {
			w.guild.Invite(w.app, botPermissions|sandbox.ManageMessages)
		}, deleteOther, 0},
		"somebody else's words": {func(w *town) { w.guild.Invite(w.app, sandbox.Administrator) }, editOther, 50005},
		"thrown out":            {func(w *town) { w.guild.Kick(w.app) }, send, 50001},
		"a channel that is gone": {func(w *town) {
			w.channel.Delete()
		}, send, 10003},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			tt.arrange(w)
			err := tt.do(w)
			if tt.code == 0 {
				must(t, err)
				return
			}
			refused(t, err, tt.code)
		})
	}
}

func TestUnknownThings(t *testing.T) {
	w := newTown(t)
	elsewhere := w.AddGuild(sandbox.GuildSpec{Name: "Tampere"})
	m, err := w.bot.ChannelMessageSend(w.channel.ID, "x")
	if err != nil {
		t.Fatal(err)
	}
	other := w.guild.AddChannel(sandbox.ChannelSpec{Name: "other"})
	tests := []struct {
		method, path string
		status, code int
	}{
		{"GET", "/channels/1", 404, 10003},
		{"GET", "/channels/abc", 400, 50035},
		{"GET", "/guilds/1", 404, 10004},
		{"GET", "/guilds/" + elsewhere.ID, 403, 50001},
		{"GET", "/guilds/" + w.guild.ID + "/members/1", 404, 10013},
		{"GET", "/channels/" + w.channel.ID + "/messages/1", 404, 10008},
		{"GET", "/channels/" + other.ID + "/messages/" + m.ID, 404, 10008},
		{"GET", "/guilds/" + w.guild.ID + "/scheduled-events/1", 404, 10070},
		{"GET", "/applications/" + w.app.ID + "/commands/1", 404, 10063},
		{"GET", "/applications/1/commands", 404, 10002},
		{"GET", "/webhooks/" + w.app.ID + "/abc/messages/@original", 401, 50027},
		{"GET", "/nowhere", 404, 0},
		{"PUT", "/channels/" + w.channel.ID, 404, 0},
		{"POST", "/channels/" + w.channel.ID + "/typing", 404, 0},
	}
	for _, tt := range tests {
		got := w.api(tt.method, tt.path, nil)
		if got.status != tt.status || got.code() != tt.code || got.body["message"] == nil {
			t.Errorf("%s %s: %d %s, want %d and %d", tt.method, tt.path, got.status, got.raw, tt.status, tt.code)
		}
	}
	if got := w.api("POST", "/channels/"+w.channel.ID+"/messages", "{"); got.code() != 50109 {
		t.Errorf("half a body: %s", got.raw)
	}
	if got := w.api("POST", "/channels/"+w.channel.ID+"/messages", o{"tts": false}); got.code() != 50006 {
		t.Errorf("an empty message: %s", got.raw)
	}
}

func TestDirectMessages(t *testing.T) {
	w := newTown(t)
	dm, err := w.bot.UserChannelCreate(w.aino.ID)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := w.bot.UserChannelCreate(w.aino.ID); err != nil || again.ID != dm.ID {
		t.Errorf("a second DM: %v, %v", again, err)
	}
	_, err = w.bot.ChannelMessageSend(dm.ID, "hello")
	must(t, err)
	if got := w.aino.DMs(); len(got) != 1 || got[0].Content != "hello" {
		t.Errorf("got %+v", got)
	}
	if got := w.bob.DMs(); len(got) != 0 {
		t.Errorf("Bob got %+v", got)
	}
	w.aino.CloseDMs()
	_, err = w.bot.ChannelMessageSend(dm.ID, "hello?")
	refused(t, err, 50007)
	w.aino.OpenDMs()
	_, err = w.bot.ChannelMessageSend(dm.ID, "hello!")
	must(t, err)
	w.guild.Leave(w.aino)
	_, err = w.bot.ChannelMessageSend(dm.ID, "bye")
	refused(t, err, 50007)
}

func TestPeopleHavePermissionsToo(t *testing.T) {
	w := newTown(t)
	m, err := w.bot.ChannelMessageSend(w.channel.ID, "x")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.aino.Delete(m.ID); !errors.Is(err, sandbox.ErrForbidden) {
		t.Errorf("Aino deleted the bot's message: %v", err)
	}
	must(t, w.owner.Delete(m.ID))
	w.channel.Overwrite(w.guild.ID, 0, sandbox.ViewChannel)
	if got := w.aino.View().Guilds[0].Channels; len(got) != 0 {
		t.Errorf("Aino sees %+v", got)
	}
	if _, err := w.aino.Slash(w.ctx(), w.channel.ID, "ping"); !errors.Is(err, sandbox.ErrNotVisible) {
		t.Errorf("a command where she sees nothing: %v", err)
	}
}
