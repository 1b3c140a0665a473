package library_test

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"verbatim/knowledge/library"
	"verbatim/knowledge/library/librarytest"
)

// What another process removes is gone from answers within two seconds, whatever became of a write of ours before.
func TestRemovedElsewhereAfterAnInterruptedWrite(t *testing.T) {
	for name, interrupt := range map[string]func(t *testing.T, mine, other *library.Library){
		"a vote that did not get the lock in time": func(t *testing.T, mine, other *library.Library) {
			must(t, other.Exec(t.Context(), "BEGIN IMMEDIATE"))
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			if mine.Count(ctx, library.Vote{Guild: "1", Article: "club"}) == nil {
				t.Fatal("the vote was counted")
			}
			must(t, other.Exec(t.Context(), "ROLLBACK"))
		},
		"a removal while another process reads": func(t *testing.T, mine, other *library.Library) {
			must(t, other.Exec(t.Context(), "BEGIN"))
			must(t, other.Exec(t.Context(), "CREATE TEMP TABLE x AS SELECT guild FROM guilds")) // as an export does
			must(t, mine.Remove(t.Context(), "2", "club"))
			must(t, other.Exec(t.Context(), "COMMIT"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			where := filepath.Join(t.TempDir(), "library.db")
			mine, other := open(t, where, library.Options{Log: quiet}), open(t, where, library.Options{Log: quiet})
			put(t, mine, "1", opens(t, "club", "lundi"), library.Added)
			put(t, mine, "2", opens(t, "club", "lundi"), library.Added)
			x := indexes(t, mine, library.IndexOptions{})
			quoted(t, x, "1", when)
			time.Sleep(300 * time.Millisecond)
			quoted(t, x, "1", when) // it has looked
			interrupt(t, mine, other)
			must(t, other.Remove(t.Context(), "1", "club"))
			for range 8 {
				time.Sleep(300 * time.Millisecond)
				if !strings.Contains(quoted(t, x, "1", when), "lundi") {
					return
				}
			}
			t.Error("what another process removed is quoted 2.4 s later")
		})
	}
}

// While the row of one server is locked, members vote there: another server is known all the same.
func TestOneServersLock(t *testing.T) {
	where := librarytest.Shared(t).Library(t)
	l := open(t, where, library.Options{Log: quiet})
	ctx := t.Context()
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	put(t, l, "2", opens(t, "club", "lundi"), library.Added)
	c, err := pgx.Connect(ctx, where)
	must(t, err)
	defer func() { _ = c.Close(context.Background()) }()
	tx, err := c.Begin(ctx)
	must(t, err)
	_, err = tx.Exec(ctx, "UPDATE guilds SET guild = guild WHERE guild = '1'")
	must(t, err)
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
			defer cancel()
			_ = l.Count(ctx, library.Vote{Guild: "1", Article: "club", Helpful: true})
		})
	}
	time.Sleep(100 * time.Millisecond)
	if _, err = l.Settings(ctx, "2"); err != nil {
		t.Errorf("another server: %v", err)
	}
	must(t, tx.Rollback(ctx))
	all.Wait()
}

// The network forgets the connection that listens as it begins to: another one listens soon.
func TestAListenerThatIsForgotten(t *testing.T) {
	server := librarytest.Shared(t)
	g := librarytest.NewGate(t, server)
	g.Lose("LISTEN")
	l := open(t, g.Through(server.Library(t)), library.Options{Log: quiet})
	for range 20 {
		time.Sleep(time.Second)
		if l.Hears(t.Context()) {
			return
		}
	}
	t.Error("20 s later other processes' changes are still not heard")
}
