package library_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/library/librarytest"
)

const when = "Quand ouvre le club ?"

// opens is an article on when the club opens.
func opens(t testing.TB, id, day string) *knowledge.Article {
	t.Helper()
	return article(t, id, "Le club ouvre "+day+".")
}

func TestAServerQuotesItsOwnArticles(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		x := indexes(t, l, library.IndexOptions{})
		check := func(guild, want string) {
			t.Helper()
			if got := quoted(t, x, guild, when); got != want {
				t.Errorf("server %s: got %q, want %q", guild, got, want)
			}
		}
		check("1", "")
		put(t, l, "1", opens(t, "club", "lundi"), library.Added)
		put(t, l, "2", opens(t, "club", "mardi"), library.Added)
		check("1", "Le club ouvre lundi.")
		check("2", "Le club ouvre mardi.")
		check("3", "")
		put(t, l, "1", opens(t, "club", "mercredi"), library.Revised)
		check("1", "Le club ouvre mercredi.")
		must(t, l.Remove(t.Context(), "1", "club"))
		check("1", "")
		must(t, l.Purge(t.Context(), "2"))
		check("2", "")
	})
}

func TestTheOperatorsArticlesAreKnownToEveryServer(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{Default: []*knowledge.Article{opens(t, "defaut", "par défaut")}})
		x := indexes(t, l, library.IndexOptions{})
		check := func(guild string, want ...string) {
			t.Helper()
			h, err := x.Acquire(t.Context(), guild)
			must(t, err)
			defer h.Release()
			var got []string
			for _, a := range h.Index.Articles() {
				got = append(got, a.Text)
			}
			for i := range want {
				want[i] = "Le club ouvre " + want[i] + "."
			}
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("server %s: got %q, want %q", guild, got, want)
			}
		}
		shared := func(want ...string) {
			t.Helper()
			all, err := l.Shared(t.Context())
			must(t, err)
			var got []string
			for _, e := range all {
				got = append(got, e.ID)
			}
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("shared: got %q, want %q", got, want)
			}
		}
		check("1", "par défaut")
		put(t, l, "2", opens(t, "club", "lundi"), library.Added)
		check("2", "lundi", "par défaut")
		shared("defaut")

		l.Share([]*knowledge.Article{opens(t, "club", "en fichier"), opens(t, "charte", "selon la charte")})
		check("1", "en fichier", "selon la charte")
		check("2", "lundi", "selon la charte") // its own article hides the operator's of the same ID
		shared("charte", "club")

		put(t, l, "", opens(t, "charte", "selon l’étagère"), library.Added)
		check("1", "selon l’étagère", "en fichier")
		check("", "selon l’étagère", "en fichier")
		shared("charte", "club")

		must(t, l.SetSettings(t.Context(), "1", library.Settings{OwnOnly: true}), l.SetSettings(t.Context(), "2", library.Settings{OwnOnly: true}))
		check("1")
		check("2", "lundi")
		l.Share(nil)
		check("3", "selon l’étagère")
		must(t, l.Remove(t.Context(), "", "charte"), l.SetSettings(t.Context(), "2", library.Settings{}))
		check("3", "par défaut")
		check("2", "lundi", "par défaut")
	})
}

// counted are indexes that count how many were built.
func counted(t *testing.T, l *library.Library, o library.IndexOptions) (*library.Indexes[int64], *atomic.Int64) {
	t.Helper()
	var built atomic.Int64
	x := library.NewIndexes(l, func(*knowledge.Index) int64 { return built.Add(1) }, o)
	t.Cleanup(x.Close)
	return x, &built
}

func TestServersWithoutArticlesShareOneIndex(t *testing.T) {
	l := open(t, "", library.Options{})
	l.Share([]*knowledge.Article{opens(t, "club", "lundi")})
	x, built := counted(t, l, library.IndexOptions{})
	for guild := range 100 {
		h, err := x.Acquire(t.Context(), fmt.Sprint(guild))
		must(t, err)
		h.Release()
	}
	if got := built.Load(); got != 1 {
		t.Errorf("got %d indexes, want 1", got)
	}
}

