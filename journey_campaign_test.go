package main

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"talkoot/sandbox"
	"talkoot/storage/storagetest"
)

// A coordinator plans a campaign from a template, looks at it, starts it, and it
// runs by itself, in two languages; people come to its event; it is paused,
// resumed and stopped.
func TestJourney_campaign(t *testing.T) {
	each(t, func(v *village) {
		role := v.setUp("fi", "ar")
		c := v.person("Kaisa Koordinaattori", "fi", role)
		v.publishSoup(c) // on the 12th
		c.slash("campaign create", sandbox.Opt("template", "happening"))
		c.submit(fields("name", "Soppaviikko", "aim", "Naapurit tapaavat", "first", "10.12.", "last", "20.12."))
		c.reads("fi", msg("campaign.state.draft"), quote("Soppaviikko"), msg("campaign.aim", "Aim", quote("Naapurit tapaavat")))
		c.choose("campaign.set things", c.choice("campaign.set things", 0))
		c.choose("campaign.step steps", c.choice("campaign.step steps", 0))
		c.choose("campaign.step.set anchor", c.choice("campaign.step.set anchor", 1))
		c.choose("campaign.step.set days", "-2")
		c.press("campaign.form")
		c.submit(fields("fi", "Tule syömään!", "ar", "تعالوا للأكل!"))
		c.reads("fi", msg("save.done"), quote("Tule syömään!"))
		c.press("campaign.manage")
		c.press("campaign.preview")
		c.press("campaign.manage")
		v.restart()
		c.press("campaign.start")
		c.reads("fi", msg("campaign.started"), msg("campaign.state.running"))

		v.moveTo(v.clock.at(10, 9, 1))
		post := v.post(v.events, 2)
		v.has(post, "fi", quote("Soppaviikko"), quote("Tule syömään!"))
		v.has(post, "ar", quote("تعالوا للأكل!"))
		aino, karim := v.person("Aino Asukas", "fi"), v.person("كريم", "en-GB")
		karim.language("ar")
		karim.pressOn(post, "campaign.read")
		karim.reads("ar", quote("تعالوا للأكل!"))
		aino.pressOn(post, "campaign.open")
		aino.press("join")
		aino.reads("fi", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
		v.restart()
		c.slash("campaign status", sandbox.Opt("campaign", "soppa"))
		c.reads("fi", msg("campaign.status.posted", "Count", 1), msg("campaign.status.ahead", "Count", 3), msg("count.going", "Count", 1))

		c.press("campaign.manage")
		c.press("campaign.turn")
		v.moveTo(v.clock.at(14, 16, 1))
		v.settle()
		v.post(v.events, 2)
		c.press("campaign.manage")
		c.press("campaign.turn")
		c.reads("fi", msg("campaign.miss.paused"))
		c.press("campaign.mend")
		v.post(v.events, 3)
		c.press("campaign.manage")
		c.press("campaign.turn 2")
		v.moveTo(v.clock.at(19, 12, 0))
		v.settle()
		v.post(v.events, 3)
	})
}

// A channel is deleted in the middle of a campaign: the coordinator is told what
// to do, and does it.
func TestBadDay_campaignsChannelDeleted(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		v.startCampaign(c)
		v.moveTo(v.clock.at(10, 9, 1))
		v.post(v.events, 1)
		const unknownChannel = 10003
		v.expects = append(v.expects, unknownChannel)
		v.events.Delete()
		v.moveTo(v.clock.at(14, 16, 1))
		v.has(c.news(1), "fi", msg("trouble.title", "Title", quote("Soppaviikko")),
			msg("campaign.trouble.gone", "Setup", raw("`/setup`"), "Command", raw("`/campaign status`")))
		v.owner.slash("setup")
		v.owner.choose("setup.area", "Hervanta")
		v.owner.choose("setup.channel :event", v.shifts.Name())
		c.slash("campaign status", sandbox.Opt("campaign", "soppa"))
		c.press("campaign.mend 2")
		v.post(v.shifts, 1)
	})
}

