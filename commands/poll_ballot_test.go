package commands

import (
	"math"
	"strings"
	"testing"

	"talkoot/core"
)

// largest is a poll with as much in it as there can be.
func largest() core.Poll {
	p := core.Poll{
		ID: math.MaxInt64, Guild: 1, Kind: core.Secret, State: core.PollOpen,
		Areas: []core.AreaID{7, math.MaxInt64}, Background: core.AgeBand,
	}
	for range core.MaxQuestions {
		p.Questions = append(p.Questions, core.Question{Scale: core.ScaleSeveral, Options: core.MaxOptions, Most: core.MaxOptions})
	}
	return p
}

// mixed is a poll with every kind of scale.
func mixed() core.Poll {
	return core.Poll{
		ID: 12, Guild: 1, Kind: core.Secret, State: core.PollOpen, Areas: []core.AreaID{7, 8}, Background: core.Gender,
		Questions: []core.Question{
			{Scale: core.ScaleYesNo, Options: 2, Most: 1},
			{Scale: core.ScaleAgree5, Options: 5, Most: 1},
			{Scale: core.ScaleScore, Options: 11, Most: 1},
			{Scale: core.ScaleSeveral, Options: 4, Most: 2},
		},
	}
}

func TestReadBallot(t *testing.T) {
	tests := map[string]struct {
		arg  string
		want core.Reason
	}{
		"the post's button":           {"7", ""},
		"the first step":              {"7,1,-----" + "-", ""},
		"half-way":                    {"7,3,04---" + "-", ""},
		"back":                        {"8,1b,04a0c2", ""},
		"all of it":                   {"7,6,1da0c2", ""},
		"all unsaid":                  {"7,6,rrr-rr", ""},
		"all unknown":                 {"7,6,ddd-dr", ""},
		"to change the first":         {"7,1c,04a0c2", ""},
		"a menu":                      {"7,3m,04---" + "-", ""},
		"a menu, to change":           {"7,4n,04a0c2", ""},
		"nothing":                     {"", core.NoSuchVerb},
		"no area":                     {",1,------", core.NoSuchVerb},
		"a word for an area":          {"seven,1,------", core.NoSuchVerb},
		"area zero":                   {"0", core.NoSuchVerb},
		"an area below it":            {"-7", core.NoSuchVerb},
		"an area beyond all":          {"99999999999999999999", core.NoSuchVerb},
		"an area with a plus":         {"+7", core.NoSuchVerb},
		"an area with a nought":       {"07", core.NoSuchVerb},
		"an area of elsewhere":        {"9", core.NotFound},
		"the same, further on":        {"9,6,04a0c2", core.NotFound},
		"only a step":                 {"7,1", core.NoSuchVerb},
		"too many parts":              {"7,1,------,", core.NoSuchVerb},
		"a step beyond":               {"7,7,04a0c2", core.NoSuchVerb},
		"a step below":                {"7,-1,04a0c2", core.NoSuchVerb},
		"a step with a nought":        {"7,01,------", core.NoSuchVerb},
		"a step that is no number":    {"7,x,------", core.NoSuchVerb},
		"a way that is none":          {"7,1cb,04a0c2", core.NoSuchVerb},
		"a step before its turn":      {"7,3,0-----", core.NoSuchVerb},
		"the end before its turn":     {"7,6,04a0c-", core.NoSuchVerb},
		"to change before the end":    {"7,1c,0-----", core.NoSuchVerb},
		"to mend before the end":      {"7,3n,04----", core.NoSuchVerb},
		"to change what is no step":   {"7,0c,04a0c2", core.NoSuchVerb},
		"a menu where there is none":  {"7,6m,04a0c2", core.NoSuchVerb},
		"an answer too few":           {"7,6,04a0c", core.NoSuchVerb},
		"an answer too many":          {"7,6,04a0c22", core.NoSuchVerb},
		"off yes and no":              {"7,6,24a0c2", core.NoSuchVerb},
		"off five steps":              {"7,6,05a0c2", core.NoSuchVerb},
		"off the score":               {"7,6,04b0c2", core.NoSuchVerb},
		"far off the score":           {"7,6,04v0c2", core.NoSuchVerb},
		"three of two":                {"7,6,04a072", core.NoSuchVerb},
		"none of two":                 {"7,6,04a002", core.NoSuchVerb},
		"an option that is not there": {"7,6,04a0g2", core.NoSuchVerb},
		"off the bands":               {"7,6,04a0c3", core.NoSuchVerb},
		"unsure who one is":           {"7,6,04a0cd", core.NoSuchVerb},
		"capitals":                    {"7,6,04A0c2", core.NoSuchVerb},
		"beyond letters":              {"7,6,04é0c2", core.NoSuchVerb},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b, err := readBallot(mixed(), tt.arg)
			if core.ReasonOf(err) != tt.want || tt.want == "" && err != nil {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			if err == nil && !b.begins() && b.String() != tt.arg {
				t.Errorf("read %q as %q", tt.arg, b)
			}
		})
	}
}

