package main

import (
	"context"
	"errors"

	"verbatim/knowledge/library"
)

// What kept the library from doing an operation, as metrics name it.
const (
	troubleSlow  = "slow" // nobody waits as long
	troubleOther = "other"
)

// troubles are the names of the library's own.
var troubles = map[library.Trouble]string{
	library.Full: "full", library.ReadOnly: "read_only", library.Failing: "failing", library.Busy: "busy", library.Unreachable: "unreachable",
}

// troubleOf names what an operation failed of.
func troubleOf(err error) string {
	var storage *library.StorageError
	switch {
	case errors.As(err, &storage) && troubles[storage.Trouble] != "":
		return troubles[storage.Trouble]
	case errors.Is(err, context.DeadlineExceeded):
		return troubleSlow
	}
	return troubleOther
}

// watchLibrary adds the library's errors. Each has its series from the beginning: an alert sees the first.
func (m *metrics) watchLibrary() {
	m.library = m.counters("library_errors_total", "Operations that the library failed to do, by kind and by what kept it from them.", "operation", "trouble")
	for _, did := range library.Operations {
		for _, name := range troubles {
			m.library.WithLabelValues(string(did), name)
		}
		m.library.WithLabelValues(string(did), troubleSlow)
		m.library.WithLabelValues(string(did), troubleOther)
	}
}

// libraryFailed counts an operation; it is a hook of the library's.
func (m *metrics) libraryFailed(did library.Operation, err error) {
	m.library.WithLabelValues(string(did), troubleOf(err)).Inc()
}
