package bot

import (
	"strings"

	"github.com/bwmarrin/discordgo"
)

// question returns the question that stands in the message of a button: its heading, as [escape]
// wrote it. It fails with [errState] when there is none.
func (r *request) question() (string, error) {
	for _, markdown := range r.messageTexts() {
		if rest, ok := strings.CutPrefix(markdown, heading); ok {
			if q := askable(unescape(rest)); q != "" {
				return q, nil
			}
		}
	}
	return "", errState
}

// label returns the label of the button that was pressed, as it stands in its message.
func (r *request) label() (string, error) {
	data, _ := r.Data.(discordgo.MessageComponentInteractionData)
	if r.Message != nil {
		for _, c := range flatten(r.Message.Components) {
			if button, ok := c.(*discordgo.Button); ok && button.CustomID == data.CustomID {
				if q := askable(button.Label); q != "" {
					return q, nil
				}
			}
		}
	}
	return "", errState
}

// messageTexts returns the text displays of the message of a button, top to bottom.
func (r *request) messageTexts() (found []string) {
	if r.Message == nil {
		return nil
	}
	return displayed(r.Message)
}

// displayed returns the text displays of a message, top to bottom.
func displayed(m *discordgo.Message) (found []string) {
	for _, c := range flatten(m.Components) {
		if text, ok := c.(*discordgo.TextDisplay); ok {
			found = append(found, text.Content)
		}
	}
	return found
}

// flatten returns decoded components with those they hold, top to bottom.
func flatten(components []discordgo.MessageComponent) (found []discordgo.MessageComponent) {
	for _, c := range components {
		found = append(found, c)
		switch c := c.(type) {
		case *discordgo.Container:
			found = append(found, flatten(c.Components)...)
		case *discordgo.ActionsRow:
			found = append(found, flatten(c.Components)...)
		case *discordgo.Label:
			found = append(found, flatten([]discordgo.MessageComponent{c.Component})...)
		case *discordgo.Section:
			found = append(found, flatten(c.Components)...)
			found = append(found, flatten([]discordgo.MessageComponent{c.Accessory})...)
		}
	}
	return found
}

// value returns what was chosen in a select, "" when nothing was.
func (r *request) value() string {
	data, _ := r.Data.(discordgo.MessageComponentInteractionData)
	if len(data.Values) == 0 {
		return ""
	}
	return data.Values[0]
}

// mine reports whether the member may change the message of a button: it is private, or it answers
// what they asked.
func (r *request) mine() bool {
	m := r.Message
	var asker *discordgo.User
	switch {
	case r.whispered():
		return true
	case m == nil:
	case m.InteractionMetadata != nil:
		asker = m.InteractionMetadata.User
	case m.Interaction != nil:
		asker = m.Interaction.User
	}
	return asker != nil && asker.ID != "" && asker.ID == r.member()
}

// whispered reports whether only one member sees the message of a button.
func (r *request) whispered() bool {
	return r.Message != nil && r.Message.Flags&discordgo.MessageFlagsEphemeral != 0
}

// member returns the ID of the member who sent the interaction, "" when it is not told.
func (r *request) member() string {
	switch {
	case r.Member != nil && r.Member.User != nil:
		return r.Member.User.ID
	case r.User != nil:
		return r.User.ID
	}
	return ""
}
