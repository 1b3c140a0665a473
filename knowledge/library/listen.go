package library

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// A listener waits for what other processes tell of their changes to a library in PostgreSQL.
type listener struct {
	config *pgx.ConnConfig

	hears  atomic.Bool  // it is connected: what it has not heard of has not happened
	looked atomic.Int64 // when, while it hears nothing, everything was last taken for changed: Unix nanoseconds
}

const (
	// heartbeat is how long the listener waits in silence before it makes sure of its connection. With the time
	// that an answer may take it stays within the two seconds after which changes must be seen.
	heartbeat = time.Second
	// answerWithin is how long the server may take to answer that.
	answerWithin = 700 * time.Millisecond
	// reconnectAfter is how long to wait before the next attempt when the last one failed.
	reconnectAfter = 250 * time.Millisecond
)

// fresh calls stale, no more often than each [pollEvery], while the listener hears nothing.
func (n *listener) fresh(_ context.Context, stale func()) {
	if n.hears.Load() {
		return
	}
	now, last := time.Now().UnixNano(), n.looked.Load()
	if now-last >= int64(pollEvery) && n.looked.CompareAndSwap(last, now) {
		stale()
	}
}

// run listens until ctx ends, through as many connections as it takes.
func (n *listener) run(ctx context.Context, l *Library) {
	for ctx.Err() == nil {
		err := n.session(ctx, l)
		n.hears.Store(false)
		if ctx.Err() != nil {
			return
		}
		l.log.WarnContext(ctx, "other processes' changes of the library are not heard: connecting again", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(reconnectAfter):
		}
	}
}

// session listens on one connection until it breaks.
func (n *listener) session(ctx context.Context, l *Library) error {
	conn, err := pgx.ConnectConfig(ctx, n.config)
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerWithin)
		defer cancel()
		_ = conn.Close(closing)
	}()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	l.changedAll() // whatever changed while nobody listened
	n.hears.Store(true)
	for {
		if err := n.next(ctx, conn, l); err != nil {
			return err
		}
	}
}

// next waits for one notification, or makes sure of the connection after a silence.
func (n *listener) next(ctx context.Context, conn *pgx.Conn, l *Library) error {
	silence, cancel := context.WithTimeout(ctx, heartbeat)
	defer cancel()
	heard, err := conn.WaitForNotification(silence)
	switch {
	case err == nil:
		guild, did := heed(heard.Payload)
		l.changed(guild, did == addition)
		return nil
	case ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded):
		return err
	}
	answer, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	return conn.Ping(answer)
}
