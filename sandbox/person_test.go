package sandbox_test

import (
	"context"
	"errors"
	"testing"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

// post lets the bot put components into the channel.
func (w *town) post(in ...discordgo.MessageComponent) sandbox.Message {
	w.t.Helper()
	m, err := w.bot.ChannelMessageSendComplex(w.channel.ID, &discordgo.MessageSend{Flags: v2, Components: in})
	if err != nil {
		w.t.Fatal(err)
	}
	got, err := w.owner.Message(m.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

func TestPress_refusals(t *testing.T) {
	w := newTown(t)
	m := w.post(discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "Off", CustomID: "off", Disabled: true},
		discordgo.Button{Label: "Same", CustomID: "one"},
		discordgo.Button{Label: "Same", CustomID: "two"},
		discordgo.Button{Label: "Map", Style: discordgo.LinkButton, URL: "https://example.org"},
	}})
	for name, want := range map[string]error{
		"Off": sandbox.ErrDisabled, "off": sandbox.ErrDisabled, "Same": sandbox.ErrAmbiguous, "Map": sandbox.ErrInvalid, "Gone": sandbox.ErrNoSuch,
	} {
		if _, err := w.aino.Press(w.ctx(), m.ID, name); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
	if _, err := w.aino.Press(w.ctx(), "1", "Same"); !errors.Is(err, sandbox.ErrNotVisible) {
		t.Errorf("a message that is not there: %v", err)
	}
	in := w.inbox()
	o := w.doing(func(ctx context.Context) (sandbox.Answer, error) { return w.aino.Press(ctx, m.ID, "two") })
	i := w.next(in)
	if i.MessageComponentData().CustomID != "two" {
		t.Errorf("pressed %q", i.MessageComponentData().CustomID)
	}
	must(t, say(w.bot, i, nothingToSay()))
	o.get()
}

func TestChoose(t *testing.T) {
	w := newTown(t)
	helpers := w.guild.AddRole(sandbox.RoleSpec{Name: "Helpers"})
	hidden := w.guild.AddChannel(sandbox.ChannelSpec{Name: "board"})
	hidden.Overwrite(w.guild.ID, 0, sandbox.ViewChannel)
	zero := 0
	m := w.post(
		row(discordgo.SelectMenu{CustomID: "s", Placeholder: "Day", MinValues: &zero, MaxValues: 2, Options: []discordgo.SelectMenuOption{
			{Label: "Monday", Value: "mo"}, {Label: "Tuesday", Value: "tu"}, {Label: "Sunday", Value: "su"},
		}})[0],
		row(discordgo.SelectMenu{CustomID: "c", MenuType: discordgo.ChannelSelectMenu, ChannelTypes: []discordgo.ChannelType{discordgo.ChannelTypeGuildText}})[0],
		row(discordgo.SelectMenu{CustomID: "r", MenuType: discordgo.RoleSelectMenu})[0],
		row(discordgo.SelectMenu{CustomID: "u", MenuType: discordgo.UserSelectMenu})[0],
		row(discordgo.SelectMenu{CustomID: "off", Disabled: true, Options: []discordgo.SelectMenuOption{{Label: "a", Value: "a"}}})[0],
	)
	refusals := map[string]struct {
		menu   string
		values []string
		want   error
	}{
		"too many":         {"Day", []string{"Monday", "Tuesday", "Sunday"}, sandbox.ErrInvalid},
		"twice":            {"Day", []string{"Monday", "mo"}, sandbox.ErrInvalid},
		"not there":        {"Day", []string{"Friday"}, sandbox.ErrNoSuch},
		"none":             {"c", nil, sandbox.ErrInvalid},
		"a hidden channel": {"c", []string{"#board"}, sandbox.ErrNoSuch},
		"no such role":     {"r", []string{"Bosses"}, sandbox.ErrNoSuch},
		"disabled":         {"off", []string{"a"}, sandbox.ErrDisabled},
		"which one":        {"", []string{"a"}, sandbox.ErrNoSuch},
	}
	for name, tt := range refusals {
		if _, err := w.aino.Choose(w.ctx(), m.ID, tt.menu, tt.values...); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
	}
	in := w.inbox()
	chosen := map[string]struct {
		menu, shown string
		want        string
	}{
		"by label":  {"Day", "Tuesday", "tu"},
		"by value":  {"s", "su", "su"},
		"a channel": {"c", "#events", w.channel.ID},
		"a role":    {"r", "@helpers", helpers.ID},
		"a person":  {"u", "Bob", w.bob.ID},
	}
	for name, tt := range chosen {
		o := w.doing(func(ctx context.Context) (sandbox.Answer, error) { return w.aino.Choose(ctx, m.ID, tt.menu, tt.shown) })
		i := w.next(in)
		data := i.MessageComponentData()
		if len(data.Values) != 1 || data.Values[0] != tt.want {
			t.Errorf("%s: %v", name, data.Values)
		}
		switch tt.menu {
		case "c":
			if data.Resolved.Channels[tt.want].Name != "events" {
				t.Errorf("%s: %+v", name, data.Resolved)
			}
		case "r":
			if data.Resolved.Roles[tt.want].Name != "Helpers" {
				t.Errorf("%s: %+v", name, data.Resolved)
			}
		case "u":
			if data.Resolved.Users[tt.want].Username != "Bob" || data.Resolved.Members[tt.want] == nil {
				t.Errorf("%s: %+v", name, data.Resolved)
			}
		}
		must(t, say(w.bot, i, nothingToSay()))
		o.get()
	}
}

func TestSlash_client(t *testing.T) {
	w := newTown(t)
	admin := sandbox.ManageGuild
	least, most := 1.0, 3
	register(t, w,
		&discordgo.ApplicationCommand{
			Name: "event", Description: "Events", Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionInteger, Name: "places", Description: "d", Required: true, MinValue: &least, MaxValue: 10},
				{Type: discordgo.ApplicationCommandOptionString, Name: "code", Description: "d", MinLength: &most, MaxLength: 5},
				{Type: discordgo.ApplicationCommandOptionString, Name: "kind", Description: "d", Choices: []*discordgo.ApplicationCommandOptionChoice{
					{Name: "Hobby", NameLocalizations: map[discordgo.Locale]string{discordgo.Finnish: "Harrastus"}, Value: "hobby"},
				}},
				{Type: discordgo.ApplicationCommandOptionChannel, Name: "where", Description: "d"},
				{Type: discordgo.ApplicationCommandOptionBoolean, Name: "secret", Description: "d"},
			},
		},
		&discordgo.ApplicationCommand{Name: "setup", Description: "Setup", DefaultMemberPermissions: &admin},
		&discordgo.ApplicationCommand{Name: "here", Description: "Here", Contexts: &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild}},
	)
	places := sandbox.Opt("places", 3)
	refusals := map[string]struct {
		command string
		options []sandbox.Option
		want    error
	}{
		"unknown":       {"nothing", nil, sandbox.ErrNoSuch},
		"required":      {"event", nil, sandbox.ErrInvalid},
		"too few":       {"event", []sandbox.Option{sandbox.Opt("places", 0)}, sandbox.ErrInvalid},
		"too many":      {"event", []sandbox.Option{sandbox.Opt("places", 11)}, sandbox.ErrInvalid},
		"a half":        {"event", []sandbox.Option{sandbox.Opt("places", 1.5)}, sandbox.ErrInvalid},
		"no number":     {"event", []sandbox.Option{sandbox.Opt("places", "many")}, sandbox.ErrInvalid},
		"too short":     {"event", []sandbox.Option{places, sandbox.Opt("code", "ab")}, sandbox.ErrInvalid},
		"too long":      {"event", []sandbox.Option{places, sandbox.Opt("code", "abcdef")}, sandbox.ErrInvalid},
		"no choice":     {"event", []sandbox.Option{places, sandbox.Opt("kind", "party")}, sandbox.ErrInvalid},
		"no channel":    {"event", []sandbox.Option{places, sandbox.Opt("where", "attic")}, sandbox.ErrNoSuch},
		"no option":     {"event", []sandbox.Option{places, sandbox.Opt("wher", "events")}, sandbox.ErrNoSuch},
		"no bool":       {"event", []sandbox.Option{places, sandbox.Opt("secret", "yes")}, sandbox.ErrInvalid},
		"no permission": {"setup", nil, sandbox.ErrForbidden},
	}
	for name, tt := range refusals {
		if _, err := w.aino.Slash(w.ctx(), w.channel.ID, tt.command, tt.options...); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
	}
	if _, err := w.aino.Slash(w.ctx(), w.aino.OpenDM(w.app), "here"); !errors.Is(err, sandbox.ErrNoSuch) {
		t.Errorf("a guild's command in a DM: %v", err)
	}
	names := ""
	for _, c := range w.owner.Commands(w.channel.ID) {
		names += "/" + c.Name
	}
	if names != "/event/setup/here" || len(w.aino.Commands(w.channel.ID)) != 2 {
		t.Errorf("the owner is offered %s", names)
	}

	in := w.inbox()
	o := w.doing(func(ctx context.Context) (sandbox.Answer, error) {
		return w.aino.Slash(ctx, w.channel.ID, "event", places, sandbox.Opt("kind", "Harrastus"), sandbox.Opt("where", "#Events"),
			sandbox.Opt("secret", true), sandbox.Opt("code", "abc"))
	})
	i := w.next(in)
	got := ""
	for _, op := range i.ApplicationCommandData().Options {
		got += op.Name + " "
	}
	if got != "places code kind where secret " || i.ApplicationCommandData().GetOption("kind").StringValue() != "hobby" {
		t.Errorf("options %s", got)
	}
	if i.ApplicationCommandData().Resolved.Channels[w.channel.ID].Name != "events" {
		t.Errorf("resolved %+v", i.ApplicationCommandData().Resolved)
	}
	must(t, say(w.bot, i, nothingToSay()))
	o.get()
}

