// Package discord is the wire between Discord and the bot's conversation.
//
// A [Gateway] holds websockets open and answers the interactions that come over them; an HTTP
// endpoint answers those that Discord posts; [REST] sends the replies and keeps Discord's list of
// commands equal to the program's.
//
// Its promise: a Discord that is slow, silent or gone never holds back a reply to somebody else, and
// a token never reaches a log.
package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// A Responder answers interactions. [*bot.Bot] is one.
//
// It sends nothing. It may be called by many goroutines at once; nil means that there is nothing to send.
type Responder interface {
	Respond(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse
}

// A Replier sends the response to an interaction. [*REST] is one.
//
// It is called once an interaction, by many goroutines at once, and gives up when ctx ends.
type Replier interface {
	Reply(ctx context.Context, i *discordgo.Interaction, r *discordgo.InteractionResponse) error
}
