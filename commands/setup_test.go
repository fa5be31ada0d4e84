package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// as is the keeper of the village, who manages its server.
func as(a commands.Ask) commands.Ask {
	a.Member, a.Manages, a.Guild = keeper, true, village
	return a
}

func typed(name, zone string) map[string]string { return map[string]string{"name": name, "zone": zone} }

func TestSetup_onlyManagers(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		p.write(func(tx *storage.Tx) error {
			return tx.SetCoordinators(t.Context(), village, []core.RoleID{helper})
		})
		before := fmt.Sprint(p.guild(village))
		for _, spec := range p.gate.Specs() {
			if !strings.HasPrefix(spec.Name, "setup") {
				continue
			}
			ask := commands.Ask{Guild: village, Roles: []core.RoleID{helper}, ID: int64(p.areas[village]), Arg: "event", Chosen: []string{"501"}}
			_, err := p.ask(spec.Name, ask)
			refusedWith(t, err, core.NeedsManager)
			ask.Guild = 0
			_, err = p.ask(spec.Name, ask)
			refusedWith(t, err, core.NotInDirect)
		}
		if after := fmt.Sprint(p.guild(village)); after != before {
			t.Errorf("changed from\n%s to\n%s", before, after)
		}
	})
}

func TestSetup_languages(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		tests := []struct {
			verb   string
			chosen []string
			reason core.Reason
			want   string
		}{
			{"setup.languages", []string{"fi", "en"}, "", "en,fi"},
			{"setup.main", []string{"fi"}, "", "fi,en"},
			{"setup.languages", []string{"sv", "en", "fi"}, "", "fi,en,sv"},
			{"setup.languages", []string{"en", "sv", "sv"}, "", "en,sv"},
			{"setup.languages", nil, core.UnknownLanguage, "en,sv"},
			{"setup.languages", []string{"en", "tlh"}, core.UnknownLanguage, "en,sv"},
			{"setup.main", []string{"fi"}, core.UnknownLanguage, "en,sv"},
			{"setup.main", nil, core.UnknownLanguage, "en,sv"},
		}
		for _, tt := range tests {
			reply, err := p.ask(tt.verb, as(commands.Ask{Chosen: tt.chosen}))
			refusedWith(t, err, tt.reason)
			if got := strings.Join(p.guild(village).Languages, ","); got != tt.want {
				t.Errorf("%s %v: got %s, want %s", tt.verb, tt.chosen, got, tt.want)
			}
			if err == nil && !strings.Contains(said(t, reply.Card), "Saved.") {
				t.Errorf("it does not say what was saved:\n%s", said(t, reply.Card))
			}
		}
	})
}

func TestSetup_coordinators(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		if text := said(t, p.must("setup", as(commands.Ask{})).Card); !strings.Contains(text, "only those who manage the server") {
			t.Errorf("at first:\n%s", text)
		}
		text := said(t, p.must("setup.roles", as(commands.Ask{Chosen: []string{"77", "78"}})).Card)
		if !strings.Contains(text, "Saved. Coordinators: \u2068<@&77>\u2069 and \u2068<@&78>\u2069") || fmt.Sprint(p.guild(village).Coordinators) != "[77 78]" {
			t.Errorf("two roles: %v\n%s", p.guild(village).Coordinators, text)
		}
		for chosen, want := range map[string]core.Reason{core.Snowflake(village): core.RoleEveryone, "x": core.NoSuchVerb} {
			_, err := p.ask("setup.roles", as(commands.Ask{Chosen: []string{chosen}}))
			refusedWith(t, err, want)
		}
		p.must("setup.roles", as(commands.Ask{Chosen: []string{}}))
		if got := p.guild(village).Coordinators; len(got) != 0 {
			t.Errorf("none chosen: %v", got)
		}
	})
}

