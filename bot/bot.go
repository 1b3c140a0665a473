package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime/debug"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// Options tunes [New]. The zero value is what the bot runs with.
type Options struct {
	// Log gets what goes wrong, never what a member wrote. nil means [slog.Default].
	Log *slog.Logger

	// Limits is how often members may ask. Its zero value is generous.
	Limits Limits

	// Feedback counts 👍 and 👎. nil means a [Tally], which forgets when the program ends.
	Feedback Feedback

	// Asked is told each question that the articles are asked, with the context that [Bot.Respond] was
	// given. It must be safe for concurrent use. nil means nobody is told.
	Asked func(ctx context.Context, q knowledge.Question)

	// Answered is told what became of each question that a member asked, how long the index took, and its
	// error if it failed: to count and to time them. Pages that are turned are no questions. It must be safe
	// for concurrent use. nil means nobody is told.
	Answered func(ctx context.Context, a knowledge.Answer, took time.Duration, err error)

	// Now tells the time. nil means [time.Now].
	Now func() time.Time
}

// A Bot answers interactions from an index. It is made by [New] and may be shared between goroutines.
type Bot struct {
	corpus   *corpus
	gate     *gate
	feedback Feedback
	asked    func(context.Context, knowledge.Question)
	answered func(context.Context, knowledge.Answer, time.Duration, error)
	now      func() time.Time
	log      *slog.Logger
	commands []command
	pressed  map[act]presser
}

// New returns a bot that quotes the articles of index. The index must outlive it.
func New(index *knowledge.Index, o Options) *Bot {
	b := &Bot{corpus: newCorpus(index), gate: newGate(o.Limits), feedback: o.Feedback, asked: o.Asked, answered: o.Answered, now: o.Now, log: o.Log}
	if b.feedback == nil {
		b.feedback = &Tally{}
	}
	if b.asked == nil {
		b.asked = func(context.Context, knowledge.Question) {}
	}
	if b.answered == nil {
		b.answered = func(context.Context, knowledge.Answer, time.Duration, error) {}
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.log == nil {
		b.log = slog.Default()
	}
	b.commands, b.pressed = b.table(), b.pressers()
	return b
}

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
	r := &request{Interaction: i, words: speak(i)}
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
		return b.complete
	case discordgo.InteractionApplicationCommand:
		data := r.command()
		for _, c := range b.commands {
			if c.def.Type == data.CommandType && c.def.Name == data.Name {
				return b.limited(c.run)
			}
		}
	case discordgo.InteractionMessageComponent:
		return b.limited(b.press)
	}
	return unknown
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
	return whisper(r.words.unknown), nil
}

// apologize answers a request that failed. An autocompletion has no room for words.
func apologize(r *request, err error) *discordgo.InteractionResponse {
	if r.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return choices(nil)
	}
	return whisper(r.words.apology(err))
}

// apology says what went wrong. The errors named here are known; any other is told as one sentence.
func (c *catalogue) apology(err error) string {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return c.tooSlow
	}
	return c.failed
}
