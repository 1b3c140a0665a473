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

// A page is a message being laid out in one container. It counts what it holds, and refuses what does
// not fit: Discord refuses a message that is over a limit as a whole.
type page struct {
	parts []discordgo.MessageComponent
	text  int // UTF-16 units in text displays
	count int // components, the container included
	color int
}

// Colors of a container's edge. They repeat what the words say.
const (
	green  = 0x3ba55d
	blue   = 0x5865f2
	amber  = 0xfaa61a
	silver = 0x80848e
)

func newPage(color int) *page { return &page{count: 1, color: color} }

// room returns how many UTF-16 units of text still fit.
func (p *page) room() int { return maxText - p.text }

// write adds a text display, unless it does not fit.
func (p *page) write(markdown string) bool {
	if markdown == "" || size(markdown) > p.room() || p.count+1 > maxComponents {
		return false
	}
	p.parts = append(p.parts, discordgo.TextDisplay{Content: markdown})
	p.text += size(markdown)
	p.count++
	return true
}

// rule adds a line between what is above and what is below.
func (p *page) rule() {
	divider, spacing := true, discordgo.SeparatorSpacingSizeSmall
	p.parts = append(p.parts, discordgo.Separator{Divider: &divider, Spacing: &spacing})
	p.count++
}

// row adds a row of at most five buttons, or one select. An empty row is left out.
func (p *page) row(components ...discordgo.MessageComponent) {
	if len(components) == 0 || p.count+1+len(components) > maxComponents {
		return
	}
	p.parts = append(p.parts, discordgo.ActionsRow{Components: components})
	p.count += 1 + len(components)
}

// container returns the page as a component.
func (p *page) container() discordgo.MessageComponent {
	return discordgo.Container{AccentColor: &p.color, Components: p.parts}
}
