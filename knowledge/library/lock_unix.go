//go:build unix

package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// lockFolder waits until no other process holds the folder locked, locks it, and returns what unlocks it. The
// folder is locked rather than the library's file: whoever closes a file loses SQLite's own locks on it.
func lockFolder(ctx context.Context, folder string) (unlock func(), err error) {
	f, err := os.Open(folder) //nolint:gosec // the folder of the library that the operator names
	if err != nil {
		return nil, fmt.Errorf("the library's folder: %w", err)
	}
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return func() { _ = f.Close() }, nil
		case errors.Is(err, syscall.EINTR):
			continue
		case !errors.Is(err, syscall.EWOULDBLOCK):
			return func() { _ = f.Close() }, nil // a file system without locks: SQLite's own protect the data
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), f.Close())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
