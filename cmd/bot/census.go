package main

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"verbatim/bot/discord"
)

const (
	// censusFirst is when the first census is taken: once the bot is at work, and not again at each restart of one
	// that restarts often.
	censusFirst = 10 * time.Minute

	// censusEvery is how often it is taken. What a server that removed the bot leaves behind is kept that much longer.
	censusEvery = 24 * time.Hour

	// censusAgain is when one that failed is taken again.
	censusAgain = time.Hour
)

// A census finds out now and then which servers removed the bot, so that the library forgets them.
type census struct {
	rest  *discord.REST
	roll  discord.Roll
	log   *slog.Logger
	first time.Duration // 0 means censusFirst
}

// run takes censuses until ctx ends.
func (c *census) run(ctx context.Context) error {
	wait := c.first
	if wait == 0 {
		wait = censusFirst + rand.N(censusFirst) // #nosec G404 -- replicas that start together ask apart
	}
	for slept(ctx, wait) {
		wait = censusEvery
		count, err := c.rest.Census(ctx, c.roll, discord.CensusOptions{})
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, discord.ErrToken):
			c.log.Warn("servers that removed the bot cannot be found out: Discord refuses the token")
		case err != nil:
			wait = censusAgain
			c.log.Warn("servers that removed the bot could not all be found out: it will be tried again", "error", err, "retry_in", wait)
		case count.Left > 0 || count.Unasked > 0:
			c.log.Info("servers removed the bot: their articles are deleted after the days of grace", "known", count.Known, "left", count.Left, "unasked", count.Unasked)
		}
	}
	return nil
}

// slept waits for d, and reports whether ctx outlived it.
func slept(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