func TestAnIndexIsBuiltOnceHoweverManyAsk(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		put(t, l, "1", opens(t, "club", "lundi"), library.Added)
		x, built := counted(t, l, library.IndexOptions{})
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				h, err := x.Acquire(t.Context(), "1")
				if err != nil {
					t.Error(err)
					return
				}
				h.Release()
				h.Release() // nothing
			})
		}
		all.Wait()
		if got := built.Load(); got != 1 {
			t.Errorf("got %d builds, want 1", got)
		}
	})
}

func TestIndexesKeepWithinTheirBound(t *testing.T) {
	l := open(t, "", library.Options{})
	const guilds = 12
	for guild := range guilds {
		put(t, l, fmt.Sprint(guild), opens(t, "club", "lundi"), library.Added)
	}
	x, built := counted(t, l, library.IndexOptions{Bytes: 3 * library.Cost([]*knowledge.Article{opens(t, "club", "lundi")})})
	acquire := func(guild int) *library.Handle[int64] {
		t.Helper()
		h, err := x.Acquire(t.Context(), fmt.Sprint(guild))
		must(t, err)
		return h
	}
	held := acquire(0)
	for guild := range guilds {
		acquire(guild).Release()
	}
	acquire(0).Release()          // still in use
	acquire(guilds - 1).Release() // still there
	acquire(guilds - 2).Release()
	if got := built.Load(); got != guilds {
		t.Errorf("got %d builds, want %d: the most recently used are kept", got, guilds)
	}
	acquire(1).Release() // had to go
	if got := built.Load(); got != guilds+1 {
		t.Errorf("got %d builds, want %d", got, guilds+1)
	}
	if _, err := held.Index.Ask(t.Context(), knowledge.Question{Text: when}); err != nil {
		t.Errorf("an index in use: got %v", err)
	}
	held.Release()
	if got, want := x.Bytes(), 3*library.Cost([]*knowledge.Article{opens(t, "club", "lundi")}); got > want {
		t.Errorf("got %d bytes, want at most %d", got, want)
	}
}

// What is in use stays usable, whatever becomes of its articles, and is closed with its last user.
func TestAnIndexInUseStaysOpen(t *testing.T) {
	l := open(t, "", library.Options{})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	x := indexes(t, l, library.IndexOptions{})
	first, err := x.Acquire(t.Context(), "1")
	must(t, err)
	must(t, l.Remove(t.Context(), "1", "club"))
	if got := quoted(t, x, "1", when); got != "" {
		t.Errorf("got %q, after it was removed", got)
	}
	put(t, l, "1", opens(t, "club", "mardi"), library.Added)
	if got := quoted(t, x, "1", when); got != "Le club ouvre mardi." {
		t.Errorf("got %q", got)
	}
	if _, err := first.Index.Ask(t.Context(), knowledge.Question{Text: when}); err != nil {
		t.Errorf("in use: got %v", err)
	}
	x.Close()
	if _, err := first.Index.Ask(t.Context(), knowledge.Question{Text: when}); err != nil {
		t.Errorf("in use, after Close: got %v", err)
	}
	first.Release()
	if _, err := first.Index.Ask(t.Context(), knowledge.Question{Text: when}); err == nil {
		t.Error("after its last user: it answers still")
	}
	if _, err := x.Acquire(t.Context(), "1"); !errors.Is(err, library.ErrClosed) {
		t.Errorf("after Close: got %v, want ErrClosed", err)
	}
}

func TestAFailedBuildIsTriedAgain(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		put(t, l, "1", opens(t, "club", "lundi"), library.Added)
		x := indexes(t, l, library.IndexOptions{})
		must(t, l.Exec(t.Context(), "ALTER TABLE articles RENAME COLUMN text TO hidden"))
		if _, err := x.Acquire(t.Context(), "1"); err == nil {
			t.Error("got an index without the articles' texts")
		}
		must(t, l.Exec(t.Context(), "ALTER TABLE articles RENAME COLUMN hidden TO text"))
		if got := quoted(t, x, "1", when); got != "Le club ouvre lundi." {
			t.Errorf("got %q", got)
		}
	})
}

