// Package jobs is what the clock asks for: a queue in the database, and one
// worker for each kind of task. A task is booked in the transaction that makes
// it due, and done at least once after it; what it needs to know, it reads when
// it is done.
package jobs

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/fetch"
	"talkoot/insight"
	"talkoot/storage"
)

// RedrawPause is the least time between two edits of a post. The database keeps
// seconds, so it is never less than a second shorter.
const RedrawPause = 3 * time.Second

const (
	// pollEvery is how often the queue looks for what is due: through lib/pq
	// and in SQLite nobody tells it.
	pollEvery = 500 * time.Millisecond
	// workers bounds how many tasks run at once; they share the database's
	// connections with the presses, and mostly wait for Discord.
	workers = 10
	// drawers bounds how many posts are drawn at once, in a queue of their own:
	// when there are thousands, other tasks pass them. Of the 50 that Discord takes
	// in a second so many always stand ready, also when the machine stumbles.
	drawers   = 32
	postQueue = "posts"
	// timeout bounds one run. What still runs long after it, ran in a process
	// that is no more, and is done again.
	timeout    = 30 * time.Second
	abandoned  = time.Minute
	keepDone   = 24 * time.Hour
	keepFailed = 7 * 24 * time.Hour
	// tries and longestWait are for failures that may pass: about five hours.
	tries       = 40
	longestWait = 10 * time.Minute
	// sweepEvery is how often forgotten and refused posts are looked for.
	sweepEvery = 10 * time.Minute
	// grace is how long Stop waits for running tasks before it cuts them off,
	// and lastGrace how long it waits for them to notice.
	grace     = 6 * time.Second
	lastGrace = 2 * time.Second
)

// Messenger says things on Discord. bot.Bot is one. Its errors are
// core.ErrUnreachable, core.ErrGone, core.ErrForbidden, core.Busy, or others,
// which may pass.
type Messenger interface {
	// DM sends a card to a person in the best of these languages. key makes it
	// once: the same key again within minutes sends no second message.
	DM(ctx context.Context, to core.MemberID, locales []string, card commands.Card, key string) error
	// Post sends a card to a channel, in the guild's languages, with the files
	// that it shows; key as above.
	Post(ctx context.Context, to core.ChannelID, locales []string, card commands.Card, key string, files ...commands.File) (core.MessageID, error)
	// Redraw edits a message; files take the place of those that it had.
	Redraw(ctx context.Context, in core.ChannelID, message core.MessageID, locales []string, card commands.Card, files ...commands.File) error
	// Mirror creates, changes or (when e is cancelled) ends Discord's own
	// scheduled event, and returns its id; 0 when there is none any more.
	Mirror(ctx context.Context, e core.Event, locale string) (int64, error)
}

// Options are what a Queue is made of. Log and Now are required.
type Options struct {
	Log *slog.Logger
	Now func() time.Time
	// Poll is how often to look for what is due; 0 for twice a second.
	Poll time.Duration
	// Pause is the least time between two edits of a post; 0 for RedrawPause.
	Pause time.Duration
	// Glance is how soon to look again at what River, which goes by the machine's
	// clock, calls due before Now does; 0 for not until it is due. It is for who
	// moves Now.
	Glance time.Duration
	// Polls is what the clock needs for polls.
	Polls Polls
	// Feeds gets towns' calendars; nil for fetch.Public.
	Feeds *fetch.Client
}

// Polls is what the clock needs for polls.
type Polls struct {
	// Waves makes the waves of series, and Results draws what came of polls.
	Waves   commands.Waves
	Results commands.ResultPainter
	// Rounding makes the figures that are shown.
	Rounding insight.Rounding
}

// Queue keeps the tasks, in the database of the store. It can book from the
// beginning; Start lets it work.
type Queue struct {
	store   *storage.Store
	log     *slog.Logger
	now     func() time.Time
	pause   time.Duration
	glance  time.Duration
	polls   Polls
	feeds   fetcher
	ended   func(kind, outcome string)
	driver  riverdriver.Driver[*sql.Tx]
	workers *river.Workers
	client  *river.Client[*sql.Tx]
	// nap, retry and grace say how long to wait; tests wait less.
	nap   func(time.Duration) time.Duration
	retry func(failures int) time.Duration
	grace time.Duration
}