func TestBallot_response(t *testing.T) {
	b, err := readBallot(mixed(), "8,6,1daa12")
	if err == nil {
		t.Fatalf("bits beyond the options are read as %v", b.answers)
	}
	if b, err = readBallot(mixed(), "8,6,1da0c2"); err != nil {
		t.Fatal(err)
	}
	r := b.response(mixed())
	if r.Poll != 12 || r.Area != 8 || r.Band != 2 || len(r.Answers) != 4 ||
		r.Answers[0] != 1 || r.Answers[1] != core.DontKnow || r.Answers[2] != 10 || r.Answers[3] != 0b1100 || !mixed().Fits(r) {
		t.Errorf("got %+v", r)
	}
	plain := mixed()
	plain.Background = core.NoBackground
	if b, err = readBallot(plain, "8,5,1da0c"); err != nil || b.response(plain).Band != core.RatherNotSay {
		t.Errorf("got %+v, %v", b, err)
	}
}

// The largest poll that there can be still fits into a custom_id.
func TestBallot_fitsIntoAButton(t *testing.T) {
	p := largest()
	b := newBallot(p, math.MaxInt64)
	for i := range b.answers {
		b.answers[i] = 1<<core.MaxOptions - 1
		if i == core.MaxQuestions {
			b.answers[i] = 4
		}
	}
	if got := b.to(b.overview(), wayBack); len(got) > 60 || len("t1:"+pollAnswer+":"+core.Snowflake(p.ID)+":"+got) > 100 {
		t.Errorf("%d characters: %s", len(got), got)
	}
	if _, err := readBallot(p, b.to(b.overview(), wayOn)); err != nil {
		t.Error(err)
	}
}

func TestReadChosen(t *testing.T) {
	p := mixed()
	score, several := p.Questions[2], p.Questions[3]
	tests := map[string]struct {
		q      core.Question
		chosen []string
		want   core.Answer
		ok     bool
	}{
		"nought":                {score, []string{"0"}, 0, true},
		"ten":                   {score, []string{"10"}, 10, true},
		"off the score":         {score, []string{"11"}, 0, false},
		"two of one":            {score, []string{"1", "2"}, 0, false},
		"nothing":               {score, nil, 0, false},
		"none of some":          {several, nil, 0, false},
		"one of some":           {several, []string{"3"}, 8, true},
		"two of some":           {several, []string{"0", "3"}, 9, true},
		"three of two":          {several, []string{"0", "1", "3"}, 0, false},
		"one twice, and more":   {several, []string{"1", "1", "1"}, 0, false},
		"an option that is not": {several, []string{"4"}, 0, false},
		"far beyond":            {several, []string{"64"}, 0, false},
		"one, and far beyond":   {several, []string{"0", "64"}, 0, false},
		"below":                 {several, []string{"-1"}, 0, false},
		"a word":                {several, []string{"all"}, 0, false},
	}
	for name, tt := range tests {
		got, err := readChosen(tt.q, tt.chosen)
		if tt.ok != (err == nil) || !tt.ok && core.ReasonOf(err) != core.NoSuchVerb || got != tt.want {
			t.Errorf("%s: got %d, %v", name, got, err)
		}
	}
}

func FuzzReadBallot(f *testing.F) {
	for _, seed := range []string{"7", "7,1,------", "8,3m,04----", "7,4n,04a0c2", "7,6,04a0c2", "7,6,vvvvvvvvvvv4", "7,0b,-----------"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, arg string) {
		for _, p := range []core.Poll{mixed(), largest(), {Areas: []core.AreaID{7}}} {
			b, err := readBallot(p, arg)
			if err != nil {
				if reason := core.ReasonOf(err); reason != core.NoSuchVerb && reason != core.NotFound {
					t.Fatalf("%q: %v", arg, err)
				}
				continue
			}
			if !p.AskedIn(b.area) || len(arg) > 60 || strings.Contains(arg, ",") && b.String() != arg {
				t.Fatalf("%q is read as %q", arg, b)
			}
			for i, a := range b.answers {
				if a == notYet {
					if b.step > i+1 {
						t.Fatalf("%q is at step %d without answer %d", arg, b.step, i+1)
					}
				} else if !b.asked[i].Fits(a) {
					t.Fatalf("%q has the answer %d to %+v", arg, a, b.asked[i])
				}
			}
			if b.step == b.overview() && len(p.Questions) > 0 && !p.Fits(b.response(p)) {
				t.Fatalf("%q does not fit the poll", arg)
			}
		}
	})
}
