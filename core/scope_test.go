package core_test

import (
	"errors"
	"slices"
	"testing"

	"talkoot/core"
)

func TestSeenBy(t *testing.T) {
	g := core.Guild{
		Coordinators:     []core.RoleID{10},
		AreaCoordinators: map[core.AreaID][]core.RoleID{1: {21, 20}, 2: {20}, 9: {90}},
		Areas:            []core.Area{{ID: 1, Name: "Forssa"}, {ID: 2, Name: "Oulu"}, {ID: 3, Name: "Lieksa"}},
	}
	tests := map[string]struct {
		roles   []core.RoleID
		manages bool
		right   core.Right
		areas   []core.AreaID
		within  []core.AreaID
	}{
		"who manages":                         {nil, true, core.Manager, []core.AreaID{1, 2, 3}, nil},
		"who manages and coordinates an area": {[]core.RoleID{20}, true, core.Manager, []core.AreaID{1, 2, 3}, nil},
		"who coordinates all":                 {[]core.RoleID{10}, false, core.Coordinator, []core.AreaID{1, 2, 3}, nil},
		"who coordinates all, and an area":    {[]core.RoleID{20, 10}, false, core.Coordinator, []core.AreaID{1, 2, 3}, nil},
		"who coordinates one area":            {[]core.RoleID{5, 21}, false, core.Coordinator, []core.AreaID{1}, []core.AreaID{1}},
		"who coordinates two":                 {[]core.RoleID{20}, false, core.Coordinator, []core.AreaID{1, 2}, []core.AreaID{1, 2}},
		"a role of an area that is gone":      {[]core.RoleID{90}, false, core.Resident, nil, []core.AreaID{}},
		"another role":                        {[]core.RoleID{5}, false, core.Resident, nil, []core.AreaID{}},
		"no role":                             {nil, false, core.Resident, nil, []core.AreaID{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := g.RightOf(tt.roles, tt.manages); got != tt.right {
				t.Errorf("the right is %d, want %d", got, tt.right)
			}
			seen := g.SeenBy(tt.roles, tt.manages)
			var areas []core.AreaID
			for _, a := range seen.Areas {
				areas = append(areas, a.ID)
			}
			if !slices.Equal(areas, tt.areas) {
				t.Errorf("the areas are %v, want %v", areas, tt.areas)
			}
			if got := seen.Within(); !slices.Equal(got, tt.within) || (got == nil) != (tt.within == nil) {
				t.Errorf("lists are limited to %v, want %v", got, tt.within)
			}
		})
	}
	if len(g.Areas) != 3 || g.Limited {
		t.Errorf("the guild itself became %+v", g)
	}
	if own := g.Coordinated(); len(own) != 2 || own[1].Name != "Oulu" {
		t.Errorf("areas with coordinators of their own: %v", own)
	}
}

func TestMayChangeAndSee(t *testing.T) {
	whole := core.Guild{Areas: []core.Area{{ID: 1, Name: "Forssa"}, {ID: 2, Name: "Oulu"}, {ID: 3, Name: "Lieksa"}}}
	part := core.Guild{Areas: whole.Areas[:2], Limited: true}
	tests := map[string]struct {
		guild       core.Guild
		areas       []core.AreaID
		change, see core.Reason
	}{
		"all of the guild":         {whole, []core.AreaID{1, 2, 3}, "", ""},
		"an area of another guild": {whole, []core.AreaID{4}, core.NotFound, core.NotFound},
		"one's own":                {part, []core.AreaID{2}, "", ""},
		"both":                     {part, []core.AreaID{1, 2}, "", ""},
		"another":                  {part, []core.AreaID{3}, core.NotYourArea, core.NotYourArea},
		"one's own and another":    {part, []core.AreaID{3, 1}, core.NotYourArea, ""},
		"none yet":                 {part, nil, "", ""},
		"of a guild nobody read":   {core.Guild{}, []core.AreaID{1}, core.NotFound, core.NotFound},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if err := tt.guild.MayChange(tt.areas...); core.ReasonOf(err) != tt.change {
				t.Errorf("changing: %v, want %q", err, tt.change)
			}
			if err := tt.guild.MaySee(tt.areas...); core.ReasonOf(err) != tt.see {
				t.Errorf("seeing: %v, want %q", err, tt.see)
			}
		})
	}
	no := core.Guild{Areas: part.Areas, Limited: true}.MayChange(3)
	if refusal, ok := errors.AsType[*core.Refusal](no); !ok || refusal.About["Areas"] != "Forssa, Oulu" {
		t.Errorf("it speaks of %v", no)
	}
}
