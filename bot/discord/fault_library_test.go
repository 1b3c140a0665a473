package discord_test

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"verbatim/bot"
	"verbatim/knowledge/library"
	"verbatim/knowledge/library/librarytest"
	"verbatim/knowledge/reader"
)

// A keeper is a library and the bot that answers from it.
type keeper struct {
	library *library.Library
	bot     *bot.Bot
}

// newKeeper opens a library. It has room for fewer indexes than there are servers, so that some are always read again.
func newKeeper(t *testing.T, where string, log *slog.Logger) *keeper {
	t.Helper()
	l, err := library.Open(t.Context(), where, library.Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(l, bot.Options{Log: log, Limits: bot.Limits{Unlimited: true}, Indexes: library.IndexOptions{Bytes: 500 << 10}, Fetch: noWeb{}})
	t.Cleanup(func() {
		b.Close()
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return &keeper{l, b}
}

// A noWeb has nothing at any address: no test reaches the network.
type noWeb struct{}

func (noWeb) Fetch(_ context.Context, address string) (reader.File, error) {
	return reader.File{}, &reader.RefusedError{Reason: reader.NotFound, What: address}
}

// A mishap befalls a library for a while. It returns once that is over.
type mishap func(for_ time.Duration)

// onDisk opens a library in a file, on a disk of its own where this process may make one, and returns what
// may befall it.
func onDisk(t *testing.T, log *slog.Logger) (*keeper, map[string]mishap) {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("verbatim", folder, "tmpfs", 0, "size=16m"); err != nil {
		t.Logf("no disk of its own for the library (%v): a limit on the size of files stands for a full one", err)
		return newKeeper(t, filepath.Join(folder, "library.db"), log), map[string]mishap{"disk full": func(d time.Duration) { noFileGrows(t, d) }}
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	return newKeeper(t, filepath.Join(folder, "library.db"), log), map[string]mishap{"disk full": func(d time.Duration) { fill(t, folder, d) }}
}

// fill leaves no room on a disk for a while.
func fill(t *testing.T, folder string, d time.Duration) {
	ballast := filepath.Join(folder, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() {
		if err := errors.Join(f.Close(), os.Remove(ballast)); err != nil {
			t.Error(err)
		}
	}()
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(10 * time.Millisecond) { // again, where something made room
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, 4096))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Error(err)
		}
	}
}

// noFileGrows lets no file of this process grow beyond some kilobytes for a while.
func noFileGrows(t *testing.T, d time.Duration) {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Error(err)
		return
	}
	full := limit
	full.Cur = 8 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		t.Error(err)
	}
	time.Sleep(d)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Error(err)
	}
}

// onPostgres opens a library in a database of its own, and returns what may befall it. It returns nil where
// PostgreSQL is not installed, unless CI says that it must be.
func onPostgres(t *testing.T, log *slog.Logger) (*keeper, map[string]mishap) {
	t.Helper()
	server, err := librarytest.Start()
	switch {
	case errors.Is(err, librarytest.ErrNoPostgres) && os.Getenv("CI") == "":
		t.Logf("%v: all servers are kept in SQLite", err)
		return nil, nil
	case err != nil:
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	gate := librarytest.NewGate(t, server)
	away := func(how syscall.Signal) mishap {
		return func(d time.Duration) {
			server.Halt(how)
			time.Sleep(d)
			if err := server.Resume(); err != nil {
				t.Error(err)
			}
		}
	}
	return newKeeper(t, gate.Through(server.Library(t)), log), map[string]mishap{
		"database restarted": away(syscall.SIGINT),
		"database crashed":   away(syscall.SIGQUIT),
		"database cut off":   func(d time.Duration) { gate.Shut(); time.Sleep(d); gate.Open(t) },
		"database silent":    func(d time.Duration) { gate.Mute(true); time.Sleep(d); gate.Mute(false) },
		"database frozen":    func(d time.Duration) { gate.Freeze(); time.Sleep(d); gate.Thaw() },
	}
}

// misfortune makes mishaps befall the libraries, one after the other, until ctx ends; each comes up once before any
// comes again. It returns how often each did, once the last is over.
func misfortune(ctx context.Context, rng *rand.Rand, mishaps map[string]mishap, longest, rest time.Duration) map[string]int {
	befell := map[string]int{}
	var bag []string
	for ctx.Err() == nil {
		if len(bag) == 0 {
			bag = namesOf(mishaps)
			rng.Shuffle(len(bag), func(i, j int) { bag[i], bag[j] = bag[j], bag[i] })
		}
		mishaps[bag[0]](longest/4 + within(rng, longest*3/4))
		befell[bag[0]]++
		bag = bag[1:]
		select {
		case <-ctx.Done():
		case <-time.After(rest/4 + within(rng, rest*3/4)):
		}
	}
	return befell
}
