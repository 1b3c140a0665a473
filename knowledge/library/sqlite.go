package library

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver « sqlite »
)

// readers is how many questions of one process read an SQLite library at once.
const readers = 4

// pragmas of every connection. A change is on disk before it is told (synchronous), what is removed is
// overwritten (secure_delete), nothing is written elsewhere (temp_store), and who finds the library locked waits for five seconds.
// Source: https://sqlite.org/pragma.html.
var pragmas = []string{"busy_timeout(5000)", "foreign_keys(on)", "synchronous(full)", "secure_delete(on)", "cache_size(-2000)", "temp_store(memory)"}

// inFile keeps the library in a file, with a journal beside it that lets others read while one writes.
func inFile(path string) (*engine, error) {
	whole, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", path, err)
	}
	e, err := inSQLite("file:"+(&url.URL{Path: whole}).EscapedPath(), []string{"journal_mode(wal)"})
	if err != nil {
		return nil, err
	}
	e.name = path
	migrate := e.migrate
	e.migrate = func(ctx context.Context) error {
		unlock, err := lockFolder(ctx, filepath.Dir(whole))
		if err != nil {
			return err
		}
		defer unlock()
		if err := makePrivate(whole); err != nil {
			return err
		}
		return migrate(ctx)
	}
	return e, nil
}

// makePrivate makes the file where there is none, so that its owner alone may read it; SQLite would let all. A file
// that is there is not even opened: closing it would take SQLite's locks on it away from this process.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the file that the operator names
	switch {
	case err == nil:
		return f.Close()
	case errors.Is(err, fs.ErrExist):
		return nil
	}
	return err
}

// inMemory keeps a library that is forgotten when it is closed.
func inMemory() (*engine, error) {
	e, err := inSQLite("file:/"+rand.Text()+"?vfs=memdb", nil)
	if err != nil {
		return nil, err
	}
	e.name = "memory"
	// SQLite forgets it with its last connection, which database/sql would close when idle.
	keep, err := e.reader.Conn(context.Background())
	if err != nil {
		return nil, errors.Join(err, e.close())
	}
	end := e.close
	e.close = func() error { return errors.Join(keep.Close(), end()) }
	return e, nil
}

// inSQLite opens connections to one database: one that writes, as SQLite lets only one write at a time,
// and some that read.
func inSQLite(uri string, journal []string) (*engine, error) {
	writer, err := sql.Open("sqlite", withPragmas(uri, append(journal, pragmas...))+"&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", withPragmas(uri, append([]string{"query_only(on)"}, pragmas...)))
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	reader.SetMaxOpenConns(readers + 1) // one keeps a library in memory
	reader.SetMaxIdleConns(readers + 1)
	reader.SetConnMaxIdleTime(time.Minute)
	w := &watcher{db: writer}
	return &engine{
		writer:  writer,
		reader:  reader,
		reads:   &sql.TxOptions{ReadOnly: true},
		migrate: func(ctx context.Context) error { return migrate(ctx, writer, sqliteDialect) },
		scrub:   func(ctx context.Context) error { return emptyJournal(ctx, writer) },
		fresh:   w.fresh,
		close:   func() error { return errors.Join(reader.Close(), writer.Close()) },
	}, nil
}

// scrubWithin is how long a change waits for readers, so that the journal can be emptied.
const scrubWithin = 300 * time.Millisecond

// emptyJournal writes the journal into the file, and makes it empty: it holds pages as they were, with what was
// removed since. It does nothing in memory, where there is none.
func emptyJournal(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, scrubWithin)
	defer cancel()
	var busy, pages, written int
	err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &written)
	if err == nil && busy != 0 {
		err = errors.New("the journal is being read")
	}
	return err
}

func withPragmas(uri string, all []string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return uri // it is made above, of escaped parts
	}
	q := u.Query()
	for _, p := range all {
		q.Add("_pragma", p)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// pollEvery is the least time between two looks at whether another process wrote.
const pollEvery = 250 * time.Millisecond

// lookWithin is how long a look waits for the connection, which may be writing.
const lookWithin = 50 * time.Millisecond

// A watcher finds out whether another process wrote to an SQLite library since it looked last.
type watcher struct {
	db *sql.DB // has one connection, whose own changes data_version does not count

	mu      sync.Mutex
	version int64
	of      any // the connection that it is of: another one counts anew
	looked  time.Time
}

// fresh calls stale when another process has written since the last look, or when it cannot tell. It looks no
// more often than each [pollEvery], and only when it is called: a bot that is asked nothing reads nothing.
func (w *watcher) fresh(ctx context.Context, stale func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if time.Since(w.looked) < pollEvery {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	version, of, err := w.look(ctx)
	if err != nil || version != w.version || of != w.of {
		stale()
	}
	w.version, w.of, w.looked = version, of, time.Now()
}

// look returns the version that the connection sees, and the connection: one that was interrupted is replaced.
func (w *watcher) look(ctx context.Context) (version int64, of any, err error) {
	c, err := w.db.Conn(ctx)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = c.Close() }()
	err = c.Raw(func(driver any) error { of = driver; return nil })
	if err == nil {
		err = c.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version)
	}
	return version, of, err
}
