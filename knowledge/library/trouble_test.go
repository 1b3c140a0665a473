package library_test

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"verbatim/knowledge/library"
	"verbatim/knowledge/library/librarytest"
)

// unwritable checks that a library takes no change and says why, that nothing of the change is there, and that
// reading goes on.
func unwritable(t *testing.T, l *library.Library, x *library.Indexes[struct{}], want library.Trouble) {
	t.Helper()
	ctx := t.Context()
	big := article(t, "gros", strings.Repeat("Le gros article prend de la place. ", 20_000))
	_, _, put := l.Put(ctx, "1", big)
	changes := map[string]error{"put": put}
	if want != library.Full { // what is full may have room for something small
		changes["remove"] = l.Remove(ctx, "1", "club")
		changes["settings"] = l.SetSettings(ctx, "1", library.Settings{Private: true})
		changes["vote"] = l.Count(ctx, library.Vote{Guild: "1", Article: "club"})
		changes["purge"] = l.Purge(ctx, "1")
	}
	for name, err := range changes {
		var trouble *library.StorageError
		if !errors.As(err, &trouble) || trouble.Trouble != want {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
	if got := quoted(t, x, "1", when); got != "Le club ouvre lundi." {
		t.Errorf("reading: got %q", got)
	}
	if entries, err := l.Entries(ctx, "1"); err != nil || len(entries) != 1 {
		t.Errorf("got %d articles, %v, want 1", len(entries), err)
	}
}

// writable checks that a library takes changes again.
func writable(t *testing.T, l *library.Library, x *library.Indexes[struct{}]) {
	t.Helper()
	put(t, l, "1", opens(t, "club", "mardi"), library.Revised)
	if got := quoted(t, x, "1", when); got != "Le club ouvre mardi." {
		t.Errorf("after the trouble: got %q", got)
	}
}

func TestAFullDisk(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "library.db"), library.Options{})
	x := indexes(t, l, library.IndexOptions{})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)

	// No file may grow beyond this, for this process and for a while: what the system says of a full disk.
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit))
	full := limit
	full.Cur = 256 << 10
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full))
	_, _, err := l.Put(t.Context(), "1", article(t, "gros", strings.Repeat("Le gros article. ", 60_000)))
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
	var trouble *library.StorageError
	if !errors.As(err, &trouble) {
		t.Errorf("got %v, want a StorageError", err)
	}
	if got := quoted(t, x, "1", when); got != "Le club ouvre lundi." {
		t.Errorf("reading: got %q", got)
	}
	must(t, l.Check(t.Context()))
	writable(t, l, x)
}

func TestALibraryThatMayNotGrow(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "library.db"), library.Options{})
	x := indexes(t, l, library.IndexOptions{})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	must(t, l.Exec(t.Context(), "PRAGMA max_page_count = 60"))
	unwritable(t, l, x, library.Full)
	must(t, l.Exec(t.Context(), "PRAGMA max_page_count = 1000000"))
	writable(t, l, x)
}

func TestAReadOnlyLibrary(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		l := open(t, filepath.Join(t.TempDir(), "library.db"), library.Options{})
		x := indexes(t, l, library.IndexOptions{})
		put(t, l, "1", opens(t, "club", "lundi"), library.Added)
		must(t, l.Exec(t.Context(), "PRAGMA query_only = on"))
		unwritable(t, l, x, library.ReadOnly)
		must(t, l.Exec(t.Context(), "PRAGMA query_only = off"))
		writable(t, l, x)
	})
	t.Run("postgres", func(t *testing.T) {
		where := librarytest.Shared(t).Library(t)
		put(t, open(t, where, library.Options{}), "1", opens(t, "club", "lundi"), library.Added)
		l := open(t, where+"&default_transaction_read_only=on", library.Options{})
		unwritable(t, l, indexes(t, l, library.IndexOptions{}), library.ReadOnly)
	})
}

// gated opens a library on a database of its own, behind a gate that is open. past is its address beside the gate.
func gated(t *testing.T) (g *librarytest.Gate, l *library.Library, past string) {
	t.Helper()
	server := librarytest.Shared(t)
	past = server.Library(t)
	g = librarytest.NewGate(t, server)
	return g, open(t, g.Through(past), library.Options{Log: quiet}), past
}

