package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/sandbox"
)

func id[T ~int64](t *testing.T, s string) T {
	t.Helper()
	n, err := core.ParseSnowflake[T](s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func card(s string) commands.Card { return commands.Note(commands.Good, text(s)) }

func TestPost_sameKeySendsOnce(t *testing.T) {
	h := newHouse(t)
	h.open()
	to := id[core.ChannelID](t, h.channel.ID)
	first, err := h.bot.Post(h.ctx, to, []string{"fi"}, card("one"), "key")
	h.must(err)
	again, err := h.bot.Post(h.ctx, to, []string{"fi"}, card("one"), "key")
	h.must(err)
	if posts := h.channel.Messages(); len(posts) != 1 || first != again {
		t.Errorf("%d posts, ids %d and %d; want one", len(posts), first, again)
	}
	_, err = h.bot.Post(h.ctx, to, []string{"fi"}, card("two"), "another key")
	h.must(err)
	if posts := h.channel.Messages(); len(posts) != 2 {
		t.Errorf("%d posts after another key, want two", len(posts))
	}
}

func TestRedraw(t *testing.T) {
	h := newHouse(t)
	h.open()
	to := id[core.ChannelID](t, h.channel.ID)
	m, err := h.bot.Post(h.ctx, to, nil, card("before"), "key")
	h.must(err)
	h.must(h.bot.Redraw(h.ctx, to, m, nil, card("after")))
	if text := h.channel.Messages()[0].Text(); !strings.Contains(text, "after") || strings.Contains(text, "before") {
		t.Errorf("the post says %q", text)
	}
	h.must(h.manager.Delete(core.Snowflake(m)))
	if err := h.bot.Redraw(h.ctx, to, m, nil, card("gone")); !errors.Is(err, core.ErrGone) {
		t.Errorf("a deleted post gives %v, want that it is gone", err)
	}
	h.channel.OverwriteMember(h.app.ID, 0, sandbox.SendMessages)
	if _, err := h.bot.Post(h.ctx, to, nil, card("x"), "key 3"); !errors.Is(err, core.ErrForbidden) {
		t.Errorf("a forbidden channel gives %v, want that it is forbidden", err)
	}
	h.channel.Delete()
	if _, err := h.bot.Post(h.ctx, to, nil, card("x"), "key 2"); !errors.Is(err, core.ErrGone) {
		t.Errorf("a deleted channel gives %v, want that it is gone", err)
	}
}

func TestPost_tooFastIsBusyAtOnce(t *testing.T) {
	h := newHouse(t)
	h.open()
	to := id[core.ChannelID](t, h.channel.ID)
	var err error
	for i := 0; err == nil && i < 20; i++ {
		_, err = h.bot.Post(h.ctx, to, nil, card("x"), strings.Repeat("k", i+1))
	}
	busy, ok := errors.AsType[core.Busy](err)
	if !ok || busy.For <= 0 {
		t.Errorf("got %v, want to be told how long to wait", err)
	}
	if n := h.discord.Stats().RateLimited; n != 0 {
		t.Errorf("Discord had to say no %d times", n)
	}
}

func TestDM(t *testing.T) {
	h := newHouse(t)
	h.open()
	who := id[core.MemberID](t, h.person.ID)
	h.must(h.bot.DM(h.ctx, who, []string{"fi"}, card("hei"), "a"))
	h.must(h.bot.DM(h.ctx, who, []string{"fi"}, card("hei"), "a"))
	if dms := h.person.DMs(); len(dms) != 1 || !strings.Contains(dms[0].Text(), "hei") {
		t.Errorf("%d direct messages, want one", len(dms))
	}
	h.person.CloseDMs()
	if err := h.bot.DM(h.ctx, who, nil, card("x"), "b"); !errors.Is(err, core.ErrUnreachable) {
		t.Errorf("closed messages give %v, want that the person is unreachable", err)
	}
}

func TestMissing(t *testing.T) {
	h := newHouse(t)
	h.open()
	guild, channel := id[core.GuildID](t, h.guild.ID), id[core.ChannelID](t, h.channel.ID)
	missing := func() []commands.Permission {
		t.Helper()
		all, err := h.bot.Missing(h.ctx, guild, channel)
		h.must(err)
		return all[0].Missing
	}
	if m := missing(); len(m) != 0 {
		t.Errorf("missing %v in a channel where all is granted", m)
	}
	h.channel.OverwriteMember(h.app.ID, 0, sandbox.SendMessages)
	if m := missing(); !slices.Equal(m, []commands.Permission{commands.SendMessages}) {
		t.Errorf("missing %v, want only the right to send", m)
	}
	h.channel.OverwriteMember(h.app.ID, 0, sandbox.ViewChannel)
	if m := missing(); !slices.Contains(m, commands.ViewChannel) {
		t.Errorf("missing %v, want the right to see the channel", m)
	}
	if _, err := h.bot.Missing(h.ctx, guild+1, channel); core.ReasonOf(err) != core.NotFound {
		t.Errorf("a guild that the bot is not in gives %v", err)
	}
	abroad := h.discord.AddGuild(sandbox.GuildSpec{Name: "Abroad", Owner: h.manager})
	abroad.Invite(h.app, sandbox.ViewChannel|sandbox.SendMessages)
	elsewhere := id[core.ChannelID](t, abroad.AddChannel(sandbox.ChannelSpec{Name: "general"}).ID)
	all, err := h.bot.Missing(h.ctx, guild, channel, elsewhere, channel+12345)
	h.must(err)
	if all[0].Gone || !all[1].Gone || !all[2].Gone {
		t.Errorf("the guild's own channel, another guild's, and none: %+v", all)
	}
}

func TestMirror(t *testing.T) {
	h := newHouse(t)
	h.open()
	zone, err := time.LoadLocation("Europe/Helsinki")
	h.must(err)
	e := core.Event{
		Guild: id[core.GuildID](t, h.guild.ID), State: core.Published, Locale: "fi",
		Texts:   map[string]core.Texts{"fi": {Title: "Kahvit @everyone", Description: strings.Repeat("ä", 2000)}},
		Session: core.Session{Span: core.Span{Start: time.Now().Add(48 * time.Hour).In(zone)}},
	}
	if _, err := h.bot.Mirror(h.ctx, e, "fi"); !errors.Is(err, core.ErrForbidden) {
		t.Fatalf("without the permission: %v, want that it is forbidden", err)
	}
	h.guild.Invite(h.app, sandbox.ViewChannel|sandbox.SendMessages|sandbox.CreateEvents)
	e.Session.Mirror, err = h.bot.Mirror(h.ctx, e, "fi")
	h.must(err)
	if events := h.guild.Events(); len(events) != 1 || events[0].Name == "" {
		t.Fatalf("events are %+v, want one", events)
	}
	e.Texts["fi"] = core.Texts{Title: "Teet", Place: "Kirjasto"}
	same, err := h.bot.Mirror(h.ctx, e, "fi")
	h.must(err)
	if events := h.guild.Events(); len(events) != 1 || same != e.Session.Mirror || events[0].Name != "Teet" {
		t.Fatalf("events are %+v, want the one, changed", events)
	}
	e.State = core.Withdrawn
	none, err := h.bot.Mirror(h.ctx, e, "fi")
	h.must(err)
	if len(h.guild.Events()) != 0 || none != 0 {
		t.Errorf("a cancelled event is still there: %+v", h.guild.Events())
	}
}
