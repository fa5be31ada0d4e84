package main

import (
	"slices"
	"strings"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/sandbox"
)

// villager is somebody at a Discord client, doing one thing after another. What
// goes wrong ends the test.
type villager struct {
	*sandbox.Person
	v *village
	// at is the channel they type in.
	at *sandbox.Channel
	// shown is the last private answer to them, and how it came.
	shown sandbox.Message
	kind  sandbox.Kind
}

// stranger makes somebody who is in no guild yet.
func (v *village) stranger(name, locale string) *villager {
	p := v.discord.AddPerson(sandbox.PersonSpec{Name: name, Locale: locale})
	v.unsaid = append(v.unsaid, p.ID, p.Name)
	return &villager{Person: p, v: v, at: v.general}
}

// person makes a member of the guild, with these roles.
func (v *village) person(name, locale string, roles ...sandbox.Role) *villager {
	p := v.stranger(name, locale)
	v.guild.Join(p.Person, roles...)
	return p
}

// slash runs a command.
func (p *villager) slash(command string, options ...sandbox.Option) {
	p.v.Helper()
	a, err := p.Slash(p.v.ctx, p.at.ID, command, options...)
	p.see("/"+command, a, err)
}

// submit fills in the form on the screen and sends it.
func (p *villager) submit(fields sandbox.Fields) {
	p.v.Helper()
	a, err := p.Submit(p.v.ctx, fields)
	p.see("the form", a, err)
}

// press presses the button of a verb on the last answer.
func (p *villager) press(verb string) {
	p.v.Helper()
	p.pressOn(p.shown, verb)
}

// pressOn presses the button of a verb on any message. Where a verb has several
// buttons, the word after it chooses: "join 2" is the second.
func (p *villager) pressOn(m sandbox.Message, verb string) {
	p.v.Helper()
	a, err := p.Press(p.v.ctx, m.ID, p.v.button(m, verb).CustomID)
	p.see(verb, a, err)
}

// choose chooses from the menu of a verb on the last answer. A word after the
// verb is how the menu's custom_id ends.
func (p *villager) choose(verb string, values ...string) {
	p.v.Helper()
	name, end, _ := strings.Cut(verb, " ")
	for _, menu := range p.shown.Selects() {
		if verbOf(menu.CustomID) == name && strings.HasSuffix(menu.CustomID, end) {
			a, err := p.Choose(p.v.ctx, p.shown.ID, menu.CustomID, values...)
			p.see(verb, a, err)
			return
		}
	}
	p.v.Fatalf("there is no menu %q in front of %s:\n%s", verb, p.Name, p.shown.Text())
}

// see takes in an answer: it must come, be for this person alone, and stay the
// only one when Discord delivers the same once more.
func (p *villager) see(what string, a sandbox.Answer, err error) {
	p.v.Helper()
	if err != nil {
		p.v.Fatalf("%s of %s: %v\nin front of them:\n%s", what, p.Name, err, p.shown.Text())
	}
	if a.Kind == sandbox.DidNotRespond {
		p.v.Fatalf("%s of %s: the bot did not respond\n%s", what, p.Name, p.v.log)
	}
	p.kind = a.Kind
	if a.Kind != sandbox.Opened {
		m, err := p.Settled(p.v.ctx, a)
		p.v.must(err)
		if !m.Ephemeral() && m.GuildID != "" {
			p.v.Errorf("%s of %s is answered for all to see:\n%s", what, p.Name, m.Text())
		}
		p.shown = m
	}
	if p.v.twice {
		p.again(a.Interaction)
	}
}

// again has the very same interaction delivered once more, and waits until the
// bot has tried to answer that too.
func (p *villager) again(interaction string) {
	p.v.Helper()
	const acknowledged = 40060
	if !slices.Contains(p.v.expects, acknowledged) {
		p.v.expects = append(p.v.expects, acknowledged)
	}
	before := p.v.discord.Stats().Refused[acknowledged]
	p.v.must(p.Redeliver(interaction))
	p.v.poll("a repeated delivery is dealt with", func() bool { return p.v.discord.Stats().Refused[acknowledged] > before })
}

// reads checks that the last answer has a text, in a language.
func (p *villager) reads(tag string, texts ...locales.Text) {
	p.v.Helper()
	p.v.has(p.shown, tag, texts...)
}

