package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/jobs"
	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

const (
	campaignGuilds = 100
	areasEach      = 3
	campaignSteps  = 10
	campaignPosts  = campaignGuilds * areasEach * campaignSteps
	// What Discord allows, as the sandbox counts it: so many requests a second in
	// all, and so many messages in so long a time in a channel.
	allowedPerSecond  = 50
	channelPosts      = 5
	channelPostsEvery = 5 * time.Second
	// reading is how often a second somebody reads a post meanwhile.
	reading = 10
)

// BenchmarkCampaign has a campaign of 10 steps in each of 100 guilds with three
// areas, of which all is due: the bot was away for the five hours in which it
// was. With Discord's rate limits it measures how near to what they allow the
// posts come, and fails if there is one too few, one too many, or one answer
// 429. People read posts meanwhile.
func BenchmarkCampaign(b *testing.B) {
	path, err := talkoot()
	if err != nil {
		b.Fatal(err)
	}
	t := newTown(b, 1, true)
	address := storagetest.Postgres(b)
	store := storagetest.Open(b, address)
	channels := t.campaigns(b, store)

	p := launch(b, "talkoot", append(t.env(address), "HTTP_ADDR=off", "TALKOOT_SECRET="+secret), path, "run")
	p.waitFor(b, "msg=ready")
	ready := time.Now()
	bot, database := p.cpu(), family(postmaster(b))
	waits := t.readMeanwhile(b, channels[0], func() bool { return t.sent(channels) >= campaignPosts })
	// A post too many would be a task that is left.
	for left := 1; left > 0; time.Sleep(10 * time.Millisecond) {
		if err := store.DB().QueryRowContext(b.Context(), `
			SELECT count(*) FROM river_job
			WHERE kind IN ('post_step', 'draw_post') AND state NOT IN ('completed', 'cancelled', 'discarded')`).Scan(&left); err != nil {
			b.Fatal(err)
		}
	}

	var times []time.Time
	for _, c := range channels {
		texts := map[string]int{}
		for _, m := range c.Messages() {
			times = append(times, m.Created)
			texts[m.Text()]++
		}
		if len(texts) != campaignSteps || len(c.Messages()) != campaignSteps {
			b.Errorf("#%s has %d posts, of which %d are different; want %d", c.Name(), len(c.Messages()), len(texts), campaignSteps)
		}
	}
	stats := t.Stats()
	if stats.RateLimited > 0 || len(stats.Refused) > 0 {
		b.Errorf("answered 429 %d times; refused by code: %v", stats.RateLimited, stats.Refused)
	}
	if trouble := append(p.said("level=ERROR"), p.said("level=WARN")...); len(trouble) > 0 {
		b.Errorf("talkoot says %s", strings.Join(trouble, "\n"))
	}
	slices.SortFunc(times, time.Time.Compare)
	took := times[len(times)-1].Sub(times[0])
	each := time.Duration(campaignPosts)
	fmt.Printf("\nCampaigns on Postgres: %d posts in %d channels of %d guilds within %.1f s of the first, which came %.1f s after the start\n"+
		"  %.1f a second, %.1f %% of what Discord allows; %d answers 429; %d answered readers meanwhile, p50 %d ms, p99 %d ms\n"+
		"  bot %d µs and database %d µs of processor time per post; load %s", len(times), len(channels), campaignGuilds,
		took.Seconds(), times[0].Sub(ready).Seconds(), float64(len(times))/took.Seconds(), 100*allowedTime().Seconds()/took.Seconds(), stats.RateLimited,
		len(waits), quantile(waits, 0.5).Milliseconds(), quantile(waits, 0.99).Milliseconds(),
		((p.cpu() - bot) / each).Microseconds(), ((family(postmaster(b)) - database) / each).Microseconds(), load())
}

// allowedTime is the least time from the first post to the last that Discord's
// limits leave: a window's worth of them may be sent at once.
func allowedTime() time.Duration {
	return max((campaignPosts/allowedPerSecond-1)*time.Second, (campaignSteps/channelPosts-1)*channelPostsEvery)
}

// load is what the machine says of its load.
func load() string {
	text, _ := os.ReadFile("/proc/loadavg")
	return string(text)
}

