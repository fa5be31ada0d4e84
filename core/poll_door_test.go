package core

import (
	"testing"
	"time"
)

func TestPollTakes(t *testing.T) {
	opens := time.Date(2026, 12, 12, 12, 0, 0, 0, time.UTC)
	closes := opens.AddDate(0, 0, 7)
	before, last := opens.Add(-time.Second), closes.Add(-time.Nanosecond)
	tests := map[string]struct {
		state PollState
		now   time.Time
		want  Reason
	}{
		"before it opens":                {PollOpen, before, PollNotOpen},
		"the moment it opens":            {PollOpen, opens, ""},
		"the last moment":                {PollOpen, last, ""},
		"the moment it closes":           {PollOpen, closes, PollIsClosed},
		"announced, early":               {PollAnnounced, before, PollNotOpen},
		"announced, and its time came":   {PollAnnounced, opens, ""},
		"announced, and its time passed": {PollAnnounced, closes, PollIsClosed},
		"closed early":                   {PollClosed, opens, PollIsClosed},
		"sealed":                         {PollSealed, opens, PollIsClosed},
		"released":                       {PollReleased, opens, PollIsClosed},
		"cancelled":                      {PollCancelled, opens, PollCalledOff},
		"a draft":                        {PollDraft, opens, NotFound},
		"no state at all":                {"", opens, NotFound},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := Poll{State: tt.state, Opens: opens, Closes: closes}.Takes(tt.now)
			if got := ReasonOf(err); got != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestPollFits(t *testing.T) {
	poll := Poll{
		Background: Gender, Areas: []AreaID{1, 2},
		Questions: []Question{
			{Scale: ScaleScore, Options: 11, Most: 1},
			{Scale: ScaleSeveral, Options: 4, Most: 2},
		},
	}
	good := func() Response { return Response{Area: 2, Answers: []Answer{10, 0b1001}, Band: 2} }
	tests := map[string]struct {
		change func(*Response)
		want   bool
	}{
		"as asked":              {func(*Response) {}, true},
		"don't know":            {func(r *Response) { r.Answers = []Answer{DontKnow, RatherNotSay} }, true},
		"no background":         {func(r *Response) { r.Band = RatherNotSay }, true},
		"an unknown band":       {func(r *Response) { r.Band = 3 }, false},
		"an unsure band":        {func(r *Response) { r.Band = DontKnow }, false},
		"another area":          {func(r *Response) { r.Area = 3 }, false},
		"an answer missing":     {func(r *Response) { r.Answers = r.Answers[:1] }, false},
		"an answer too many":    {func(r *Response) { r.Answers = append(r.Answers, 1) }, false},
		"off the scale":         {func(r *Response) { r.Answers[0] = 11 }, false},
		"below the scale":       {func(r *Response) { r.Answers[0] = -3 }, false},
		"one of several":        {func(r *Response) { r.Answers[1] = 0b1000 }, true},
		"none of several":       {func(r *Response) { r.Answers[1] = 0 }, false},
		"too many of several":   {func(r *Response) { r.Answers[1] = 0b0111 }, false},
		"one that is not there": {func(r *Response) { r.Answers[1] = 0b10000 }, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := good()
			tt.change(&r)
			if got := poll.Fits(r); got != tt.want {
				t.Errorf("got %v for %+v", got, r)
			}
		})
	}
	poll.Background = NoBackground
	if r := good(); poll.Fits(r) {
		t.Errorf("a band where none was asked for: %+v", r)
	}
}
