package sandbox

import (
	"context"
	"fmt"
)

// Forgery is an interaction that no honest client sends. What is left empty
// is as an honest client would have it.
type Forgery struct {
	App App
	// Type is 2 for a command, 3 for a component, 4 for an autocomplete, 5 for
	// a form. 3 when zero.
	Type int
	// ChannelID is where it claims to happen; that of the message when empty.
	ChannelID string
	// GuildID is which guild it claims; the channel's when empty.
	GuildID string
	// MessageID is the message of the component. It need not have such a
	// component, nor be visible to the person.
	MessageID string

	CustomID      string
	ComponentType int // Button when zero
	Values        []string
	// Fields are the entries of a form, by custom_id.
	Fields map[string]string
	// Data, when set, is sent as the interaction's data as it is.
	Data any
}

// Forge sends a forged interaction in the person's name and waits for what
// comes of it.
func (p *Person) Forge(ctx context.Context, f Forgery) (Answer, error) {
	it, err := p.d.forge(p, f)
	if err != nil {
		return Answer{}, err
	}
	return p.d.answer(ctx, p, it)
}

// PressForged presses a button with any custom_id on any message.
func (p *Person) PressForged(ctx context.Context, a App, messageID, customID string) (Answer, error) {
	return p.Forge(ctx, Forgery{App: a, MessageID: messageID, CustomID: customID})
}

func (d *Discord) forge(p *Person, f Forgery) (*interaction, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := happening{kind: f.Type, user: p.u, app: d.apps[f.App.ID], source: d.messages[f.MessageID]}
	if h.kind == 0 {
		h.kind = componentInteraction
	}
	if h.source != nil {
		h.channel = h.source.channel
	}
	if ch := d.channels[f.ChannelID]; ch != nil {
		h.channel = ch
	}
	if h.app == nil || h.channel == nil || f.MessageID != "" && h.source == nil {
		return nil, fmt.Errorf("forgery: %w", ErrNoSuch)
	}
	h.guild = h.channel.guild
	if g := d.guilds[f.GuildID]; g != nil {
		h.guild = g
	}
	switch {
	case f.Data != nil:
		h.data = f.Data
	case h.kind == modalInteraction:
		data := modalData{CustomID: f.CustomID}
		for id, v := range f.Fields {
			in := modalComponent{Type: TextInput, ID: 2, CustomID: id, Value: v}
			data.Components = append(data.Components, modalComponent{Type: Label, ID: 1, Component: &in})
		}
		h.data = data
	default:
		data := componentData{ID: 1, CustomID: f.CustomID, ComponentType: f.ComponentType, Values: f.Values}
		if data.ComponentType == 0 {
			data.ComponentType = Button
		}
		h.data = data
	}
	return d.happen(h), nil
}

// Redeliver sends the very same interaction once more: same ID, same token.
func (p *Person) Redeliver(interactionID string) error {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	it := p.d.interactions[interactionID]
	if it == nil {
		return fmt.Errorf("interaction %s: %w", interactionID, ErrNoSuch)
	}
	p.d.send(it)
	return nil
}
