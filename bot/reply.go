package bot

import (
	"github.com/bwmarrin/discordgo"
)

// message is a reply in components, for the whole channel unless it is private.
func message(private bool, components ...discordgo.MessageComponent) *discordgo.InteractionResponse {
	flags := discordgo.MessageFlagsIsComponentsV2
	if private {
		flags |= discordgo.MessageFlagsEphemeral
	}
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{
			Flags:           flags,
			Components:      components,
			AllowedMentions: nobody(),
		},
	}
}

// update replaces the message that a button stands in. It stays as private as it was.
func update(components ...discordgo.MessageComponent) *discordgo.InteractionResponse {
	r := message(false, components...)
	r.Type = discordgo.InteractionResponseUpdateMessage
	return r
}

// whisper is a private reply of words alone.
func whisper(markdown string) *discordgo.InteractionResponse {
	return message(true, discordgo.TextDisplay{Content: markdown})
}

// choices is the answer to an autocompletion.
func choices(list []*discordgo.ApplicationCommandOptionChoice) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: list},
	}
}

// nobody allows no mention. The list must be there and empty: discordgo writes a nil one as null,
// which Discord takes for no restriction.
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// button is a button that does what its state says. Its label is cut when Discord would not take it.
func button(label string, style discordgo.ButtonStyle, s state) discordgo.Button {
	return discordgo.Button{Label: shorten(label, maxLabel), Style: style, CustomID: s.String()}
}

// emoji is a button with no label but an emoji.
func emoji(name string, s state) discordgo.Button {
	return discordgo.Button{Emoji: &discordgo.ComponentEmoji{Name: name}, Style: discordgo.SecondaryButton, CustomID: s.String()}
}