// Of an area alone there are coordinators besides those of all areas.
func TestSetup_coordinatorsOfAnArea(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		id := int64(p.areas[village])
		choose := func(id int64, chosen ...string) (commands.Reply, error) {
			return p.ask("setup.area.roles", as(commands.Ask{ID: id, Chosen: chosen}))
		}
		card := p.must("setup.area", as(commands.Ask{ID: id})).Card
		if text := said(t, card); !strings.Contains(text, "Coordinators of this area only: none.") {
			t.Errorf("at first:\n%s", text)
		}
		menu := menusOf(card)[slices.IndexFunc(menusOf(card), func(m commands.Menu) bool { return m.Of == commands.OfRoles })]
		if plain(t, menu.Hint) != "Coordinators of this area only" || menu.Verb != "setup.area.roles" || menu.ID != id {
			t.Errorf("the menu is %+v", menu)
		}
		reply, err := choose(id, "88", "89")
		refusedWith(t, err, "")
		g := p.guild(village)
		if text := said(t, reply.Card); !strings.Contains(text, "Saved. Coordinators of this area only: \u2068<@&88>\u2069 and \u2068<@&89>\u2069") ||
			fmt.Sprint(g.AreaCoordinators[p.areas[village]], g.Coordinators) != "[88 89] []" {
			t.Errorf("two roles: %v\n%s", g.AreaCoordinators, text)
		}
		if text := said(t, p.must("setup", as(commands.Ask{})).Card); !strings.Contains(text, "These areas have coordinators of their own besides: Village") {
			t.Errorf("the whole set-up:\n%s", text)
		}
		for _, tt := range []struct {
			id     int64
			chosen string
			want   core.Reason
		}{
			{id, core.Snowflake(village), core.RoleEveryone},
			{id, "x", core.NoSuchVerb},
			{int64(p.areas[abroad]), "88", core.NotFound},
			{0, "88", core.NotFound},
		} {
			_, err := choose(tt.id, tt.chosen)
			refusedWith(t, err, tt.want)
		}
		_, err = choose(id)
		refusedWith(t, err, core.NoSuchVerb) // a button
		_, err = p.ask("setup.area.roles", commands.Ask{Guild: village, ID: id, Roles: []core.RoleID{88}, Chosen: []string{"90"}})
		refusedWith(t, err, core.NeedsManager)
		if _, err = p.ask("setup.area.roles", as(commands.Ask{ID: id, Chosen: []string{}})); err != nil || len(p.guild(village).AreaCoordinators) != 0 {
			t.Errorf("none chosen: %v, %v", p.guild(village).AreaCoordinators, err)
		}
	})
}

func TestSetup_areas(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		tests := map[string]struct {
			id         int64
			name, zone string
			want       core.Reason
			has        string
		}{
			"a new one":             {0, "  Harbour \n side ", "Europe/Stockholm", "", "Harbour side Europe/Stockholm"},
			"a city":                {0, "Hill", "new york", "", "Hill America/New_York"},
			"no name":               {0, " \u200b ", "UTC", core.AreaNameless, ""},
			"a long name":           {0, strings.Repeat("ä", core.MaxAreaName+1), "UTC", core.AreaNameLong, ""},
			"a name that is taken":  {0, "Village", "UTC", core.AreaExists, ""},
			"an unknown zone":       {0, "Moon", "Moon/Tranquility", core.UnknownZone, ""},
			"the machine's zone":    {0, "Here", "Local", core.UnknownZone, ""},
			"no zone":               {0, "Nowhere", "", core.UnknownZone, ""},
			"a zone that is a path": {0, "Path", "../../etc/passwd", core.UnknownZone, ""},
			"another guild's":       {int64(p.areas[abroad]), "Mine now", "UTC", core.NotFound, ""},
			"a change":              {int64(p.areas[village]), "Town", "utc", "", "Town UTC"},
		}
		for name, tt := range tests {
			if name == "a change" {
				continue // the last one, since others need the old name
			}
			_, err := p.ask("setup.area.save", as(commands.Ask{ID: tt.id, Fields: typed(tt.name, tt.zone)}))
			if core.ReasonOf(err) != tt.want || tt.want == "" && err != nil {
				t.Errorf("%s: got %v, want %q", name, err, tt.want)
			}
		}
		change := tests["a change"]
		p.must("setup.area.save", as(commands.Ask{ID: change.id, Fields: typed(change.name, change.zone)}))
		p.must("setup.area.save", as(commands.Ask{Fields: typed("Hill", "America/New_York")})) // delivered again

		var have []string
		for _, a := range p.guild(village).Areas {
			have = append(have, a.Name+" "+a.Zone)
		}
		if len(have) != 3 {
			t.Errorf("got %q", have)
		}
		for name, tt := range tests {
			if tt.has != "" && !strings.Contains(strings.Join(have, "; "), tt.has) {
				t.Errorf("%s: %q is not in %q", name, tt.has, have)
			}
		}
		if got := p.guild(abroad).Areas[0].Name; got != "Abroad" {
			t.Errorf("the other guild's area is %q", got)
		}
		_, err := p.ask("setup.area.form", as(commands.Ask{ID: int64(p.areas[abroad])}))
		refusedWith(t, err, core.NotFound)
		_, err = p.ask("setup.area", as(commands.Ask{Chosen: []string{core.Snowflake(p.areas[abroad])}}))
		refusedWith(t, err, core.NotFound)
		_, err = p.ask("setup.zone", as(commands.Ask{ID: int64(p.areas[abroad]), Chosen: []string{"UTC"}}))
		refusedWith(t, err, core.NotFound)
	})
}

