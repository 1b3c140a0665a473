package library

import (
	"context"
	"database/sql"
	"errors"
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
	wary := c.Copy()
	wary.DialFunc = warily(c.DialFunc)
	db := stdlib.OpenDB(*wary, stdlib.OptionAfterConnect(bePatient))
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
		migrate: func(ctx context.Context) error { return migratePostgres(ctx, c) },
		scrub:   func(context.Context) error { return nil }, // its autovacuum does
		fresh:   listener.fresh,
		listen:  listener.run,
		close:   func() error { return db.Close() },
	}, nil
}

// migratePostgres brings the schema up to date, on connections of its own: to rebuild a table may take long, in silence.
func migratePostgres(ctx context.Context, c *pgx.ConnConfig) error {
	db := stdlib.OpenDB(*c)
	return errors.Join(migrate(ctx, db, postgresDialect), db.Close())
}
