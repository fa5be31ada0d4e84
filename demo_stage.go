package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"talkoot/sandbox"
)

// stage is somebody at a Discord client in the demo, doing one thing after
// another until one goes wrong.
type stage struct {
	ctx     context.Context //nolint:containedctx // one short play, not a part of the program
	discord *sandbox.Discord
	person  *sandbox.Person
	at      *sandbox.Channel
	shown   sandbox.Message
	err     error
}

// mostTaps is how often somebody tries to press the same before giving up.
const mostTaps = 3

func (s *stage) see(a sandbox.Answer, err error) {
	if err == nil && a.Kind == sandbox.DidNotRespond {
		err = errors.New("the bot did not respond")
	}
	if err == nil && a.Kind != sandbox.Opened {
		s.shown, err = s.person.Settled(s.ctx, a)
	}
	s.err = err
}

// tap is see for what one does again when the bot does not respond, as it may on
// a machine that has a lot to do.
func (s *stage) tap(act func() (sandbox.Answer, error)) {
	a, err := act()
	for tries := 1; err == nil && a.Kind == sandbox.DidNotRespond && tries < mostTaps; tries++ {
		a, err = act()
	}
	s.see(a, err)
}

func (s *stage) slash(command string, options ...sandbox.Option) {
	if s.err == nil {
		s.see(s.person.Slash(s.ctx, s.at.ID, command, options...))
	}
}

func (s *stage) submit(fields sandbox.Fields) {
	if s.err == nil {
		s.see(s.person.Submit(s.ctx, fields))
	}
}

// press presses the first button whose custom_id has the word in it: labels are
// in the language of the person.
func (s *stage) press(word string) {
	for _, b := range s.shown.Buttons() {
		if s.err == nil && strings.Contains(b.CustomID, ":"+word+":") {
			s.tap(func() (sandbox.Answer, error) { return s.person.Press(s.ctx, s.shown.ID, b.CustomID) })
			return
		}
	}
	s.miss(word)
}

func (s *stage) choose(word string, values ...string) {
	for _, m := range s.shown.Selects() {
		if s.err == nil && strings.Contains(m.CustomID+":", ":"+word) {
			s.tap(func() (sandbox.Answer, error) { return s.person.Choose(s.ctx, s.shown.ID, m.CustomID, values...) })
			return
		}
	}
	s.miss(word)
}

func (s *stage) miss(word string) {
	if s.err == nil {
		s.err = fmt.Errorf("nothing called %s in: %s", word, s.shown.Text())
	}
}

// pick chooses in the menu whose custom_id has both words.
func (s *stage) pick(word, detail, value string) {
	for _, m := range s.shown.Selects() {
		if s.err == nil && strings.Contains(m.CustomID, ":"+word+":") && strings.HasSuffix(m.CustomID, ":"+detail) {
			s.see(s.person.Choose(s.ctx, s.shown.ID, m.CustomID, value))
			return
		}
	}
	s.miss(word)
}

// answer gives the n-th answer that the last message offers: first those of its
// menu, if it has one, and then its buttons.
func (s *stage) answer(n int) {
	for _, m := range s.shown.Selects() {
		if s.err == nil && n < len(m.Options) {
			s.tap(func() (sandbox.Answer, error) {
				return s.person.Choose(s.ctx, s.shown.ID, m.CustomID, m.Options[n].Value)
			})
			return
		}
		n -= len(m.Options)
	}
	if buttons := s.shown.Buttons(); s.err == nil && n < len(buttons) {
		s.tap(func() (sandbox.Answer, error) { return s.person.Press(s.ctx, s.shown.ID, buttons[n].CustomID) })
		return
	}
	s.miss("an answer")
}
