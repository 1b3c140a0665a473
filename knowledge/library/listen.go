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
	looked atomic.Int64 // when, while it hears nothing, everything was last taken for changed: [uptime]
}

const (
	// heartbeat is how long the listener waits in silence before it makes sure of its connection. With the time
	// that an answer may take it stays within the two seconds after which changes must be seen.
	heartbeat = time.Second
	// answerWithin is how long the server may take to answer that.
	answerWithin = 700 * time.Millisecond
	// reconnectAfter is how long to wait before the first attempt to connect again. Each next one waits for twice as
	// long, up to reconnectAtLeast.
	reconnectAfter   = 250 * time.Millisecond
	reconnectAtLeast = 5 * time.Second
)

// fresh calls stale, no more often than each [pollEvery], while the listener hears nothing.
func (n *listener) fresh(_ context.Context, stale func()) {
	if n.hears.Load() {
		return
	}
	now, last := int64(uptime()), n.looked.Load()
	if (last == 0 || now-last >= int64(pollEvery)) && n.looked.CompareAndSwap(last, now) {
		stale()
	}
}

// run listens until ctx ends, through as many connections as it takes. Meanwhile [listener.fresh] has everything
// read again.
func (n *listener) run(ctx context.Context, l *Library) {
	pause := time.Duration(0)
	for ctx.Err() == nil {
		err := n.session(ctx, l)
		if ctx.Err() != nil {
			return
		}
		if n.hears.Swap(false) {
			pause = 0
		}
		if pause == 0 { // told once, however long it lasts
			l.log.WarnContext(ctx, "other processes' changes of the library are not heard: connecting again", "error", err)
		}
		pause = min(max(2*pause, reconnectAfter), reconnectAtLeast)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
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
	soon, cancel := context.WithTimeout(ctx, silentFor)
	defer cancel()
	if _, err := conn.Exec(soon, "LISTEN "+channel); err != nil {
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
