package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"verbatim/bot"
	"verbatim/bot/discord"
	"verbatim/knowledge/library"
)

// serveCmd answers on Discord until it is told to stop.
type serveCmd struct {
	account
	PublicKey string  `env:"DISCORD_PUBLIC_KEY" placeholder:"HEX" help:"The application's public key: answer what Discord posts over HTTP, and open no gateway connection."`
	HTTPAddr  address `env:"HTTP_ADDR" default:":8080" help:"Where Discord's posts arrive, when there is a public key."`
	OpsAddr   address `env:"OPS_ADDR" default:"127.0.0.1:8081" help:"Where the bot answers about itself: /healthz, /readyz and /metrics."`
	OpsPprof  bool    `env:"OPS_PPROF" default:"false" help:"Serve profiles at OPS_ADDR too, which must then be a loopback address."`
	Shutdown  pause   `name:"shutdown-delay" env:"SHUTDOWN_DELAY" default:"0s" placeholder:"DURATION" help:"How long to go on answering over HTTP once told to stop, so that a load balancer sees it first."`
	sharding
	limits
	keeping
	quota
	retention
	ArticlesDir string   `env:"ARTICLES_DIR" placeholder:"DIR" help:"A folder of articles that every server knows. It is watched, and its files take the place of the article that the program comes with."`
	IndexMemory byteSize `env:"INDEX_MEMORY" default:"256MiB" placeholder:"SIZE" help:"How much memory the indexes of all servers may take together."`
	logging
}

// limits keep one member, or one server, from taking the bot away from the others.
type limits struct {
	MemberLimit perMinute `env:"MEMBER_LIMIT" default:"60" help:"How many questions a minute a member may ask."`
	GuildLimit  perMinute `env:"GUILD_LIMIT" default:"1200" help:"How many questions a minute all the members of a server may ask."`
}

// forBot is the same as the bot counts it. How many may come at once is the bot's own default, or the
// minute's whole number when that is less.
func (l *limits) forBot() bot.Limits {
	return bot.Limits{
		MemberEvery: l.MemberLimit.every(),
		MemberBurst: min(int(l.MemberLimit), bot.MemberBurst),
		GuildEvery:  l.GuildLimit.every(),
		GuildBurst:  min(int(l.GuildLimit), bot.GuildBurst),
	}
}

// account is what lets the program act as a bot.
type account struct {
	Token secret `name:"discord-token" env:"DISCORD_TOKEN" hidden:""`
}

// drainTime is how long replies in flight may take once the bot is told to stop: longer than Discord
// waits for any (3 s), and less than the 10 s after which a container's host kills it.
const drainTime = 8 * time.Second

// Help is the part of the subcommand's help that no flag carries.
func (*serveCmd) Help() string {
	return `With $DISCORD_TOKEN the bot holds a connection to Discord's gateway, and needs no address of its own. ` +
		`With a public key it answers over HTTP. Discord delivers over one or the other: with both set the bot ` +
		`answers over HTTP, and leaves the token to "bot register". The token comes from the environment or ` +
		`from .env, never from the command line. SIGINT and SIGTERM end the bot once the replies in flight have gone.`
}

// Run serves until a signal or the end of ctx, which are no errors.
func (c *serveCmd) Run(ctx context.Context, p *program) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once

	log := c.logger(p, string(c.Token), string(c.Database))
	figures := newMetrics()
	kept, err := c.library(ctx, log, figures.libraryFailed)
	if err != nil {
		return err
	}
	defer kept.close()

	b := bot.New(kept.Library, bot.Options{Log: log, Limits: c.forBot(), Indexes: library.IndexOptions{Bytes: int64(c.IndexMemory)}, Answered: both(figures.answered, logAnswered(log))})
	defer b.Close()
	if b.Ready(ctx) == nil { // else /readyz says why, and the first question tries again
		debug.FreeOSMemory() // what building the index has left behind is twice what the bot needs afterwards
	}
	d, err := c.delivery(p, b, figures, log)
	if err != nil {
		return err
	}
	defer d.close()
	checks := []check{{"discord", d.ready}, {"library", discreetly(kept.Ping)}, {"index", discreetly(b.Ready)}}
	figures.watchReady(checks)
	figures.watchIndexes(b.IndexStats)
	o, err := newOps(c.OpsAddr, opsOptions{checks: checks, metrics: figures.handler(), profile: c.OpsPprof})
	if err != nil {
		return err
	}
	log.Info("serving", "version", ownVersion(buildInfo()), "revision", ownRevision(buildInfo()),
		"by", d.name, "ops_addr", o.addr(), "library", kept.Name())
	beside := []func(context.Context) error{kept.run, spareCollector}
	if c.Token != "" {
		rest := discord.NewREST(discord.RESTOptions{Token: string(c.Token), Transport: p.transport, Observe: figures.observer(d.name)})
		defer rest.Close()
		beside = append(beside, (&census{rest: rest, roll: kept, log: log}).run)
	}
	err = serve(ctx, d, o, beside...)
	log.Info("stopped")
	return err
}

