package sandbox_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

func TestCallback_onceOnly(t *testing.T) {
	w := newTown(t)
	in := w.inbox()
	i, o := w.ping(in)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "Pong"}))
	if a := o.get(); a.Kind != sandbox.Replied || a.Message.Content != "Pong" || a.Message.Command != "ping" {
		t.Errorf("got %+v", a)
	}
	refused(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "Pong again"}), 40060)
	if n := len(w.channel.Messages()); n != 1 {
		t.Errorf("%d messages", n)
	}
}

func TestCallback_redelivered(t *testing.T) {
	w := newTown(t)
	in := w.inbox()
	i, o := w.ping(in)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "Pong"}))
	must(t, w.aino.Redeliver(o.get().Interaction))
	again := w.next(in)
	if again.ID != i.ID || again.Token != i.Token {
		t.Error("redelivered with another ID or token")
	}
	refused(t, say(w.bot, again, &discordgo.InteractionResponseData{Content: "Pong"}), 40060)
}

func TestCallback_tooLate(t *testing.T) {
	tests := map[string]struct {
		after time.Duration
		code  int // 0 when it is heard
	}{
		"just in time": {3*time.Second - time.Millisecond, 0},
		"too late":     {3 * time.Second, 10062},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			i, o := w.ping(w.inbox())
			w.clock.forward(tt.after)
			w.ClockMoved()
			err := say(w.bot, i, &discordgo.InteractionResponseData{Content: "Pong"})
			a := o.get()
			if tt.code == 0 {
				must(t, err)
				if a.Kind != sandbox.Replied {
					t.Errorf("got %v", a.Kind)
				}
				return
			}
			refused(t, err, tt.code)
			if a.Kind != sandbox.DidNotRespond {
				t.Errorf("got %v", a.Kind)
			}
		})
	}
}

func TestCallback_unknown(t *testing.T) {
	w := newTown(t)
	i, o := w.ping(w.inbox())
	forged := *i
	forged.Token = "somebody else's"
	refused(t, say(w.bot, &forged, &discordgo.InteractionResponseData{Content: "x"}), 10062)
	forged = *i
	forged.ID = "1"
	refused(t, say(w.bot, &forged, &discordgo.InteractionResponseData{Content: "x"}), 10062)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "x"}))
	o.get()
}

func TestCallback_typesThatSuit(t *testing.T) {
	w := newTown(t)
	in := w.inbox()
	respond := func(i *discordgo.Interaction, kind discordgo.InteractionResponseType) error {
		return w.bot.InteractionRespond(i, &discordgo.InteractionResponse{Type: kind, Data: &discordgo.InteractionResponseData{}})
	}
	i, o := w.ping(in)
	for _, kind := range []discordgo.InteractionResponseType{1, 6, 7, 8, 12} {
		refused(t, respond(i, kind), 50035)
	}
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "x", Components: row(discordgo.Button{Label: "b", CustomID: "b"})}))
	m := o.get().Message

	o = w.doing(func(ctx context.Context) (sandbox.Answer, error) { return w.aino.Press(ctx, m.ID, "b") })
	i = w.next(in)
	refused(t, respond(i, discordgo.InteractionApplicationCommandAutocompleteResult), 50035)
	must(t, w.bot.InteractionRespond(i, modal("f")))
	if a := o.get(); a.Form.MessageID != m.ID {
		t.Errorf("the form is of message %q", a.Form.MessageID)
	}
	o = w.doing(func(ctx context.Context) (sandbox.Answer, error) {
		return w.aino.Submit(ctx, sandbox.Fields{"Name": "x"})
	})
	i = w.next(in)
	refused(t, w.bot.InteractionRespond(i, modal("g")), 50035)
	must(t, respond(i, discordgo.InteractionResponseDeferredMessageUpdate))
	if a := o.get(); a.Kind != sandbox.Acknowledged {
		t.Errorf("got %v", a.Kind)
	}
}

func row(in ...discordgo.MessageComponent) []discordgo.MessageComponent {
	return []discordgo.MessageComponent{discordgo.ActionsRow{Components: in}}
}

