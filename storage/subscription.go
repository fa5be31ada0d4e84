package storage

import (
	"context"
	"fmt"
	"strings"
	"time"

	"talkoot/core"
)

type subscriptionRow struct {
	Guild       core.GuildID
	Member      core.MemberID
	Locale      string
	Interests   string
	Areas       string
	AskedAt     instant `db:"asked_at"`
	SentFor     instant `db:"sent_for"`
	Unreached   int
	UnreachedAt instant `db:"unreached_at"`
}

func (r subscriptionRow) subscription() core.Subscription {
	s := core.Subscription{
		Guild: r.Guild, Member: r.Member, Locale: r.Locale, Interests: core.ReadInterests(strings.Split(r.Interests, ",")),
		AskedAt: r.AskedAt.Time, SentFor: r.SentFor.Time, Unreached: r.Unreached, UnreachedAt: r.UnreachedAt.Time,
	}
	for id := range strings.SplitSeq(r.Areas, ",") {
		if area, err := core.ParseSnowflake[core.AreaID](id); err == nil {
			s.Areas = append(s.Areas, area)
		}
	}
	return s
}

// Subscription reads what somebody asked for in a guild; one who has not is not
// found.
func (tx *Tx) Subscription(ctx context.Context, guild core.GuildID, member core.MemberID) (core.Subscription, error) {
	found, err := tx.subscriptions(ctx, `WHERE guild_id = ? AND member_id = ?`, guild, member)
	if err != nil {
		return core.Subscription{}, err
	}
	if len(found) == 0 {
		return core.Subscription{}, core.Refuse(core.NotFound)
	}
	return found[0], nil
}

// LockSubscription is Subscription, and keeps it from others until tx ends.
func (tx *Tx) LockSubscription(ctx context.Context, guild core.GuildID, member core.MemberID) (core.Subscription, error) {
	var locked []core.MemberID
	if err := tx.sel(ctx, &locked, `
		SELECT member_id FROM subscription WHERE guild_id = ? AND member_id = ?`+tx.store.engine.forUpdate, guild, member); err != nil {
		return core.Subscription{}, fmt.Errorf("lock a subscription in guild %d: %w", guild, err)
	}
	return tx.Subscription(ctx, guild, member)
}

// SubscriptionsOf reads all that one person asked for, in all guilds.
func (tx *Tx) SubscriptionsOf(ctx context.Context, member core.MemberID) ([]core.Subscription, error) {
	return tx.subscriptions(ctx, `WHERE member_id = ?`, member)
}

func (tx *Tx) subscriptions(ctx context.Context, where string, args ...any) ([]core.Subscription, error) {
	var found []subscriptionRow
	if err := tx.sel(ctx, &found, `
		SELECT guild_id AS guild, member_id AS member, locale, interests, areas, asked_at, sent_for, unreached, unreached_at
		FROM subscription `+where+` ORDER BY guild_id`, args...); err != nil {
		return nil, fmt.Errorf("read subscriptions: %w", err)
	}
	all := make([]core.Subscription, len(found))
	for i, row := range found {
		all[i] = row.subscription()
	}
	return all, nil
}

// Subscribers reads who wants an overview of their own in a guild and can be
// reached.
func (tx *Tx) Subscribers(ctx context.Context, guild core.GuildID) ([]core.MemberID, error) {
	var members []core.MemberID
	if err := tx.sel(ctx, &members, `
		SELECT member_id FROM subscription WHERE guild_id = ? AND unreached < ? ORDER BY member_id`, guild, core.MostUnreached); err != nil {
		return nil, fmt.Errorf("read the subscribers of guild %d: %w", guild, err)
	}
	return members, nil
}

// SaveSubscription stores what somebody asked for, and that they can be reached
// until the opposite is seen. When they first asked, and what they have got
// already, stays.
func (tx *Tx) SaveSubscription(ctx context.Context, s core.Subscription) error {
	areas := make([]string, len(s.Areas))
	for i, id := range s.Areas {
		areas[i] = core.Snowflake(id)
	}
	if _, err := tx.exec(ctx, `
		INSERT INTO subscription (guild_id, member_id, locale, interests, areas, asked_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (guild_id, member_id) DO UPDATE SET locale = excluded.locale, interests = excluded.interests, areas = excluded.areas,
			unreached = 0, unreached_at = NULL`,
		s.Guild, s.Member, s.Locale, core.WriteInterests(s.Interests), strings.Join(areas, ","), instant{s.AskedAt}); err != nil {
		return fmt.Errorf("save a subscription in guild %d: %w", s.Guild, err)
	}
	return nil
}

// EndSubscription forgets what somebody asked for in a guild.
func (tx *Tx) EndSubscription(ctx context.Context, guild core.GuildID, member core.MemberID) error {
	if _, err := tx.exec(ctx, `DELETE FROM subscription WHERE guild_id = ? AND member_id = ?`, guild, member); err != nil {
		return fmt.Errorf("end a subscription in guild %d: %w", guild, err)
	}
	return nil
}

// NoteSent notes that somebody's overview of a week has been dealt with, and
// whether it arrived: unreached is when it did not, or zero.
func (tx *Tx) NoteSent(ctx context.Context, guild core.GuildID, member core.MemberID, week, unreached time.Time) error {
	count := `0`
	if !unreached.IsZero() {
		count = `unreached + 1`
	}
	if _, err := tx.exec(ctx, `
		UPDATE subscription SET sent_for = ?, unreached_at = ?, unreached = `+count+` WHERE guild_id = ? AND member_id = ?`,
		instant{week}, instant{unreached}, guild, member); err != nil {
		return fmt.Errorf("note what somebody was sent in guild %d: %w", guild, err)
	}
	return nil
}