// campaigns makes the guilds, and stores a running campaign in each that was to
// be posted while no bot was there. It gives the channels.
func (t *town) campaigns(b *testing.B, store *storage.Store) []*sandbox.Channel {
	b.Helper()
	now := time.Now().UTC()
	// To the queue it is then, so that all is booked for its own time.
	queue, err := jobs.New(store, jobs.Options{
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now.Add(-core.StepGrace) },
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := queue.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	var channels []*sandbox.Channel
	for i := range campaignGuilds {
		guild := t.guild
		if i > 0 {
			guild = t.AddGuild(sandbox.GuildSpec{Name: "Town " + strconv.Itoa(i+1)})
			guild.Invite(t.app, granted)
		}
		var places []*sandbox.Channel
		for j := range areasEach {
			places = append(places, guild.AddChannel(sandbox.ChannelSpec{Name: fmt.Sprintf("area-%d-%d", i+1, j+1)}))
		}
		channels = append(channels, places...)
		if err := store.InTx(b.Context(), func(tx *storage.Tx) error {
			tasks, err := addCampaign(b.Context(), tx, number[core.GuildID](guild.ID), places, now)
			if err != nil {
				return err
			}
			return queue.Book(b.Context(), tx, tasks...)
		}); err != nil {
			b.Fatal(err)
		}
	}
	return channels
}

// addCampaign stores a guild with an area for each channel, and a running
// campaign there, whose steps were due every half hour until now. It gives what
// the clock is to do.
func addCampaign(ctx context.Context, tx *storage.Tx, guild core.GuildID, channels []*sandbox.Channel, now time.Time) ([]core.Task, error) {
	if err := tx.MeetGuilds(ctx, []storage.Newcomer{{ID: guild, Name: "Town", Language: "en"}}); err != nil {
		return nil, err
	}
	areas, err := tx.Areas(ctx, guild)
	if err != nil {
		return nil, err
	}
	areas[0].Zone = "UTC"
	err = tx.ChangeArea(ctx, areas[0])
	for i := 1; i < len(channels) && err == nil; i++ {
		area := core.Area{Guild: guild, Name: "Area " + strconv.Itoa(i+1), Zone: "UTC"}
		area.ID, err = tx.AddArea(ctx, area)
		areas = append(areas, area)
	}
	c := core.Campaign{
		Guild: guild, Author: 1, Template: core.TemplateBlank, Locale: "en", Starts: now.Truncate(24 * time.Hour), Ends: now.Truncate(24 * time.Hour),
		Texts: map[string]core.CampaignTexts{"en": {Name: "Know your neighbours", About: "A week of soup, songs and snow."}},
	}
	for i, area := range areas {
		err = errors.Join(err, tx.SetChannel(ctx, guild, area.ID, core.KindEvent, number[core.ChannelID](channels[i].ID)))
		c.Areas = append(c.Areas, area.ID)
	}
	for i := range campaignSteps {
		at := now.Add(time.Duration(i-campaignSteps) * 30 * time.Minute)
		c.Steps = append(c.Steps, core.Step{
			Days: int(at.Truncate(24*time.Hour).Sub(c.Starts) / (24 * time.Hour)), Clock: at.Hour()*60 + at.Minute(),
			Texts: map[string]string{"en": fmt.Sprintf("Day %d: say hello to somebody whose name you do not know yet, and ask what they like to cook.", i+1)},
		})
	}
	if err != nil {
		return nil, err
	}
	id, err := tx.AddCampaign(ctx, c, int64(guild))
	if err != nil {
		return nil, err
	}
	if c, err = tx.LockCampaign(ctx, guild, id); err != nil {
		return nil, err
	}
	c.State = core.CampaignRunning
	var tasks []core.Task
	for _, s := range c.Steps {
		at, _ := c.StepAt(s, time.UTC, nil)
		tasks = append(tasks, core.PostStep{Step: s.ID, At: at})
	}
	return tasks, tx.SaveCampaign(ctx, c)
}

// sent counts the messages of channels.
func (t *town) sent(channels []*sandbox.Channel) int {
	n := 0
	for _, c := range channels {
		n += len(c.Messages())
	}
	return n
}

// readMeanwhile has somebody press "Read in my language" under a post of a
// channel, ten times a second, until all is done, and says how long each waited.
func (t *town) readMeanwhile(b *testing.B, channel *sandbox.Channel, all func() bool) []time.Duration {
	b.Helper()
	var waits []time.Duration
	for late := time.Now().Add(5 * time.Minute); !all(); time.Sleep(time.Second / reading) {
		if time.Now().After(late) {
			b.Errorf("there are not all posts after five minutes")
			break
		}
		if posts := channel.Messages(); len(posts) > 0 {
			took, err := presses(t.crowd[:1], posts[:1])[0].do(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			waits = append(waits, took)
		}
	}
	return waits
}