// What an interaction tells a bot about who, where and with which rights.
func TestInteraction_payload(t *testing.T) {
	w := newTown(t)
	helpers := w.guild.AddRole(sandbox.RoleSpec{Name: "Helpers", Permissions: sandbox.ManageGuild})
	w.guild.Join(w.aino, helpers)
	w.guild.SetNick(w.aino, "Ainoliini")
	in := w.inbox()
	i, o := w.ping(in)
	m := i.Member
	if m == nil || i.User != nil || m.User.ID != w.aino.ID || m.Nick != "Ainoliini" || len(m.Roles) != 1 || m.Roles[0] != helpers.ID {
		t.Errorf("member %+v", m)
	}
	if want := sandbox.EveryonePermissions | sandbox.ManageGuild; m.Permissions != want {
		t.Errorf("permissions %b, want %b", m.Permissions, want)
	}
	if i.AppPermissions != botPermissions|sandbox.EveryonePermissions {
		t.Errorf("the bot's permissions %b", i.AppPermissions)
	}
	if i.GuildID != w.guild.ID || i.ChannelID != w.channel.ID || i.Locale != discordgo.Finnish || *i.GuildLocale != discordgo.Finnish ||
		i.Context != discordgo.InteractionContextGuild || i.AuthorizingIntegrationOwners[discordgo.ApplicationIntegrationGuildInstall] != w.guild.ID {
		t.Errorf("got %+v", i)
	}
	must(t, say(w.bot, i, nothingToSay()))
	o.get()

	dm := w.bob.OpenDM(w.app)
	o = w.doing(func(ctx context.Context) (sandbox.Answer, error) { return w.bob.Slash(ctx, dm, "ping") })
	i = w.next(in)
	if i.Member != nil || i.User == nil || i.User.ID != w.bob.ID || i.GuildID != "" || i.Context != discordgo.InteractionContextBotDM || i.Locale != discordgo.EnglishGB {
		t.Errorf("in a DM %+v", i)
	}
	must(t, say(w.bot, i, nothingToSay()))
	o.get()
}
