package bot

import (
	"context"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// here returns h for the channels where the server wants answers. Elsewhere the member is told which they are.
func (b *Bot) here(h handler) handler {
	return func(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
		if r.elsewhere() {
			return whisper(fmt.Sprintf(r.words.channelsElsewhere, r.words.listOfChannels(r.settings.Channels))), nil
		}
		return h(ctx, r)
	}
}

// elsewhere reports whether the server wants its answers in other channels.
func (r *request) elsewhere() bool {
	return len(r.settings.Channels) > 0 && !slices.Contains(r.settings.Channels, r.ChannelID)
}

// listOfChannels names channels so that Discord shows their names, and leads there.
func (c *catalogue) listOfChannels(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = "<#" + id + ">"
	}
	return c.list(names)
}
