package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
)

// tellingLimit is how long it may take to say what a verb came to.
const tellingLimit = 10 * time.Second

// outcome is what a verb came to.
type outcome struct {
	reply   commands.Reply
	locales []string
	err     error
}

// onInteraction answers one press, command or form, inside Discord's 3 seconds:
// it runs the verb, and promises an answer if that takes longer than patience.
func (b *Bot) onInteraction(i *discordgo.Interaction) {
	if !b.begin() {
		return // Discord says that the application did not respond; another copy may
	}
	defer b.busy.Done()
	defer b.recover("interaction")
	began := b.Now()
	ctx, cancel := context.WithTimeout(b.base, b.Limit)
	defer cancel()

	verb, ask, err := b.readAsk(i)
	if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		b.suggest(ctx, i, verb, ask, err)
		return
	}
	spec, known := b.gate.Spec(verb)
	nested := i.Type == discordgo.InteractionModalSubmit && spec.Sight == commands.Opens // Discord opens no form for a form
	if err != nil || !known || nested {
		verb, spec = "", commands.Spec{Sight: commands.Private}
	}
	sight := placeOf(i, spec.Sight)

	done := make(chan outcome, 1)
	go func() {
		o := outcome{locales: ask.Locales()}
		defer func() {
			if p := recover(); p != nil {
				o.err = fmt.Errorf("panic: %v", p)
			}
			done <- o
		}()
		if err != nil && !errors.Is(err, errNoPress) {
			o.err = err
			return
		}
		o.reply, o.locales, o.err = b.gate.Serve(ctx, verb, ask)
	}()

	promised := false
	var o outcome
	select {
	case o = <-done:
	case <-time.After(b.Patience):
		if sight == commands.Opens {
			// A form cannot be promised: wait for it as long as Discord does.
			o = await(done, ask, 2600*time.Millisecond-b.Patience)
			break
		}
		if promised = b.promise(ctx, i, sight); promised {
			o = await(done, ask, b.Limit-b.Patience+500*time.Millisecond) // a driver may not notice that it is over
		} else {
			o = await(done, ask, time.Second)
		}
	}
	if !spec.Secret {
		b.metrics.served(verb, o.err, b.Now().Sub(began))
	}
	telling, cancel := context.WithTimeout(b.base, tellingLimit) // the verb's own time may be over
	defer cancel()
	b.answer(telling, i, sight, promised, b.judge(telling, verb, ask, o))
}

// await waits for an outcome no longer than patience; then it is "try again".
func await(done <-chan outcome, ask commands.Ask, patience time.Duration) outcome {
	select {
	case o := <-done:
		return o
	case <-time.After(patience):
		return outcome{locales: ask.Locales(), err: core.Refuse(core.TryAgain)}
	}
}

// placeOf is where the answer goes: in place only if what was pressed is the
// asker's own, and nobody else sees it.
func placeOf(i *discordgo.Interaction, sight commands.Sight) commands.Sight {
	if sight != commands.InPlace {
		return sight
	}
	m := i.Message
	if m == nil || (i.GuildID != "" && m.Flags&discordgo.MessageFlagsEphemeral == 0) {
		return commands.Private
	}
	if made := m.InteractionMetadata; made != nil && made.User != nil && made.User.ID != askerOf(i) {
		return commands.Private
	}
	return commands.InPlace
}

// askerOf is Discord's id of who pressed.
func askerOf(i *discordgo.Interaction) string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// judge turns an outcome into words for the asker: what the verb says, or the
// refusal's text, or a reference under which the log has the failure.
func (b *Bot) judge(ctx context.Context, verb string, ask commands.Ask, o outcome) said {
	voice := b.Catalog.Voice(o.locales...)
	for i, f := range o.reply.Files {
		if o.reply.Files[i].Data, o.err = f.Bytes(voice.Plain); o.err != nil {
			break
		}
	}
	if o.err == nil {
		return said{voice: voice, reply: o.reply}
	}
	if no, ok := errors.AsType[*core.Refusal](o.err); ok {
		if no.Reason == core.TryAgain {
			b.Log.WarnContext(ctx, "asked in vain", "verb", verb, "guild", ask.Guild, "error", o.err)
		}
		text := locales.Refused(string(no.Reason), no.About)
		return said{voice: voice, reply: commands.Reply{Card: commands.Note(commands.Warn, text)}, refused: true}
	}
	ref := rand.Text()[:8]
	b.Log.ErrorContext(ctx, "ask failed", "ref", ref, "verb", verb, "guild", ask.Guild, "error", o.err)
	return said{voice: voice, reply: commands.Reply{Card: commands.Note(commands.Bad, locales.Failed(ref))}, refused: true}
}

// said is a reply with the voice to say it in.
type said struct {
	voice locales.Voice
	reply commands.Reply
	// refused says that nothing was done: then what was pressed stays as it
	// is, and the words come in a message of their own.
	refused bool
}

// suggest answers while somebody types an option of a command. There is nobody
// to tell what goes wrong, so there are no suggestions then.
func (b *Bot) suggest(ctx context.Context, i *discordgo.Interaction, verb string, ask commands.Ask, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2500*time.Millisecond)
	defer cancel()
	var choices []commands.Choice
	var wishes []string
	if err == nil {
		choices, wishes, err = b.gate.Suggest(ctx, verb, ask)
	}
	if err != nil && core.ReasonOf(err) == "" {
		b.Log.WarnContext(ctx, "no suggestions", "verb", verb, "guild", ask.Guild, "error", err)
	}
	voice := b.Catalog.Voice(wishes...)
	data := &discordgo.InteractionResponseData{Choices: make([]*discordgo.ApplicationCommandOptionChoice, 0, len(choices))}
	for _, c := range choices {
		data.Choices = append(data.Choices, &discordgo.ApplicationCommandOptionChoice{
			Name: clip(voice.Plain(c.Label), 100), Value: c.Value,
		})
	}
	b.respond(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: data})
}
