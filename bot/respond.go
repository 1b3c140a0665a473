package bot

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"time"

	"github.com/bwmarrin/discordgo"
)

// deadline is how long an answer may take. Discord gives 3 s, the way there and back included:
// https://discord.com/developers/docs/interactions/receiving-and-responding.
const deadline = 2 * time.Second

// A handler answers a request. Its error is not the member's: it is logged in full, and told by
// [catalogue.apology].
type handler func(ctx context.Context, r *request) (*discordgo.InteractionResponse, error)

// Respond answers one interaction. It sends nothing, never fails and never panics: what goes wrong is
// logged and told in the reply.
func (b *Bot) Respond(ctx context.Context, i *discordgo.Interaction) Reply {
	if i == nil {
		return Reply{Response: Malformed()}
	}
	r := newRequest(i)
	response := b.respond(ctx, r)
	if response.Type != discordgo.InteractionResponseDeferredChannelMessageWithSource {
		return Reply{Response: response}
	}
	return Reply{response, r.later}
}

// respond returns the response to a request, an apology when there is no other.
func (b *Bot) respond(ctx context.Context, r *request) (response *discordgo.InteractionResponse) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			b.log.ErrorContext(ctx, "a handler panicked", "panic", p, "interaction", r.ID, "stack", string(debug.Stack()))
			response = apologize(r, errors.New("panic"))
		}
	}()
	response, err := b.route(r)(ctx, r)
	if err != nil {
		b.log.ErrorContext(ctx, "an interaction went unanswered", "error", err, "interaction", r.ID, "type", r.Type)
		return apologize(r, err)
	}
	return response
}

// route returns what answers a request.
func (b *Bot) route(r *request) handler {
	switch r.Type {
	case discordgo.InteractionPing:
		return pong
	case discordgo.InteractionApplicationCommandAutocomplete:
		if c := b.called(r); c != nil && c.complete != nil {
			return b.admit(c.who, c.complete)
		}
	case discordgo.InteractionApplicationCommand:
		if c := b.called(r); c != nil {
			return b.limited(b.admit(c.who, c.run))
		}
	case discordgo.InteractionMessageComponent, discordgo.InteractionModalSubmit:
		return b.limited(b.press)
	}
	return unknown
}

// called returns the command that was called, nil when there is none.
func (b *Bot) called(r *request) *command {
	data := r.command()
	for i, c := range b.commands {
		if c.def.Type == data.CommandType && c.def.Name == data.Name {
			return &b.commands[i]
		}
	}
	return nil
}

// An audience is whom a command, a button, a select or a modal is for.
type audience bool

const (
	members    audience = false
	moderators audience = true // with the permission to manage the server, in it
)

// admit returns h for its audience.
func (b *Bot) admit(who audience, h handler) handler {
	if who == moderators {
		return b.moderated(h)
	}
	return b.informed(h)
}

// limited returns h for members who do not ask too often. Those who do are told how long to wait.
func (b *Bot) limited(h handler) handler {
	return func(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
		if d := b.gate.wait(r, b.now()); d > 0 {
			return whisper(fmt.Sprintf(r.words.wait, r.words.number(int(math.Ceil(d.Seconds()))))), nil
		}
		return h(ctx, r)
	}
}

// Malformed is what an interaction is answered with that [Decode] cannot read, where an answer is
// possible at all. Its language is not known, so it speaks both.
func Malformed() *discordgo.InteractionResponse {
	return whisper(inFrench.malformed + "\n" + inEnglish.malformed)
}

func pong(context.Context, *request) (*discordgo.InteractionResponse, error) {
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponsePong}, nil
}

func unknown(_ context.Context, r *request) (*discordgo.InteractionResponse, error) {
	if r.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return choices(nil), nil
	}
	return whisper(r.words.unknown), nil
}
