// Package commands holds the verbs: one file per thing that can be asked of
// Talkoot. A verb gets facts and returns what to say; it knows neither Discord
// nor SQL nor any language.
package commands

import (
	"context"
	"errors"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// Verb is one thing that can be asked, by a slash command, a button, a menu or
// a form.
type Verb interface {
	Spec() Spec
	// Run does it. A no that is the asker's to hear is a *core.Refusal; any
	// other error is ours to mend. Either way nothing has changed.
	Run(ctx context.Context, ask Ask) (Reply, error)
}

// Suggester is a verb that helps to fill in the options of its slash command.
type Suggester interface {
	// Suggest offers at most 25 choices for the option ask.Focus, of which
	// ask.Options holds what has been typed so far.
	Suggest(ctx context.Context, ask Ask) ([]Choice, error)
}

// Spec says how a verb may be reached.
type Spec struct {
	// Name is in custom_ids and metrics, such as "event.publish".
	Name string
	// Need is the right that asking takes. The zero value is open to nobody.
	Need core.Right
	// Sight says where the answer goes.
	Sight Sight
	// Direct says that it may also be asked in a direct message, where there
	// is no guild: the verb finds it from the thing that is asked for.
	Direct bool
	// Quiet says that a newcomer is not offered a language with the answer,
	// since that would be remembered: for verbs by which people see, and end,
	// what is remembered of them.
	Quiet bool
	// Secret says that nobody counts how often it is asked, or measures it: for
	// what residents do in secret polls, where a count that moves by one tells
	// that somebody has answered just now.
	Secret bool
	// Slash is the command for it, if there is one.
	Slash *Slash
}

// Sight says where an answer goes. It is fixed before the verb runs, since a
// promise to answer has to be made to the same place.
type Sight int

// The places.
const (
	// Private is a new message that only the asker sees.
	Private Sight = iota
	// InPlace changes the private message whose button was pressed; from a
	// public post, or a command, it is as Private.
	InPlace
	// Opens answers with a form. It cannot be promised, so the verb must be
	// quick.
	Opens
)

// Slash describes a slash command. Its words are in the catalogues: of the path
// "event create" the description is "command.event.create", and of an option
// "kind" it is "option.kind".
type Slash struct {
	Path    string
	Options []Option
}

// Option is one option of a slash command.
type Option struct {
	Name     string
	Required bool
	// Choices are offered by the client; with Suggest the verb offers them as
	// one types. Without either any text up to 100 characters will do.
	Choices []Choice
	Suggest bool
}

// Choice is one of several things to choose.
type Choice struct {
	Label locales.Text
	Value string
	// About is a second line; nil for none. Only menus show it.
	About locales.Text
	// Chosen says that a menu shows it as chosen already.
	Chosen bool
}

// Ask is what somebody asks: facts that the door read from the interaction, and
// what the gate added from the database.
type Ask struct {
	// Interaction is Discord's id of the press: the same again when a delivery
	// is repeated.
	Interaction int64
	// Guild is zero in a direct message.
	Guild   core.GuildID
	Channel core.ChannelID
	Member  core.MemberID
	// Name is what the person is called in the guild.
	Name string
	// Roles and Manages are what Discord says of them there; Manages means the
	// permission to manage the server.
	Roles   []core.RoleID
	Manages bool
	// Client is the language of their Discord client, GuildClient the guild's.
	Client, GuildClient string

	// ID and Arg come from the custom_id: the thing, and a detail of it. Both
	// may be forged.
	ID  int64
	Arg string
	// Options are those of a slash command by name; Focus is the one that is
	// being typed in.
	Options map[string]string
	Focus   string
	// Fields are those of a form by name, Chosen the values of a menu.
	Fields map[string]string
	Chosen []string

	// Person and Languages are what the database says of the asker, and of the
	// guild's public languages. The gate fills them in.
	Person    core.Person
	Languages []string
	// Home is the guild's settings. The gate reads it for verbs that need more
	// than a resident's right; others read it themselves if they want it.
	//
	// Home.Areas are only those that the asker coordinates, so a verb of
	// coordinators offers and finds areas in it and nowhere else. Of a thing that
	// it reads by an id it asks, in the story that reads it, Home.MayChange with
	// all areas of the thing, or Home.MaySee for what may be read of it in one of
	// them; a list it limits by Home.Within. What concerns the whole guild is
	// refused where Home.Limited. TestLimited goes through all verbs.
	Home core.Guild
	// Right is what the asker may do here.
	Right core.Right
}

// Locales lists the languages to answer in, the best first: the person's own
// choice, their client's, the guild's.
func (a Ask) Locales() []string {
	wishes := make([]string, 0, 2+len(a.Languages))
	for _, l := range append([]string{a.Person.Locale, a.Client}, a.Languages...) {
		if l != "" {
			wishes = append(wishes, l)
		}
	}
	return wishes
}

// Reply is what to say.
type Reply struct {
	// Card is shown to the asker alone.
	Card Card
	// Form is opened instead of it, by verbs whose Sight is Opens.
	Form *Form
	// Files go with the card.
	Files []File
}

// File is a file that goes with a reply: see Bytes. The name has no path.
type File struct {
	Name string
	Data []byte
	// Table is written instead of Data, as CSV in the words of the reader's
	// language.
	Table [][]locales.Text
}

// Scheduler books tasks in a story's transaction: they are due if and only if
// it commits. jobs.Queue is one.
type Scheduler interface {
	Book(ctx context.Context, tx *storage.Tx, tasks ...core.Task) error
}

// ErrBusy says that Discord, or we, must not be asked again for a moment.
var ErrBusy = errors.New("busy")

// Channels knows what the bot may do in the channels of a guild. bot.Bot is
// one; it asks Discord, so it is never called inside a story.
type Channels interface {
	// Missing tells of each channel what the bot still needs to be granted to
	// post there. A guild that it is not in is a refusal.
	Missing(ctx context.Context, guild core.GuildID, channels ...core.ChannelID) ([]Grants, error)
}

// Grants are what the bot may do in a channel.
type Grants struct {
	// Gone says that there is no such channel in the guild.
	Gone bool
	// Missing are the permissions that it lacks for posting.
	Missing []Permission
}

// isThere refuses a channel that the guild does not have as not found.
func isThere(ctx context.Context, c Channels, guild core.GuildID, id core.ChannelID) error {
	grants, err := c.Missing(ctx, guild, id)
	if err == nil && grants[0].Gone {
		return core.Refuse(core.NotFound)
	}
	return err
}

// Permission is one of Discord's permissions, named as in the catalogues
// ("permission.view_channel").
type Permission string

// The permissions that posting takes, and the one for Discord's own events.
const (
	ViewChannel  Permission = "view_channel"
	SendMessages Permission = "send_messages"
	EmbedLinks   Permission = "embed_links"
	AttachFiles  Permission = "attach_files"
	CreateEvents Permission = "create_events"
)

// Text is the permission's name as Discord's own settings call it.
func (p Permission) Text() locales.Text { return locales.Msg{ID: "permission." + string(p)} }