func modal(id string) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
		CustomID: id, Title: "Form", Components: []discordgo.MessageComponent{
			discordgo.Label{Label: "Name", Component: discordgo.TextInput{CustomID: "name", Style: discordgo.TextInputShort}},
		},
	}}
}

func TestFiles(t *testing.T) {
	w := newTown(t, withSpec(t))
	i, o := w.ping(w.inbox())
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{
		Flags: v2,
		Files: []*discordgo.File{{Name: "people.csv", Reader: strings.NewReader("Aino\n")}},
		Components: []discordgo.MessageComponent{
			discordgo.FileComponent{File: discordgo.UnfurledMediaItem{URL: "attachment://people.csv"}},
		},
	}))
	m := o.get().Message
	if len(m.Attachments) != 1 {
		t.Fatalf("%d attachments", len(m.Attachments))
	}
	a := m.Attachments[0]
	if got, ok := w.File(a.ID); !ok || string(got) != "Aino\n" {
		t.Errorf("the file has %q", got)
	}
	if m.Components[0].File.URL != a.URL {
		t.Errorf("the component shows %q", m.Components[0].File.URL)
	}
	got := w.api("GET", "", nil, at(t, a.URL))
	if got.raw != "Aino\n" || !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") {
		t.Errorf("served %q as %q", got.raw, got.header.Get("Content-Type"))
	}

	// A message that names a file which did not come along.
	refusal := w.api("POST", "/channels/"+w.channel.ID+"/messages", map[string]any{
		"flags": 32768, "components": []any{map[string]any{"type": 13, "file": map[string]any{"url": "attachment://other.csv"}}},
	})
	if refusal.code() != 50035 || refusal.fault("components.0.file.url") == "" {
		t.Errorf("got %s", refusal.raw)
	}
	big := bytes.NewReader(make([]byte, 10<<20+1))
	_, err := w.bot.ChannelMessageSendComplex(w.channel.ID, &discordgo.MessageSend{
		Content: "big", Files: []*discordgo.File{{Name: "big.bin", Reader: big}},
	})
	refused(t, err, 40005)
	for _, v := range w.Violations() {
		t.Errorf("violation: %+v", v)
	}
}

func TestAutocomplete(t *testing.T) {
	w := newTown(t, withSpec(t))
	register(t, w, &discordgo.ApplicationCommand{Name: "find", Description: "Find", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "event", Description: "Which", Autocomplete: true},
		{Type: discordgo.ApplicationCommandOptionString, Name: "area", Description: "Where"},
	}})
	w.online(func(s *discordgo.Session, i *discordgo.Interaction) {
		var choices []*discordgo.ApplicationCommandOptionChoice
		for _, o := range i.ApplicationCommandData().Options {
			if o.Focused && o.Name == "event" && o.StringValue() == "sou" {
				choices = append(choices, &discordgo.ApplicationCommandOptionChoice{
					Name: "Soup night", NameLocalizations: map[discordgo.Locale]string{discordgo.Finnish: "Keittoilta"}, Value: "42",
				})
			}
		}
		must(t, s.InteractionRespond(i, &discordgo.InteractionResponse{
			Type: discordgo.InteractionApplicationCommandAutocompleteResult,
			Data: &discordgo.InteractionResponseData{Choices: choices},
		}))
	})
	for p, want := range map[*sandbox.Person]string{w.aino: "Keittoilta", w.bob: "Soup night"} {
		got, err := p.Complete(w.ctx(), w.channel.ID, "find", "event", "sou", sandbox.Opt("area", "x"))
		if err != nil || len(got) != 1 || got[0].Name != want || got[0].Value != "42" {
			t.Errorf("got %v, %v, want %q", got, err, want)
		}
	}
	if got, err := w.bob.Complete(w.ctx(), w.channel.ID, "find", "event", "zzz"); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v, want nothing", got, err)
	}
	if _, err := w.bob.Complete(w.ctx(), w.channel.ID, "find", "area", "x"); err == nil {
		t.Error("an option without autocomplete suggested something")
	}
	for _, v := range w.Violations() {
		t.Errorf("violation: %+v", v)
	}
}
