package bot

import (
	"github.com/bwmarrin/discordgo"
)

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

// write adds a text display, unless it does not fit. What must be seen is measured beforehand.
func (p *page) write(markdown string) {
	if markdown == "" || size(markdown) > p.room() || p.count+1 > maxComponents {
		return
	}
	p.parts = append(p.parts, discordgo.TextDisplay{Content: markdown})
	p.text += size(markdown)
	p.count++
}

// section adds texts with a button beside them, unless they do not fit.
func (p *page) section(accessory discordgo.MessageComponent, texts ...string) {
	total, parts := 0, make([]discordgo.MessageComponent, len(texts))
	for i, text := range texts {
		total += size(text)
		parts[i] = discordgo.TextDisplay{Content: text}
	}
	if total > p.room() || p.count+2+len(texts) > maxComponents {
		return
	}
	p.parts = append(p.parts, discordgo.Section{Components: parts, Accessory: accessory})
	p.text += total
	p.count += 2 + len(texts)
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

// file shows the file of that name which comes with the message.
func (p *page) file(name string) {
	p.parts = append(p.parts, discordgo.FileComponent{File: discordgo.UnfurledMediaItem{URL: "attachment://" + name}})
	p.count++
}

// container returns the page as a component.
func (p *page) container() discordgo.MessageComponent {
	return discordgo.Container{AccentColor: &p.color, Components: p.parts}
}
