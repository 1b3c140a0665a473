package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// A keeper is the library of a bot that serves, with what has to be done for it now and then.
type keeper struct {
	*library.Library
	log    *slog.Logger
	folder *folder // nil when the operator has none
}

// library opens the library, and reads the operator's folder.
func (c *serveCmd) library(ctx context.Context, log *slog.Logger, failed func(library.Operation, error)) (*keeper, error) {
	l, err := c.open(ctx, library.Options{
		Log:           log,
		Failed:        failed,
		Quota:         c.forLibrary(),
		KeepQuestions: c.QuestionDays.duration(),
		Grace:         c.GraceDays.duration(),
		Default:       []*knowledge.Article{knowledge.Shipped()},
	})
	if err != nil {
		return nil, fmt.Errorf("open the library: %w", err)
	}
	k := &keeper{Library: l, log: log}
	if c.ArticlesDir == "" {
		return k, nil
	}
	k.folder = &folder{path: c.ArticlesDir, log: log, share: l.Share}
	if err := k.folder.load(ctx); err != nil {
		k.close()
		return nil, err
	}
	return k, nil
}

// close closes the library. All that was told is on disk by then.
func (k *keeper) close() {
	if err := k.Close(); err != nil {
		k.log.Error("the library was not closed well", "error", err)
	}
}

// Left notes that Discord has just said that the bot is not in a server, and deletes what is kept of it once its days of
// grace are over: no sooner, as it may have added the bot again meanwhile.
func (k *keeper) Left(ctx context.Context, guild string) error {
	if err := k.Library.Left(ctx, guild); err != nil {
		return err
	}
	return k.SweepLeft(ctx, guild)
}

// sweepEvery is how often what is kept too long is deleted: it is kept at most this much longer.
const sweepEvery = time.Hour

// run does what the library needs, until ctx ends.
func (k *keeper) run(ctx context.Context) error {
	if k.folder == nil {
		return k.sweep(ctx)
	}
	return together(ctx, k.sweep, k.folder.watch)
}

func (k *keeper) sweep(ctx context.Context) error {
	ticks := time.NewTicker(sweepEvery)
	defer ticks.Stop()
	for {
		if err := k.SweepQuestions(ctx); err != nil && ctx.Err() == nil {
			k.log.ErrorContext(ctx, "what is kept too long could not be deleted: it will be tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
	}
}
