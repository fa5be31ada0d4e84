package commands

import (
	"context"
	"strconv"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of a sign-up. Their ID is the session; Arg is the slot, or nothing
// for the only one.
const (
	signUpJoin   = "join"
	signUpMaybe  = "maybe"
	signUpChange = "change"
	signUpLeave  = "leave"
)

// SignUp is the buttons "I'm coming", "Maybe", "Change" and "Leave": one person
// gets a place, a place in line, a maybe, or gives it up. Presses that come
// together are written together, in the order in which they came.
type SignUp struct {
	name string
	desk *Desk
}

// Desk is where sign-ups are written, by whichever verb. A program has one, so
// that presses that come together are written together.
type Desk struct {
	store *storage.Store
	later Scheduler
	now   func() time.Time
	lots  *together[wish, standing]
}

// wish is one press.
type wish struct {
	core.Wish
	session core.SessionID
	// guild is where it was pressed, zero in a direct message.
	guild core.GuildID
}

// standing is what became of it.
type standing struct {
	refused error
	row     core.SignUp
	sheet   *core.Sheet
	// session is the sheet's, as it was after this press.
	session core.Session
	// before is how the person stood.
	before core.SignUpState
	// mine is what else the person is signed up for.
	mine []storage.Commitment
}

// NewDesk makes the desk.
func NewDesk(store *storage.Store, later Scheduler, now func() time.Time) *Desk {
	d := &Desk{store: store, later: later, now: now}
	d.lots = gather(d.write)
	return d
}

// SignUps makes the four verbs of a sign-up.
func SignUps(d *Desk) []Verb {
	return []Verb{SignUp{signUpJoin, d}, SignUp{signUpMaybe, d}, SignUp{signUpChange, d}, SignUp{signUpLeave, d}}
}

// Spec is the button. All but the two of the post itself are on private cards.
func (v SignUp) Spec() Spec {
	spec := Spec{Name: v.name, Need: core.Resident, Direct: true}
	if v.name == signUpChange || v.name == signUpLeave {
		spec.Sight = InPlace
	}
	return spec
}

// Run writes the wish and shows the sign-up that results.
func (v SignUp) Run(ctx context.Context, ask Ask) (Reply, error) {
	w := wish{session: core.SessionID(ask.ID), guild: ask.Guild, Wish: core.Wish{
		Member: ask.Member, Name: locales.CleanLine(ask.Name), State: core.Going,
	}}
	if known := ask.Locales(); len(known) > 0 {
		w.Locale = known[0]
	}
	switch v.name {
	case signUpMaybe:
		w.State = core.Maybe
	case signUpLeave:
		w.State = core.Cancelled
	case signUpChange:
		w.Change = true
	}
	slot, err := readSlot(ask.Arg, &w.State)
	if err != nil {
		return Reply{}, err
	}
	w.Slot = slot
	s, err := v.desk.lots.Do(ctx, w)
	if err != nil {
		return Reply{}, err
	}
	if s.refused != nil {
		return Reply{}, s.refused
	}
	return v.desk.show(ctx, s)
}

// readSlot reads Arg: nothing, the id of a slot, and "m" before either for a
// change to maybe.
func readSlot(arg string, state *core.SignUpState) (core.SlotID, error) {
	if len(arg) > 0 && arg[0] == 'm' {
		*state, arg = core.Maybe, arg[1:]
	}
	if arg == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(arg, 10, 64)
	if err != nil || n <= 0 {
		return 0, core.Refuse(core.NoSuchVerb)
	}
	return core.SlotID(n), nil
}

// write grants a lot of wishes in one transaction: locks the sheets, judges in
// order, stores, and books what follows.
func (d *Desk) write(ctx context.Context, wishes []wish) ([]standing, error) {
	out := make([]standing, len(wishes))
	err := d.store.InTx(ctx, func(tx *storage.Tx) error {
		clear(out)
		sheets, mine, err := d.lock(ctx, tx, wishes)
		if err != nil {
			return err
		}
		for i, w := range wishes {
			out[i] = grant(sheets[w.session], w, d.now())
			out[i].mine = mine[w.Member]
		}
		if err := tx.SaveSheets(ctx, sheets); err != nil {
			return err
		}
		return d.follow(ctx, tx, sheets)
	})
	return out, err
}

// lock reads the sheets with the rows of those who wish something, and what else
// they are signed up for.
func (d *Desk) lock(ctx context.Context, tx *storage.Tx, wishes []wish) (map[core.SessionID]*core.Sheet, map[core.MemberID][]storage.Commitment, error) {
	var sessions []core.SessionID
	var members []core.MemberID
	seen := map[core.SessionID]bool{}
	var freed int
	for _, w := range wishes {
		if !seen[w.session] {
			seen[w.session] = true
			sessions = append(sessions, w.session)
		}
		members = append(members, w.Member)
		if w.State == core.Cancelled || w.Change {
			freed++ // at most one place comes free for each of these
		}
	}
	sheets, err := tx.LockSheets(ctx, sessions, nil, freed)
	if err != nil {
		return nil, nil, err
	}
	mine, err := tx.Commitments(ctx, members, d.now(), sessions...)
	for member, all := range mine {
		for _, c := range all {
			if sheet := sheets[c.Session]; sheet != nil {
				sheet.Rows[member] = c.SignUp
			}
		}
	}
	return sheets, mine, err
}

func grant(sheet *core.Sheet, w wish, now time.Time) standing {
	if sheet == nil || (w.guild != 0 && sheet.Guild != w.guild) {
		return standing{refused: core.Refuse(core.NotFound)}
	}
	before := sheet.Rows[w.Member]
	if w.guild == 0 && !before.Holds() && before.State != core.Cancelled {
		// In a direct message only what one has been signed up for is there.
		return standing{refused: core.Refuse(core.NotFound)}
	}
	row, err := sheet.Grant(w.Wish, now)
	return standing{refused: err, row: row, sheet: sheet, session: sheet.Session.Copy(), before: before.State}
}

// follow books what the sign-ups bring about: posts to redraw, and news for who
// moved up.
func (d *Desk) follow(ctx context.Context, tx *storage.Tx, sheets map[core.SessionID]*core.Sheet) error {
	var changed []core.EventID
	var tasks []core.Task
	for id, sheet := range sheets {
		if len(sheet.Changed) == 0 {
			continue
		}
		changed = append(changed, sheet.Event)
		for _, lucky := range sheet.MovedUp {
			tasks = append(tasks, core.Tell{Session: id, Member: lucky.Member, News: core.NewsMovedUp})
		}
	}
	posts, err := tx.Stale(ctx, changed...)
	if err != nil {
		return err
	}
	for _, post := range posts {
		tasks = append(tasks, core.DrawPost{Post: post})
	}
	return d.later.Book(ctx, tx, tasks...)
}

// show makes the card of a sign-up.
func (d *Desk) show(ctx context.Context, s standing) (Reply, error) {
	texts, ok := s.sheet.Texts[s.row.Locale]
	if !ok {
		texts = s.sheet.Texts[s.sheet.Locale]
	}
	this := storage.Commitment{
		SignUp: s.row, Event: s.sheet.Event, Span: s.session.Span, Title: texts.Title, Place: texts.Place, Stands: s.row.Holds(),
	}
	var place int
	var event core.Event
	err := d.store.View(ctx, func(tx *storage.Tx) (err error) {
		switch {
		case s.row.State == core.Waiting && s.before == core.Waiting:
			place, err = tx.Place(ctx, s.row)
		case s.row.State == core.Waiting:
			slot, _ := s.session.Slot(s.row.Slot)
			place = slot.Waiting
		}
		if err == nil && (!s.row.Holds() || len(s.session.Slots) > 1) {
			event, err = tx.EventOfSession(ctx, s.row.Session)
		}
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	card := signUpCard(s.row, this, event, s.session, place, clashing(this, s.mine))
	if there := s.sheet.AsEvent(); s.row.Holds() && s.row.Presence != core.Attended && there.ChecksIn(d.now()) {
		card = card.with(Buttons{checkInButton(there, nil)})
	}
	return Reply{Card: card}, nil
}

// clashing finds what a person is signed up for at the same time.
func clashing(this storage.Commitment, mine []storage.Commitment) []storage.Commitment {
	var clashes []storage.Commitment
	for _, c := range mine {
		if c.Session != this.Session && c.Stands && c.State == core.Going && this.State == core.Going && c.Overlaps(this.Span) {
			clashes = append(clashes, c)
		}
	}
	return clashes
}
