package library

import (
	"fmt"
	"strings"
)

// connect makes the engine that where names. It waits for nothing.
func connect(where string) (*engine, error) {
	switch scheme, _, isURL := strings.Cut(where, "://"); {
	case where == "", where == "memory:":
		return inMemory()
	case !isURL:
		return inFile(where)
	case scheme == "postgres", scheme == "postgresql":
		return inPostgres(where)
	default:
		return nil, fmt.Errorf("a library cannot be kept in %s://…: give a file's path, or a postgres:// address", scheme)
	}
}
