package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"verbatim/knowledge/library"
)

// What /readyz says of a database that is away is that, and not who is at what address of whose network.
func TestReadinessNamesNoHost(t *testing.T) {
	said := errors.New("failed to connect to `user=verbatim database=verbatim`: 10.0.0.7:5432: connection refused")
	for _, test := range []struct {
		err  error
		want string
	}{
		{&library.StorageError{Trouble: library.Unreachable, Err: said}, "the library's database cannot be reached"},
		{fmt.Errorf("prepare the index of a server: %w", &library.StorageError{Trouble: library.Failing, Err: said}), "the library's disk fails"},
		{context.DeadlineExceeded, context.DeadlineExceeded.Error()},
		{nil, "<nil>"},
	} {
		if got := discreetly(func(context.Context) error { return test.err })(t.Context()); fmt.Sprint(got) != test.want {
			t.Errorf("got %v, want %v", got, test.want)
		}
	}
}
