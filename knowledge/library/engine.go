package library

import (
	"fmt"
	"strings"
)

// InMemory reports whether [Open] keeps a library named so in memory, and nowhere else.
func InMemory(where string) bool { return where == "" || where == "memory:" }

// connect makes the engine that where names. It waits for nothing.
func connect(where string) (*engine, error) {
	switch scheme, _, isURL := strings.Cut(where, "://"); {
	case InMemory(where):
		return inMemory()
	case !isURL:
		return inFile(where)
	case scheme == "postgres", scheme == "postgresql":
		return inPostgres(where)
	default:
		return nil, fmt.Errorf("a library cannot be kept in %s://…: give a file's path, or a postgres:// address", scheme)
	}
}
