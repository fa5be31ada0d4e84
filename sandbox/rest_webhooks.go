package sandbox

import "net/http"

// tokenOf finds the interaction whose token a call has, once it was answered
// and while the token lives. The world is locked.
func (d *Discord) tokenOf(c *call) (*interaction, *apiError) {
	it := d.byToken[c.path("token")]
	switch {
	case it == nil:
		return nil, expiredToken()
	case it.app.id != c.path("app"):
		return nil, unknownWebhook()
	case d.now().Sub(it.created) >= tokenLifetime:
		return nil, expiredToken()
	case it.acked == 0 || it.acked == callbackChoices:
		return nil, unknownWebhook()
	}
	return it, nil
}

// replyOf finds the message of a call: the original answer, or one that the
// same token made. The world is locked.
func (d *Discord) replyOf(c *call) (*interaction, *message, *apiError) {
	it, e := d.tokenOf(c)
	if e != nil {
		return nil, nil, e
	}
	id := c.path("message")
	var m *message
	switch {
	case id == "" && (it.acked == callbackUpdate || it.acked == callbackDeferredUpdate):
		m = it.source
	case id == "":
		m = it.original
	default:
		m = d.messages[id]
		if m != nil && m.madeBy != it.token && m != it.source {
			m = nil
		}
	}
	if m == nil || d.messages[m.id] == nil {
		return nil, nil, unknownMessage()
	}
	return it, m, nil
}

func getReply(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, m, e := d.replyOf(c)
	if e != nil {
		return reply{}, e
	}
	return reply{http.StatusOK, d.messageJSON(m)}, nil
}

func editReply(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	it, m, e := d.replyOf(c)
	if e != nil {
		return reply{}, e
	}
	answer, e := d.edit(m, c.body)
	if e != nil {
		return reply{}, e
	}
	it.settled = m
	it.touched()
	return answer, nil
}

func deleteReply(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	it, m, e := d.replyOf(c)
	if e != nil {
		return reply{}, e
	}
	d.removeMessage(m)
	it.settled = m
	it.touched()
	return reply{http.StatusNoContent, nil}, nil
}

// createFollowup says something more. After a deferred answer the first
// followup is that answer.
func createFollowup(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	it, e := d.tokenOf(c)
	if e != nil {
		return reply{}, e
	}
	if m := it.original; m != nil && m.flags&FlagLoading != 0 && d.messages[m.id] != nil {
		answer, e := d.edit(m, c.body)
		if e == nil {
			it.settled = m
			it.touched()
		}
		return answer, e
	}
	at := newCheck()
	flags := checkMessage(at, at.object(c.body.value), c.body.uploads, messageForm{flags: repliable})
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	p := newPost(c.body, int(flags))
	if p.empty(nil) {
		return reply{}, emptyMessage()
	}
	m := d.addReply(it, p, flags&FlagEphemeral != 0)
	if it.acked == callbackDeferredUpdate && it.settled == nil {
		it.settled = m
	}
	w := d.messageJSON(m)
	d.publish("MESSAGE_CREATE", m, w)
	it.touched()
	d.changedWorld()
	// Followups of interactions are answered with the message whether or not
	// wait=true was asked for.
	return reply{http.StatusOK, w}, nil
}
