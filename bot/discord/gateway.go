package discord

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/errgroup"
)

// GatewayOptions tunes [NewGateway]. The zero value is what the bot runs with.
type GatewayOptions struct {
	// ShardCount is the number of shards over all processes. 0 means as many as Discord recommends, which for
	// large bots is the multiple that they must keep to:
	// https://discord.com/developers/docs/events/gateway#sharding-for-large-bots.
	ShardCount int
	// Shards are those that this process holds, from 0 to ShardCount-1. nil means all.
	Shards []int
	// MaxInFlight bounds the interactions that are being answered. 0 means 256, which leaves Discord
	// 100 ms for each at 2500 a second. What comes above goes unanswered.
	MaxInFlight int
	// Drain is how long [Gateway.Run] waits for replies in flight when its context ends. 0 means 5 s,
	// more than Discord gives a reply.
	Drain time.Duration
	// Log tells of connections at info level and of trouble above. nil means none.
	Log *slog.Logger
	// Observe is told of interactions and connections.
	Observe Observer

	// The rest is for tests, which cannot wait as long as Discord asks to.

	// OpenTimeout is how long a connection may take to open, to READY. 0 means 20 s.
	OpenTimeout time.Duration
	// BackoffMin and BackoffMax bound the pause before a connection is tried again. 0 means 1 s, and
	// 2 min: with the jitter that is some 960 identifies a day, of the 1000 that Discord allows.
	BackoffMin, BackoffMax time.Duration
	// IdentifyPace is the time between two identifies of a bucket. 0 means 5.25 s: the 5 s that Discord
	// asks for, and what the network may take from them.
	IdentifyPace time.Duration
	// Stable is how long a connection must last for the pauses to begin small again. 0 means 1 min.
	Stable time.Duration
}

func (o GatewayOptions) orDefault() GatewayOptions {
	o.MaxInFlight = cmp.Or(o.MaxInFlight, 256)
	o.Drain = cmp.Or(o.Drain, 5*time.Second)
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	o.OpenTimeout = cmp.Or(o.OpenTimeout, 20*time.Second)
	o.BackoffMin = cmp.Or(o.BackoffMin, time.Second)
	o.BackoffMax = cmp.Or(o.BackoffMax, 2*time.Minute)
	o.IdentifyPace = cmp.Or(o.IdentifyPace, 5250*time.Millisecond)
	o.Stable = cmp.Or(o.Stable, time.Minute)
	return o
}

// A Gateway answers the interactions that come over Discord's gateway, one websocket a shard.
//
// A connection that ends, falls silent or talks nonsense is replaced. discordgo speaks the protocol, in a
// session a connection; the gateway says when, and keeps from it what it does not survive.
type Gateway struct {
	rest    *REST
	answers *answers
	opts    GatewayOptions
	log     *slog.Logger
	pace    *pace
	dialer  dialer

	mu   sync.Mutex
	held []*shard // of this process, nil until they are known; with their states
}

// NewGateway returns a gateway whose interactions r answers. rest holds the token, and sends the replies.
func NewGateway(rest *REST, r Responder, o GatewayOptions) *Gateway {
	o = o.orDefault()
	log := slog.New(Redact(o.Log.Handler(), rest.token))
	return &Gateway{
		rest: rest, answers: newAnswers(r, rest, o, log), opts: o, log: log,
		dialer: dialer{proxy: http.ProxyFromEnvironment},
	}
}

// Run answers until ctx ends, and then returns nil once the replies in flight have gone, or after
// [GatewayOptions.Drain]. It returns [ErrToken], or a [*FatalError], when Discord will not have the
// bot however often it asks. It must be called once. discordgo sleeps for a second at the end of each
// session, in a goroutine that Run does not wait for.
func (g *Gateway) Run(ctx context.Context) error {
	shards, err := g.plan(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	all, inner := errgroup.WithContext(ctx)
	for _, s := range shards {
		all.Go(func() error { return s.run(inner) })
	}
	err = all.Wait()
	g.answers.drain(g.opts.Drain)
	return err
}

// plan asks Discord, until it answers or ctx ends, what shards there are to run.
func (g *Gateway) plan(ctx context.Context) ([]*shard, error) {
	pause := g.backoff()
	for {
		info, err := g.rest.gateway(ctx)
		switch {
		case ctx.Err() != nil:
			return nil, nil
		case err == nil:
			return g.shards(info)
		case final(err):
			return nil, err
		}
		wait := pause.after(err)
		g.log.Warn("Discord’s gateway cannot be found", "error", err, "retry_in", wait)
		if !sleep(ctx, wait) {
			return nil, nil
		}
	}
}

// shards returns the shards of this process.
func (g *Gateway) shards(info discordgo.GatewayBotResponse) ([]*shard, error) {
	count := cmp.Or(g.opts.ShardCount, max(info.Shards, 1))
	ids := g.opts.Shards
	if ids == nil {
		for id := range count {
			ids = append(ids, id)
		}
	}
	if lanes := info.SessionStartLimit.MaxConcurrency; lanes > 1 && count%lanes != 0 {
		g.log.Warn("Discord may refuse the shard count: a large bot's must be a multiple of the one that Discord gave",
			"shards", count, "recommended", info.Shards, "max_concurrency", lanes)
	}
	g.pace = newPace(info.SessionStartLimit.MaxConcurrency, g.opts.IdentifyPace)
	shards := make([]*shard, 0, len(ids))
	now := time.Now()
	for _, id := range ids {
		if id < 0 || id >= count {
			return nil, fmt.Errorf("shard %d of %d: a shard is numbered from 0 to %d", id, count, count-1)
		}
		shards = append(shards, &shard{
			g: g, id: id, count: count, state: ShardQueued, since: now,
			log: g.log.With("shard", id, "shards", count),
		})
	}
	g.mu.Lock()
	g.held = shards
	g.mu.Unlock()
	return shards, nil
}

func (g *Gateway) backoff() backoff {
	return backoff{first: g.opts.BackoffMin, max: g.opts.BackoffMax}
}

// gateway asks where the gateway is and how many identifies are left. It makes one attempt.
func (c *REST) gateway(ctx context.Context) (discordgo.GatewayBotResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var info discordgo.GatewayBotResponse
	err := c.call(ctx, request{method: http.MethodGet, path: "gateway/bot", bot: true}, &info)
	if err != nil {
		return info, fmt.Errorf("ask Discord for its gateway: %w", err)
	}
	return info, nil
}
