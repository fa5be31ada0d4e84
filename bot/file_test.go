package bot_test

import (
	"context"
	"strings"
	"testing"

	"talkoot/bot"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/sandbox"
)

func TestFile_tableIsCSVInTheReadersLanguage(t *testing.T) {
	h := newHouse(t)
	h.open(verb{
		spec: commands.Spec{Name: "help", Need: core.Resident, Slash: &commands.Slash{Path: "help"}},
		run: func(context.Context, commands.Ask) (commands.Reply, error) {
			return commands.Reply{
				Card: commands.Card{Blocks: []commands.Block{commands.Para{Text: text("here")}, commands.Attached{Name: "people.csv"}}},
				Files: []commands.File{{Name: "people.csv", Table: [][]locales.Text{
					{locales.Msg{ID: "language.name"}},
					{locales.Quote("=1+1")},
				}}},
			}, nil
		},
	})
	m := h.slash(h.person, "help").Message
	if len(m.Attachments) != 1 {
		t.Fatalf("%d files, want one", len(m.Attachments))
	}
	data, ok := h.discord.File(m.Attachments[0].ID)
	if got := string(data); !ok || !strings.Contains(strings.ToLower(got), "suomi") || !strings.Contains(got, "'=1+1") {
		t.Errorf("the file holds %q", data)
	}
}

// picture is a card that shows a picture, with the picture.
func picture(alt, data string) (commands.Card, commands.File) {
	return commands.Card{Blocks: []commands.Block{
		commands.Para{Text: text("words")}, commands.Picture{Name: "a.png", Alt: text(alt)},
	}}, commands.File{Name: "a.png", Data: []byte(data)}
}

// shownFiles are the pictures that a message shows, by their words.
func (h *house) shownFiles(m sandbox.Message) map[string]string {
	h.t.Helper()
	shown := map[string]string{}
	sandbox.Walk(m.Components, func(c sandbox.Component) {
		for _, item := range c.Items {
			data, ok := h.discord.File(item.Media.AttachmentID)
			if !ok {
				h.t.Errorf("the message shows a file that it does not have: %+v", item)
			}
			shown[item.Description] = string(data)
		}
	})
	if len(m.Attachments) != len(shown) {
		h.t.Errorf("%d files, %d shown", len(m.Attachments), len(shown))
	}
	return shown
}

func TestPost_withPictures(t *testing.T) {
	h := newHouse(t)
	h.open()
	to := id[core.ChannelID](t, h.channel.ID)
	card, file := picture("a bar", "first")
	m, err := h.bot.Post(h.ctx, to, []string{"fi"}, card, "key", file)
	h.must(err)
	if got := h.shownFiles(h.channel.Messages()[0]); len(got) != 1 || got["a bar"] != "first" {
		t.Errorf("the post shows %v", got)
	}
	again, err := h.bot.Post(h.ctx, to, []string{"fi"}, card, "key", file)
	h.must(err)
	if again != m || len(h.channel.Messages()) != 1 {
		t.Error("the same key sent a second message")
	}

	// Another picture of the same name takes its place.
	card, file = picture("two bars", "second")
	h.must(h.bot.Redraw(h.ctx, to, m, []string{"fi"}, card, file))
	if got := h.shownFiles(h.channel.Messages()[0]); len(got) != 1 || got["two bars"] != "second" {
		t.Errorf("after an edit the post shows %v", got)
	}
	// Words alone leave the picture as it is.
	card.Blocks[0] = commands.Para{Text: text("other words")}
	h.must(h.bot.Redraw(h.ctx, to, m, []string{"fi"}, card))
	if got := h.shownFiles(h.channel.Messages()[0]); got["two bars"] != "second" {
		t.Errorf("after an edit of the words the post shows %v", got)
	}
}

func TestPicture_longWordsAreCut(t *testing.T) {
	h := newHouse(t)
	h.open()
	card, file := picture(strings.Repeat("word ", 500), "data")
	_, err := h.bot.Post(h.ctx, id[core.ChannelID](t, h.channel.ID), nil, card, "key", file)
	h.must(err)
	for alt := range h.shownFiles(h.channel.Messages()[0]) {
		if n := locales.Len(alt); n < 1000 || n > 1024 || !strings.HasSuffix(alt, "…") {
			t.Errorf("%d characters: %q", n, alt)
		}
	}
}

// A private card that is changed in place shows its new pictures, and has the
// old ones no more, also when it takes long.
func TestPicture_inPlace(t *testing.T) {
	for name, slow := range map[string]bool{"at once": false, "after a promise": true} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, func(o *bot.Options) {
				if slow {
					o.Patience = 1
				}
			})
			goOn := make(chan struct{})
			v := func(name, slash, data string, wait bool) verb {
				spec := commands.Spec{Name: name, Need: core.Resident, Sight: commands.InPlace}
				if slash != "" {
					spec.Slash = &commands.Slash{Path: slash}
				}
				return verb{spec: spec, run: func(ctx context.Context, _ commands.Ask) (commands.Reply, error) {
					if wait {
						select {
						case <-goOn:
						case <-ctx.Done():
						}
					}
					card, file := picture("the words", data)
					card.Blocks = append(card.Blocks, commands.Buttons{{Label: text("Go"), Verb: "language", ID: 1}})
					return commands.Reply{Card: card, Files: []commands.File{file}}, nil
				}}
			}
			h.open(v("my", "my", "first", false), v("language", "", "second", slow))
			m, err := h.person.Settled(h.ctx, h.slash(h.person, "my"))
			h.must(err)
			if got := h.shownFiles(m); got["the words"] != "first" {
				t.Fatalf("at first it shows %v", got)
			}
			a := h.press(h.person, m, "Go")
			close(goOn)
			m, err = h.person.Settled(h.ctx, a)
			h.must(err)
			if got := h.shownFiles(m); len(got) != 1 || got["the words"] != "second" {
				t.Errorf("then it shows %v", got)
			}
		})
	}
}