// Without its database a bot answers from what it has indexed, says what it cannot change, and catches up when
// the database is back.
func TestADatabaseThatIsGone(t *testing.T) {
	g, l, past := gated(t)
	x := indexes(t, l, library.IndexOptions{})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	quoted(t, x, "1", when)
	quoted(t, x, "", when)

	g.Shut()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for range 20 { // connections that were open break one by one
		_, _, err := l.Put(ctx, "1", opens(t, "club", "mardi"))
		var trouble *library.StorageError
		if !errors.As(err, &trouble) || trouble.Trouble != library.Unreachable {
			t.Fatalf("got %v, want a StorageError", err)
		}
	}
	if err := l.Ping(ctx); err == nil {
		t.Error("it can be pinged")
	}
	put(t, open(t, past, library.Options{}), "2", opens(t, "club", "jeudi"), library.Added)
	if _, err := x.Acquire(ctx, "2"); err == nil {
		t.Error("got an index, of the operator's articles, though the server's were never read")
	}

	g.Open(t)
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if got, err := ask(ctx, x, "2", when); err == nil && got == "Le club ouvre jeudi." {
			break
		}
		if time.Since(began) > 5*time.Second {
			t.Fatal("the library does not come back")
		}
	}
	writable(t, l, x)
}

// While nothing is known to be gone, the last index answers without the database.
func TestAnIndexWithoutItsDatabase(t *testing.T) {
	g, l, _ := gated(t)
	x := indexes(t, l, library.IndexOptions{})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	quoted(t, x, "1", when)
	g.Shut()
	for began := time.Now(); time.Since(began) < 600*time.Millisecond; time.Sleep(50 * time.Millisecond) {
		if got := quoted(t, x, "1", when); got != "Le club ouvre lundi." {
			t.Errorf("got %q", got)
		}
	}
}

// A database that takes connections and says nothing is not waited for again by each part of an answer, which may take
// two seconds in all.
func TestADatabaseThatSaysNothing(t *testing.T) {
	g, l, _ := gated(t)
	x := indexes(t, l, library.IndexOptions{})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	quoted(t, x, "1", when)
	g.Mute(true)
	time.Sleep(2 * time.Second) // by then it is known that other processes are not heard
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		joined := l.Joined(ctx, "1")
		_, unset := l.Settings(ctx, "1")
		if got, err := ask(ctx, x, "1", when); err != nil || got != "Le club ouvre lundi." {
			t.Errorf("got %q, %v", got, err)
		}
		cancel()
		var trouble *library.StorageError
		if !errors.As(joined, &trouble) || !errors.As(unset, &trouble) || trouble.Trouble != library.Unreachable {
			t.Errorf("got %v and %v, want that it cannot be reached", joined, unset)
		}
	}
	g.Mute(false)
	for began := time.Now(); l.Joined(t.Context(), "1") != nil; time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > 10*time.Second {
			t.Fatal("the library does not come back")
		}
	}
}

