package library

import (
	"context"
	"errors"
	"io/fs"
)

// Newest is the newest version of the schema.
func Newest() int {
	files, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		panic(err)
	}
	return len(files)
}

// Exec runs a statement on the connection that writes.
func (l *Library) Exec(ctx context.Context, statement string, args ...any) error {
	_, err := l.writer.ExecContext(ctx, statement, args...)
	return err
}

// Storage recognises the engines' errors.
var Storage = storage

// Cost is the estimate that bounds indexes.
var Cost = cost

// Bytes is how much memory the indexes take, by that estimate.
func (x *Indexes[T]) Bytes() int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.kept.bytes
}

// Check has SQLite look for damage.
func (l *Library) Check(ctx context.Context) error {
	var found string
	if err := l.writer.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return errors.New(found)
	}
	return nil
}

// Sweep deletes all that is kept too long.
func (l *Library) Sweep(ctx context.Context) error {
	guilds, err := l.Guilds(ctx)
	for _, guild := range guilds {
		err = errors.Join(err, l.SweepLeft(ctx, guild))
	}
	return errors.Join(l.SweepQuestions(ctx), err)
}

// Hears reports whether it hears of other processes' changes.
func (l *Library) Hears(ctx context.Context) bool {
	hears := true
	l.fresh(ctx, func() { hears = false })
	return hears
}
