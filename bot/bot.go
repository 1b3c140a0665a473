package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// Options tunes [New]. The zero value is what the bot runs with.
type Options struct {
	// Log gets what goes wrong, never what a member wrote. nil means [slog.Default].
	Log *slog.Logger

	// Limits is how often members may ask. Its zero value is generous.
	Limits Limits

	// Fetch brings the files that moderators add by their address. nil means a [*reader.Fetcher].
	Fetch Fetcher

	// Indexes bounds what is kept of the servers' indexes. Its zero value is the library's default.
	Indexes library.IndexOptions

	// Asked is told each question that the articles of a server are asked, with the context that
	// [Bot.Respond] was given. It must be safe for concurrent use. nil means nobody is told.
	Asked func(ctx context.Context, guild string, q knowledge.Question)

	// Answered is told what became of each question that a member asked, how long the index took, and its
	// error if it failed: to count and to time them. Pages that are turned are no questions. It must be safe
	// for concurrent use. nil means nobody is told.
	Answered func(ctx context.Context, a knowledge.Answer, took time.Duration, err error)

	// Now tells the time. nil means [time.Now].
	Now func() time.Time
}

// A Fetcher brings what is at an address. What it does not bring it tells by a [*reader.RefusedError], or
// by the error of its context. It must be safe for concurrent use. [*reader.Fetcher] is one.
type Fetcher interface {
	Fetch(ctx context.Context, address string) (reader.File, error)
}

// A Bot answers interactions from a library. It is made by [New] and may be shared between goroutines.
type Bot struct {
	library  *library.Library
	indexes  *library.Indexes[*corpus]
	fetch    Fetcher
	gate     *gate
	desk     *desk
	asked    func(context.Context, string, knowledge.Question)
	answered func(context.Context, knowledge.Answer, time.Duration, error)
	now      func() time.Time
	log      *slog.Logger
	commands []command
	pressed  map[act]control
}

// New returns a bot that quotes the articles of a library, to each server its own and the operator's. The
// library must outlive it: see [Bot.Close].
func New(l *library.Library, o Options) *Bot {
	b := &Bot{
		library: l, indexes: library.NewIndexes(l, newCorpus, o.Indexes), fetch: o.Fetch, gate: newGate(o.Limits), desk: newDesk(),
		asked: o.Asked, answered: o.Answered, now: o.Now, log: cmp.Or(o.Log, slog.Default()),
	}
	if b.fetch == nil {
		b.fetch = reader.NewFetcher(reader.FetcherOptions{})
	}
	if b.asked == nil {
		b.asked = func(context.Context, string, knowledge.Question) {}
	}
	if b.answered == nil {
		b.answered = func(context.Context, knowledge.Answer, time.Duration, error) {}
	}
	if b.now == nil {
		b.now = time.Now
	}
	b.commands, b.pressed = b.table(), b.controls()
	return b
}

// Close lets go of the indexes. It must be called before the library is closed, when no request and no work
// behind a reply is left.
func (b *Bot) Close() { b.indexes.Close() }

// Explain tells why a server's articles answer a question as they do.
func (b *Bot) Explain(ctx context.Context, guild string, q knowledge.Question) (knowledge.Explanation, error) {
	handle, err := b.acquire(ctx, guild)
	if err != nil {
		return knowledge.Explanation{}, err
	}
	defer handle.Release()
	why, err := handle.Index.Explain(ctx, q)
	if err != nil {
		return why, fmt.Errorf("explain an answer: %w", err)
	}
	return why, nil
}
