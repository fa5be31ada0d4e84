package bot

import (
	"bytes"
	"context"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
)

// promise tells Discord that an answer will follow, and whether it took it.
func (b *Bot) promise(ctx context.Context, i *discordgo.Interaction, sight commands.Sight) bool {
	if sight == commands.InPlace {
		return b.respond(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate})
	}
	return b.respond(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral},
	})
}

// answer says what is to be said: as the first reply, or in place of a promise.
func (b *Bot) answer(ctx context.Context, i *discordgo.Interaction, sight commands.Sight, promised bool, s said) {
	switch {
	case s.reply.Form != nil && !promised:
		b.respond(ctx, i, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseModal, Data: renderForm(s.voice, *s.reply.Form),
		})
	case promised && sight == commands.InPlace && s.refused:
		// What was pressed stays as it is, and the words follow it.
		_, err := b.session.FollowupMessageCreate(i, true, &discordgo.WebhookParams{
			Components: renderCard(s.voice, s.reply.Card), AllowedMentions: nobody(),
			Flags: discordgo.MessageFlagsEphemeral | discordgo.MessageFlagsIsComponentsV2,
		}, b.options(ctx)...)
		b.unsaid(ctx, i, err)
	case promised:
		components := renderCard(s.voice, s.reply.Card)
		uploads := files(s)
		_, err := b.session.InteractionResponseEdit(i, &discordgo.WebhookEdit{
			Components: &components, Files: uploads, Attachments: replacing(uploads), AllowedMentions: nobody(),
			Flags: discordgo.MessageFlagsIsComponentsV2,
		}, b.options(ctx)...)
		b.unsaid(ctx, i, err)
	default:
		response := &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{
				Components: renderCard(s.voice, s.reply.Card), Files: files(s), AllowedMentions: nobody(),
				Flags: discordgo.MessageFlagsEphemeral | discordgo.MessageFlagsIsComponentsV2,
			},
		}
		if sight == commands.InPlace && !s.refused {
			response.Type = discordgo.InteractionResponseUpdateMessage
			response.Data.Attachments = replacing(response.Data.Files) // files of the card before go with it
		}
		b.respond(ctx, i, response)
	}
}

// respond sends the first reply to an interaction, and tells whether Discord
// took it.
func (b *Bot) respond(ctx context.Context, i *discordgo.Interaction, r *discordgo.InteractionResponse) bool {
	address := discordgo.EndpointInteractionResponse(i.ID, i.Token)
	bucket := b.buckets.lend()
	defer b.buckets.giveBack(bucket)
	var err error
	if r.Data != nil && len(r.Data.Files) > 0 {
		var kind string
		var body []byte
		if kind, body, err = discordgo.MultipartBodyWithJSON(r, r.Data.Files); err == nil {
			_, err = b.session.RequestRaw("POST", address, kind, body, bucket, 0, b.options(ctx)...)
		}
	} else {
		_, err = b.session.RequestWithBucketID("POST", address, r, bucket, b.options(ctx)...)
	}
	b.unsaid(ctx, i, err)
	return err == nil
}

// unsaid notes an answer that did not arrive. What was to be confirmed is
// stored all the same, and shows when the asker looks again.
func (b *Bot) unsaid(ctx context.Context, i *discordgo.Interaction, err error) {
	if err == nil {
		return
	}
	b.metrics.unsaid.Inc()
	b.Log.WarnContext(ctx, "could not answer", "interaction", i.ID, "error", reach(err))
}

// nobody allows no mention at all to ring.
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

func files(s said) []*discordgo.File {
	var out []*discordgo.File
	for _, f := range s.reply.Files {
		out = append(out, &discordgo.File{Name: f.Name, ContentType: contentType(f.Name), Reader: bytes.NewReader(f.Data)})
	}
	return out
}
