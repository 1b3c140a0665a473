package library

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// The dialects of [migrate].
const (
	sqliteDialect   = goose.DialectSQLite3
	postgresDialect = goose.DialectPostgres
)

// versions is the table in which goose notes what was migrated.
const versions = "library_versions"

// migrate brings the schema up to date. It fails with a [*NewerError] when it is ahead of this program.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	o := []goose.ProviderOption{goose.WithTableName(versions), goose.WithDisableGlobalRegistry(true)}
	if dialect == postgresDialect {
		l, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		o = append(o, goose.WithSessionLocker(l))
	}
	p, err := goose.NewProvider(dialect, db, files, o...)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	at, known, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return err
	case at > known:
		return &NewerError{Version: at, Known: known}
	case at == known:
		return nil
	}
	_, err = p.Up(ctx)
	return err
}
