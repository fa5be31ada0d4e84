package core

import (
	"slices"
	"strings"
)

// NotYourArea: the thing belongs to areas that the asker does not coordinate;
// About "Areas", the names of those that they do.
const NotYourArea Reason = "not_your_area"

// RightOf makes a right of what Discord says of a member. Who coordinates
// certain areas only is a coordinator too: SeenBy says how far that goes.
func (g Guild) RightOf(roles []RoleID, managesServer bool) Right {
	switch {
	case managesServer:
		return Manager
	case share(roles, g.Coordinators) || len(g.coordinated(roles)) > 0:
		return Coordinator
	}
	return Resident
}

// SeenBy is the guild as a coordinator sees it: all of it for those who manage
// the server or coordinate all of it, and for others only the areas that they
// coordinate. So whatever is offered from Areas is theirs to choose.
func (g Guild) SeenBy(roles []RoleID, managesServer bool) Guild {
	if managesServer || share(roles, g.Coordinators) {
		return g
	}
	g.Areas, g.Limited = g.coordinated(roles), true
	return g
}

// MayChange tells whether a coordinator who sees the guild so may change a
// thing of these areas, or see the people in it: that takes all of them. A
// thing that has no area yet is left to the rules of its kind.
func (g Guild) MayChange(areas ...AreaID) error {
	for _, id := range areas {
		if _, ok := g.Area(id); !ok {
			return g.notAmong()
		}
	}
	return nil
}

// MaySee tells whether a coordinator who sees the guild so may read what a thing
// of these areas says to all of them, such as results: that takes one of them.
func (g Guild) MaySee(areas ...AreaID) error {
	for _, id := range areas {
		if _, ok := g.Area(id); ok {
			return nil
		}
	}
	if len(areas) > 0 {
		return g.notAmong()
	}
	return nil
}

// Within are the areas that lists are limited to; nil for all of the guild.
func (g Guild) Within() []AreaID {
	if !g.Limited {
		return nil
	}
	ids := make([]AreaID, len(g.Areas))
	for i, a := range g.Areas {
		ids[i] = a.ID
	}
	return ids
}

func (g Guild) notAmong() error {
	if !g.Limited {
		return Refuse(NotFound)
	}
	names := make([]string, len(g.Areas))
	for i, a := range g.Areas {
		names[i] = a.Name
	}
	return Refuse(NotYourArea, "Areas", strings.Join(names, ", "))
}

// coordinated are the areas that somebody with these roles coordinates, where
// they do not coordinate all.
func (g Guild) coordinated(roles []RoleID) []Area {
	var areas []Area
	for _, a := range g.Areas {
		if share(roles, g.AreaCoordinators[a.ID]) {
			areas = append(areas, a)
		}
	}
	return areas
}

// Coordinated are the areas that have coordinators of their own.
func (g Guild) Coordinated() []Area {
	return slices.DeleteFunc(slices.Clone(g.Areas), func(a Area) bool { return len(g.AreaCoordinators[a.ID]) == 0 })
}

func share(some, others []RoleID) bool {
	return slices.ContainsFunc(some, func(r RoleID) bool { return slices.Contains(others, r) })
}
