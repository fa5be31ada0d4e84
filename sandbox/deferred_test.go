package sandbox_test

import (
	"context"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

func TestDeferred_reply(t *testing.T) {
	w := newTown(t)
	i, o := w.ping(w.inbox())
	must(t, w.bot.InteractionRespond(i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral},
	}))
	a := o.get()
	if a.Kind != sandbox.Thinking || !a.Message.Thinking() || !a.Message.Ephemeral() {
		t.Fatalf("got %+v", a)
	}
	settled := w.doing(func(ctx context.Context) (sandbox.Answer, error) {
		m, err := w.aino.Settled(ctx, a)
		return sandbox.Answer{Message: m}, err
	})
	w.clock.forward(14 * time.Minute) // far beyond the three seconds
	parts := []discordgo.MessageComponent{discordgo.TextDisplay{Content: "Done"}}
	_, err := w.bot.InteractionResponseEdit(i, &discordgo.WebhookEdit{Components: &parts, Flags: v2})
	must(t, err)
	m := settled.get().Message
	if m.Text() != "Done" || m.Thinking() || !m.Ephemeral() {
		t.Errorf("got %+v", m)
	}
	if n := len(w.bob.Messages(w.channel.ID)); n != 0 {
		t.Error("Bob sees a private reply")
	}
}

func TestDeferred_firstFollowupIsTheAnswer(t *testing.T) {
	w := newTown(t)
	i, o := w.ping(w.inbox())
	must(t, w.bot.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}))
	a := o.get()
	for n, text := range []string{"first", "second"} {
		m, err := w.bot.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: text})
		if err != nil {
			t.Fatal(err)
		}
		if same := m.ID == a.Message.ID; same != (n == 0) {
			t.Errorf("%s: the promised message: %v", text, same)
		}
	}
}

func TestDeferred_onlyEphemeralFlag(t *testing.T) {
	w := newTown(t)
	i, o := w.ping(w.inbox())
	err := w.bot.InteractionRespond(i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: v2},
	})
	refused(t, err, 50035)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "x"}))
	o.get()
}

func TestToken(t *testing.T) {
	w := newTown(t)
	i, o := w.ping(w.inbox())
	_, err := w.bot.InteractionResponse(i)
	refused(t, err, 10015) // before the first answer it opens nothing
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "Pong"}))
	o.get()

	m, err := w.bot.InteractionResponse(i)
	if err != nil || m.Content != "Pong" {
		t.Fatalf("got %v, %v", m, err)
	}
	extra, err := w.bot.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "more", Flags: discordgo.MessageFlagsEphemeral})
	must(t, err)
	better := "better"
	_, err = w.bot.FollowupMessageEdit(i, extra.ID, &discordgo.WebhookEdit{Content: &better})
	must(t, err)
	if got, err := w.aino.Message(extra.ID); err != nil || got.Content != "better" || !got.Ephemeral() {
		t.Errorf("got %+v, %v", got, err)
	}
	_, err = w.bot.ChannelMessage(w.channel.ID, extra.ID)
	refused(t, err, 10008) // private replies are reached by their token only
	must(t, w.bot.FollowupMessageDelete(i, extra.ID))
	_, err = w.bot.FollowupMessageEdit(i, extra.ID, &discordgo.WebhookEdit{Content: &better})
	refused(t, err, 10008)

	other := *i
	other.AppID = "1"
	_, err = w.bot.InteractionResponse(&other)
	refused(t, err, 10015)

	w.clock.forward(15*time.Minute - time.Millisecond)
	_, err = w.bot.InteractionResponse(i)
	must(t, err)
	w.clock.forward(time.Millisecond)
	_, err = w.bot.InteractionResponse(i)
	refused(t, err, 50027)
	_, err = w.bot.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "late"})
	refused(t, err, 50027)
}

func TestDeferredUpdate_settlesWithTheEdit(t *testing.T) {
	w := newTown(t)
	in := w.inbox()
	i, o := w.ping(in)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "x", Components: row(discordgo.Button{Label: "b", CustomID: "b"})}))
	m := o.get().Message
	o = w.doing(func(ctx context.Context) (sandbox.Answer, error) { return w.bob.Press(ctx, m.ID, "b") })
	i = w.next(in)
	must(t, w.bot.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}))
	a := o.get()
	text := "y"
	_, err := w.bot.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &text})
	must(t, err)
	got, err := w.bob.Settled(w.ctx(), a)
	if err != nil || got.ID != m.ID || got.Content != "y" {
		t.Errorf("got %+v, %v", got, err)
	}
}
