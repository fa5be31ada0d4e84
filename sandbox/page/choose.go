package page

import (
	"net/http"
	"slices"

	"talkoot/sandbox"
)

// choosePage is the first page: whom would one like to be?
type choosePage struct {
	frame
	Intro  string
	Groups []group
}

// group are the people of a guild.
type group struct {
	Name   string
	Badge  badge
	Guild  bool
	People []personView
}

// personView is a person whom one can be.
type personView struct {
	Name, Path       string
	Locale, Language string
	Role, Hint       string
	Badge            badge
	Current          bool
	Dir              string // in which the name runs
}

func (pg *page) choosePerson(w http.ResponseWriter, r *http.Request) {
	f := pg.frame("", accepted(r.Header.Get("Accept-Language")))
	f.Title = f.T["choose_title"]
	pg.send(w, r, http.StatusOK, "choose.html", choosePage{frame: f, Intro: pg.opts.Intro, Groups: pg.groups("", f.T)})
}

// groups are all people by guild, each once; who is in several is in a group
// of its own. Those who were suggested come first.
func (pg *page) groups(current string, t map[string]string) []group {
	var groups []group
	at := map[string]int{}
	for _, p := range pg.suggestedFirst() {
		s := pg.suggestion(p.ID)
		guilds := p.View().Guilds
		key, name := "", t["nowhere"]
		switch len(guilds) {
		case 0:
		case 1:
			key, name = guilds[0].ID, guilds[0].Name
		default:
			key, name = "several", t["several"]
		}
		if _, ok := at[key]; !ok {
			at[key] = len(groups)
			groups = append(groups, group{Name: name, Badge: badgeOf(name), Guild: len(guilds) == 1})
		}
		g := &groups[at[key]]
		g.People = append(g.People, personView{
			Name: p.Name, Path: "/as/" + p.ID + "/", Locale: p.Locale(), Language: languageName(p.Locale()),
			Role: s.Role, Hint: s.Hint, Badge: badgeOf(p.Name), Current: p.ID == current,
			Dir: direction(p.Name),
		})
	}
	return groups
}

func (pg *page) suggestedFirst() []*sandbox.Person {
	people := pg.d.People()
	rank := func(p *sandbox.Person) int {
		i := slices.IndexFunc(pg.opts.People, func(s Suggestion) bool { return s.ID == p.ID })
		if i < 0 {
			return len(pg.opts.People)
		}
		return i
	}
	slices.SortStableFunc(people, func(a, b *sandbox.Person) int { return rank(a) - rank(b) })
	return people
}
