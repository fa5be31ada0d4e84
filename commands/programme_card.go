package commands

import (
	"context"
	"slices"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// listedMembers is how many guilds the card of a programme lists.
const listedMembers = 40

// list is the button "Programmes" of the set-up: those that the guild leads, and
// those that it belongs to.
func (f *forum) list(ctx context.Context, ask Ask) (Reply, error) {
	var led []core.Programme
	var in []core.Membership
	err := f.store.View(ctx, func(tx *storage.Tx) (err error) {
		if led, err = tx.Programmes(ctx, ask.Guild); err != nil {
			return err
		}
		in, err = tx.Memberships(ctx, ask.Guild)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "programme.title"}}, Para{locales.Msg{ID: "programme.about"}}}}
	for _, p := range led {
		card.Blocks = append(card.Blocks, Entry{
			Text:   locales.Beside{locales.Strong{Text: locales.Quote(p.Name)}, locales.Msg{ID: "programme.we_lead"}},
			Button: Button{Label: locales.Msg{ID: "programme.show"}, Verb: programmeShow, ID: int64(p.ID)},
		})
	}
	for _, m := range in[:min(len(in), core.MaxProgrammes)] {
		card.Blocks = append(card.Blocks, Entry{
			Text:   locales.Beside{locales.Strong{Text: locales.Quote(m.Name)}, placeText(m)},
			Button: Button{Label: locales.Msg{ID: "programme.show"}, Verb: programmeShow, ID: int64(m.ID)},
		})
	}
	return Reply{Card: card.with(Buttons{
		{Label: locales.Msg{ID: "programme.join"}, Verb: programmeForm, Style: Primary},
		{Label: locales.Msg{ID: "programme.found"}, Verb: programmeFound},
		{Label: locales.Msg{ID: "setup.back"}, Verb: setupShow},
	})}, nil
}

// placeText says what place a guild has in a programme.
func placeText(m core.Membership) locales.Text {
	switch {
	case m.Successor != 0:
		return locales.Msg{ID: "programme.succeeded", Data: locales.Data{"Server": locales.Quote(m.SuccessorName)}}
	case !m.Member:
		return locales.Msg{ID: "programme.left"}
	}
	return locales.Msg{ID: "programme.mode." + string(m.Mode)}
}

// show is the card of a programme: for its lead, the code and who is in it; for
// a member, what it may do here.
func (f *forum) show(ctx context.Context, ask Ask) (Reply, error) {
	id := core.ProgrammeID(ask.ID)
	var led []core.Programme
	var members []core.Membership
	var place core.Membership
	err := f.store.View(ctx, func(tx *storage.Tx) (err error) {
		if led, err = tx.Programmes(ctx, ask.Guild); err != nil {
			return err
		}
		led = slices.DeleteFunc(led, func(p core.Programme) bool { return p.ID != id })
		if len(led) == 0 {
			place, err = tx.Membership(ctx, ask.Guild, id)
			return err
		}
		members, err = tx.Members(ctx, id)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if len(led) > 0 {
		return Reply{Card: leadCard(led[0], members)}, nil
	}
	return Reply{Card: memberCard(place)}, nil
}

// leadCard is the card of a programme for who leads it.
func leadCard(p core.Programme, members []core.Membership) Card {
	id := int64(p.ID)
	card := Card{Blocks: []Block{
		Heading{locales.Quote(p.Name)},
		Para{locales.Msg{ID: "programme.code.is", Data: locales.Data{"Code": locales.Raw("`" + p.Code + "`")}}},
	}}
	lines := locales.Lines{}
	menu := Menu{Verb: programmeOut, ID: id, Hint: locales.Msg{ID: "programme.out"}}
	for _, m := range members {
		if len(lines) < listedMembers {
			lines = append(lines, locales.Beside{locales.Strong{Text: locales.Quote(shorten(m.GuildName, entryTitle))}, placeText(m)})
		}
		if m.Member && len(menu.Choices) < mostPicks {
			menu.Choices = append(menu.Choices, Choice{Label: locales.Quote(shorten(m.GuildName, entryTitle)), Value: core.Snowflake(m.Guild)})
		}
	}
	if more := len(members) - listedMembers; more > 0 {
		lines = append(lines, locales.Msg{ID: "programme.more", Data: locales.Data{"Count": more}})
	}
	if len(lines) == 0 {
		lines = append(lines, locales.Msg{ID: "programme.nobody"})
	}
	card.Blocks = append(card.Blocks, Para{lines}, Small{locales.Msg{ID: "programme.how", Data: locales.Data{"Command": locales.Raw("`/campaign create`")}}})
	if len(menu.Choices) > 0 {
		card.Blocks = append(card.Blocks, menu)
	}
	return card.with(Buttons{
		{Label: locales.Msg{ID: "programme.new_code"}, Verb: programmeCode, ID: id},
		{Label: locales.Msg{ID: "organise.back"}, Verb: programmeList},
	})
}

// memberCard is the card of a programme for a guild that is, or was, in it.
func memberCard(m core.Membership) Card {
	id := int64(m.ID)
	card := Card{Blocks: []Block{Heading{locales.Quote(m.Name)}, Para{placeText(m)}}}
	var row Buttons
	if m.Member {
		card.Blocks = append(card.Blocks, Small{locales.Lines{locales.Msg{ID: "programme.about.data"}, locales.Msg{ID: "programme.offers", Data: locales.Data{"Command": locales.Raw("`/campaign manage`")}}}})
		other := core.ByItself
		if m.Mode == core.ByItself {
			other = core.Approving
		}
		row = append(row, Button{Label: locales.Msg{ID: "programme.set." + string(other)}, Verb: programmeMode, ID: id, Arg: string(other)})
		if m.Handover == "" {
			row = append(row, Button{Label: locales.Msg{ID: "programme.handover"}, Verb: programmeGive, ID: id})
		} else {
			card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "programme.handover.is", Data: locales.Data{"Code": locales.Raw("`" + m.Handover + "`")}}})
		}
		row = append(row, Button{Label: locales.Msg{ID: "programme.leave"}, Verb: programmeLeave, ID: id, Style: Danger})
	}
	return card.with(append(row, Button{Label: locales.Msg{ID: "organise.back"}, Verb: programmeList}))
}
