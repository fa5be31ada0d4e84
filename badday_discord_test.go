package main

import (
	"testing"

	"talkoot/sandbox"
	"talkoot/storage/storagetest"
)

// The connection to Discord drops: the bot takes it up where it was.
func TestBadDay_connectionDropped(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino := v.person("Aino Asukas", "fi")
		v.discord.DropConnections()
		v.until("the bot resumes", func() bool { return v.discord.Stats().Resumed == 1 })
		aino.pressOn(post, "join")
		aino.reads("fi", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
		if n := v.discord.Stats().Identified; n != 1 {
			t.Errorf("identified %d times", n)
		}
	})
}

// Discord does not know the connection any more: the bot makes another.
func TestBadDay_connectionForgotten(t *testing.T) {
	t.Parallel()
	open(t, storagetest.SQLite(t), func(v *village) {
		post := v.publishSoup(v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar")))
		sven := v.person("Sven Svensson", "sv-SE")
		v.discord.ForgetSessions()
		v.discord.DropConnections()
		v.until("the bot begins anew", func() bool { return v.discord.Stats().Identified == 2 })
		sven.pressOn(post, "join")
		sven.reads("sv", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
		v.shows(v.events, "fi", msg("count.going", "Count", 1))
		v.post(v.events, 1)
	})
}

// The program is stopped while a post has still to be redrawn: after the next
// start it is right.
func TestBadDay_stoppedBeforeRedraw(t *testing.T) {
	both(t, func(v *village) {
		v.stop()
		v.bot.pace.Pause = 0 // as long as in service
		v.start()
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		v.person("Aino Asukas", "fi").pressOn(post, "join")
		v.restart()
		v.shows(v.events, "fi", msg("count.going", "Count", 1))
		v.shows(v.events, "ar", msg("count.going", "Count", 1))
		v.post(v.events, 1)
	})
}

// A moderator deletes a post: at the next change it is there again.
func TestBadDay_postDeleted(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino, sven := v.person("Aino Asukas", "fi"), v.person("Sven Svensson", "sv-SE")
		const unknownMessage = 10008
		v.expects = append(v.expects, unknownMessage)
		v.must(v.owner.Delete(post.ID))
		aino.slash("events")
		aino.press("event.show")
		aino.press("join")
		aino.reads("fi", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
		anew := v.post(v.events, 1)
		v.has(anew, "fi", quote("Soppatalkoot"), msg("count.going", "Count", 1))
		sven.pressOn(anew, "join")
		v.shows(v.events, "fi", msg("count.going", "Count", 2))
		v.post(v.events, 1)
	})
}

// The bot may not write in a channel any more: whoever publishes, or has
// published, is told what to grant.
func TestBadDay_notAllowedToPost(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino, sven := v.person("Aino Asukas", "fi"), v.person("Sven Svensson", "sv-SE")
		const missingAccess = 50001
		v.expects = append(v.expects, missingAccess)
		v.events.OverwriteMember(v.app.ID, 0, sandbox.ViewChannel|sandbox.SendMessages)
		lacking := join{msg("permission.view_channel"), msg("permission.send_messages")}

		aino.pressOn(post, "join")
		aino.reads("fi", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
		v.has(c.news(1), "fi", msg("trouble.title", "Title", quote("Soppatalkoot")), msg("trouble.forbidden", "Channel", raw("<#"+v.events.ID+">")))
		c.slash("event create")
		c.submit(fields("title", "Toinen", "when", "14.12. klo 18-20"))
		c.reads("fi", msg("preview.missing", "Channel", raw("<#"+v.events.ID+">"), "Permissions", lacking), msg("setup.how_to_grant"))
		c.press("event.publish")
		c.reads("fi", msg("preview.missing", "Channel", raw("<#"+v.events.ID+">"), "Permissions", lacking))
		v.owner.slash("setup")
		v.owner.reads("fi", msg("setup.missing", "Channel", raw("<#"+v.events.ID+">"), "Permissions", lacking))
		if n := len(v.events.Messages()); n != 1 {
			t.Fatalf("%d posts in a channel that is closed", n)
		}

		v.events.OverwriteMember(v.app.ID, 0, 0)
		c.press("event.publish")
		c.reads("fi", msg("publish.done"))
		v.post(v.events, 2)
		v.restart() // or some minutes later
		sven.pressOn(post, "join")
		v.shows(v.events, "fi", msg("count.going", "Count", 2))
		c.news(1)
	})
}

// The bot is thrown out and invited again: all is as before.
func TestBadDay_kicked(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino, sven := v.person("Aino Asukas", "fi"), v.person("Sven Svensson", "sv-SE")
		aino.pressOn(post, "join")
		v.shows(v.events, "fi", msg("count.going", "Count", 1))
		v.settle()
		v.guild.Kick(v.app)
		v.poll("the bot knows that it is out", func() bool { return v.count("guild WHERE left_at IS NOT NULL") == 1 })
		v.restart()
		v.guild.Invite(v.app, botPermissions)
		v.poll("the bot knows that it is back", func() bool { return v.count("guild WHERE left_at IS NULL") == 1 })

		sven.pressOn(post, "join")
		sven.reads("sv", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
		v.shows(v.events, "fi", msg("count.going", "Count", 2))
		c.slash("event create") // still a coordinator by role
		c.submit(fields("title", "Toinen", "when", "14.12. klo 18"))
		c.reads("fi", msg("preview.where", "Channel", raw("<#"+v.events.ID+">")))
		aino.slash("my")
		aino.reads("fi", quote("Soppatalkoot"), msg("browse.mine.going"))
	})
}
