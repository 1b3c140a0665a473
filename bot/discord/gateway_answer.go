package discord

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

// answers answers interactions, each in a goroutine of its own, so that a reply that Discord is slow
// to take delays nobody else's. It may be used by many goroutines.
type answers struct {
	bot      Responder
	rest     Replier
	log      *slog.Logger
	slots    chan struct{} // one is held by each interaction in flight
	inFlight sync.WaitGroup
}

func newAnswers(r Responder, rest Replier, maxInFlight int, log *slog.Logger) *answers {
	return &answers{bot: r, rest: rest, log: log, slots: make(chan struct{}, maxInFlight)}
}

// start begins to answer the interaction and returns at once. An interaction too many is dropped: it
// would only make those before it late, and Discord tells its member to try again.
func (a *answers) start(ctx context.Context, raw json.RawMessage) {
	select {
	case a.slots <- struct{}{}:
	default:
		a.log.Warn("interaction left unanswered: too many are in flight", "in_flight", cap(a.slots))
		return
	}
	// A reply that has begun outlives ctx; Discord's own limit ends it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), discordgo.InteractionDeadline)
	a.inFlight.Go(func() {
		defer func() { cancel(); <-a.slots }()
		a.answer(ctx, raw)
	})
}

// answer answers one interaction. It never panics. What the interaction holds is never logged: it is
// what a member wrote, and a token.
func (a *answers) answer(ctx context.Context, raw json.RawMessage) {
	defer func() {
		if p := recover(); p != nil {
			a.log.Error("panic while answering an interaction", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	arrived := time.Now()
	i, err := bot.Decode(raw)
	if err != nil {
		a.log.Error("interaction that cannot be read", "error", err, "bytes", len(raw))
		return
	}
	r := a.bot.Respond(ctx, i)
	if r == nil {
		return
	}
	if err := a.rest.Reply(ctx, i, r); err != nil {
		a.log.Error("reply not sent", "interaction", i.ID, "error", err)
		return
	}
	a.log.Debug("interaction answered", "interaction", i.ID, "took", time.Since(arrived))
}

// drain waits until the replies in flight have gone, or for limit.
func (a *answers) drain(limit time.Duration) {
	done := make(chan struct{})
	go func() {
		a.inFlight.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(limit):
		a.log.Warn("stopped before every reply had gone", "in_flight", len(a.slots), "waited", limit)
	}
}
