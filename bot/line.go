package bot

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/bwmarrin/discordgo"
)

// longestPause bounds the time between two tries to connect. A session that
// Discord does not know any more has to identify itself anew, which may be done
// a thousand times a day.
const longestPause = 5 * time.Minute

// errStuck says that connecting has taken too long, and may take for ever: when
// Discord answers RESUME with INVALID_SESSION, the library waits for a lock
// that it holds itself.
var errStuck = errors.New("connecting takes too long")

// hold keeps the line to the gateway until the bot ends: connects, and connects
// again whenever the connection is lost. What the first try comes to goes to
// first; if it fails, hold ends.
func (b *Bot) hold(first chan<- error) {
	line, err := b.newLine()
	if err != nil {
		first <- err
		return
	}
	pause := time.Second
	for try := 1; ; try++ {
		began := b.Now()
		err := b.connect(line)
		if try == 1 {
			first <- err
			if err != nil {
				return
			}
		}
		if err == nil {
			if !b.wait(line) {
				return
			}
		} else {
			b.Log.WarnContext(b.base, "could not connect to Discord", "error", err)
		}
		if b.Now().Sub(began) > longestPause {
			pause = time.Second
		}
		// Not all at once, after an outage of Discord's.
		if !b.sleep(pause/2 + rand.N(pause/2)) { //nolint:gosec // chance, not secrecy
			return
		}
		pause = min(2*pause, longestPause)
		if errors.Is(err, errStuck) {
			if line, err = b.newLine(); err != nil {
				b.Log.ErrorContext(b.base, "could not make a session", "error", err)
				return
			}
		}
	}
}

// newLine makes the session that is to be connected next, and listens to no
// other from now on.
func (b *Bot) newLine() (*discordgo.Session, error) {
	line, err := b.newSession()
	if err != nil {
		return nil, err
	}
	mine := func() bool { return b.line.Load() == line }
	line.AddHandler(func(_ *discordgo.Session, e *discordgo.InteractionCreate) {
		if mine() {
			b.onInteraction(e.Interaction)
		}
	})
	line.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildCreate) { b.onGuild(e.Guild) })
	line.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildDelete) { b.onGuildGone(e.Guild) })
	line.AddHandler(func(_ *discordgo.Session, e *discordgo.Ready) {
		b.connected("anew")
		b.arrivals.expect(len(e.Guilds))
	})
	line.AddHandler(func(*discordgo.Session, *discordgo.Resumed) { b.connected("resumed") })
	line.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case b.lost <- line:
		default: // it is known already that a line is lost
		}
	})
	b.line.Store(line)
	return line, nil
}

// connect opens the line, and gives up on it when it gets stuck.
func (b *Bot) connect(line *discordgo.Session) error {
	opened := make(chan error, 1)
	go func() { opened <- line.Open() }()
	ctx, cancel := context.WithTimeout(b.base, b.Stuck)
	defer cancel()
	select {
	case err := <-opened:
		return err
	case <-ctx.Done():
		return errStuck
	}
}

// wait returns when the line is lost, or false when the bot ends; it hangs up
// then.
func (b *Bot) wait(line *discordgo.Session) bool {
	for {
		select {
		case which := <-b.lost:
			if which != line {
				continue // one that was given up long ago
			}
			b.ready.Store(false)
			b.Log.WarnContext(b.base, "lost the connection to Discord")
			return true
		case <-b.base.Done():
			if err := line.Close(); err != nil {
				b.Log.WarnContext(b.base, "could not hang up", "error", err)
			}
			return false
		}
	}
}

// sleep waits, or returns false at once when the bot ends.
func (b *Bot) sleep(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-b.base.Done():
		return false
	}
}