// startCampaign starts a campaign that posts on the 10th, the 14th, the 17th and
// the 18th.
func (v *village) startCampaign(c *villager) {
	v.Helper()
	c.slash("campaign create", sandbox.Opt("template", "happening"))
	c.submit(fields("name", "Soppaviikko", "first", "10.12.", "last", "20.12."))
	c.press("campaign.start")
	c.reads("fi", msg("campaign.started"))
}

// choice is the n-th value of a menu on the last answer.
func (p *villager) choice(verb string, n int) string {
	p.v.Helper()
	name, end, _ := strings.Cut(verb, " ")
	for _, menu := range p.shown.Selects() {
		if verbOf(menu.CustomID) == name && strings.HasSuffix(menu.CustomID, end) && n < len(menu.Options) {
			return menu.Options[n].Value
		}
	}
	p.v.Fatalf("there is no choice %d in a menu %q in front of %s:\n%s", n, verb, p.Name, p.shown.Text())
	return ""
}

// sql changes what is stored.
func (v *village) sql(query string) {
	v.Helper()
	_, err := v.look().DB().ExecContext(v.ctx, query)
	v.must(err)
}

// The program is killed after a post of a campaign was sent and before that was
// noted: there is no second post.
func TestBadDay_killedInACampaign(t *testing.T) {
	t.Parallel()
	v := build(t, storagetest.SQLite(t))
	v.clock.real()
	var victim atomic.Pointer[process]
	direct := v.bot.DiscordAPI
	v.bot.DiscordAPI = v.between(func(r *http.Request) {
		if p := victim.Load(); p != nil && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/messages") {
			p.kill()
		}
	})
	p := v.launch()
	c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
	day, _, _ := strings.Cut(v.realDay("18-20"), " ")
	c.slash("campaign create", sandbox.Opt("template", "you_said"))
	c.submit(fields("name", "Soppaviikko", "first", day, "last", day))
	c.press("campaign.start")
	c.reads("fi", msg("campaign.started"))
	v.sql(`UPDATE campaign_step SET result = FALSE`)
	v.sql(`INSERT INTO campaign_miss (step_id, area_id, why) SELECT campaign_step.id, area.id, 'late' FROM campaign_step, area`)
	c.slash("campaign status", sandbox.Opt("campaign", "soppa"))
	victim.Store(p)
	go func() { _, _ = c.Press(v.ctx, c.shown.ID, v.button(c.shown, "campaign.mend").CustomID) }()
	select {
	case <-p.gone:
	case <-v.ctx.Done():
		t.Fatal("the program was not killed")
	}
	if n := v.count("post WHERE message_id <> 0"); n != 0 || len(v.events.Messages()) != 1 {
		t.Fatal("the sending was noted, or there is none; the test is of no use")
	}
	v.bot.DiscordAPI = direct
	again := v.launch()
	v.poll("the post is noted", func() bool { return v.count("post WHERE message_id <> 0 AND wanted = drawn") == 1 })
	v.has(v.post(v.events, 1), "fi", quote("Soppaviikko"))
	if code := again.terminate(); code != 0 {
		t.Errorf("exit code %d:\n%s", code, &again.out)
	}
}

// The bot is removed in the middle of a campaign and comes back: what fell due
// meanwhile is not lost, and nothing is posted twice.
func TestBadDay_kickedInACampaign(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		v.startCampaign(c)
		v.moveTo(v.clock.at(10, 9, 1))
		v.post(v.events, 1)
		v.settle()
		const missingAccess = 50001
		v.expects = append(v.expects, missingAccess)
		v.guild.Kick(v.app)
		v.poll("the bot knows that it is out", func() bool { return v.count("guild WHERE left_at IS NOT NULL") == 1 })
		v.moveTo(v.clock.at(14, 16, 1))
		v.poll("a post is waiting", func() bool { return v.count("post WHERE message_id = 0") == 1 })
		v.guild.Invite(v.app, botPermissions)
		v.poll("the bot knows that it is back", func() bool { return v.count("guild WHERE left_at IS NULL") == 1 })
		v.restart() // or some minutes later
		v.post(v.events, 2)
		c.slash("campaign status", sandbox.Opt("campaign", "soppa"))
		c.reads("fi", msg("campaign.status.posted", "Count", 2), msg("campaign.status.ahead", "Count", 2))
	})
}
