package page_test

import (
	"net/url"
	"testing"

	"github.com/bwmarrin/discordgo"
)

func TestMessage_olderKinds(t *testing.T) {
	w := newWorld(t)
	two := 2
	_, err := w.bot.s.ChannelMessageSendComplex(w.events.ID, &discordgo.MessageSend{
		Content:         "**Kysely**",
		AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
		Embeds: []*discordgo.MessageEmbed{{
			Title: "Mikä ilta?", URL: "https://example.org/", Description: "- la\n- su", Color: 0x336699,
			Fields: []*discordgo.MessageEmbedField{{Name: "Paikka", Value: "Itäkeskus"}}, Footer: &discordgo.MessageEmbedFooter{Text: "TRUST"},
		}},
		Components: []discordgo.MessageComponent{
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{
				CustomID: "which", Placeholder: "Valitse illat", MinValues: &two, MaxValues: 2,
				Options: []discordgo.SelectMenuOption{{Label: "Lauantai", Value: "sat"}, {Label: "Sunnuntai", Value: "sun"}, {Label: "Maanantai", Value: "mon"}},
			}}},
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{MenuType: discordgo.RoleSelectMenu, CustomID: "roles", Placeholder: "Rooli"}}},
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{MenuType: discordgo.UserSelectMenu, CustomID: "who", Placeholder: "Kuka"}}},
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{MenuType: discordgo.ChannelSelectMenu, CustomID: "where", Placeholder: "Missä"}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}

	got := w.visit(w.path(w.bob), nil)

	got.has(
		t, "<strong>Kysely</strong>", "Mikä ilta?", `fill="#336699"`, "Paikka", "TRUST", `type="checkbox" value="sun"`,
		"@Koordinaattori", "@Sven", "#vapaaehtoiset",
	)
	got.hasNot(t, "#koordinaattorit") // which Bob does not see
	at := "/as/" + w.bob.ID + "/m/" + w.events.Messages()[0].ID + "/choose"
	w.visit(at, url.Values{"menu": {"which"}, "value": {"sun"}}).leads(t, w.path(w.bob)+"#m"+w.events.Messages()[0].ID)
	w.visit(w.path(w.bob), nil).has(t, "Your Discord refuses this")
	w.visit(at, url.Values{"menu": {"which"}, "value": {"mon", "sun"}})
	w.visit(w.path(w.bob), nil).has(t, "Valitsit: mon")
}