// discreetly returns a check whose words leave out what a database says of itself: its host and its user.
func discreetly(ask func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		err := ask(ctx)
		var storage *library.StorageError
		if errors.As(err, &storage) {
			return errors.New(storage.Trouble.String())
		}
		return err
	}
}

// both calls two hooks of the bot's, one after the other.
func both[A, B, C any](f, g func(context.Context, A, B, C)) func(context.Context, A, B, C) {
	return func(ctx context.Context, a A, b B, c C) { f(ctx, a, b, c); g(ctx, a, b, c) }
}

// serve runs a delivery, and what runs beside it, until ctx ends. What the bot says about itself, and first
// that it is no longer ready, can be asked until the last reply has gone.
func serve(ctx context.Context, d *delivery, o *ops, beside ...func(context.Context) error) error {
	defer context.AfterFunc(ctx, o.drain)()
	last, done := context.WithCancel(context.WithoutCancel(ctx))
	return together(ctx, append(beside, func(ctx context.Context) error {
		defer done()
		return d.run(ctx)
	}, func(context.Context) error { return o.run(last) })...)
}

// together runs functions until one of them or ctx ends, which ends the others' context. It returns
// the first error, once all have returned.
func together(ctx context.Context, run ...func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var all errgroup.Group
	for _, f := range run {
		all.Go(func() error {
			defer cancel()
			return f(ctx)
		})
	}
	return all.Wait()
}

// A delivery is how Discord's interactions arrive and their replies leave.
type delivery struct {
	name  string
	run   func(context.Context) error // until the context ends, and the replies in flight have gone
	ready func(context.Context) error // why interactions do not arrive, nil when they do
	close func()
}

// delivery returns the one that is configured, ready to run: what it listens on is open.
func (c *serveCmd) delivery(p *program, r discord.Responder, m *metrics, log *slog.Logger) (*delivery, error) {
	switch {
	case c.PublicKey != "":
		return c.overHTTP(p, r, m, log)
	case c.Token != "":
		return c.overGateway(p, r, m, log)
	}
	return nil, errNothingToServe
}

func (c *serveCmd) overHTTP(p *program, r discord.Responder, m *metrics, log *slog.Logger) (*delivery, error) {
	observe := m.observer("http")
	rest := discord.NewREST(discord.RESTOptions{Transport: p.transport, Observe: observe})
	endpoint, err := discord.NewEndpoint(r, discord.EndpointOptions{
		PublicKey: c.PublicKey, Delay: time.Duration(c.Shutdown), Drain: drainTime, Log: log, Observe: observe, REST: rest,
	})
	if err != nil {
		return nil, usagef("%s: %v", envPublicKey, err)
	}
	l, err := listen("HTTP_ADDR", c.HTTPAddr)
	if err != nil {
		return nil, err
	}
	log.Info("waiting for Discord's posts to /interactions", "http_addr", l.Addr().String())
	if c.Token != "" {
		log.Info("DISCORD_TOKEN is left to bot register and to finding out which servers removed the bot: " +
			"with DISCORD_PUBLIC_KEY set, no gateway connection is opened")
	} else {
		log.Warn("without DISCORD_TOKEN it is not found out which servers removed the bot: what is kept of them is deleted by bot article purge alone")
	}
	return &delivery{
		name:  "http",
		run:   func(ctx context.Context) error { return endpoint.Serve(ctx, l) },
		ready: func(context.Context) error { return nil },
		close: func() {
			rest.Close()
			_ = l.Close() // Serve has, unless it never ran
		},
	}, nil
}

func (c *serveCmd) overGateway(p *program, r discord.Responder, m *metrics, log *slog.Logger) (*delivery, error) {
	discord.LogDiscordgo(log)
	observe := m.observer("gateway")
	o := discord.GatewayOptions{Drain: drainTime, Log: log, Observe: observe}
	if err := c.forGateway(&o); err != nil {
		return nil, err
	}
	rest := discord.NewREST(discord.RESTOptions{Token: string(c.Token), Transport: p.transport, Observe: observe})
	gateway := discord.NewGateway(rest, r, o)
	m.watchShards(gateway.Shards)
	return &delivery{name: "gateway", run: gateway.Run, ready: shardsReady(gateway.Shards), close: rest.Close}, nil
}

// shardsReady returns a check that all shards of the process receive interactions.
func shardsReady(shards func() []discord.ShardStatus) func(context.Context) error {
	return func(context.Context) error {
		all := shards()
		ready := 0
		for _, s := range all {
			if s.State == discord.ShardReady {
				ready++
			}
		}
		if len(all) > 0 && ready == len(all) {
			return nil
		}
		return fmt.Errorf("not connected to Discord: %d of %d shards are", ready, len(all))
	}
}