// Connections that lost what was said on them stay silent when the database is back. They are given up, on both ends:
// neither what they were doing nor the locks that they held keep other servers, or the next change, waiting for long.
func TestConnectionsThatStaySilent(t *testing.T) {
	g, l, _ := gated(t)
	x := indexes(t, l, library.IndexOptions{})
	const servers = 8
	for n := range servers {
		put(t, l, fmt.Sprint(n), opens(t, "club", "lundi"), library.Added)
	}
	x.Close()
	x = indexes(t, l, library.IndexOptions{})
	began := time.Now()
	var all sync.WaitGroup
	for n := range servers {
		all.Go(func() {
			for ctx := t.Context(); time.Since(began) < 2*time.Second; {
				within, cancel := context.WithTimeout(ctx, 2*time.Second)
				_, _ = ask(within, x, fmt.Sprint(n), when) // some of them wait for nothing
				cancel()
			}
		})
		all.Go(func() {
			for day := 0; time.Since(began) < 2*time.Second; day++ {
				_, _, err := l.Put(t.Context(), fmt.Sprint(n), opens(t, "club", fmt.Sprintf("le %d mai", day)))
				var trouble *library.StorageError
				if err != nil && !errors.As(err, &trouble) {
					t.Errorf("got %v, want a StorageError", err)
				}
			}
		})
	}
	time.Sleep(500 * time.Millisecond) // they are at it
	g.Mute(true)
	time.Sleep(time.Second)
	g.Mute(false)
	all.Wait()
	if took := time.Since(began); took > 20*time.Second { // for a connection, and then for the server
		t.Errorf("a change waited for %v", took)
	}
	for n := range servers {
		for put := errors.New("not tried"); put != nil && time.Since(began) < time.Minute; {
			_, _, put = l.Put(t.Context(), fmt.Sprint(n), opens(t, "club", "mardi"))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		if got, err := ask(ctx, x, fmt.Sprint(n), when); err != nil || got != "Le club ouvre mardi." {
			t.Errorf("server %d: got %q, %v", n, got, err)
		}
		cancel()
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("all was well after %v", took)
	}
}

// What keeps a connection from opening in time is the database's fault, though it is told as a deadline.
func TestAConnectionThatDoesNotOpen(t *testing.T) {
	g, _, past := gated(t)
	l := open(t, g.Through(past)+"&connect_timeout=1", library.Options{Log: quiet})
	g.Mute(true)
	_, _, err := l.Put(t.Context(), "1", opens(t, "club", "lundi"))
	var trouble *library.StorageError
	if !errors.As(err, &trouble) || trouble.Trouble != library.Unreachable {
		t.Errorf("got %v, want that it cannot be reached", err)
	}
	g.Mute(false)
}

// Each operation that fails is told once, with its kind; what a server has not, or may not have, is no failure.
func TestFailuresAreTold(t *testing.T) {
	var told []string
	l := open(t, filepath.Join(t.TempDir(), "library.db"), library.Options{
		Quota: library.Quota{Articles: 1}, Failed: func(did library.Operation, err error) {
			var trouble *library.StorageError
			if !errors.As(err, &trouble) || trouble.Trouble != library.ReadOnly {
				t.Errorf("%s: got %v", did, err)
			}
			told = append(told, string(did))
		},
	})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	must(t, l.SetSettings(t.Context(), "1", library.Settings{KeepQuestions: true}))
	must(t, l.AddQuestion(t.Context(), "1", library.UnansweredQuestion{Text: "Où ?"}))
	ctx, gone := context.WithCancel(t.Context())
	gone()
	_, noRoom := l.Usage(ctx, "1")
	_, _, tooMany := l.Put(t.Context(), "1", article(t, "piscine", "La piscine ouvre lundi."))
	if errs := []error{noRoom, tooMany, l.Remove(t.Context(), "1", "piscine")}; slices.Contains(errs, nil) || len(told) > 0 {
		t.Errorf("got %v, and was told of %v", errs, told)
	}
	must(t, l.Exec(t.Context(), "PRAGMA query_only = on"))
	for did, err := range map[library.Operation]error{
		library.Changing:  l.Remove(t.Context(), "1", "club"),
		library.Voting:    l.Count(t.Context(), library.Vote{Guild: "1", Article: "club"}),
		library.Attending: l.Left(t.Context(), "1"),
		library.Noting:    l.ForgetQuestions(t.Context(), "1"),
		library.Sweeping:  l.Sweep(t.Context()),
	} {
		if err == nil || !slices.Contains(library.Operations, did) || !slices.Contains(told, string(did)) {
			t.Errorf("%s: got %v, and was told of %v", did, err, told)
		}
	}
	if len(told) != 5 {
		t.Errorf("was told of %v, want each once", told)
	}
}

func TestTroublesAreRecognised(t *testing.T) {
	for code, want := range map[string]library.Trouble{
		"53100": library.Full, "25006": library.ReadOnly, "58030": library.Failing, "55P03": library.Busy,
		"57P01": library.Unreachable, "08006": library.Unreachable, "53300": library.Unreachable, "42P01": 0, "": 0,
	} {
		err := library.Storage(&pgconn.PgError{Code: code})
		var trouble *library.StorageError
		switch {
		case errors.As(err, &trouble) && trouble.Trouble != want:
			t.Errorf("%s: got %v, want %v", code, trouble.Trouble, want)
		case !errors.As(err, &trouble) && want != 0:
			t.Errorf("%s: got %v, want %v", code, err, want)
		}
	}
	var trouble *library.StorageError // of a connection that is closed while it is taken
	if err := library.Storage(fmt.Errorf("begin: %w", pgconn.ErrConnClosed)); !errors.As(err, &trouble) || trouble.Trouble != library.Unreachable {
		t.Errorf("a closed connection: got %v, want that it cannot be reached", err)
	}
}
