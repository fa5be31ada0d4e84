package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/jobs"
	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

const (
	onceGuilds = 3
	onceAreas  = 2
	onceSteps  = 4
)

// Campaigns run in several guilds, and the program is stopped and started while
// posts go out: each step is in each channel once.
func TestBadDay_stoppedInManyCampaigns(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": storagetest.SQLite, "postgres": storagetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := build(t, address(t))
			channels := v.startCampaigns()
			v.clock.set.Store(&setting{time.Now(), v.clock.at(10, 8, 0), 1})

			// The fifth post has been sent, and the program does not know it yet.
			var posts atomic.Int32
			var bot atomic.Pointer[running]
			stopping := make(chan struct{})
			v.bot.DiscordAPI = v.between(func(r *http.Request) {
				if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/messages") && posts.Add(1) == 5 {
					bot.Load().stop()
					close(stopping)
				}
			})
			v.start()
			bot.Store(v.run)
			v.moveTo(v.clock.at(10, 10, 1)) // two of the four steps are due
			select {
			case <-stopping:
			case <-v.ctx.Done():
				t.Fatalf("there are no five posts:\n%s", v.world())
			}
			v.restart()
			v.everyStep(channels, 2)
			v.restart()
			v.moveTo(v.clock.at(10, 12, 1))
			v.everyStep(channels, onceSteps)
		})
	}
}

// everyStep waits until so many steps are in each channel, and all is noted, and
// fails if there is any other post.
func (v *village) everyStep(channels []*sandbox.Channel, steps int) {
	v.Helper()
	v.until("all steps are posted", func() bool {
		for _, c := range channels {
			if len(c.Messages()) < steps {
				return false
			}
		}
		return true
	})
	v.settle()
	for _, c := range channels {
		all := c.Messages()
		if len(all) != steps {
			v.Errorf("#%s has %d posts, want %d", c.Name(), len(all), steps)
		}
		for i := range steps {
			n := 0
			for _, m := range all {
				if strings.Contains(m.Text(), fmt.Sprintf("askel %d", i+1)) {
					n++
				}
			}
			if n != 1 {
				v.Errorf("step %d is %d times in #%s", i+1, n, c.Name())
			}
		}
	}
	if n := v.count("post WHERE message_id <> 0"); n != steps*len(channels) {
		v.Errorf("%d posts are noted", n)
	}
}

// startCampaigns makes guilds with a running campaign in each, of which a step
// is due at nine, ten, eleven and twelve on the tenth. It gives the channels of
// the areas.
func (v *village) startCampaigns() []*sandbox.Channel {
	v.Helper()
	store := v.look()
	v.must(store.Migrate(v.ctx))
	queue, err := jobs.New(store, jobs.Options{Log: slog.New(slog.DiscardHandler), Now: v.clock.now})
	v.must(err)
	v.must(queue.Migrate(v.ctx))
	var channels []*sandbox.Channel
	for g := range onceGuilds {
		guild := v.discord.AddGuild(sandbox.GuildSpec{Name: fmt.Sprintf("Kylä %d", g+1), Locale: "fi"})
		guild.Invite(v.app, botPermissions)
		id, err := core.ParseSnowflake[core.GuildID](guild.ID)
		v.must(err)
		c := core.Campaign{
			Guild: id, Author: 1, Template: core.TemplateBlank, Locale: "fi", Texts: map[string]core.CampaignTexts{"fi": {Name: "Soppaviikko"}},
			Starts: time.Date(v.clock.now().Year(), 12, 10, 0, 0, 0, 0, time.UTC),
		}
		c.Ends = c.Starts
		for i := range onceSteps {
			c.Steps = append(c.Steps, core.Step{Clock: (9 + i) * 60, Texts: map[string]string{"fi": fmt.Sprintf("askel %d", i+1)}})
		}
		v.must(store.InTx(v.ctx, func(tx *storage.Tx) error {
			err := tx.MeetGuilds(v.ctx, []storage.Newcomer{{ID: id, Name: "Kylä", Language: "fi"}})
			for a := range onceAreas {
				channel := guild.AddChannel(sandbox.ChannelSpec{Name: fmt.Sprintf("alue-%d-%d", g+1, a+1)})
				channels = append(channels, channel)
				place, failed := core.ParseSnowflake[core.ChannelID](channel.ID)
				area, missing := tx.AddArea(v.ctx, core.Area{Guild: id, Name: channel.Name(), Zone: "Europe/Helsinki"})
				c.Areas = append(c.Areas, area)
				err = errors.Join(err, failed, missing, tx.SetChannel(v.ctx, id, area, core.KindEvent, place))
			}
			if err != nil {
				return err
			}
			made, err := tx.AddCampaign(v.ctx, c, int64(id))
			if err != nil {
				return err
			}
			if c, err = tx.LockCampaign(v.ctx, id, made); err != nil {
				return err
			}
			c.State = core.CampaignRunning
			var tasks []core.Task
			for _, s := range c.Steps {
				at, _ := c.StepAt(s, home(), nil)
				tasks = append(tasks, core.PostStep{Step: s.ID, At: at.UTC()})
			}
			return errors.Join(tx.SaveCampaign(v.ctx, c), queue.Book(v.ctx, tx, tasks...))
		}))
	}
	return channels
}