var _ commands.Scheduler = (*Queue)(nil)

// New makes a queue that can book and knows no work yet.
func New(store *storage.Store, o Options) (*Queue, error) {
	q := &Queue{
		store: store, log: o.Log, now: o.Now, pause: cmp.Or(o.Pause, RedrawPause), glance: o.Glance, polls: o.Polls, ended: func(string, string) {}, workers: river.NewWorkers(),
		feeds: cmp.Or(o.Feeds, fetch.Public()), nap: func(d time.Duration) time.Duration { return d }, retry: backOff, grace: grace,
	}
	q.driver = riversqlite.New(store.DB())
	if store.Engine() == "postgres" {
		q.driver = quiet{riverdatabasesql.New(store.DB())}
	}
	poll := cmp.Or(o.Poll, pollEvery)
	client, err := river.NewClient(q.driver, &river.Config{
		Logger:            slog.New(warnings{o.Log.Handler()}),
		PollOnly:          true,
		FetchPollInterval: poll,
		FetchCooldown:     min(poll, river.FetchCooldownDefault),
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: workers}, postQueue: {MaxWorkers: drawers}, feedQueue: {MaxWorkers: feedWorkers},
		},
		Workers:                     q.workers,
		SkipUnknownJobCheck:         true, // the workers come with Start
		JobTimeout:                  timeout,
		MaxAttempts:                 tries,
		RescueStuckJobsAfter:        abandoned,
		RetryPolicy:                 patience{q},
		CompletedJobRetentionPeriod: keepDone,
		CancelledJobRetentionPeriod: keepDone,
		DiscardedJobRetentionPeriod: keepFailed,
		Middleware:                  []rivertype.Middleware{river.WorkerMiddlewareFunc(q.watch)},
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(sweepEvery),
			func() (river.JobArgs, *river.InsertOpts) { return sweepArgs{}, once(unfinished()) }, nil)},
	})
	if err != nil {
		return nil, fmt.Errorf("make the queue: %w", err)
	}
	q.client = client
	return q, nil
}

// Work gives the queue its work, once and before Start. ended hears of each run
// that ended, by kind of task and outcome: "done", "later", "given_up" or
// "failed".
func (q *Queue) Work(out Messenger, ended func(kind, outcome string)) {
	q.ended = ended
	river.AddWorker(q.workers, &drawPost{Queue: q, out: out})
	river.AddWorker(q.workers, &tellTrouble{Queue: q, out: out})
	river.AddWorker(q.workers, &remind{Queue: q})
	river.AddWorker(q.workers, &finish{Queue: q})
	river.AddWorker(q.workers, &drawAt{Queue: q})
	river.AddWorker(q.workers, &tell{Queue: q, out: out})
	river.AddWorker(q.workers, &mirror{Queue: q, out: out})
	river.AddWorker(q.workers, &openPoll{Queue: q})
	river.AddWorker(q.workers, &closePoll{Queue: q})
	river.AddWorker(q.workers, &sealPoll{Queue: q})
	river.AddWorker(q.workers, &nextWave{Queue: q})
	river.AddWorker(q.workers, &postStep{Queue: q})
	river.AddWorker(q.workers, &offerCampaign{Queue: q})
	river.AddWorker(q.workers, &tellOffer{Queue: q, out: out})
	river.AddWorker(q.workers, &tellMissed{Queue: q, out: out})
	river.AddWorker(q.workers, &whatsOn{Queue: q})
	river.AddWorker(q.workers, &postWhatsOn{Queue: q, out: out})
	river.AddWorker(q.workers, &weeklyTrouble{Queue: q, out: out})
	river.AddWorker(q.workers, &tellWhatsOn{Queue: q, out: out})
	river.AddWorker(q.workers, &readFeed{Queue: q})
	river.AddWorker(q.workers, &tellFeedTrouble{Queue: q, out: out})
	river.AddWorker(q.workers, &sweep{Queue: q})
}

// Start begins to work: with posts that were left out of date, and with what is
// due. It works until Stop, also when ctx has ended.
func (q *Queue) Start(ctx context.Context) error {
	if err := q.resume(ctx); err != nil {
		return err
	}
	if err := q.Sweep(ctx); err != nil {
		return err
	}
	if err := q.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the queue: %w", err)
	}
	return nil
}