// Without the library what was indexed answers on, unless something of it is known to be gone.
func TestAnIndexOutlivesItsLibrary(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		for _, guild := range []string{"1", "2"} {
			put(t, l, guild, opens(t, "club", "lundi"), library.Added)
		}
		x := indexes(t, l, library.IndexOptions{})
		for _, guild := range []string{"1", "2"} {
			quoted(t, x, guild, when)
		}
		must(t, l.Remove(t.Context(), "2", "club"))
		must(t, l.Exec(t.Context(), "ALTER TABLE guilds RENAME TO hidden"))
		defer func() { must(t, l.Exec(context.Background(), "ALTER TABLE hidden RENAME TO guilds")) }()
		l.Share(nil) // so that what is known of the operator's shelf is in doubt
		if _, err := x.Acquire(t.Context(), "2"); err == nil {
			t.Error("got an index of what was removed")
		}
	})
}

// A slow library is one whose indexes take as long to build as the test wants.
func TestAdditionsMayBeWaitedForElsewhere(t *testing.T) {
	l := open(t, "", library.Options{})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	var slow sync.Mutex
	x := library.NewIndexes(l, func(*knowledge.Index) int {
		slow.Lock()
		defer slow.Unlock()
		return 0
	}, library.IndexOptions{Patience: 5 * time.Millisecond})
	defer x.Close()
	articles := func(ctx context.Context) (int, error) {
		h, err := x.Acquire(ctx, "1")
		if err != nil {
			return 0, err
		}
		defer h.Release()
		return len(h.Index.Articles()), nil
	}
	check := func(want int) {
		t.Helper()
		if got, err := articles(t.Context()); err != nil || got != want {
			t.Errorf("got %d articles, %v, want %d", got, err, want)
		}
	}
	check(1)
	slow.Lock()
	put(t, l, "1", opens(t, "bar", "mardi"), library.Added)
	check(1) // answered from what was there
	put(t, l, "1", opens(t, "cave", "jeudi"), library.Added)
	check(1)
	must(t, l.Remove(t.Context(), "1", "club"))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got, err := articles(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("something was removed: got %d articles, %v, want to wait", got, err)
	}
	slow.Unlock()
	check(2)
}

// A change that one process makes is seen by the others within two seconds.
func TestOtherProcessesSeeChanges(t *testing.T) {
	sharedEngines(t, func(t *testing.T, where string) {
		here, there := open(t, where, library.Options{}), open(t, where, library.Options{})
		x := indexes(t, there, library.IndexOptions{})
		within := func(what string, holds func() bool) {
			t.Helper()
			for began := time.Now(); !holds(); time.Sleep(5 * time.Millisecond) {
				if time.Since(began) > 2*time.Second {
					t.Fatalf("%s: not seen within two seconds", what)
				}
			}
		}
		quotes := func(want string) func() bool { return func() bool { return quoted(t, x, "1", when) == want } }
		quoted(t, x, "1", when)
		put(t, here, "1", opens(t, "club", "lundi"), library.Added)
		within("an addition", quotes("Le club ouvre lundi."))
		put(t, here, "1", opens(t, "club", "mardi"), library.Revised)
		within("a revision", quotes("Le club ouvre mardi."))
		must(t, here.SetSettings(t.Context(), "1", library.Settings{Private: true}))
		within("a setting", func() bool {
			s, err := there.Settings(t.Context(), "1")
			must(t, err)
			return s.Private
		})
		must(t, here.Remove(t.Context(), "1", "club"))
		within("a removal", quotes(""))
		put(t, here, "", opens(t, "club", "jeudi"), library.Added)
		within("the operator's addition", quotes("Le club ouvre jeudi."))
	})
}

