package library

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// How long a connection to PostgreSQL waits. A network may forget a connection without a word: neither end must then wait
// for the other for hours, with a lock in its hand or one of the few connections.
const (
	// silentFor is how long the server may say nothing while it is waited for.
	silentFor = 5 * time.Second
	// patient is what the server is told: how long a change waits for another of the same server, which is less, and
	// how long a transaction may be left alone by its client.
	patient = "SET lock_timeout = '3s'; SET idle_in_transaction_session_timeout = '10s'"
)

// bePatient tells a new connection how long to wait.
func bePatient(ctx context.Context, c *pgx.Conn) error {
	return c.PgConn().Exec(ctx, patient).Close()
}

// warily returns a dial function whose connections fail after a silence.
func warily(dial pgconn.DialFunc) pgconn.DialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &wary{Conn: c}, nil
	}
}

// A wary connection is not read from for longer than [silentFor] at a time, nor beyond the deadline that it is given.
type wary struct {
	net.Conn

	mu       sync.Mutex
	deadline time.Time // zero for none
}

// SetDeadline implements [net.Conn].
func (c *wary) SetDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deadline = t
	return c.Conn.SetDeadline(t)
}

// SetReadDeadline implements [net.Conn].
func (c *wary) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deadline = t
	return c.Conn.SetReadDeadline(t)
}

// Read implements [net.Conn].
func (c *wary) Read(p []byte) (int, error) {
	if err := c.expect(); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// expect sets until when the next read may wait.
func (c *wary) expect() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	until := time.Now().Add(silentFor)
	if !c.deadline.IsZero() && c.deadline.Before(until) {
		until = c.deadline
	}
	return c.Conn.SetReadDeadline(until)
}
