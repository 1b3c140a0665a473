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

// connections is how many a process opens to PostgreSQL to read, and as many to write; the one that listens besides.
const connections = 4

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
	// Changes of a server wait for each other, with a connection each: none of those that questions read on.
	writer, reader := pool(wary), pool(wary)
	listener := &listener{config: c}
	return &engine{
		name:    fmt.Sprintf("postgres://%s:%d/%s", c.Host, c.Port, c.Database),
		writer:  writer,
		reader:  reader,
		reads:   &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		notify:  "SELECT pg_notify('" + channel + "', $1)",
		migrate: func(ctx context.Context) error { return migratePostgres(ctx, c) },
		scrub:   func(context.Context) error { return nil }, // its autovacuum does
		fresh:   listener.fresh,
		listen:  listener.run,
		close:   func() error { return errors.Join(reader.Close(), writer.Close()) },
	}, nil
}

// migratePostgres brings the schema up to date, on connections of its own: to rebuild a table may take long, in silence.
func migratePostgres(ctx context.Context, c *pgx.ConnConfig) error {
	db := stdlib.OpenDB(*c)
	return errors.Join(migrate(ctx, db, postgresDialect), db.Close())
}

// pool opens connections as they are needed.
func pool(c *pgx.ConnConfig) *sql.DB {
	db := stdlib.OpenDB(*c, stdlib.OptionAfterConnect(bePatient))
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(time.Minute)
	return db
}
