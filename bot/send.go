package bot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
)

// message is a new message as Discord takes it. The library's own type lacks
// the nonce: with it Discord answers the same message, and sends no second,
// when a send is repeated within some minutes.
type message struct {
	Components      []discordgo.MessageComponent      `json:"components"`
	Flags           discordgo.MessageFlags            `json:"flags"`
	AllowedMentions *discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Nonce           string                            `json:"nonce"`
	EnforceNonce    bool                              `json:"enforce_nonce"`
}

// send makes a request in its rate limit's bucket, or tells at once how long
// Discord wants that left alone: the library would sleep, whatever ctx says.
func (b *Bot) send(ctx context.Context, method, address string, data any, bucketID string, files ...*discordgo.File) ([]byte, error) {
	kind := "application/json"
	body, err := discordgo.Marshal(data)
	if len(files) > 0 {
		kind, body, err = discordgo.MultipartBodyWithJSON(data, files)
	}
	if err != nil {
		return nil, fmt.Errorf("write a request: %w", err)
	}
	bucket := b.session.Ratelimiter.GetBucket(bucketID)
	bucket.Lock()
	if wait := b.session.Ratelimiter.GetWaitTime(bucket, 1); wait > 0 {
		bucket.Unlock()
		return nil, core.Busy{For: wait}
	}
	bucket.Remaining--
	answer, err := b.session.RequestWithLockedBucket(method, address, kind, body, bucket, 0, b.options(ctx)...)
	return answer, reach(err)
}

// Post sends a card to a channel, with the files that it shows, in the best of
// the languages, and gives the message's id. The same key again within minutes
// sends no second message.
func (b *Bot) Post(ctx context.Context, to core.ChannelID, locales []string, card commands.Card, key string, files ...commands.File) (core.MessageID, error) {
	sum := sha256.Sum256([]byte(key))
	address := discordgo.EndpointChannelMessages(core.Snowflake(to))
	voice := b.Catalog.Voice(locales...)
	uploads, err := uploadsOf(voice, files)
	if err != nil {
		return 0, fmt.Errorf("post to channel %d: %w", to, err)
	}
	body, err := b.send(ctx, "POST", address, message{
		Components:      renderCard(voice, card),
		Flags:           discordgo.MessageFlagsIsComponentsV2,
		AllowedMentions: nobody(),
		Nonce:           base64.RawURLEncoding.EncodeToString(sum[:])[:24], // at most 25 characters
		EnforceNonce:    true,
	}, address, uploads...)
	if err != nil {
		return 0, fmt.Errorf("post to channel %d: %w", to, err)
	}
	var sent struct{ ID string }
	if err := discordgo.Unmarshal(body, &sent); err != nil {
		return 0, fmt.Errorf("read what was posted to channel %d: %w", to, err)
	}
	return core.ParseSnowflake[core.MessageID](sent.ID)
}

// Redraw shows another card in a message of ours. Files that the message had
// are replaced by these, unless there are none.
func (b *Bot) Redraw(ctx context.Context, in core.ChannelID, id core.MessageID, locales []string, card commands.Card, files ...commands.File) error {
	voice := b.Catalog.Voice(locales...)
	components := renderCard(voice, card)
	uploads, err := uploadsOf(voice, files)
	if err != nil {
		return fmt.Errorf("redraw message %d: %w", id, err)
	}
	address := discordgo.EndpointChannelMessage(core.Snowflake(in), core.Snowflake(id))
	// One bucket per channel, as Discord counts, and not one per message.
	edit := &discordgo.MessageEdit{
		Components: &components, AllowedMentions: nobody(), Flags: discordgo.MessageFlagsIsComponentsV2,
	}
	if len(uploads) > 0 {
		edit.Attachments = replacing(uploads)
	}
	_, err = b.send(ctx, "PATCH", address, edit, discordgo.EndpointChannelMessage(core.Snowflake(in), ""), uploads...)
	if err != nil {
		return fmt.Errorf("redraw message %d: %w", id, err)
	}
	return nil
}

// uploadsOf makes the files of a card ready to be sent, tables in the words of
// the reader.
func uploadsOf(voice locales.Voice, files []commands.File) ([]*discordgo.File, error) {
	var out []*discordgo.File
	for _, f := range files {
		data, err := f.Bytes(voice.Plain)
		if err != nil {
			return nil, err
		}
		out = append(out, &discordgo.File{Name: f.Name, ContentType: contentType(f.Name), Reader: bytes.NewReader(data)})
	}
	return out, nil
}

// replacing names what a message has after an edit: the new files and none of
// those before.
func replacing(files []*discordgo.File) *[]*discordgo.MessageAttachment {
	named := make([]*discordgo.MessageAttachment, len(files))
	for i, f := range files {
		named[i] = &discordgo.MessageAttachment{ID: strconv.Itoa(i), Filename: f.Name}
	}
	return &named
}

// DM sends a card to a person, in the best of the languages. key is as in Post.
func (b *Bot) DM(ctx context.Context, to core.MemberID, locales []string, card commands.Card, key string) error {
	body, err := b.send(ctx, "POST", discordgo.EndpointUserChannels("@me"),
		map[string]string{"recipient_id": core.Snowflake(to)}, discordgo.EndpointUserChannels(""))
	if err != nil {
		return fmt.Errorf("open a direct message: %w", err)
	}
	var channel struct{ ID string }
	if err := discordgo.Unmarshal(body, &channel); err != nil {
		return fmt.Errorf("read the channel of a direct message: %w", err)
	}
	id, err := core.ParseSnowflake[core.ChannelID](channel.ID)
	if err != nil {
		return fmt.Errorf("open a direct message: %w", err)
	}
	_, err = b.Post(ctx, id, locales, card, key)
	return err
}

// Mirror makes Discord's own scheduled event look like an event, and gives its
// id; an event that was cancelled or unpublished has none any more, and the id
// is 0. core.ErrForbidden says that the bot may not.
func (b *Bot) Mirror(ctx context.Context, e core.Event, locale string) (int64, error) {
	guild := core.Snowflake(e.Guild)
	if e.State != core.Published {
		if e.Session.Mirror == 0 {
			return 0, nil
		}
		err := b.session.GuildScheduledEventDelete(guild, core.Snowflake(e.Session.Mirror), b.options(ctx)...)
		return 0, reach(err)
	}
	voice := b.Catalog.Voice(locale)
	texts, _ := e.TextsIn(locale)
	ends, starts := e.Session.Ends(), e.Session.Start
	place := texts.Place
	if place == "" {
		place = voice.Plain(noPlace)
	}
	params := &discordgo.GuildScheduledEventParams{
		Name:               clip(voice.Plain(quote(texts.Title)), 100),
		Description:        clip(voice.Plain(quote(texts.Description)), 1000),
		ScheduledStartTime: &starts, ScheduledEndTime: &ends,
		PrivacyLevel:   discordgo.GuildScheduledEventPrivacyLevelGuildOnly,
		EntityType:     discordgo.GuildScheduledEventEntityTypeExternal,
		EntityMetadata: &discordgo.GuildScheduledEventEntityMetadata{Location: clip(voice.Plain(quote(place)), 100)},
	}
	if e.Session.Mirror != 0 {
		_, err := b.session.GuildScheduledEventEdit(guild, core.Snowflake(e.Session.Mirror), params, b.options(ctx)...)
		return e.Session.Mirror, reach(err)
	}
	made, err := b.session.GuildScheduledEventCreate(guild, params, b.options(ctx)...)
	if err != nil {
		return 0, reach(err)
	}
	id, err := core.ParseSnowflake[core.MessageID](made.ID)
	return int64(id), err
}
