package commands

import (
	"context"
	"slices"
	"strings"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// setupNowhere follows the kind in the Arg of the button that forgets a
// channel.
const setupNowhere = ",none"

// showArea shows the area that was chosen from the menu, or that a button
// names.
func (o office) showArea(ctx context.Context, ask Ask) (Reply, error) {
	id := core.AreaID(ask.ID)
	if len(ask.Chosen) == 1 {
		id = parseArea(ask.Chosen[0])
	}
	return o.area(ctx, ask.Home, id, nil)
}

// openArea opens the form of an area, or of a new one when the ID is zero.
func (o office) openArea(_ context.Context, ask Ask) (Reply, error) {
	area := core.Area{Zone: core.DefaultZone}
	title := locales.Msg{ID: "setup.area.new"}
	if ask.ID != 0 {
		known, ok := ask.Home.Area(core.AreaID(ask.ID))
		if !ok {
			return Reply{}, core.Refuse(core.NotFound)
		}
		area, title = known, locales.Msg{ID: "setup.area.change"}
	} else if len(ask.Home.Areas) >= core.MaxAreas {
		return Reply{}, core.Refuse(core.TooManyAreas, "Most", core.MaxAreas)
	}
	return Reply{Form: &Form{
		Title: title, Verb: setupAreaSave, ID: ask.ID,
		Fields: []Field{
			{
				Name: "name", Label: locales.Msg{ID: "setup.area.name"}, Help: locales.Msg{ID: "setup.area.name_help"},
				Value: area.Name, Required: true, Max: core.MaxAreaName,
			},
			{
				Name: "zone", Label: locales.Msg{ID: "setup.area.zone"}, Help: locales.Msg{ID: "setup.area.zone_help"},
				Hint: locales.Raw(core.DefaultZone), Value: area.Zone, Required: true, Max: 60,
			},
		},
	}}, nil
}

// saveArea stores what was typed into the form.
func (o office) saveArea(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Fields == nil { // a button
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	area := core.Area{ID: core.AreaID(ask.ID), Guild: ask.Guild, Name: locales.CleanLine(ask.Fields["name"])}
	if area.Name == "" {
		return Reply{}, core.Refuse(core.AreaNameless)
	}
	if n := locales.Len(area.Name); n > core.MaxAreaName {
		return Reply{}, core.Refuse(core.AreaNameLong, "Most", core.MaxAreaName, "Length", n)
	}
	zone, err := readZone(ask.Fields["zone"])
	if err != nil {
		return Reply{}, err
	}
	area.Zone = zone
	g, err := o.change(ctx, ask.Guild, func(tx *storage.Tx, g core.Guild) error {
		if area.ID != 0 {
			return o.saved(ctx, tx, o.acted(ask, core.DeedArea, area.ID, area.Name), o.changeArea(ctx, tx, g, area))
		}
		if same := slices.IndexFunc(g.Areas, func(a core.Area) bool { return a.Name == area.Name && a.Zone == area.Zone }); same >= 0 {
			area.ID = g.Areas[same].ID // the form arrived twice
			return nil
		}
		if len(g.Areas) >= core.MaxAreas {
			return core.Refuse(core.TooManyAreas, "Most", core.MaxAreas)
		}
		area.ID, err = tx.AddArea(ctx, area)
		return o.saved(ctx, tx, o.acted(ask, core.DeedArea, area.ID, area.Name), err)
	})
	if err != nil {
		return Reply{}, err
	}
	return o.area(ctx, g, area.ID, locales.Msg{ID: "setup.saved.area", Data: locales.Data{
		"Name": locales.Quote(area.Name), "Zone": locales.Quote(area.Zone),
	}})
}

// changeArea stores an area; what goes by its clocks goes by the new ones.
func (o office) changeArea(ctx context.Context, tx *storage.Tx, g core.Guild, area core.Area) error {
	if err := tx.ChangeArea(ctx, area); err != nil {
		return err
	}
	return o.rewind(ctx, tx, g, area)
}

// setZone stores the time zone that was chosen from the menu.
func (o office) setZone(ctx context.Context, ask Ask) (Reply, error) {
	if len(ask.Chosen) != 1 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	zone, err := readZone(ask.Chosen[0])
	if err != nil {
		return Reply{}, err
	}
	var name string
	g, err := o.change(ctx, ask.Guild, func(tx *storage.Tx, g core.Guild) error {
		area, ok := g.Area(core.AreaID(ask.ID))
		if !ok {
			return core.Refuse(core.NotFound)
		}
		area.Zone, name = zone, area.Name
		return o.saved(ctx, tx, o.acted(ask, core.DeedArea, area.ID, name), o.changeArea(ctx, tx, g, area))
	})
	if err != nil {
		return Reply{}, err
	}
	return o.area(ctx, g, core.AreaID(ask.ID), locales.Msg{ID: "setup.saved.area", Data: locales.Data{
		"Name": locales.Quote(name), "Zone": locales.Quote(zone),
	}})
}

// setChannel stores where posts of one kind go. It asks Discord about the
// channel first, so that one of another guild is refused.
func (o office) setChannel(ctx context.Context, ask Ask) (Reply, error) {
	arg, nowhere := strings.CutSuffix(ask.Arg, setupNowhere)
	kind := core.Kind(arg)
	if !slices.Contains(core.Kinds(), kind) || len(ask.Chosen) > 1 || ask.Chosen == nil && !nowhere {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	var channel core.ChannelID
	if len(ask.Chosen) == 1 && !nowhere {
		var err error
		if channel, err = core.ParseSnowflake[core.ChannelID](ask.Chosen[0]); err != nil {
			return Reply{}, core.Refuse(core.NoSuchVerb)
		}
		if err = isThere(ctx, o.channels, ask.Guild, channel); err != nil {
			return Reply{}, err
		}
	}
	g, err := o.change(ctx, ask.Guild, func(tx *storage.Tx, g core.Guild) error {
		area, _ := g.Area(core.AreaID(ask.ID)) // one that is not there is refused
		return o.saved(ctx, tx, o.acted(ask, core.DeedChannel, area.ID, area.Name), tx.SetChannel(ctx, ask.Guild, core.AreaID(ask.ID), kind, channel))
	})
	if err != nil {
		return Reply{}, err
	}
	saved := locales.Msg{ID: "setup.saved.channel", Data: locales.Data{"Kind": kindsText(kind), "Where": whereText(channel)}}
	return o.area(ctx, g, core.AreaID(ask.ID), saved)
}

func readZone(typed string) (string, error) {
	zone, like := findZone(typed)
	if zone == "" {
		return "", core.Refuse(core.UnknownZone, "Zone", shorten(locales.CleanLine(typed), 60), "Like", strings.Join(like, ", "))
	}
	return zone, nil
}
