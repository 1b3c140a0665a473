package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// A shard keeps one websocket open. One goroutine runs it.
type shard struct {
	g         *Gateway
	id, count int
	log       *slog.Logger

	state ShardState // of g.mu, as is the next
	since time.Time
}

// run keeps the shard connected until ctx ends, and then returns nil, or until Discord refuses it for good.
func (s *shard) run(ctx context.Context) error {
	pause := s.g.backoff()
	for {
		s.enter(ShardQueued)
		lasted, err := s.connect(ctx)
		s.enter(ShardPaused)
		if ctx.Err() != nil {
			return nil
		}
		if refused := s.refused(err); refused != nil {
			return refused
		}
		if lasted >= s.g.opts.Stable {
			pause.reset()
		}
		s.g.opts.Observe.disconnected()
		wait := pause.after(err)
		s.log.Log(ctx, s.level(lasted), "gateway connection ended", "error", err, "retry_in", wait)
		if !sleep(ctx, wait) {
			return nil
		}
	}
}

// refused returns what [Gateway.Run] does when err is final, and nil when trying again may help.
func (s *shard) refused(err error) error {
	code := closeCode(err)
	if _, fatal := advice[code]; fatal {
		return &FatalError{Code: code, Shard: s.id, Count: s.count}
	}
	if final(err) {
		return err
	}
	return nil
}

// level is how serious the end of a connection is. Discord ends each of them every few hours.
func (s *shard) level(lasted time.Duration) slog.Level {
	if lasted >= s.g.opts.Stable {
		return slog.LevelInfo
	}
	return slog.LevelWarn
}

// connect opens a connection and waits for its end. It returns how long the session was open and
// what ended it, never nil.
func (s *shard) connect(ctx context.Context) (lasted time.Duration, err error) {
	t := s.g.pace.await(ctx, s.id)
	if t == nil {
		return 0, ctx.Err()
	}
	defer t.over()
	address, left, err := s.address(ctx)
	if err != nil {
		return 0, err
	}
	s.enter(ShardOpening)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // what waits for the end of ctx to end the connection
	c, err := s.open(ctx, address, func() {
		t.spend()
		s.g.opts.Observe.identified(left)
	})
	if err != nil {
		return 0, err
	}
	opened := time.Now()
	s.enter(ShardReady)
	s.log.Info("connected to Discord")
	c.watch()
	return time.Since(opened), c.reason
}

// address is where to connect, and how many identifies Discord still allows. It waits until the day's
// budget allows one: Discord's own account of it, which outlasts the process and covers all others.
func (s *shard) address(ctx context.Context) (where string, left int, err error) {
	for {
		info, err := s.g.rest.gateway(ctx)
		if err != nil {
			return "", 0, err
		}
		limit := info.SessionStartLimit
		if limit.Remaining > max(identifyReserve, limit.MaxConcurrency) {
			return info.URL, limit.Remaining, nil
		}
		s.enter(ShardSpent)
		wait := max(time.Duration(limit.ResetAfter)*time.Millisecond, s.g.opts.BackoffMin)
		s.log.Error("the day’s gateway sessions are spent: something restarts the bot too often",
			"remaining", limit.Remaining, "of", limit.Total, "wait", wait)
		if !sleep(ctx, wait) {
			return "", 0, ctx.Err()
		}
	}
}

var (
	errReconnect = errors.New("Discord asked to reconnect (op 7)")
	errInvalid   = errors.New("Discord ended the session (op 9)")
	errSilent    = errors.New("Discord did not acknowledge a heartbeat")
	errSlow      = errors.New("Discord did not open the session in time")
	errClosed    = errors.New("the session closed by itself")
	errUnread    = errors.New("the session stopped reading")
)

// A frameError is a frame that no gateway should send.
type frameError struct{ what string }

func (e *frameError) Error() string { return fmt.Sprintf("Discord sent %s", e.what) }
