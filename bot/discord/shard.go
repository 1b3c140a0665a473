package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// maxResumes is how many connections in a row may fail to resume a session before a new one is asked for.
const maxResumes = 2

// A shard keeps one websocket open. One goroutine runs it.
type shard struct {
	g         *Gateway
	id, count int
	log       *slog.Logger
	session   session
}

// A session is what Discord needs to resume. The zero value is none.
type session struct {
	id       string
	host     string // where to resume, empty when that host is dead
	seq      int64  // of the last event
	failures int    // resumes that have failed since the session was last open
}

// run keeps the shard connected until ctx ends, and then returns nil, or until Discord refuses it for good.
func (s *shard) run(ctx context.Context) error {
	pause := s.g.backoff()
	for {
		lasted, err := s.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if refused := s.refused(err); refused != nil {
			return refused
		}
		if sessionOver(closeCode(err)) || s.session.failures >= maxResumes {
			s.session = session{}
		}
		wait := s.pause(&pause, lasted, err)
		s.log.Log(ctx, s.level(lasted), "gateway connection ended",
			"error", err, "resumable", s.session.id != "", "retry_in", wait)
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

// pause is how long to wait before the next connection. After one that lasted it is nothing where the
// session can be resumed: members are waiting for what comes meanwhile.
func (s *shard) pause(b *backoff, lasted time.Duration, err error) time.Duration {
	if lasted >= s.g.opts.Stable {
		b.reset()
		if s.session.id != "" {
			return 0
		}
	}
	return b.after(err)
}

// connect opens a connection and serves it to its end. It returns how long the session was open and
// what ended it, never nil.
func (s *shard) connect(ctx context.Context) (lasted time.Duration, err error) {
	resuming := s.session.id != ""
	var t *turn
	if !resuming {
		if t = s.g.pace.await(ctx, s.id); t == nil {
			return 0, ctx.Err()
		}
		defer t.over()
	}
	address, err := s.address(ctx, resuming)
	if err != nil {
		return 0, err
	}
	c, err := dial(ctx, address, s.g.opts.OpenTimeout)
	if err != nil {
		s.session.host = "" // if it was that one which is dead
		return 0, err
	}
	l := link{shard: s, conn: c, turn: t}
	err = l.serve(ctx)
	if l.opened.IsZero() {
		if resuming {
			s.session.failures++
		}
		return 0, err
	}
	s.g.ready.Add(-1)
	return time.Since(l.opened), err
}

// address is where to connect. Before an IDENTIFY it waits until the day's budget allows one.
func (s *shard) address(ctx context.Context, resuming bool) (string, error) {
	if resuming && s.session.host != "" {
		return s.session.host, nil
	}
	for {
		info, err := s.g.rest.gateway(ctx)
		if err != nil {
			return "", err
		}
		limit := info.SessionStartLimit
		if resuming || limit.Remaining > max(identifyReserve, limit.MaxConcurrency) {
			return info.URL, nil
		}
		wait := max(time.Duration(limit.ResetAfter)*time.Millisecond, s.g.opts.BackoffMin)
		s.log.Error("the day’s gateway sessions are spent: something restarts the bot too often",
			"remaining", limit.Remaining, "of", limit.Total, "wait", wait)
		if !sleep(ctx, wait) {
			return "", ctx.Err()
		}
	}
}

// open notes that the session is open, begun or resumed.
func (s *shard) open(resumed bool) {
	s.session.failures = 0
	s.g.ready.Add(1)
	s.log.Info("connected to Discord", "resumed", resumed)
}

var (
	errReconnect = errors.New("Discord asked to reconnect (op 7)")
	errInvalid   = errors.New("Discord ended the session (op 9)")
	errSilent    = errors.New("Discord did not acknowledge a heartbeat")
	errSlow      = errors.New("Discord did not open the session in time")
)

// A frameError is a frame that no gateway should send.
type frameError struct{ what string }

func (e *frameError) Error() string { return fmt.Sprintf("Discord sent %s", e.what) }