// fills checks that a form is open, and gives it.
func (p *villager) fills() sandbox.Form {
	p.v.Helper()
	form, ok := p.Form()
	if !ok || p.kind != sandbox.Opened {
		p.v.Fatalf("no form is open before %s; what is shown:\n%s", p.Name, p.shown.Text())
	}
	return form
}

// news waits for the n-th direct message, counted from 1, and gives it.
func (p *villager) news(n int) sandbox.Message {
	p.v.Helper()
	p.v.until("somebody gets a direct message", func() bool { return len(p.DMs()) >= n })
	all := p.DMs()
	if len(all) > n {
		p.v.Fatalf("%s has %d direct messages instead of %d:\n%s", p.Name, len(all), n, p.v.world())
	}
	return all[n-1]
}

// language chooses a language with /language.
func (p *villager) language(tag string) {
	p.v.Helper()
	p.slash("language")
	p.choose("language.choose", tag)
}

// has checks that a message has texts, in a language.
func (v *village) has(m sandbox.Message, tag string, texts ...locales.Text) {
	v.Helper()
	for _, text := range texts {
		if said := v.say(tag, text); !strings.Contains(m.Text(), said) && !strings.Contains(m.Text(), v.label(tag, text)) {
			v.Errorf("%q is missing in:\n%s", said, m.Text())
		}
	}
}

// lacks checks that a message does not have a text.
func (v *village) lacks(m sandbox.Message, words ...string) {
	v.Helper()
	for _, word := range words {
		if strings.Contains(m.Text(), word) {
			v.Errorf("%q is in:\n%s", word, m.Text())
		}
	}
}

// button finds the button of a verb; "join 2" is the second of them.
func (v *village) button(m sandbox.Message, verb string) sandbox.Component {
	v.Helper()
	name, which, _ := strings.Cut(verb, " ")
	nth := 1
	if which != "" {
		nth = int(which[0] - '0')
	}
	for _, b := range m.Buttons() {
		if verbOf(b.CustomID) != name {
			continue
		}
		if nth--; nth == 0 {
			return b
		}
	}
	v.Fatalf("there is no button %q on:\n%s", verb, m.Text())
	return sandbox.Component{}
}

// offers tells whether a message has a button of a verb.
func offers(m sandbox.Message, verb string) bool {
	return slices.ContainsFunc(m.Buttons(), func(b sandbox.Component) bool { return verbOf(b.CustomID) == verb })
}

// verbOf reads the verb in a custom_id.
func verbOf(customID string) string {
	parts := strings.SplitN(customID, ":", 3)
	if len(parts) < 3 {
		return ""
	}
	return parts[1]
}

// post waits for the n-th post of a channel, counted from 1, and gives it.
func (v *village) post(in *sandbox.Channel, n int) sandbox.Message {
	v.Helper()
	v.until("there is a post", func() bool { return len(in.Messages()) >= n })
	all := in.Messages()
	if len(all) > n {
		v.Fatalf("%d posts instead of %d:\n%s", len(all), n, v.world())
	}
	return all[n-1]
}

// shows waits until the n-th post of a channel has texts in a language.
func (v *village) shows(in *sandbox.Channel, n int, tag string, texts ...locales.Text) {
	v.Helper()
	for _, text := range texts {
		said := v.say(tag, text)
		v.until("the post says "+said, func() bool {
			all := in.Messages()
			return len(all) >= n && strings.Contains(all[n-1].Text(), said)
		})
	}
}

// setUp is what the owner does with /setup: public languages, a role for
// coordinators, and where posts go.
func (v *village) setUp(languages ...string) sandbox.Role {
	v.Helper()
	role := v.guild.AddRole(sandbox.RoleSpec{Name: "Koordinaattorit"})
	o := v.owner
	o.slash("setup")
	o.choose("setup.languages", languages...)
	if len(languages) > 1 {
		o.choose("setup.main", languages[0])
	}
	o.choose("setup.roles", role.Name)
	o.choose("setup.area", "Hervanta")
	for _, kind := range core.Kinds() {
		channel := v.events
		if kind == core.KindShift {
			channel = v.shifts
		}
		o.choose("setup.channel :"+string(kind), channel.Name())
	}
	return role
}

// isOffered tells whether the client offers a command when a slash is typed.
func (p *villager) isOffered(command string) bool {
	return slices.ContainsFunc(p.Commands(p.at.ID), func(c sandbox.CommandView) bool { return c.Path == command })
}
