package page_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"sync"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// bot answers as it was told, through an unchanged discordgo.
type bot struct {
	t       *testing.T
	s       *discordgo.Session
	hold    chan struct{} // what /slow waits for
	mu      sync.Mutex
	joined  int
	refused []error
}

type object = map[string]any

func newBot(t *testing.T, w *world) *bot {
	t.Helper()
	b := &bot{t: t, s: session(t, w), hold: make(chan struct{})}
	if _, err := b.s.ApplicationCommandBulkOverwrite(w.app.ID, "", botCommands()); err != nil {
		t.Fatal(err)
	}
	b.s.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) {
		if err := b.answer(i.Interaction); err != nil {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.refused = append(b.refused, err)
		}
	})
	if err := b.s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, err := range b.refused {
			t.Errorf("the bot was refused: %v", err)
		}
		go b.s.Close() // it sleeps a second in there
	})
	return b
}

func botCommands() []*discordgo.ApplicationCommand {
	fi := func(s string) map[discordgo.Locale]string { return map[discordgo.Locale]string{discordgo.Finnish: s} }
	named := func(s string) *map[discordgo.Locale]string { m := fi(s); return &m }
	least := 1.0
	return []*discordgo.ApplicationCommand{
		{
			Name: "event", NameLocalizations: named("tapahtuma"), Description: "Events",
			Options: []*discordgo.ApplicationCommandOption{
				{
					Type: discordgo.ApplicationCommandOptionSubCommand, Name: "create", NameLocalizations: fi("luo"),
					Description: "Make an event and see it before others do", DescriptionLocalizations: fi("Tee tapahtuma ja katso sitä ennen muita"),
				},
				{
					Type: discordgo.ApplicationCommandOptionSubCommand, Name: "edit", NameLocalizations: fi("muokkaa"),
					Description: "Change an event", DescriptionLocalizations: fi("Muuta tapahtumaa"),
					Options: []*discordgo.ApplicationCommandOption{
						{
							Type: discordgo.ApplicationCommandOptionString, Name: "event", NameLocalizations: fi("tapahtuma"), Required: true,
							Autocomplete: true, Description: "Which event", DescriptionLocalizations: fi("Mikä tapahtuma"),
						},
						{
							Type: discordgo.ApplicationCommandOptionInteger, Name: "places", NameLocalizations: fi("paikat"), MinValue: &least, MaxValue: 200,
							Description: "How many can come", DescriptionLocalizations: fi("Montako mahtuu"),
						},
						{
							Type: discordgo.ApplicationCommandOptionChannel, Name: "where", NameLocalizations: fi("missä"),
							Description: "Where it is shown", DescriptionLocalizations: fi("Missä se näkyy"),
						},
						{
							Type: discordgo.ApplicationCommandOptionString, Name: "kind", NameLocalizations: fi("laji"),
							Description: "What it is", DescriptionLocalizations: fi("Mikä se on"),
							Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "Hobby", NameLocalizations: fi("Harrastus"), Value: "hobby"}},
						},
					},
				},
			},
		},
		{Name: "post", NameLocalizations: named("julkaise"), Description: "Show a card", DescriptionLocalizations: named("Näytä kortti")},
		{Name: "my", NameLocalizations: named("omat"), Description: "What I signed up for", DescriptionLocalizations: named("Mihin olen tulossa")},
		{Name: "silent", Description: "Say nothing"},
		{Name: "slow", Description: "Take time"},
		{
			Name: "echo", Description: "Say something again",
			Options: []*discordgo.ApplicationCommandOption{{
				Type: discordgo.ApplicationCommandOptionString, Name: "text", Description: "What to say", Required: true,
			}},
		},
	}
}

// respond sends what an interaction is answered with.
func (b *bot) respond(i *discordgo.Interaction, kind int, data any) error {
	_, err := b.s.RequestWithBucketID("POST", discordgo.EndpointInteractionResponse(i.ID, i.Token),
		object{"type": kind, "data": data}, discordgo.EndpointInteractionResponse(i.ID, i.Token))
	return err
}

func button(style int, id, label string) object {
	return object{"type": 2, "style": style, "custom_id": id, "label": label}
}

func text(s string) object { return object{"type": 10, "content": s} }

func row(kids ...object) object { return object{"type": 1, "components": kids} }

const (
	current = 1 << 15
	private = 1 << 6
)

func card(parts ...object) object {
	return object{
		"flags": current, "allowed_mentions": object{"parse": []string{}},
		"components": []object{{"type": 17, "accent_color": 0x2f7d5b, "components": parts}},
	}
}

func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 120))
	for x := range 320 {
		for y := range 120 {
			img.Set(x, y, color.RGBA{uint8(40 + x/3), uint8(110 + y/2), 110, 255})
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
