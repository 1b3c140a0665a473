package bot

import (
	"github.com/bwmarrin/discordgo"
)

// modal opens a window of fields.
func modal(s state, title string, components ...discordgo.MessageComponent) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseModal,
		Data: &discordgo.InteractionResponseData{CustomID: s.String(), Title: title, Components: components},
	}
}

// field is a text input under its label, with a hint unless that is "".
func field(name, hint string, input discordgo.TextInput) discordgo.MessageComponent {
	return discordgo.Label{Label: name, Description: hint, Component: input}
}

// optional makes a text input one that may stay empty.
func optional(input discordgo.TextInput) discordgo.TextInput {
	no := false
	input.Required = &no
	return input
}

// field returns what a window's text input of that custom ID holds, "" when there is none.
func (r *request) field(id string) string {
	data, _ := r.Data.(discordgo.ModalSubmitInteractionData)
	for _, c := range flatten(data.Components) {
		if input, ok := c.(*discordgo.TextInput); ok && input.CustomID == id {
			return input.Value
		}
	}
	return ""
}

// customID returns the custom ID of the control that was used, "" when there is none.
func (r *request) customID() string {
	switch data := r.Data.(type) {
	case discordgo.MessageComponentInteractionData:
		return data.CustomID
	case discordgo.ModalSubmitInteractionData:
		return data.CustomID
	}
	return ""
}
