package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

// keepPast is how long entries are remembered once they have begun, so that the
// limit of a day holds.
const keepPast = 48 * time.Hour

// Imports brings what towns' calendars say into a guild: the clock's work.
type Imports struct {
	Later Scheduler
	Now   func() time.Time
}

// Take compares what a calendar says now with what is known of it, in one look,
// and does what follows: new entries wait, changes and cancellations of what was
// published go the way of a coordinator's, and what has vanished is forgotten or,
// once published, marked as gone. whole says that found is all that there is;
// nothing has vanished otherwise. Found is empty afterwards.
func (i Imports) Take(ctx context.Context, tx *storage.Tx, feed core.Feed, guild core.Guild, found []core.Imported, whole bool) error {
	if err := tx.LockFeeds(ctx, feed.Guild); err != nil {
		return err
	}
	if err := tx.ForgetPast(ctx, feed.ID, i.Now().Add(-keepPast)); err != nil {
		return err
	}
	known, err := tx.Marks(ctx, feed.ID)
	if err != nil {
		return err
	}
	others, err := tx.OtherMarks(ctx, feed.Guild, feed.ID)
	if err != nil {
		return err
	}
	d := compare(found, known, others, i.Now(), whole)
	if err := tx.RenameImports(ctx, d.renamed); err != nil {
		return err
	}
	if err := i.follow(ctx, tx, feed, guild, d.followed); err != nil {
		return err
	}
	if err := tx.ForgetImports(ctx, d.forgotten); err != nil {
		return err
	}
	if err := tx.SetGone(ctx, d.gone, true); err != nil {
		return err
	}
	if err := tx.SetGone(ctx, d.back, false); err != nil {
		return err
	}
	return tx.TakeImports(ctx, feed.ID, d.taken)
}

// difference is what is to be done after a comparison.
type difference struct {
	taken      []storage.Taken                 // stored: new, or as they now are
	followed   map[core.ImportID]storage.Taken // of these there are events
	renamed    map[core.ImportID]string
	forgotten  []core.ImportID
	gone, back []core.ImportID
}

// compare tells found from known, by hash, and empties it: there may be a lot. An
// entry that looks like another,
// under another UID or in another calendar of the guild, is the same one: the
// first that came stays.
func compare(found []core.Imported, known, others []storage.Mark, now time.Time, whole bool) difference {
	d := difference{followed: map[core.ImportID]storage.Taken{}, renamed: map[core.ImportID]string{}}
	marks := make(map[string]storage.Mark, len(known))
	alike := make(map[string]storage.Mark, len(known))
	for _, m := range known {
		marks[m.UID], alike[m.Alike] = m, m
	}
	elsewhere := make(map[string]bool, 2*len(others))
	for _, m := range others {
		elsewhere["u"+m.UID], elsewhere["a"+m.Alike] = true, true
	}
	said := make(map[string]bool, len(found))
	for _, i := range found {
		said[i.UID] = true
	}
	here := make(map[core.ImportID]bool, len(found))
	fresh := map[string]bool{} // what new entries look like
	for n, i := range found {
		found[n] = core.Imported{}
		t, ok := fit(i)
		if !ok {
			continue
		}
		m, is := marks[t.UID]
		if twin, has := alike[t.Alike]; !is && has {
			if said[twin.UID] || here[twin.ID] {
				continue
			}
			m, is = twin, true
			d.renamed[m.ID] = t.UID
		}
		switch {
		case is:
			here[m.ID] = true
			d.meet(m, t)
		case t.Cancelled, fresh[t.Alike], elsewhere["u"+t.UID], elsewhere["a"+t.Alike]:
		default:
			fresh[t.Alike] = true
			d.taken = append(d.taken, t)
		}
	}
	for _, m := range known {
		if here[m.ID] || !whole || !m.Starts.After(now) {
			continue
		}
		switch {
		case m.State == core.ImportWaits:
			d.forgotten = append(d.forgotten, m.ID)
		case m.Event != 0 && !m.Gone:
			d.gone = append(d.gone, m.ID)
		}
	}
	return d
}

// meet compares an entry with what is known of it.
func (d *difference) meet(m storage.Mark, t storage.Taken) {
	switch {
	case m.Hash == t.Hash:
		if m.Gone {
			d.back = append(d.back, m.ID)
		}
		return
	case m.State == core.ImportWaits && t.Cancelled:
		d.forgotten = append(d.forgotten, m.ID)
		return
	case m.Event != 0:
		d.followed[m.ID] = t
	}
	d.taken = append(d.taken, t)
}
