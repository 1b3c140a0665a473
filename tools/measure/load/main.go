// Command load asks a bot signed questions over HTTP, faster and faster, and prints what becomes of them.
//
//	CGO_ENABLED=0 go build -o /tmp/bot ./cmd/bot
//	go -C tools/measure run ./load -bot /tmp/bot -rates 1000,2000,3000 -each 10s
//
// It starts the bot itself, on loopback, with a key of its own, and ends it; it asks no other machine, and stops
// by itself. Questions come at their times whether or not those before them are answered, and a latency is counted
// from that time: a bot that stalls cannot hide it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// The most that the program does, whatever it is told.
const (
	maxRate  = 20_000 // questions a second
	maxEach  = 15 * time.Minute
	maxConns = 1000
)

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	bot := flags.String("bot", "", "the bot's program")
	rates := flags.String("rates", "500,1000,2000,3000", "questions a second, one step after the other")
	each := flags.Duration("each", 10*time.Second, "how long each step lasts")
	conns := flags.Int("conns", 64, "connections")
	guilds := flags.Int("guilds", 500, "servers that the questions come from")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *bot == "" || *each <= 0 || *each > maxEach || *conns < 1 || *conns > maxConns || *guilds < 1 {
		return errors.New("expected -bot, a step of at most 15m, and 1 to 1000 connections")
	}
	var steps []int
	for text := range strings.SplitSeq(*rates, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1 || n > maxRate {
			return fmt.Errorf("-rates: %q: expected questions a second, from 1 to %d", text, maxRate)
		}
		steps = append(steps, n)
	}
	asker, err := newAsker(*guilds)
	if err != nil {
		return err
	}
	b, err := start(ctx, *bot, asker.publicKey())
	if err != nil {
		return err
	}
	defer b.stop()
	fmt.Println("| asked/s | sent | 200 | 503 | other | p50 | p99 | p99.9 | max | p99 of 503 | bot, MiB | bot, cores |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, rate := range steps {
		before := b.processor()
		watching, enough := context.WithCancel(ctx)
		memory := make(chan []float64, 1)
		go func() { memory <- b.watch(watching) }()
		r := asker.ask(ctx, b.address, rate, *each, *conns)
		enough()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		cores := (b.processor() - before).Seconds() / r.took.Seconds()
		fmt.Printf("| %d | %d | %d | %d | %d | %s | %.1f | %.2f |\n", rate, r.sent, len(r.ok), len(r.shed), r.other, r.latencies(), b.resident(), cores)
		fmt.Print(flat(<-memory))
		if r.other > 0 {
			return fmt.Errorf("%d questions got neither an answer nor 503, such as: %w", r.other, r.trouble)
		}
		if back := r.recovered(); back >= 0 {
			fmt.Printf("\nThe last 503 of this step came %.1f s after it began.\n\n", back.Seconds())
		}
	}
	return nil
}
