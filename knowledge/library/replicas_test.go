package library_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"verbatim/knowledge"
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
			x := library.NewIndexes(mine, func(*knowledge.Index) int { return 0 }, library.IndexOptions{})
			defer x.Close()
			quotes := func() string {
				h, err := x.Acquire(t.Context(), "1")
				must(t, err)
				defer h.Release()
				var all []string
				for _, a := range h.Index.Articles() {
					all = append(all, a.Text)
				}
				return strings.Join(all, " ")
			}
			quotes()
			time.Sleep(300 * time.Millisecond)
			quotes() // it has looked
			interrupt(t, mine, other)
			must(t, other.Remove(t.Context(), "1", "club"))
			for range 8 {
				time.Sleep(300 * time.Millisecond)
				if !strings.Contains(quotes(), "lundi") {
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
	folder, err := os.MkdirTemp("", "px")
	must(t, err)
	defer func() { _ = os.RemoveAll(folder) }()
	from := server.URL()[strings.Index(server.URL(), "host=")+5:]
	from = strings.ReplaceAll(from, "%2F", "/")
	ln, err := net.Listen("unix", filepath.Join(folder, ".s.PGSQL.5432"))
	must(t, err)
	defer func() { _ = ln.Close() }()
	var forgot atomic.Bool
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			up, err := net.Dial("unix", filepath.Join(from, ".s.PGSQL.5432"))
			if err != nil {
				_ = c.Close()
				continue
			}
			go func() { _, _ = io.Copy(c, up); _ = c.Close() }()
			go func() {
				b := make([]byte, 65536)
				for {
					n, err := c.Read(b)
					if err != nil {
						_ = up.Close()
						return
					}
					if bytes.Contains(b[:n], []byte("LISTEN")) && !forgot.Swap(true) {
						continue // never arrives, and nobody says so
					}
					_, _ = up.Write(b[:n])
				}
			}()
		}
	}()
	l := open(t, strings.Replace(server.Library(t), server.URL(), "postgres://postgres@/postgres?sslmode=disable&host="+folder, 1), library.Options{Log: quiet})
	for range 20 {
		time.Sleep(time.Second)
		if l.Hears(t.Context()) {
			return
		}
	}
	t.Error("20 s later other processes' changes are still not heard")
}
