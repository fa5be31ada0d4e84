package sandbox_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

// external is the form of an event out of Discord, a day from now.
func (w *town) external(change o) o {
	start := w.clock.Now().Add(24 * time.Hour)
	e := o{
		"name": "Soup", "privacy_level": 2, "entity_type": 3, "entity_metadata": o{"location": "Hall"},
		"scheduled_start_time": start.Format(time.RFC3339), "scheduled_end_time": start.Add(time.Hour).Format(time.RFC3339),
	}
	for k, v := range change {
		e[k] = v
	}
	return e
}

func TestEventLimits(t *testing.T) {
	day := func(w *town, d time.Duration) string {
		return w.clock.Now().Add(24*time.Hour + d).Format(time.RFC3339)
	}
	tests := map[string]struct {
		at, over    func(*town) o
		where, code string
	}{
		"name":        {with("name", x(100)), with("name", x(101)), "name", "BASE_TYPE_BAD_LENGTH"},
		"description": {with("description", x(1000)), with("description", x(1001)), "description", "BASE_TYPE_MAX_LENGTH"},
		"location":    {with("entity_metadata", o{"location": x(100)}), with("entity_metadata", o{"location": x(101)}), "entity_metadata.location", "BASE_TYPE_BAD_LENGTH"},
		"no location": {with("", nil), with("entity_metadata", nil), "entity_metadata", "BASE_TYPE_REQUIRED"},
		"no end":      {with("", nil), with("scheduled_end_time", nil), "scheduled_end_time", "BASE_TYPE_REQUIRED"},
		"a channel":   {with("channel_id", nil), with("channel_id", "5"), "channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_NOT_NULL"},
		"privacy":     {with("privacy_level", 2), with("privacy_level", 1), "privacy_level", "BASE_TYPE_CHOICES"},
		"no date":     {with("", nil), with("scheduled_start_time", "tomorrow"), "scheduled_start_time", "DATE_TIME_TYPE_PARSE"},
		"the past": {
			func(w *town) o { return w.external(o{"scheduled_start_time": day(w, time.Second-24*time.Hour)}) },
			func(w *town) o { return w.external(o{"scheduled_start_time": day(w, -24*time.Hour)}) },
			"scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
		},
		"an end before the start": {
			func(w *town) o { return w.external(o{"scheduled_end_time": day(w, time.Second)}) },
			func(w *town) o { return w.external(o{"scheduled_end_time": day(w, 0)}) },
			"scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START",
		},
		"nowhere": {with("", nil), with("entity_type", 2), "channel_id", "BASE_TYPE_REQUIRED"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, lifted)
			limit{tt.at(w), tt.over(w), tt.where, tt.code}.check(t, func(form any) response {
				return w.api("POST", "/guilds/"+w.guild.ID+"/scheduled-events", form)
			})
		})
	}
}

func with(key string, value any) func(*town) o {
	return func(w *town) o { return w.external(o{key: value}) }
}

func TestEvents_hundred(t *testing.T) {
	w := newTown(t, lifted)
	path := "/guilds/" + w.guild.ID + "/scheduled-events"
	var last response
	for i := range 100 {
		if last = w.api("POST", path, w.external(o{"name": fmt.Sprint(i)})); last.status != 200 {
			t.Fatalf("event %d: %s", i, last.raw)
		}
	}
	if got := w.api("POST", path, w.external(nil)); got.code() != 30038 {
		t.Errorf("one more: %s", got.raw)
	}
	if got := w.api("PATCH", path+"/"+last.body["id"].(string), o{"status": 4}); got.status != 200 {
		t.Errorf("cancel: %s", got.raw)
	}
	if got := w.api("POST", path, w.external(nil)); got.status != 200 {
		t.Errorf("in place of a cancelled one: %s", got.raw)
	}
}

func TestEvents_life(t *testing.T) {
	w := newTown(t, withSpec(t))
	start := w.clock.Now().Add(time.Hour)
	end := start.Add(time.Hour)
	form := &discordgo.GuildScheduledEventParams{
		Name: "Soup", ScheduledStartTime: &start, ScheduledEndTime: &end, EntityType: discordgo.GuildScheduledEventEntityTypeExternal,
		PrivacyLevel:   discordgo.GuildScheduledEventPrivacyLevelGuildOnly,
		EntityMetadata: &discordgo.GuildScheduledEventEntityMetadata{Location: "Hall"},
	}
	e, err := w.bot.GuildScheduledEventCreate(w.guild.ID, form)
	if err != nil || e.Name != "Soup" || e.EntityMetadata.Location != "Hall" || e.CreatorID != w.app.ID {
		t.Fatalf("got %+v, %v", e, err)
	}
	_, err = w.bot.GuildScheduledEventEdit(w.guild.ID, e.ID, &discordgo.GuildScheduledEventParams{Name: "Stew"})
	must(t, err)
	if got := w.guild.Events(); len(got) != 1 || got[0].Name != "Stew" || !got[0].Start.Equal(start) {
		t.Errorf("got %+v", got)
	}
	status := func(s discordgo.GuildScheduledEventStatus) error {
		_, err := w.bot.GuildScheduledEventEdit(w.guild.ID, e.ID, &discordgo.GuildScheduledEventParams{Status: s})
		return err
	}
	refused(t, status(discordgo.GuildScheduledEventStatusCompleted), 50035)
	must(t, status(discordgo.GuildScheduledEventStatusActive))
	refused(t, status(discordgo.GuildScheduledEventStatusCanceled), 50035)
	must(t, status(discordgo.GuildScheduledEventStatusCompleted))
	refused(t, status(discordgo.GuildScheduledEventStatusCompleted), 180000)

	w.guild.Invite(w.app, botPermissions&^sandbox.CreateEvents)
	_, err = w.bot.GuildScheduledEventCreate(w.guild.ID, form)
	refused(t, err, 50013)
	refused(t, w.bot.GuildScheduledEventDelete(w.guild.ID, e.ID), 50013)
	w.guild.Invite(w.app, sandbox.ManageEvents)
	must(t, w.bot.GuildScheduledEventDelete(w.guild.ID, e.ID))
	_, err = w.bot.GuildScheduledEvent(w.guild.ID, e.ID, false)
	refused(t, err, 10070)
	for _, v := range w.Violations() {
		t.Errorf("violation: %+v", v)
	}
	if errors.Is(err, nil) {
		t.Error("the event is still there")
	}
}
