package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"talkoot/sandbox"
)

// play lets somebody act in a channel.
func (w *world) play(ctx context.Context, p *sandbox.Person, at *sandbox.Channel) *stage {
	return &stage{ctx: ctx, discord: w.discord, person: p, at: at}
}

// live fills the example towns through the chat, as people do.
func (w *world) live(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := w.discord.Wait(ctx, func() bool { return len(w.discord.Commands(w.app.ID, "")) > 0 }); err != nil {
		return fmt.Errorf("wait for the commands: %w", err)
	}
	languages := [][]string{{"fi", "ar"}, {"fi", "sv"}, {"fi", "en"}}
	for i, t := range w.towns {
		if err := w.setUp(ctx, t, languages[i]); err != nil {
			return fmt.Errorf("set up %s: %w", t.guild.Name(), err)
		}
	}
	if err := w.publish(ctx, w.clock.today); err != nil {
		return err
	}
	return w.join(ctx)
}

// setUp is what a manager does once, with /setup.
func (w *world) setUp(ctx context.Context, t *town, languages []string) error {
	s := w.play(ctx, t.manager, t.general)
	s.slash("setup")
	s.choose("setup.languages:", languages...)
	s.choose("setup.main:", languages[0])
	s.choose("setup.roles:", t.role.ID)
	if s.err == nil {
		menu := s.shown.Selects()
		for _, m := range menu {
			if strings.Contains(m.CustomID, ":setup.area:") {
				s.choose("setup.area:", m.Options[0].Value)
				break
			}
		}
	}
	for kind, channel := range map[string]*sandbox.Channel{"event": t.events, "hobby": t.hobbies, "training": t.events, "shift": t.shifts} {
		if s.err == nil {
			s.pick("setup.channel", kind, channel.ID)
		}
	}
	w.weekly(s, t)
	return s.err
}

// weekly turns on the overview of a town, so that one came yesterday evening.
func (w *world) weekly(s *stage, t *town) {
	s.press("setup.weekly")
	s.choose("setup.weekly.day:", strconv.Itoa(int(w.clock.day(-1, weeklyHour).Weekday())))
	s.choose("setup.weekly.hour:", strconv.Itoa(weeklyHour))
	s.choose("setup.weekly.ahead:", "10")
	s.choose("setup.weekly.channel:", t.general.ID)
	s.press("setup.weekly.switch")
}

// yesterday goes on to when the towns' overviews came, and waits for them.
func (w *world) yesterday(ctx context.Context) error {
	w.passes(ctx, w.clock.day(-1, weeklyHour).Add(time.Minute))
	err := w.discord.Wait(ctx, func() bool {
		for _, t := range w.towns {
			all := t.general.Messages()
			if len(all) == 0 || all[len(all)-1].Created.Before(w.clock.day(-1, weeklyHour)) {
				return false
			}
		}
		return len(w.newcomer.DMs()) > 0
	})
	if err != nil {
		return fmt.Errorf("wait for the weekly overviews: %w", err)
	}
	return nil
}

// weeklyHour is when the overviews of the towns come.
const weeklyHour = 17

// thing is an example event with its texts.
type thing struct {
	town    int
	command string
	kind    string
	form    sandbox.Fields
	// host has the host and the topic of a training.
	host sandbox.Fields
	// other are the texts in a second language, by field.
	language string
	other    sandbox.Fields
}

func (w *world) publish(ctx context.Context, now time.Time) error {
	for _, e := range things(now) {
		t := w.towns[e.town]
		s := w.play(ctx, t.coordinator, t.general)
		var options []sandbox.Option
		if e.kind != "" {
			options = append(options, sandbox.Opt("kind", e.kind))
		}
		s.slash(e.command, options...)
		s.submit(e.form)
		if e.host != nil {
			s.press("event.host")
			s.submit(e.host)
		}
		if e.language != "" {
			s.press("event.texts")
			s.choose("event.text:", e.language)
			s.submit(e.other)
		}
		before := w.posts(t)
		s.press("event.publish")
		if s.err != nil {
			return fmt.Errorf("publish %q: %w", e.form["title"], s.err)
		}
		if err := w.discord.Wait(ctx, func() bool { return w.posts(t) > before }); err != nil {
			return fmt.Errorf("wait for the post of %q: %w", e.form["title"], err)
		}
	}
	return nil
}

func (w *world) posts(t *town) int {
	return len(t.events.Messages()) + len(t.hobbies.Messages()) + len(t.shifts.Messages())
}

// join lets some of the people sign up, and the newcomer choose her language and
// ask for an overview of her own.
func (w *world) join(ctx context.Context) error {
	tampere := w.towns[0]
	s := w.play(ctx, w.newcomer, tampere.general)
	s.slash("language")
	s.choose("language.choose:", "ar")
	s.shown = tampere.events.Messages()[0]
	s.press("join")
	s.slash("events")
	s.press("weekly.ask")
	if s.err != nil {
		return fmt.Errorf("join: %w", s.err)
	}
	s = w.play(ctx, w.swede, tampere.general)
	s.shown = tampere.shifts.Messages()[0]
	s.press("join")
	return s.err
}
