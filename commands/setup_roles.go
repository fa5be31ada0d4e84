package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// setRoles stores which roles make coordinators of the whole guild.
func (o office) setRoles(ctx context.Context, ask Ask) (Reply, error) {
	roles, err := chosenRoles(ask)
	if err != nil {
		return Reply{}, err
	}
	g, err := o.change(ctx, ask.Guild, func(tx *storage.Tx, _ core.Guild) error {
		return o.saved(ctx, tx, o.acted(ask, core.DeedRoles, 0, ""), tx.SetCoordinators(ctx, ask.Guild, roles))
	})
	if err != nil {
		return Reply{}, err
	}
	return o.home(ctx, g, locales.Msg{ID: "setup.saved.roles", Data: locales.Data{"Coordinators": coordinatorsText(g)}})
}

// setAreaRoles stores which roles make coordinators of one area only.
func (o office) setAreaRoles(ctx context.Context, ask Ask) (Reply, error) {
	roles, err := chosenRoles(ask)
	if err != nil {
		return Reply{}, err
	}
	id := core.AreaID(ask.ID)
	g, err := o.change(ctx, ask.Guild, func(tx *storage.Tx, g core.Guild) error {
		area, _ := g.Area(id) // one that is not there is refused
		return o.saved(ctx, tx, o.acted(ask, core.DeedRoles, area.ID, area.Name), tx.SetAreaCoordinators(ctx, ask.Guild, id, roles))
	})
	if err != nil {
		return Reply{}, err
	}
	return o.area(ctx, g, id, locales.Msg{ID: "setup.saved.roles", Data: locales.Data{"Coordinators": areaCoordinatorsText(g, id)}})
}

// chosenRoles are the roles that were chosen from the menu; there may be none.
func chosenRoles(ask Ask) ([]core.RoleID, error) {
	if ask.Chosen == nil { // a button; a menu in which nothing is chosen says so
		return nil, core.Refuse(core.NoSuchVerb)
	}
	roles := make([]core.RoleID, 0, len(ask.Chosen))
	for _, chosen := range ask.Chosen[:min(len(ask.Chosen), mostPicks)] {
		role, err := core.ParseSnowflake[core.RoleID](chosen)
		if err != nil {
			return nil, core.Refuse(core.NoSuchVerb)
		}
		if int64(role) == int64(ask.Guild) { // Discord's role of everybody has the guild's id
			return nil, core.Refuse(core.RoleEveryone)
		}
		roles = append(roles, role)
	}
	return roles, nil
}

// rolesMenu is Discord's menu of roles, with those that are chosen already.
func rolesMenu(verb string, id int64, hint locales.Text, roles []core.RoleID) Menu {
	menu := Menu{Verb: verb, ID: id, Of: OfRoles, Hint: hint, Most: mostPicks}
	for _, role := range roles[:min(len(roles), mostPicks)] {
		menu.Chosen = append(menu.Chosen, int64(role))
	}
	return menu
}

// coordinatorsText says who coordinates the whole guild.
func coordinatorsText(g core.Guild) locales.Text {
	if len(g.Coordinators) == 0 {
		return locales.Msg{ID: "setup.no_coordinators"}
	}
	return locales.Msg{ID: "setup.coordinators", Data: locales.Data{"Roles": rolesText(g.Coordinators)}}
}

// areaCoordinatorsText says who coordinates an area and no other.
func areaCoordinatorsText(g core.Guild, area core.AreaID) locales.Text {
	roles := g.AreaCoordinators[area]
	if len(roles) == 0 {
		return locales.Msg{ID: "setup.area.no_coordinators"}
	}
	return locales.Msg{ID: "setup.area.coordinators", Data: locales.Data{"Roles": rolesText(roles)}}
}

func rolesText(roles []core.RoleID) locales.Join {
	var names locales.Join
	for _, role := range roles[:min(len(roles), setupRolesMax)] {
		names = append(names, locales.Raw("<@&"+core.Snowflake(role)+">"))
	}
	if more := len(roles) - setupRolesMax; more > 0 {
		names = append(names, locales.Msg{ID: "setup.more_roles", Data: locales.Data{"Count": more}})
	}
	return names
}
