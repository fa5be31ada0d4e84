package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// PollPost is what a post shows of a poll, as it is in the database.
type PollPost struct {
	Poll  core.Poll
	part  core.PostPart
	area  core.Area
	step  int
	tally storage.Tally
	r     pollOutcome
}

// ReadPollPost reads what a post of a poll is to show.
func ReadPollPost(ctx context.Context, tx *storage.Tx, post core.Post, guild core.Guild, now time.Time) (PollPost, error) {
	p, err := tx.Poll(ctx, post.Guild, post.Poll)
	if err != nil {
		return PollPost{}, err
	}
	shown := PollPost{Poll: p, part: post.Part}
	if area, ok := guild.Area(post.Area); ok {
		shown.area = area
	}
	switch {
	case post.Part == core.PartResult:
		shown.r, err = readOutcome(ctx, tx, p)
	case p.Kind == core.Open:
		shown.tally, err = readTally(ctx, tx, p.ID)
	case pollTakes(p, now):
		var answers int
		answers, err = tx.CountResponses(ctx, p.ID)
		shown.step = openStep(answers)
	}
	return shown, err
}

// Live tells whether a post that is not there is worth sending: while the poll
// takes answers, and the results once there are some.
func (p PollPost) Live(now time.Time) bool {
	if p.part == core.PartResult {
		return p.Poll.State == core.PollReleased
	}
	return pollTakes(p.Poll, now)
}

// Draw makes the card of a post in the guild's languages, with its pictures.
func (c ResultPainter) Draw(p PollPost, languages []string, now time.Time) (Card, []File, error) {
	if p.part == core.PartResult {
		return c.post(p.r, p.area.ID, languages)
	}
	return PollPostCard(p.Poll, p.area, languages, now, p.step, p.tally), nil, nil
}

// PollTroubleCard tells the author of a poll that its post cannot be shown, and
// what to do.
func PollTroubleCard(p core.Poll, g core.Guild, channel core.ChannelID, why Trouble, readers []string) Card {
	what := locales.Msg{ID: "trouble.forbidden", Data: locales.Data{"Channel": mention(channel)}}
	if why == ChannelGone {
		what = locales.Msg{ID: "trouble.gone"}
	}
	return Card{Tone: Warn, Blocks: []Block{
		Heading{locales.Msg{ID: "trouble.title", Data: locales.Data{"Title": pollTitle(p, readers)}}},
		Para{what},
		Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(g.Name)}}},
	}}
}
