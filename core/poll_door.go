package core

import "time"

// Takes tells whether the poll takes an answer at a moment: from Opens on, and
// no more at Closes. An announced poll opens by the clock, whether or not
// anybody has noted it yet.
func (p Poll) Takes(now time.Time) error {
	switch p.State {
	case PollAnnounced, PollOpen:
		switch {
		case now.Before(p.Opens):
			return Refuse(PollNotOpen, "Opens", p.Opens)
		case !now.Before(p.Closes):
			return Refuse(PollIsClosed)
		}
		return nil
	case PollCancelled:
		return Refuse(PollCalledOff)
	case PollClosed, PollSealed, PollReleased:
		return Refuse(PollIsClosed)
	case PollDraft:
	}
	return Refuse(NotFound)
}

// Fits tells whether these answers can be a response to the poll, from an area
// in which it is asked.
func (p Poll) Fits(r Response) bool {
	if len(r.Answers) != len(p.Questions) || !p.AskedIn(r.Area) {
		return false
	}
	for i, q := range p.Questions {
		if !q.Fits(r.Answers[i]) {
			return false
		}
	}
	return r.Band == RatherNotSay || r.Band >= 0 && int(r.Band) < p.Background.Bands()
}

// AskedIn tells whether the poll is asked in an area.
func (p Poll) AskedIn(area AreaID) bool {
	for _, a := range p.Areas {
		if a == area {
			return true
		}
	}
	return false
}

// Fits tells whether the question can be answered so. A set of bits has one at
// least, and at most as many as may be chosen together.
func (q Question) Fits(a Answer) bool {
	switch {
	case a == DontKnow || a == RatherNotSay:
		return true
	case a < 0:
		return false
	case q.Scale != ScaleSeveral:
		return int(a) < q.Options
	}
	var chosen int
	for rest := a; rest > 0; rest &= rest - 1 {
		chosen++
	}
	return chosen >= 1 && chosen <= q.Most && a < 1<<q.Options
}
