package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const exportName = "talkoot-about-me.json"

// ExportMe is the button "Export": all that is stored about the asker, as a
// file that programs read too.
type ExportMe struct {
	store *storage.Store
	now   func() time.Time
}

// Spec is the button.
func (ExportMe) Spec() Spec {
	return Spec{Name: myExport, Need: core.Resident, Direct: true, Quiet: true}
}

// Run writes the file.
func (v ExportMe) Run(ctx context.Context, ask Ask) (Reply, error) {
	f, err := footprint(ctx, v.store, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	data, err := json.MarshalIndent(exported(ask.Member, f, v.now()), "", "  ")
	if err != nil {
		return Reply{}, fmt.Errorf("write the export: %w", err)
	}
	card := Card{Tone: Good, Blocks: []Block{Para{locales.Msg{ID: "my.exported"}}, Attached{exportName}}}
	return Reply{Card: card, Files: []File{{Name: exportName, Data: data}}}, nil
}

// The form of the file. Moments are in RFC 3339, ids in decimal.
type (
	exportFile struct {
		Exported time.Time      `json:"exported_at"`
		Person   string         `json:"discord_user_id"`
		Language string         `json:"language,omitempty"`
		Known    bool           `json:"language_was_offered"`
		SignUps  []exportSignUp `json:"sign_ups"`
		Written  []exportEvent  `json:"events_written"`
		Typed    []core.Typed   `json:"typed_and_not_saved"`
		Votes    []exportVote   `json:"votes_in_open_polls"`
		Polls    []exportPoll   `json:"polls_written"`
		Acts     int            `json:"times_noted_in_logs"`
		ActedAs  string         `json:"name_in_logs,omitempty"`
		Seen     []exportSeen   `json:"observations"`
		Plans    []exportPlan   `json:"campaigns"`
		Weekly   []exportWeekly `json:"weekly_overviews"`
		Feeds    []exportFeed   `json:"calendars_added"`
	}
	exportPlan struct {
		Server   string            `json:"server"`
		ServerID string            `json:"server_id"`
		Yours    bool              `json:"written_by_you"`
		State    string            `json:"state"`
		Name     string            `json:"name"`
		Aim      string            `json:"aim,omitempty"`
		Typed    map[string]string `json:"typed_and_not_saved,omitempty"`
	}
	exportWeekly struct {
		Server    string    `json:"server"`
		ServerID  string    `json:"server_id"`
		Language  string    `json:"language"`
		Interests []string  `json:"interests"`
		Areas     []string  `json:"area_ids,omitempty"`
		Asked     time.Time `json:"asked_at"`
		SentFor   time.Time `json:"last_sent_for,omitzero"`
		Failed    int       `json:"not_delivered_in_a_row"`
		Unreached time.Time `json:"message_not_delivered_at,omitzero"`
	}
	exportFeed struct {
		Server   string `json:"server"`
		ServerID string `json:"server_id"`
		Address  string `json:"address"`
	}
	exportSeen struct {
		Server   string          `json:"server"`
		ServerID string          `json:"server_id"`
		Yours    bool            `json:"written_by_you"`
		State    string          `json:"state"`
		Source   string          `json:"source"`
		Domain   string          `json:"domain"`
		Tone     int             `json:"tone_1_to_5"`
		Sentence string          `json:"sentence"`
		Link     string          `json:"link,omitempty"`
		SeenAt   time.Time       `json:"seen_at,omitzero"`
		Typed    *core.SeenTyped `json:"typed_and_not_saved,omitempty"`
	}
	exportVote struct {
		Server   string   `json:"server"`
		ServerID string   `json:"server_id"`
		Question string   `json:"question"`
		Chosen   []string `json:"chosen"`
		Name     string   `json:"name,omitempty"`
	}
	exportPoll struct {
		Server    string                          `json:"server"`
		ServerID  string                          `json:"server_id"`
		Kind      string                          `json:"kind"`
		State     string                          `json:"state"`
		Opens     time.Time                       `json:"opens_at,omitzero"`
		Closes    time.Time                       `json:"closes_at,omitzero"`
		Questions []map[string]exportPollQuestion `json:"questions"`
		Typed     map[string]string               `json:"typed_and_not_saved,omitempty"`
	}
	exportPollQuestion struct {
		Question string   `json:"question"`
		Note     string   `json:"note,omitempty"`
		Answers  []string `json:"answers,omitempty"`
	}
	exportSignUp struct {
		Server    string    `json:"server"`
		ServerID  string    `json:"server_id"`
		Title     string    `json:"title"`
		Place     string    `json:"place,omitempty"`
		Task      string    `json:"task,omitempty"`
		Starts    time.Time `json:"starts_at"`
		Ends      time.Time `json:"ends_at,omitzero"`
		Event     string    `json:"event_state"`
		State     string    `json:"state"`
		Order     int64     `json:"order"`
		Name      string    `json:"name"`
		Language  string    `json:"language"`
		Unreached time.Time `json:"message_not_delivered_at,omitzero"`
		Presence  string    `json:"attendance,omitempty"`
		Guesses   int       `json:"wrong_codes,omitempty"`
	}
	exportEvent struct {
		Server   string                `json:"server"`
		ServerID string                `json:"server_id"`
		Kind     string                `json:"kind"`
		State    string                `json:"state"`
		Starts   time.Time             `json:"starts_at,omitzero"`
		Ends     time.Time             `json:"ends_at,omitzero"`
		Host     string                `json:"host,omitempty"`
		Texts    map[string]exportText `json:"texts"`
	}
	exportText struct {
		Title       string   `json:"title"`
		Place       string   `json:"place,omitempty"`
		Description string   `json:"description,omitempty"`
		Topic       string   `json:"topic,omitempty"`
		Tasks       []string `json:"tasks,omitempty"`
	}
)

func exported(member core.MemberID, f storage.Footprint, now time.Time) exportFile {
	file := exportFile{
		Exported: now.UTC().Truncate(time.Second), Person: core.Snowflake(member),
		Language: f.Person.Locale, Known: f.Person.Known,
		SignUps: []exportSignUp{}, Written: []exportEvent{}, Typed: []core.Typed{},
		Votes: exportedVotes(f), Polls: exportedPolls(f, member), Acts: f.Acts, ActedAs: f.ActedAs, Seen: exportedSeen(f, member), Plans: exportedPlans(f, member),
		Weekly: exportedWeekly(f),
		Feeds:  []exportFeed{},
	}
	for _, feed := range f.Feeds {
		file.Feeds = append(file.Feeds, exportFeed{Server: f.Guilds[feed.Guild], ServerID: core.Snowflake(feed.Guild), Address: feed.Address})
	}
	for _, t := range f.SignUps {
		file.SignUps = append(file.SignUps, exportSignUp{
			Server: f.Guilds[t.Guild], ServerID: core.Snowflake(t.Guild), Title: t.Title, Place: t.Place, Task: t.Task,
			Starts: t.Start, Ends: t.End, Event: string(t.EventState), State: string(t.State),
			Order: t.Turn, Name: t.Name, Language: t.Locale, Unreached: t.UnreachedAt,
			Presence: string(t.Presence), Guesses: t.Guesses,
		})
	}
	for _, e := range f.Written {
		texts := make(map[string]exportText, len(e.Texts))
		for tag, words := range e.Texts {
			texts[tag] = exportText(words)
		}
		file.Written = append(file.Written, exportEvent{
			Server: f.Guilds[e.Guild], ServerID: core.Snowflake(e.Guild), Kind: string(e.Kind), State: string(e.State),
			Starts: e.Session.Start, Ends: e.Session.End, Host: e.Host, Texts: texts,
		})
	}
	for _, e := range slices.Concat(f.Written, f.Typed) {
		if e.Typed != nil && e.Typed.By == member && !slices.Contains(file.Typed, *e.Typed) {
			file.Typed = append(file.Typed, *e.Typed)
		}
	}
	return file
}

func exportedVotes(f storage.Footprint) []exportVote {
	votes := []exportVote{}
	for _, v := range f.Votes {
		p := f.Voted[v.Poll]
		vote := exportVote{Server: f.Guilds[p.Guild], ServerID: core.Snowflake(p.Guild), Chosen: []string{}, Name: v.Name}
		if v.Question < len(p.Questions) {
			text, _ := textOf(p.Questions[v.Question], p.Locale)
			vote.Question = text.Question
			for _, n := range v.Choices {
				if n < len(text.Answers) {
					vote.Chosen = append(vote.Chosen, text.Answers[n])
				}
			}
		}
		votes = append(votes, vote)
	}
	return votes
}

func exportedPolls(f storage.Footprint, member core.MemberID) []exportPoll {
	polls := []exportPoll{}
	for _, p := range f.Polls {
		poll := exportPoll{
			Server: f.Guilds[p.Guild], ServerID: core.Snowflake(p.Guild), Kind: string(p.Kind), State: string(p.State),
			Opens: p.Opens, Closes: p.Closes, Questions: []map[string]exportPollQuestion{},
		}
		for _, q := range p.Questions {
			texts := map[string]exportPollQuestion{}
			for tag, text := range q.Texts {
				texts[tag] = exportPollQuestion{text.Question, text.Note, text.Answers}
			}
			poll.Questions = append(poll.Questions, texts)
		}
		if p.Typed != nil && p.Typed.By == member {
			poll.Typed = p.Typed.Fields
		}
		polls = append(polls, poll)
	}
	return polls
}

func exportedSeen(f storage.Footprint, member core.MemberID) []exportSeen {
	all := []exportSeen{}
	for _, o := range f.Observations {
		seen := exportSeen{
			Server: f.Guilds[o.Guild], ServerID: core.Snowflake(o.Guild), Yours: o.Author == member, State: string(o.State),
			Source: string(o.Source), Domain: string(o.Domain), Tone: int(o.Mood), Sentence: o.Sentence, Link: o.Link, SeenAt: o.Seen,
		}
		if o.Typed != nil && o.Typed.By == member {
			seen.Typed = o.Typed
		}
		all = append(all, seen)
	}
	return all
}

func exportedPlans(f storage.Footprint, member core.MemberID) []exportPlan {
	all := []exportPlan{}
	for _, c := range f.Campaigns {
		plan := exportPlan{
			Server: f.Guilds[c.Guild], ServerID: core.Snowflake(c.Guild), Yours: c.Author == member, State: string(c.State),
			Name: c.Texts[c.Locale].Name, Aim: c.Aim,
		}
		if c.Typed != nil && c.Typed.By == member {
			plan.Typed = c.Typed.Fields
		}
		all = append(all, plan)
	}
	return all
}

func exportedWeekly(f storage.Footprint) []exportWeekly {
	all := []exportWeekly{}
	for _, s := range f.Subscriptions {
		one := exportWeekly{
			Server: f.Guilds[s.Guild], ServerID: core.Snowflake(s.Guild), Language: s.Locale, Asked: s.AskedAt,
			SentFor: s.SentFor, Failed: s.Unreached, Unreached: s.UnreachedAt,
		}
		for _, i := range s.Interests {
			one.Interests = append(one.Interests, string(i))
		}
		for _, a := range s.Areas {
			one.Areas = append(one.Areas, core.Snowflake(a))
		}
		all = append(all, one)
	}
	return all
}
