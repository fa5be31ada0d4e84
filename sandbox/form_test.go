package sandbox_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

func TestForge(t *testing.T) {
	w := newTown(t)
	m := w.post(row(discordgo.Button{Label: "Join", CustomID: "join:1"})[0])
	elsewhere := w.AddGuild(sandbox.GuildSpec{Name: "Tornio"})
	in := w.inbox()
	o := w.doing(func(ctx context.Context) (sandbox.Answer, error) {
		return w.aino.PressForged(ctx, w.app, m.ID, "join:2")
	})
	i := w.next(in)
	if i.MessageComponentData().CustomID != "join:2" || i.Message.ID != m.ID || i.Member.User.ID != w.aino.ID {
		t.Errorf("got %+v", i)
	}
	must(t, say(w.bot, i, nothingToSay()))
	o.get()

	o = w.doing(func(ctx context.Context) (sandbox.Answer, error) {
		return w.aino.Forge(ctx, sandbox.Forgery{App: w.app, MessageID: m.ID, GuildID: elsewhere.ID, CustomID: "join:1"})
	})
	i = w.next(in)
	if i.GuildID != elsewhere.ID {
		t.Errorf("got guild %s", i.GuildID)
	}
	must(t, say(w.bot, i, nothingToSay()))
	o.get()

	o = w.doing(func(ctx context.Context) (sandbox.Answer, error) {
		return w.aino.Forge(ctx, sandbox.Forgery{
			App: w.app, Type: 5, ChannelID: w.channel.ID, CustomID: "form", Fields: map[string]string{"title": strings.Repeat("x", 9000)},
		})
	})
	i = w.next(in)
	in5 := i.ModalSubmitData()
	if in5.CustomID != "form" || len(in5.Components[0].(*discordgo.Label).Component.(*discordgo.TextInput).Value) != 9000 {
		t.Errorf("got %+v", in5)
	}
	must(t, say(w.bot, i, nothingToSay()))
	o.get()
}

func TestForm_client(t *testing.T) {
	w := newTown(t)
	in := w.inbox()
	i, o := w.ping(in)
	optional := false
	must(t, w.bot.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
		CustomID: "f", Title: "T", Components: []discordgo.MessageComponent{
			discordgo.TextDisplay{Content: "Read this"},
			discordgo.Label{Label: "Title", Description: "short", Component: discordgo.TextInput{
				CustomID: "t", Style: discordgo.TextInputShort, MinLength: 3, MaxLength: 5, Value: "Soup",
			}},
			discordgo.Label{Label: "More", Component: discordgo.TextInput{CustomID: "m", Style: discordgo.TextInputParagraph, Required: &optional}},
			discordgo.Label{Label: "Where", Component: discordgo.SelectMenu{CustomID: "w", MenuType: discordgo.ChannelSelectMenu}},
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{
				discordgo.TextInput{CustomID: "old", Label: "Old", Style: discordgo.TextInputShort, Required: &optional},
			}},
		},
	}}))
	form := o.get().Form
	if n := len(form.Fields()); n != 4 || !strings.HasPrefix(form.Text(), "T\nRead this\nTitle") {
		t.Fatalf("%d fields: %q", n, form.Text())
	}
	for name, bad := range map[string]sandbox.Fields{
		"too short":         {"Title": "ab", "Where": "events"},
		"too long":          {"Title": "abcdef", "Where": "events"},
		"two lines":         {"Title": "a\nbc", "Where": "events"},
		"nowhere":           {"Title": "abc"},
		"not there":         {"Title": "abc", "Where": "attic"},
		"a number for text": {"Title": 5, "Where": "events"},
	} {
		if _, err := w.aino.Submit(w.ctx(), bad); err == nil {
			t.Errorf("%s: the client let it pass", name)
		}
		if _, open := w.aino.Form(); !open {
			t.Fatalf("%s: the form is gone", name)
		}
	}
	o = w.doing(func(ctx context.Context) (sandbox.Answer, error) {
		return w.aino.Submit(ctx, sandbox.Fields{"Where": []string{"#events"}, "m": "one\ntwo"})
	})
	i = w.next(in)
	data := i.ModalSubmitData()
	if len(data.Components) != 5 || data.Components[1].(*discordgo.Label).Component.(*discordgo.TextInput).Value != "Soup" ||
		data.Components[2].(*discordgo.Label).Component.(*discordgo.TextInput).Value != "one\ntwo" ||
		data.Components[4].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput).Value != "" {
		t.Errorf("got %+v", data.Components)
	}
	if data.Resolved.Channels[w.channel.ID] == nil {
		t.Errorf("resolved %+v", data.Resolved)
	}
	must(t, say(w.bot, i, nothingToSay()))
	o.get()
	if _, err := w.aino.Submit(w.ctx(), nil); !errors.Is(err, sandbox.ErrNoSuch) {
		t.Errorf("sent twice: %v", err)
	}
}

func TestDismiss(t *testing.T) {
	w := newTown(t)
	i, o := w.ping(w.inbox())
	must(t, w.bot.InteractionRespond(i, modal("f")))
	o.get()
	if w.aino.View().Form == nil {
		t.Error("no form on screen")
	}
	w.aino.Dismiss()
	if w.aino.View().Form != nil {
		t.Error("the form is still on screen")
	}
}

func TestWait_andSubscribe(t *testing.T) {
	w := newTown(t)
	changes := w.Subscribe(t.Context())
	for range 3 {
		w.channel.Rename("x")
	}
	<-changes
	select {
	case c := <-changes:
		t.Errorf("three changes were not one: %+v", c)
	default:
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Wait(ctx, func() bool { return false }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	done := make(chan error)
	go func() { done <- w.Wait(w.ctx(), func() bool { return w.channel.Name() == "y" }) }()
	w.channel.Rename("y")
	must(t, <-done)
}
