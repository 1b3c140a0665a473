package library

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// connections is how many a process opens to PostgreSQL, the one that listens besides.
const connections = 8

// channel is where processes tell each other of changes. The payload is the server's ID.
const channel = "verbatim_library"

// inPostgres keeps the library in a database that several machines share.
func inPostgres(address string) (*engine, error) {
	c, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("the address of the library's database: %w", err)
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 5 * time.Second
	}
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(time.Minute)
	listener := &listener{config: c}
	return &engine{
		name:    fmt.Sprintf("postgres://%s:%d/%s", c.Host, c.Port, c.Database),
		writer:  db,
		reader:  db,
		reads:   &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		notify:  "SELECT pg_notify('" + channel + "', $1)",
		migrate: func(ctx context.Context) error { return migrate(ctx, db, postgresDialect) },
		scrub:   func(context.Context) error { return nil }, // its autovacuum does
		fresh:   listener.fresh,
		listen:  listener.run,
		close:   func() error { return db.Close() },
	}, nil
}