// A replica whose connection to PostgreSQL broke sees what it could not hear of.
func TestAReplicaThatHeardNothingCatchesUp(t *testing.T) {
	where := librarytest.Shared(t).Library(t)
	here, there := open(t, where, library.Options{Log: quiet}), open(t, where, library.Options{Log: quiet})
	x := indexes(t, there, library.IndexOptions{})
	put(t, here, "1", opens(t, "club", "lundi"), library.Added)
	quoted(t, x, "1", when)
	for day := range 3 {
		librarytest.Shared(t).Exec(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query LIKE '-- ping%'")
		text := fmt.Sprintf("le %d mai", day)
		put(t, here, "1", opens(t, "club", text), library.Revised)
		for began := time.Now(); quoted(t, x, "1", when) != "Le club ouvre "+text+"."; time.Sleep(10 * time.Millisecond) {
			if time.Since(began) > 2*time.Second {
				t.Fatalf("%s: not seen within two seconds", text)
			}
		}
	}
}

// A connection that hears nothing for a while is kept, and what comes then is heard.
func TestSilenceIsNoFault(t *testing.T) {
	var log bytes.Buffer
	where := librarytest.Shared(t).Library(t)
	here, there := open(t, where, library.Options{}), open(t, where, library.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	x := indexes(t, there, library.IndexOptions{})
	quoted(t, x, "1", when)
	time.Sleep(2500 * time.Millisecond)
	put(t, here, "1", opens(t, "club", "lundi"), library.Added)
	for began := time.Now(); quoted(t, x, "1", when) == ""; time.Sleep(time.Millisecond) {
		if time.Since(began) > 200*time.Millisecond {
			t.Fatal("not heard within 200 ms")
		}
	}
	if log.Len() > 0 {
		t.Errorf("got %s", log.String())
	}
}

// A fault of ours that one server's articles bring to light costs the others nothing.
func TestAPanicStaysWithItsServer(t *testing.T) {
	l := open(t, "", library.Options{Log: quiet})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	put(t, l, "2", opens(t, "bar", "mardi"), library.Added)
	x := library.NewIndexes(l, func(index *knowledge.Index) struct{} {
		if index.Article("club") != nil {
			panic("a fault")
		}
		return struct{}{}
	}, library.IndexOptions{})
	defer x.Close()
	if _, err := x.Acquire(t.Context(), "1"); err == nil || !strings.Contains(err.Error(), "panic: a fault") {
		t.Errorf("got %v", err)
	}
	if got := quoted(t, x, "2", when); got != "Le club ouvre mardi." {
		t.Errorf("the other: got %q", got)
	}
}

// The program ends while an index is being built: it does not wait for that.
func TestCloseDoesNotWaitForABuild(t *testing.T) {
	l := open(t, "", library.Options{})
	put(t, l, "1", opens(t, "club", "lundi"), library.Added)
	begun, end := make(chan struct{}), make(chan struct{})
	x := library.NewIndexes(l, func(*knowledge.Index) int {
		close(begun)
		<-end
		return 0
	}, library.IndexOptions{})
	acquired := make(chan error)
	go func() {
		h, err := x.Acquire(t.Context(), "1")
		if err == nil {
			h.Release()
		}
		acquired <- err
	}()
	<-begun
	x.Close()
	close(end)
	if err := <-acquired; err != nil {
		t.Error(err)
	}
	if x.Bytes() != 0 {
		t.Errorf("got %d bytes kept after Close", x.Bytes())
	}
}

// A question that is asked after something was removed does not wait for an index that was begun before.
func TestAnOlderBuildIsNoAnswer(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		put(t, l, "1", opens(t, "club", "lundi"), library.Added)
		put(t, l, "1", opens(t, "bar", "mardi"), library.Added)
		begun, end := make(chan struct{}), make(chan struct{})
		var once sync.Once
		x := library.NewIndexes(l, func(*knowledge.Index) int {
			once.Do(func() { close(begun); <-end })
			return 0
		}, library.IndexOptions{})
		defer x.Close()
		articles := func() chan int {
			found := make(chan int, 1)
			go func() {
				h, err := x.Acquire(t.Context(), "1")
				if err != nil {
					t.Error(err)
					found <- -1
					return
				}
				defer h.Release()
				found <- len(h.Index.Articles())
			}()
			return found
		}
		before := articles()
		<-begun
		must(t, l.Remove(t.Context(), "1", "club"))
		after := articles()
		time.Sleep(50 * time.Millisecond) // until it waits for the build
		close(end)
		if got := <-after; got != 1 {
			t.Errorf("got %d articles, want the one that is left", got)
		}
		if got := <-before; got < 1 || got > 2 {
			t.Errorf("who asked before: got %d articles", got)
		}
	})
}
