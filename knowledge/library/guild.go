package library

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
)

// change runs do in a transaction, as [Library.write], and tells this process and the others that a server's
// part of the library changed.
func (l *Library) change(ctx context.Context, as Operation, guild string, do func(tx querier) error) error {
	return l.changeMaybe(ctx, as, guild, func(tx querier) (effect, error) { return altered, do(tx) })
}

// An effect is what a change did to what others may have read.
type effect int

const (
	nothing  effect = iota
	addition        // articles were added, none was revised or removed
	altered
)

func (l *Library) changeMaybe(ctx context.Context, as Operation, guild string, do func(tx querier) (effect, error)) error {
	var did effect
	err := l.write(ctx, as, func(tx querier) (err error) {
		if did, err = do(tx); err != nil || did == nothing || l.notify == "" {
			return err
		}
		_, err = tx.ExecContext(ctx, l.notify, message(guild, did))
		return err
	})
	// A commit that failed may have come through all the same, when it was the answer that got lost.
	if did != nothing {
		l.changed(guild, did == addition)
	}
	if err == nil && did == altered {
		l.tidy(ctx)
	}
	return err
}

// tidy clears what a removal leaves behind. What it cannot clear now, because somebody reads it, the next
// removal or [Library.SweepLeft] does.
func (l *Library) tidy(ctx context.Context) {
	if err := l.scrub(ctx); err != nil {
		l.log.DebugContext(ctx, "what was removed is still in the library's journal, and will be cleared later", "error", err)
	}
}

// message is what other processes are told: « + » before a server whose library has grown, « ! » before any
// other.
func message(guild string, did effect) string {
	if did == addition {
		return "+" + guild
	}
	return "!" + guild
}

// heed is the inverse of [message].
func heed(message string) (guild string, did effect) {
	if guild, ok := strings.CutPrefix(message, "+"); ok {
		return guild, addition
	}
	return strings.TrimPrefix(message, "!"), altered
}

// touch makes the row of a server, or waits until no other transaction changes that server.
func touch(ctx context.Context, tx querier, guild string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO guilds (guild, edition, settings) VALUES ($1, '', '{}')
		ON CONFLICT (guild) DO UPDATE SET guild = excluded.guild`, guild)
	return err
}

// renew notes that a server's articles change.
func renew(ctx context.Context, tx querier, guild string) error {
	_, err := tx.ExecContext(ctx, "UPDATE guilds SET edition = $2 WHERE guild = $1", guild, rand.Text())
	return err
}

// Guilds returns the servers that something is kept of, in the order of their IDs. The operator's shelf is
// none of them.
func (l *Library) Guilds(ctx context.Context) ([]string, error) {
	all, err := guildsWhere(ctx, l.reader, "guild <> ''")
	return all, l.ended(Listing, err)
}

func guildsWhere(ctx context.Context, q querier, condition string, args ...any) (all []string, err error) {
	err = rows(ctx, q, func(scan func(...any) error) error {
		var guild string
		err := scan(&guild)
		all = append(all, guild)
		return err
	}, "SELECT guild FROM guilds WHERE "+condition+" ORDER BY guild", args...)
	return all, err
}

// Left notes that the bot was removed from a server: what is kept of it is deleted once the grace is over,
// unless the bot is back by then. Told again, it changes nothing.
func (l *Library) Left(ctx context.Context, guild string) error {
	return l.change(ctx, Attending, guild, func(tx querier) error {
		_, err := tx.ExecContext(ctx, "UPDATE guilds SET left_at = $2 WHERE guild = $1 AND left_at IS NULL", guild, l.now())
		return err
	})
}

// Joined notes that the bot is in a server. It costs nothing where that was known, so that any sign of a
// server may be told.
func (l *Library) Joined(ctx context.Context, guild string) error {
	if r, err := l.row(ctx, guild); err != nil || !r.left {
		return err
	}
	return l.change(ctx, Attending, guild, func(tx querier) error {
		_, err := tx.ExecContext(ctx, "UPDATE guilds SET left_at = NULL WHERE guild = $1", guild)
		return err
	})
}

// Purge forgets everything of a server at once. Purging "" empties the operator's shelf.
func (l *Library) Purge(ctx context.Context, guild string) error {
	return l.change(ctx, Attending, guild, func(tx querier) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM guilds WHERE guild = $1", guild)
		return err
	})
}

// SweepQuestions deletes questions that are kept too long: older than [Options.KeepQuestions], or beyond [MaxQuestions].
// It is to be run now and then.
func (l *Library) SweepQuestions(ctx context.Context) error {
	defer l.tidy(ctx)
	if err := l.sweepQuestions(ctx); err != nil {
		return fmt.Errorf("delete old questions: %w", err)
	}
	return nil
}

// SweepLeft deletes all that is kept of a server that the bot was removed from longer than [Options.Grace] ago, and nothing
// else. It is to be run once it is known that the server has not added it again.
func (l *Library) SweepLeft(ctx context.Context, guild string) error {
	before := l.now() - l.o.Grace.Milliseconds()
	overdue, err := guildsWhere(ctx, l.reader, "guild = $1 AND left_at < $2", guild, before)
	if err != nil {
		return fmt.Errorf("find out when a server was left: %w", l.ended(Sweeping, err))
	}
	if len(overdue) == 0 {
		return nil
	}
	defer l.tidy(ctx)
	err = l.change(ctx, Sweeping, guild, func(tx querier) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM guilds WHERE guild = $1 AND left_at < $2", guild, before)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete the library of a server that was left: %w", err)
	}
	l.log.InfoContext(ctx, "the library of a server that the bot was removed from is deleted", "guild", guild)
	return nil
}

// sweepQuestions goes from server to server: over all of them at once a database would be silent for too long.
func (l *Library) sweepQuestions(ctx context.Context) error {
	before := l.now() - l.o.KeepQuestions.Milliseconds()
	asked, err := guildsWhere(ctx, l.reader, "EXISTS (SELECT 1 FROM questions q WHERE q.guild = guilds.guild)")
	if err != nil {
		return l.ended(Sweeping, err)
	}
	for _, guild := range asked {
		err := l.write(ctx, Sweeping, func(tx querier) error {
			_, err := tx.ExecContext(ctx, `DELETE FROM questions WHERE guild = $1 AND (asked_at < $2 OR id IN
				(SELECT id FROM questions WHERE guild = $1 ORDER BY asked_at DESC, id LIMIT 1000000000 OFFSET $3))`, guild, before, MaxQuestions)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