func TestSetup_notTooManyAreas(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		for i := 1; i < core.MaxAreas; i++ {
			name := strings.Repeat("*", 90) + fmt.Sprint(i)
			p.must("setup.area.save", as(commands.Ask{Fields: typed(name, "UTC")}))
		}
		_, err := p.ask("setup.area.save", as(commands.Ask{Fields: typed("One more", "UTC")}))
		refusedWith(t, err, core.TooManyAreas)
		_, err = p.ask("setup.area.form", as(commands.Ask{}))
		refusedWith(t, err, core.TooManyAreas)
		if got := len(p.guild(village).Areas); got != core.MaxAreas {
			t.Errorf("%d areas", got)
		}

		// The largest set-up: everything chosen, and something wrong everywhere.
		p.must("setup.languages", as(commands.Ask{Chosen: []string{"ar", "fi", "sv", "fi-simple", "en"}}))
		var roles []string
		for i := range 25 {
			roles = append(roles, fmt.Sprint(int64(1)<<60+int64(i)))
		}
		p.must("setup.roles", as(commands.Ask{Chosen: roles}))
		all := []commands.Permission{commands.ViewChannel, commands.SendMessages, commands.EmbedLinks, commands.AttachFiles, commands.CreateEvents}
		channel := core.ChannelID(1) << 60
		for _, a := range p.guild(village).Areas {
			for _, kind := range core.Kinds() {
				channel++
				p.ways.of[channel], p.ways.lacks[channel] = village, all
				p.must("setup.channel", as(commands.Ask{ID: int64(a.ID), Arg: string(kind), Chosen: []string{core.Snowflake(channel)}}))
			}
		}
		stranger := as(commands.Ask{})
		stranger.Member = 4242
		reply, err := p.ask("setup", stranger)
		if err != nil {
			t.Fatal(err)
		}
		fits(t, reply.Card)
		last := p.guild(village).Areas[core.MaxAreas-1].ID
		fits(t, p.must("setup.area.save", as(commands.Ask{ID: int64(last), Fields: typed(strings.Repeat("_", 100), "Asia/Tokyo")})).Card)
	})
}

func TestSetup_channels(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		area := int64(p.areas[village])
		channel := func(kind, channel string) (string, error) {
			ask := commands.Ask{ID: area, Arg: kind, Chosen: []string{}}
			if channel != "" {
				ask.Chosen = []string{channel}
			}
			reply, err := p.ask("setup.channel", as(ask))
			return said(t, reply.Card), err
		}
		if text, err := channel("hobby", "501"); err != nil || !strings.Contains(text, "hobbies go to: <#501>") || strings.Contains(text, "cannot post") {
			t.Errorf("a good channel: %v\n%s", err, text)
		}
		text, err := channel("shift", "502")
		if err != nil || !strings.Contains(text, "In <#502> I cannot post yet") {
			t.Errorf("a channel without permissions: %v\n%s", err, text)
		}
		if home := said(t, p.must("setup", as(commands.Ask{})).Card); !strings.Contains(home, "In <#502> I cannot post yet") {
			t.Errorf("the whole set-up does not say it:\n%s", home)
		}
		for given, want := range map[[2]string]core.Reason{
			{"event", "601"}: core.NotFound, // another guild's
			{"event", "999"}: core.NotFound,
			{"event", "-5"}:  core.NoSuchVerb,
			{"party", "501"}: core.NoSuchVerb,
			{"", "501"}:      core.NoSuchVerb,
		} {
			_, err := channel(given[0], given[1])
			refusedWith(t, err, want)
		}
		_, err = p.ask("setup.channel", as(commands.Ask{ID: int64(p.areas[abroad]), Arg: "event", Chosen: []string{"501"}}))
		refusedWith(t, err, core.NotFound)
		if got := fmt.Sprint(p.guild(village).Areas[0].Channels, p.guild(abroad).Areas[0].Channels); got != "map[hobby:501 shift:502] map[]" {
			t.Errorf("stored %s", got)
		}

		p.ways.of[501] = 0
		card := p.must("setup.area", as(commands.Ask{ID: area})).Card
		if !strings.Contains(said(t, card), "The channel <#501> is gone") {
			t.Errorf("a channel that is gone:\n%s", said(t, card))
		}
		p.press(card, "No channel for hobbies", as(commands.Ask{}))
		if _, err := channel("shift", ""); err != nil { // the menu is emptied
			t.Fatal(err)
		}
		if got := p.guild(village).Areas[0].Channels; len(got) != 0 {
			t.Errorf("after forgetting: %v", got)
		}

		if _, err := channel("event", "502"); err != nil {
			t.Fatal(err)
		}
		p.ways.fail = commands.ErrBusy
		if text := said(t, p.must("setup", as(commands.Ask{})).Card); !strings.Contains(text, "could not ask Discord") {
			t.Errorf("when Discord does not answer:\n%s", text)
		}
	})
}

func TestSetup_refusedZoneSaysWhatIsLikeIt(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		for zone, want := range map[string]string{
			"Europe/Helsinky": "Europe/Helsinki", "stokholm": "Europe/Stockholm", "GMT+2": "Europe/Helsinki", "": "Europe/Helsinki",
			strings.Repeat("x", 4000): "Europe/Helsinki",
		} {
			_, err := p.ask("setup.area.save", as(commands.Ask{Fields: typed("Hill", zone)}))
			refusal := said(t, commands.Note(commands.Bad, refusalOf(t, err)))
			if !strings.Contains(refusal, want) || len(refusal) > 400 {
				t.Errorf("%.40q: %s", zone, refusal)
			}
		}
	})
}
