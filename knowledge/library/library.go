package library

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"verbatim/knowledge"
)

// Options tunes [Open]. The zero value is what the bot runs with.
type Options struct {
	// Log gets what goes wrong behind the scenes, never what a member wrote. nil means [slog.Default].
	Log *slog.Logger

	// Failed is told of each operation that failed for the library's own reasons, to count it: [*StorageError],
	// [context.DeadlineExceeded], or another error. It may be called by many goroutines at once, and must return at
	// once. nil means nobody is told.
	Failed func(Operation, error)

	// Now tells the time. nil means [time.Now].
	Now func() time.Time

	// Quota is how much each server may keep. It does not bind the operator's shelf.
	Quota Quota

	// KeepQuestions is how long an unanswered question is kept. 0 means 30 days.
	KeepQuestions time.Duration

	// Grace is how long a server's library outlives the bot's removal from it. 0 means 7 days.
	Grace time.Duration

	// Default are the articles that every server knows while the operator has none: neither on the shelf
	// nor shared by [Library.Share].
	Default []*knowledge.Article
}

// The defaults of [Quota], of [Options.KeepQuestions] and of [Options.Grace].
const (
	DefaultArticles      = 200
	DefaultBytes         = 20 << 20
	DefaultKeepQuestions = 30 * 24 * time.Hour
	DefaultGrace         = 7 * 24 * time.Hour
)

// A Library keeps articles, settings and counts, server by server. It is opened by [Open], may be shared
// between goroutines, and, but for one in memory, between processes.
//
// A server is named by its ID. "" is the operator's shelf: its articles are known to every server.
type Library struct {
	engine
	o   Options
	log *slog.Logger

	states states
	shared shelf

	mu      sync.Mutex
	caches  map[cache]struct{} // told of changes
	closing func()
}

// An engine is a database that keeps the library, SQLite or PostgreSQL. One set of queries serves both.
type engine struct {
	name    string
	writer  *sql.DB
	reader  *sql.DB
	reads   *sql.TxOptions // of a transaction that sees one state of the library
	notify  string         // the statement that tells other processes of a change of server $1, "" for none
	migrate func(context.Context) error
	close   func() error

	// scrub clears what a removal leaves behind beside the tables, as far as the engine can.
	scrub func(context.Context) error

	// fresh finds out whether another process may have changed anything, and calls stale then.
	fresh func(ctx context.Context, stale func())
	// listen, where there is one, waits for other processes' changes until its context ends.
	listen func(ctx context.Context, l *Library)
}

// Open opens a library, makes it where there is none, and brings its schema up to date. where is a file's
// path for SQLite, postgres://… for PostgreSQL, and "" or "memory:" for a library in memory, which is
// forgotten when it is closed. A library that a newer program wrote is refused with a [*NewerError].
func Open(ctx context.Context, where string, o Options) (*Library, error) {
	o.Log = cmp.Or(o.Log, slog.Default())
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Failed == nil {
		o.Failed = func(Operation, error) {}
	}
	o.Quota.Articles = cmp.Or(o.Quota.Articles, DefaultArticles)
	o.Quota.Bytes = cmp.Or(o.Quota.Bytes, DefaultBytes)
	o.KeepQuestions = cmp.Or(o.KeepQuestions, DefaultKeepQuestions)
	o.Grace = cmp.Or(o.Grace, DefaultGrace)
	e, err := connect(where)
	if err != nil {
		return nil, err
	}
	l := &Library{engine: *e, o: o, log: o.Log, caches: map[cache]struct{}{}}
	l.states.byGuild = map[string]*state{}
	if err := l.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the library in %s: %w", l.name, storage(err)), l.engine.close())
	}
	l.closing = l.start()
	return l, nil
}

// start runs what listens for other processes' changes, and returns what ends it.
func (l *Library) start() (stop func()) {
	if l.listen == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { l.listen(ctx, l) })
	return func() {
		cancel()
		running.Wait()
	}
}

// Close ends the library's connections. What uses it must have ended before.
func (l *Library) Close() error {
	l.closing()
	return l.engine.close()
}

// Ping tells whether the library can be read.
func (l *Library) Ping(ctx context.Context) error {
	var one int
	return storage(l.reader.QueryRowContext(ctx, "SELECT 1").Scan(&one))
}

// Name says what keeps the library, without a password: for logs.
func (l *Library) Name() string { return l.name }

// now is the present, as times are kept.
func (l *Library) now() int64 { return l.o.Now().UnixMilli() }

// A querier is a connection or a transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// write runs do in a transaction: all of it is kept, or nothing. Changes of one server wait for each other.
func (l *Library) write(ctx context.Context, as Operation, do func(tx querier) error) error {
	return l.ended(as, within(ctx, l.writer, nil, do))
}

// read runs do on one state of the library, whatever changes meanwhile.
func (l *Library) read(ctx context.Context, as Operation, do func(tx querier) error) error {
	return l.ended(as, within(ctx, l.reader, l.reads, do))
}

func within(ctx context.Context, db *sql.DB, o *sql.TxOptions, do func(tx querier) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing is left to roll back after Commit
	err = do(tx)
	if err == nil {
		err = tx.Commit()
	}
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err() // which rolled it back
	}
	return err
}

// rows calls each with every row of a query.
func rows(ctx context.Context, q querier, each func(scan func(...any) error) error, query string, args ...any) error {
	found, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = found.Close() }()
	for found.Next() {
		if err := each(found.Scan); err != nil {
			return err
		}
	}
	return found.Err()
}

// isNoRows reports whether a query found nothing.
func isNoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
