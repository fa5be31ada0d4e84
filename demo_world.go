package main

import (
	"talkoot/sandbox"
	"talkoot/sandbox/page"
)

// town is one example guild with those who live there.
type town struct {
	guild *sandbox.Guild
	// Channels by what they are for.
	general, events, hobbies, shifts *sandbox.Channel
	// coordinator has the role that /setup is told of; manager owns the guild.
	role                 sandbox.Role
	manager, coordinator *sandbox.Person
}

// world is the demo's Discord before the bot has done anything.
type world struct {
	discord *sandbox.Discord
	clock   *demoClock
	app     sandbox.App
	towns   []*town
	// The people one can be, beside the coordinators.
	volunteer, resident, newcomer, swede *sandbox.Person
	suggestions                          []page.Suggestion
	// crowd are those who answer the polls.
	crowd []*sandbox.Person
}

// botPermissions are what the README asks for in the invitation.
const botPermissions = sandbox.ViewChannel | sandbox.SendMessages | sandbox.AttachFiles |
	sandbox.ReadMessageHistory | sandbox.CreateEvents

// newWorld makes three of the towns of the TRUST programme, empty of events.
// The people in it are called what they are, and those of the crowd have a first
// name each.
func newWorld(d *sandbox.Discord, clock *demoClock) *world {
	w := &world{discord: d, clock: clock, app: d.AddApp(sandbox.AppSpec{Name: "Talkoot"})}
	tampere := w.addTown("Tampere", "fi", "fi", "Koordinaattori", "Ylläpitäjä")
	tornio := w.addTown("Tornio", "fi", "sv-SE", "Koordinator", "Administratör")
	lieksa := w.addTown("Lieksa", "fi", "en-GB", "Coordinator", "Manager")

	w.volunteer = d.AddPerson(sandbox.PersonSpec{Name: "Vapaaehtoinen", Locale: "fi"})
	w.resident = d.AddPerson(sandbox.PersonSpec{Name: "Resident", Locale: "en-GB"})
	w.newcomer = d.AddPerson(sandbox.PersonSpec{Name: "مقيمة جديدة", Locale: "en-US"})
	w.swede = d.AddPerson(sandbox.PersonSpec{Name: "Invånare", Locale: "sv-SE"})
	for _, t := range []*town{tampere, tornio, lieksa} {
		for _, p := range []*sandbox.Person{w.volunteer, w.resident, w.newcomer, w.swede} {
			t.guild.Join(p)
		}
	}
	w.addCrowd()
	w.suggest(tampere.coordinator, "Coordinator in Tampere, in Finnish", "Kirjoita /event create ja julkaise tapahtuma.")
	w.suggest(tornio.coordinator, "Coordinator in Tornio, in Swedish", "Skriv /poll manage och se på serien.")
	w.suggest(lieksa.coordinator, "Coordinator in Lieksa, in English", "Type /poll create and ask something.")
	w.suggest(w.volunteer, "Volunteer, in Finnish", "Avaa #vapaaehtoiset ja ota vuoro.")
	w.suggest(w.resident, "Resident, in English", "Press I'm coming under a post, then type /my.")
	w.suggest(w.newcomer, "Newcomer, in Arabic", "افتحي قناة #tapahtumat واقرئي الإعلان بلغتك.")
	w.suggest(w.swede, "Resident, in Swedish", "Öppna #tapahtumat i Tornio och tryck på Resultat.")
	w.suggest(tampere.manager, "Manager of the server, in Finnish", "Kirjoita /setup.")
	return w
}

func (w *world) addTown(name, locale, language, coordinator, manager string) *town {
	t := &town{
		manager:     w.discord.AddPerson(sandbox.PersonSpec{Name: manager, Locale: language}),
		coordinator: w.discord.AddPerson(sandbox.PersonSpec{Name: coordinator, Locale: language}),
	}
	t.guild = w.discord.AddGuild(sandbox.GuildSpec{Name: name, Locale: locale, Owner: t.manager})
	t.role = t.guild.AddRole(sandbox.RoleSpec{Name: coordinator})
	t.guild.Join(t.coordinator, t.role)
	t.general = t.guild.AddChannel(sandbox.ChannelSpec{Name: "yleinen"})
	t.events = t.guild.AddChannel(sandbox.ChannelSpec{Name: "tapahtumat"})
	t.hobbies = t.guild.AddChannel(sandbox.ChannelSpec{Name: "harrastukset"})
	t.shifts = t.guild.AddChannel(sandbox.ChannelSpec{Name: "vapaaehtoiset"})
	t.guild.Invite(w.app, botPermissions)
	w.towns = append(w.towns, t)
	return t
}

func (w *world) suggest(p *sandbox.Person, role, hint string) {
	w.suggestions = append(w.suggestions, page.Suggestion{ID: p.ID, Role: role, Hint: hint})
}
