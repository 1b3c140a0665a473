package discord

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"

	"verbatim/bot"
)

// answers answers interactions, each in a goroutine of its own, so that a reply that Discord is slow
// to take delays nobody else's. It may be used by many goroutines.
type answers struct {
	bot      Responder
	rest     Replier
	log      *slog.Logger
	observe  *Observer
	shedding rate.Sometimes
	later    *later
	slots    chan struct{} // one is held by each interaction in flight
	inFlight sync.WaitGroup

	mu    sync.Mutex
	ended bool // no more are begun
}

func newAnswers(r Responder, rest Replier, o GatewayOptions, log *slog.Logger) *answers {
	return &answers{
		bot: r, rest: rest, log: log, observe: &o.Observe, shedding: rate.Sometimes{Interval: sheddingLogged},
		later: newLater(rest, log), slots: make(chan struct{}, o.MaxInFlight),
	}
}

// sheddingLogged is how often a log says that interactions are shed: there are thousands when there are any.
const sheddingLogged = 5 * time.Second

// start begins to answer the interaction and returns at once. An interaction too many is dropped: it
// would only make those before it late, and Discord tells its member to try again. So is one that comes
// once the answers are drained: discordgo passes events on in goroutines that nothing waits for.
func (a *answers) start(ctx context.Context, raw json.RawMessage) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ended {
		return
	}
	select {
	case a.slots <- struct{}{}:
	default:
		a.observe.handled(Handled{Kind: "unknown", Fate: Shed})
		a.shedding.Do(func() {
			a.log.Warn("interactions are left unanswered: too many are in flight", "in_flight", cap(a.slots))
		})
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
	arrived := time.Now()
	h := Handled{Kind: "unknown", Fate: Panicked}
	defer func() {
		if p := recover(); p != nil {
			a.log.Error("panic while answering an interaction", "panic", p, "stack", string(debug.Stack()))
		}
		h.Total = time.Since(arrived)
		a.observe.handled(h)
	}()
	i, r := a.respond(ctx, raw, &h)
	if r.Response == nil {
		return
	}
	began := time.Now()
	err := a.rest.Reply(ctx, i, r.Response)
	h.Send = time.Since(began)
	if err != nil {
		h.Fate = Unsent
		a.log.Error("reply not sent", "interaction", i.ID, "error", err)
		return
	}
	a.log.Debug("interaction answered", "interaction", i.ID, "took", time.Since(arrived))
	a.later.start(i, r)
}

// respond returns the interaction and the reply to it, with no response where there is none to send. It notes in h
// what it was and what becomes of it if it can be sent.
func (a *answers) respond(ctx context.Context, raw json.RawMessage, h *Handled) (*discordgo.Interaction, bot.Reply) {
	i, err := bot.Decode(raw)
	if err == nil && i.ID != "" && i.Token != "" {
		h.Kind = kindOf(i.Type)
		began := time.Now()
		r := a.bot.Respond(ctx, i)
		h.Respond, h.Fate = time.Since(began), Replied
		return i, r
	}
	h.Fate = Unreadable
	a.log.Error("interaction that cannot be read", "error", err, "bytes", len(raw))
	if i = addressee(raw); i == nil {
		return nil, bot.Reply{}
	}
	return i, bot.Reply{Response: bot.Malformed()}
}

// addressee returns what a reply needs of an interaction that cannot be read otherwise, or nil. An
// autocompletion has no message for a reply to be.
func addressee(raw json.RawMessage) *discordgo.Interaction {
	var to struct {
		ID    string                    `json:"id"`
		Token string                    `json:"token"`
		Type  discordgo.InteractionType `json:"type"`
	}
	err := json.Unmarshal(raw, &to)
	if err != nil || to.ID == "" || to.Token == "" || to.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return nil
	}
	return &discordgo.Interaction{ID: to.ID, Token: to.Token, Type: to.Type}
}

// drain begins no more answers, and waits until the replies in flight have gone and the work behind them is
// done, or for limit.
func (a *answers) drain(limit time.Duration) {
	began := time.Now()
	defer func() { a.later.drain(max(limit-time.Since(began), 0)) }()
	a.mu.Lock()
	a.ended = true
	a.mu.Unlock()
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
