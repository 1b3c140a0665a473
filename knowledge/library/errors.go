package library

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNotFound is returned where a server has no article with the ID that was asked for.
var ErrNotFound = errors.New("there is no such article")

// A QuotaError says that an article does not fit into what a server may keep. Nothing was written.
type QuotaError struct {
	Usage Usage // before the article
	Bytes int   // of the article that did not fit
}

func (e *QuotaError) Error() string {
	u := e.Usage
	if u.Articles >= u.Quota.Articles && u.Bytes+e.Bytes <= u.Quota.Bytes {
		return fmt.Sprintf("the server keeps %d articles, and may keep %d", u.Articles, u.Quota.Articles)
	}
	return fmt.Sprintf("the article has %d bytes, and the server keeps %d of the %d that it may", e.Bytes, u.Bytes, u.Quota.Bytes)
}

// A NewerError says that a newer version of the program has changed the library, which this one would
// misread.
type NewerError struct {
	Version, Known int64 // of the schema: the library's, and the newest that this program knows
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("the library was written by a newer version of the program (its schema is %d, and this one knows %d): "+
		"start that version, or restore a copy from before", e.Version, e.Known)
}

// Trouble is what keeps a library from being written, or reached.
type Trouble int

// The troubles of a [StorageError].
const (
	Full        Trouble = iota + 1 // no room is left on the disk
	ReadOnly                       // what keeps the library takes no change
	Failing                        // the disk reports errors
	Busy                           // others kept it locked for longer than a change waits
	Unreachable                    // the database server does not answer
)

var troubles = map[Trouble]string{
	Full:        "no room is left for the library",
	ReadOnly:    "the library is read-only",
	Failing:     "the library's disk fails",
	Busy:        "the library is locked by another program",
	Unreachable: "the library's database cannot be reached",
}

func (t Trouble) String() string { return troubles[t] }

// A StorageError says that what keeps the library did not do its part. It is the operator's to mend: what
// was to be changed is not, and may be tried again later. Reading may go on.
type StorageError struct {
	Trouble Trouble
	Err     error // the database's own
}

func (e *StorageError) Error() string { return fmt.Sprintf("%v: %v", e.Trouble, e.Err) }
func (e *StorageError) Unwrap() error { return e.Err }

// storage returns err as a [*StorageError] where it is one of the known troubles, else as it is.
func storage(err error) error {
	var already *StorageError
	var dial *pgconn.ConnectError
	switch {
	case err == nil, errors.As(err, &already), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &dial): // a connection has a deadline of its own
		return err
	}
	if t := troubleOf(err); t != 0 {
		return &StorageError{Trouble: t, Err: err}
	}
	return err
}

// troubleOf recognises what the engines report, 0 for anything else.
func troubleOf(err error) Trouble {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	var dial *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &lite):
		return sqliteTrouble(lite.Code())
	case errors.As(err, &pg):
		return postgresTrouble(pg.Code)
	case errors.As(err, &dial), errors.As(err, &network), errors.Is(err, driver.ErrBadConn), errors.Is(err, pgconn.ErrConnClosed),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return Unreachable
	}
	return 0
}

// sqliteTrouble reads a result code, whose low byte is the primary one.
// Source: https://sqlite.org/rescode.html.
func sqliteTrouble(code int) Trouble {
	if code == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for the file that processes share
		return Full
	}
	switch code & 0xff {
	case sqlite3.SQLITE_FULL:
		return Full
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return ReadOnly
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT:
		return Failing
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return Busy
	}
	return 0
}

// postgresTrouble reads an SQLSTATE.
// Source: https://www.postgresql.org/docs/current/errcodes-appendix.html.
func postgresTrouble(state string) Trouble {
	switch state {
	case "53100": // disk_full
		return Full
	case "25006": // read_only_sql_transaction
		return ReadOnly
	case "58030": // io_error
		return Failing
	case "55P03": // lock_not_available
		return Busy
	}
	switch state[:min(2, len(state))] {
	case "08", "57", "53": // connection exceptions, shut-downs, too many connections
		return Unreachable
	}
	return 0
}