// Stop takes no new work and waits for what is running, at most eight seconds;
// what is cut off then is done after the next start.
func (q *Queue) Stop(ctx context.Context) error {
	soft, cancel := context.WithTimeout(ctx, q.grace)
	defer cancel()
	if err := q.client.Stop(soft); err == nil {
		return nil
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastGrace)
	defer cancel()
	if err := q.client.StopAndCancel(hard); err != nil {
		return fmt.Errorf("stop the queue: %w", err)
	}
	return nil
}

// resume frees what was running when an earlier process was killed. A SQLite
// file is one process's alone, so whatever runs in it is not running any more;
// on Postgres it may run in another replica, and is freed after a minute.
func (q *Queue) resume(ctx context.Context) error {
	if q.store.Engine() != "sqlite" {
		return nil
	}
	if _, err := q.store.DB().ExecContext(ctx, `UPDATE river_job SET state = 'available' WHERE state = 'running'`); err != nil {
		return fmt.Errorf("resume the queue: %w", err)
	}
	return nil
}

// watch counts and logs how a run ended. The log has the task's number and not
// what is in it: that may name a person.
func (q *Queue) watch(ctx context.Context, job *rivertype.JobRow, work func(context.Context) error) error {
	err := work(ctx)
	_, snoozed := errors.AsType[*rivertype.JobSnoozeError](err)
	_, cancelled := errors.AsType[*rivertype.JobCancelError](err)
	switch {
	case err == nil:
		q.ended(job.Kind, "done")
	case snoozed:
		q.ended(job.Kind, "later")
	case cancelled:
		q.ended(job.Kind, "given_up")
	default:
		q.ended(job.Kind, "failed")
		q.log.WarnContext(ctx, "a task failed", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "error", err)
	}
	return err
}

// patience tells River when a failed task is tried again.
type patience struct{ *Queue }

// NextRetry gives the time by River's own clock.
func (p patience) NextRetry(job *rivertype.JobRow) time.Time {
	return riverNow().Add(p.retry(len(job.Errors)))
}

func riverNow() time.Time { return time.Now() } //nolint:forbidigo // River has a clock of its own

// backOff waits a second after the first failure, and twice as long after each
// further one.
func backOff(failures int) time.Duration {
	return min(time.Second<<min(failures, 20), longestWait)
}

// later puts a run off.
func (q *Queue) later(d time.Duration) error { return river.JobSnooze(max(0, q.nap(d))) }

// scheduled tells whether a task that is not due yet goes on River's schedule.
// Where Now is moved, what River calls due does not: River looks at its schedule
// every few seconds only.
func (q *Queue) scheduled(due time.Time) bool {
	return due.After(q.now()) && (q.glance == 0 || due.After(riverNow()))
}

// early puts off what River calls due before our clock does.
func (q *Queue) early(due time.Time) error {
	d := due.Sub(q.now())
	if q.glance > 0 {
		d = min(d, q.glance)
	}
	return q.later(d)
}

// putOff puts a run off if Discord asked for it, and gives other errors back.
func (q *Queue) putOff(err error) error {
	if busy, ok := errors.AsType[core.Busy](err); ok {
		return q.later(max(busy.For, time.Second))
	}
	return err
}

// done completes a job in tx, so that a task booked after tx is never taken for
// a repetition of it.
func done[T river.JobArgs](ctx context.Context, tx *storage.Tx, job *river.Job[T]) error {
	if _, err := river.JobCompleteTx[riverdriver.Driver[*sql.Tx]](ctx, tx.SQL(), job); err != nil {
		return fmt.Errorf("complete the task: %w", err)
	}
	return nil
}

// quiet is Postgres without notices that a task was booked: nobody listens for
// them here, and each commit with one waits for the others.
type quiet struct{ *riverdatabasesql.Driver }

// SupportsListenNotify says no.
func (quiet) SupportsListenNotify() bool { return false }

// warnings leaves out what is less than a warning: River reports each retry and
// each start of its parts.
type warnings struct{ slog.Handler }

// Enabled lets warnings and errors through.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the limit.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the limit.
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }
