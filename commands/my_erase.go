package commands

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// EraseMe is the button "Erase": it says what would be gone and what would
// stay, and asks whether that is meant.
type EraseMe struct {
	store *storage.Store
	now   func() time.Time
}

// Spec is the button.
func (EraseMe) Spec() Spec {
	return Spec{Name: myErase, Need: core.Resident, Sight: InPlace, Direct: true, Quiet: true}
}

// Run asks. Nothing is erased yet.
func (v EraseMe) Run(ctx context.Context, ask Ask) (Reply, error) {
	f, err := footprint(ctx, v.store, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	drafts, events := countWritten(f)
	gone := storage.Erased{
		SignUps: int64(len(f.SignUps)), Language: f.Person.Locale != "", Events: int64(events), Drafts: int64(drafts),
	}
	for _, v := range f.Votes {
		gone.Votes += int64(len(v.Choices))
	}
	for _, p := range f.Polls {
		if p.State == core.PollDraft {
			gone.Drafts++
		} else {
			gone.Polls++
		}
	}
	gone.Acts = int64(f.Acts)
	gone.Observations = int64(len(notedBy(f)))
	gone.Subscriptions = int64(len(f.Subscriptions))
	gone.Feeds = int64(len(f.Feeds))
	for _, o := range f.Observations {
		if seenPending(o, ask) { // what is not noted always is
			gone.Drafts++
		}
	}
	for _, c := range f.Campaigns {
		if c.State != core.CampaignDraft && c.Author == ask.Member {
			gone.Campaigns++
		}
		if c.State == core.CampaignDraft && c.Author == ask.Member {
			gone.Drafts++
		} else if campaignPending(c, ask) {
			gone.Drafts++
		}
	}
	if nothingOf(f) {
		return nothingToErase(), nil
	}
	blocks := []Block{
		Heading{locales.Msg{ID: "my.erase.title"}},
		Para{goneText(gone)},
	}
	if open := openSignUps(f.SignUps, v.now()); open > 0 {
		blocks = append(blocks, Para{locales.Msg{ID: "my.erase.places", Data: locales.Data{"Count": open}}})
	}
	stays := locales.Lines{locales.Msg{ID: "my.erase.stays"}}
	if events > 0 {
		stays = append(stays, locales.Msg{ID: "my.erase.events_stay", Data: locales.Data{"Count": events}})
	}
	blocks = append(blocks, Para{stays}, Buttons{
		{Label: locales.Msg{ID: "my.erase.yes"}, Verb: myEraseYes, Style: Danger},
		{Label: locales.Msg{ID: "my.erase.no"}, Verb: myData},
	})
	return Reply{Card: Card{Tone: Bad, Blocks: blocks}}, nil
}

// EraseMeYes is the button "Yes, erase": what is to come is left first, so that
// the places move on, and then the asker is forgotten, all or nothing.
type EraseMeYes struct{ desk *Desk }

// Spec is the button.
func (EraseMeYes) Spec() Spec {
	return Spec{Name: myEraseYes, Need: core.Resident, Sight: InPlace, Direct: true, Quiet: true}
}

// Run erases and gives a receipt. The same press again gives the same receipt.
func (v EraseMeYes) Run(ctx context.Context, ask Ask) (Reply, error) {
	receipt := storage.Receipt{Number: receiptNumber(ask.Interaction), At: v.desk.now()}
	zone := core.Area{Zone: core.DefaultZone}.Location()
	known := false
	err := v.desk.store.InTx(ctx, func(tx *storage.Tx) error {
		areas, err := tx.Areas(ctx, ask.Guild)
		if err != nil {
			return err
		}
		if len(areas) > 0 {
			zone = areas[0].Location()
		}
		before, err := tx.Receipt(ctx, receipt.Number)
		if core.ReasonOf(err) != core.NotFound {
			receipt, known = before, true
			return err
		}
		known, err = v.erase(ctx, tx, ask.Member, &receipt)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if !known {
		return nothingToErase(), nil
	}
	return Reply{Card: receiptCard(receipt, zone)}, nil
}

func (v EraseMeYes) erase(ctx context.Context, tx *storage.Tx, member core.MemberID, receipt *storage.Receipt) (known bool, err error) {
	person, err := tx.Person(ctx, member)
	if err != nil {
		return false, err
	}
	traces, err := tx.Traces(ctx, member)
	if err != nil {
		return false, err
	}
	if err := v.desk.leaveAll(ctx, tx, member, traces); err != nil {
		return false, err
	}
	ballots, err := tx.AllVotesBy(ctx, member)
	if err != nil {
		return false, err
	}
	gone, err := tx.Erase(ctx, member)
	if err != nil {
		return false, err
	}
	if err := v.desk.redraw(ctx, tx, ballots); err != nil {
		return false, err
	}
	if gone.SignUps != int64(len(traces)) {
		// They have joined something this very moment: that place would not
		// move on, so all of it is undone.
		return false, core.Refuse(core.TryAgain)
	}
	if gone == (storage.Erased{}) {
		return false, nil
	}
	gone.Language = person.Locale != ""
	receipt.Erased = gone
	return true, tx.AddReceipt(ctx, *receipt)
}

// redraw books the posts of the polls that somebody has voted in.
func (d *Desk) redraw(ctx context.Context, tx *storage.Tx, ballots []storage.Ballot) error {
	polls := make([]core.PollID, len(ballots))
	for i, b := range ballots {
		polls[i] = b.Poll
	}
	posts, err := tx.StalePolls(ctx, polls...)
	if err != nil {
		return err
	}
	var tasks []core.Task
	for _, post := range posts {
		tasks = append(tasks, core.DrawPost{Post: post})
	}
	return d.later.Book(ctx, tx, tasks...)
}

// leaveAll takes somebody off every sheet that is still open: those who wait
// move up, and posts are redrawn.
func (d *Desk) leaveAll(ctx context.Context, tx *storage.Tx, member core.MemberID, traces []storage.Trace) error {
	now := d.now()
	var open []core.SessionID
	for _, t := range traces {
		if t.EventState == core.Published && t.Ends().After(now) {
			open = append(open, t.Session)
		}
	}
	if len(open) == 0 {
		return nil
	}
	sheets, err := tx.LockSheets(ctx, open, []core.MemberID{member}, 1)
	if err != nil {
		return err
	}
	for _, sheet := range sheets {
		// A refusal means that there is no place to give up.
		_, err := sheet.Grant(core.Wish{Member: member, State: core.Cancelled}, now)
		if err != nil && core.ReasonOf(err) == "" {
			return err
		}
	}
	if err := tx.SaveSheets(ctx, sheets); err != nil {
		return err
	}
	return d.follow(ctx, tx, sheets)
}

// openSignUps counts what is still to come.
func openSignUps(traces []storage.Trace, now time.Time) int {
	var n int
	for _, t := range traces {
		if t.Holds() && t.EventState == core.Published && t.Ends().After(now) {
			n++
		}
	}
	return n
}

// receiptNumber makes the number of a receipt from the press that asked, so
// that the same press gets the same. It leads back to nobody.
func receiptNumber(interaction int64) string {
	var id [8]byte
	binary.BigEndian.PutUint64(id[:], uint64(interaction)) //nolint:gosec // only its bits are wanted
	sum := sha256.Sum256(append([]byte("talkoot erasure "), id[:]...))
	text := base32.StdEncoding.EncodeToString(sum[:])
	return text[:5] + "-" + text[5:10]
}

func nothingToErase() Reply { return say(Plain, locales.Msg{ID: "my.erase.nothing"}) }

// goneText says what goes, or has gone.
func goneText(e storage.Erased) locales.Lines {
	var lines locales.Lines
	add := func(n int64, text locales.Msg) {
		if n > 0 {
			lines = append(lines, text)
		}
	}
	add(e.SignUps, locales.Msg{ID: "my.erase.sign_ups", Data: locales.Data{"Count": e.SignUps}})
	add(e.Drafts, locales.Msg{ID: "my.erase.drafts", Data: locales.Data{"Count": e.Drafts}})
	add(e.Votes, locales.Msg{ID: "my.erase.votes", Data: locales.Data{"Count": e.Votes}})
	add(e.Polls, locales.Msg{ID: "my.erase.polls", Data: locales.Data{"Count": e.Polls}})
	add(e.Acts, locales.Msg{ID: "my.erase.acts", Data: locales.Data{"Count": e.Acts}})
	add(e.Observations, locales.Msg{ID: "my.erase.observations", Data: locales.Data{"Count": e.Observations}})
	add(e.Campaigns, locales.Msg{ID: "my.erase.campaigns", Data: locales.Data{"Count": e.Campaigns}})
	add(e.Subscriptions, locales.Msg{ID: "my.erase.subscriptions", Data: locales.Data{"Count": e.Subscriptions}})
	add(e.Feeds, locales.Msg{ID: "my.erase.feeds", Data: locales.Data{"Count": e.Feeds}})
	add(e.Events, locales.Msg{ID: "my.erase.authorship", Data: locales.Data{"Count": e.Events}})
	if e.Language {
		lines = append(lines, locales.Msg{ID: "my.erase.language"})
	}
	if len(lines) == 0 {
		lines = append(lines, locales.Msg{ID: "my.erase.met"})
	}
	return lines
}

func receiptCard(r storage.Receipt, zone *time.Location) Card {
	return Card{Tone: Good, Blocks: []Block{
		Heading{locales.Msg{ID: "my.erased.title"}},
		Para{goneText(r.Erased)},
		Para{locales.Msg{ID: "my.erased.receipt", Data: locales.Data{"Number": locales.Raw(r.Number), "When": r.At.In(zone)}}},
		Small{locales.Msg{ID: "my.erased.after"}},
	}}
}
