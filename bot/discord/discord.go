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

	"verbatim/bot"
)

// A Responder answers interactions. [*bot.Bot] is one.
//
// It sends nothing. It may be called by many goroutines at once; a reply without a response means that there
// is nothing to send.
type Responder interface {
	Respond(ctx context.Context, i *discordgo.Interaction) bot.Reply
}

// A Replier sends the response to an interaction, and edits the message that it made. [*REST] is one.
//
// Reply is called once an interaction. Both are called by many goroutines at once, and give up when ctx ends.
type Replier interface {
	Reply(ctx context.Context, i *discordgo.Interaction, r *discordgo.InteractionResponse) error
	Edit(ctx context.Context, i *discordgo.Interaction, e EditBody) error
}
