package core_test

import (
	"testing"

	"talkoot/core"
)

func TestAllows(t *testing.T) {
	rights := []core.Right{core.Nobody, core.Resident, core.Coordinator, core.Manager}
	for _, need := range rights {
		for _, got := range rights {
			want := need != core.Nobody && got >= need
			if need.Allows(got) != want {
				t.Errorf("what needs %d is open to %d: %v", need, got, !want)
			}
		}
	}
	var forgotten core.Right
	if forgotten.Allows(core.Manager) {
		t.Error("a verb that forgot to say what it needs is open")
	}
}

func TestRightOf(t *testing.T) {
	g := core.Guild{Coordinators: []core.RoleID{10, 20}}
	tests := map[string]struct {
		guild   core.Guild
		roles   []core.RoleID
		manages bool
		want    core.Right
	}{
		"no role":                            {g, nil, false, core.Resident},
		"another role":                       {g, []core.RoleID{30}, false, core.Resident},
		"a coordinator's role among others":  {g, []core.RoleID{30, 20}, false, core.Coordinator},
		"who manages the server":             {g, nil, true, core.Manager},
		"who manages and coordinates":        {g, []core.RoleID{10}, true, core.Manager},
		"any role where none is named":       {core.Guild{}, []core.RoleID{10}, false, core.Resident},
		"who manages where no role is named": {core.Guild{}, nil, true, core.Manager},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.guild.RightOf(tt.roles, tt.manages); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestArea(t *testing.T) {
	g := core.Guild{Areas: []core.Area{{ID: 1, Name: "Forssa"}, {ID: 2, Name: "Oulu", Zone: "Europe/Helsinki"}}}
	if a, ok := g.Area(2); !ok || a.Name != "Oulu" || a.Location().String() != "Europe/Helsinki" {
		t.Errorf("got %+v, %v", a, ok)
	}
	if _, ok := g.Area(3); ok {
		t.Error("found an area that is not there")
	}
	if zone := (core.Area{Zone: "Europe/Atlantis"}).Location(); zone.String() != "UTC" {
		t.Errorf("a zone that is not there is %s", zone)
	}
}
