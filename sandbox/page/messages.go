package page

import (
	"html/template"
	"strconv"

	"talkoot/sandbox"
	"talkoot/sandbox/page/markdown"
)

// messageView is a message as a template wants it.
type messageView struct {
	ID, Author, Lang   string
	Badge              badge
	Bot, Private       bool
	Thinking, Edited   bool
	Late               bool // thinking for longer than it could be answered
	MayDelete          bool
	Commander, Command string
	ReplyTo            string
	Created            momentView
	Content            template.HTML
	Embeds             []embedView
	Blocks             []block
	Pictures, Files    []mediaView
	DeletePath         string
	T                  map[string]string
}

// noticeView is a notice as a template wants it.
type noticeView struct {
	ID, Title, Text string
	Forget          string
	T               map[string]string
}

// shownMessages is how many messages a page has before one asks for earlier
// ones.
const shownMessages = 60

// earlierView leads to messages that are not shown.
type earlierView struct {
	Path  string
	Count int
	T     map[string]string
}

// log is what has been said in a channel, the newest last.
func (v *viewer) log(c sandbox.ChannelView, g sandbox.GuildView, show int) (parts []part) {
	at := place{v.Person.ID, c.ID}
	messages := v.visible(c.ID)
	notices := v.pg.memory.noticesIn(at)
	if earlier := len(messages) - show; earlier > 0 {
		messages = messages[earlier:]
		more := v.channelPath(c.ID) + "?show=" + strconv.Itoa(show+shownMessages)
		parts = append(parts, v.pg.part("earlier", "earlier", earlierView{more, earlier, v.T}))
	}
	reader := v.reader(c.ID)
	for _, m := range messages {
		parts = append(parts, v.pg.part("m"+m.ID, "message", v.message(m, g, reader)))
		for _, n := range notices {
			if n.Message == m.ID {
				parts = append(parts, v.notice(c.ID, n))
			}
		}
	}
	for _, n := range notices {
		if n.Message == "" {
			parts = append(parts, v.notice(c.ID, n))
		}
	}
	return parts
}

// visible are the messages that the person has on screen.
func (v *viewer) visible(channelID string) []sandbox.Message {
	var all []sandbox.Message
	for _, m := range v.Person.Messages(channelID) {
		if !v.pg.memory.isHidden(v.Person.ID, m.ID) {
			all = append(all, m)
		}
	}
	return all
}

func (v *viewer) message(m sandbox.Message, g sandbox.GuildView, reader markdown.Reader) messageView {
	expected := g.Locale
	if m.Ephemeral() || expected == "" {
		expected = v.Locale
	}
	lang := languageOf(m.Text(), expected)
	d := v.drawing(m, reader)
	view := messageView{
		ID: m.ID, Author: m.Author, Lang: lang, Badge: badgeOf(m.Author), Bot: m.AuthorIsBot,
		Private: m.Ephemeral(), Thinking: m.Thinking(), Edited: m.Edits > 0 && !m.Thinking(),
		Commander: m.Commander, Command: m.Command, ReplyTo: m.ReplyTo,
		Created: v.stamp(m.Created, "f"), DeletePath: d.action("delete"), T: v.T,
	}
	view.Late = view.Thinking && v.now.Sub(m.Created) > tokenLife
	if view.Thinking {
		return view
	}
	view.MayDelete = !view.Private && v.mayDelete(m)
	view.Content = markdown.HTML(m.Content, reader)
	view.Embeds = embedViews(m.Embeds, reader)
	view.Blocks = d.blocks(m.Components)
	view.Pictures, view.Files = d.attachments()
	return view
}

func (v *viewer) notice(channelID string, n notice) part {
	view := noticeView{ID: n.ID, Title: v.T["no_answer"], Forget: v.channelPath(channelID) + "/forget", T: v.T}
	if n.Err != nil {
		view.Title, view.Text = v.T["refused"], v.refusal(n.Err)
	}
	return v.pg.part("n"+n.ID, "notice", view)
}
