package library_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"verbatim/knowledge/library"
	"verbatim/knowledge/library/librarytest"
)

// A shelf is what a library should hold: the version of each article by « server ID », those that are not
// there left out.
type shelf map[string]int

// apply is the shelf after a change that a scribe told.
func (s shelf) apply(what string) shelf {
	after := maps.Clone(s)
	f := strings.Fields(what)
	switch f[0] {
	case "purge":
		maps.DeleteFunc(after, func(key string, _ int) bool { return strings.HasPrefix(key, f[1]+" ") })
	case "remove":
		delete(after, f[1]+" "+f[2])
	case "put":
		after[f[1]+" "+f[2]], _ = strconv.Atoi(f[3])
	}
	return after
}

// A process that is killed at any moment loses no change that it was told is done, and leaves none half done.
func TestNothingIsLost(t *testing.T) {
	sharedEngines(t, func(t *testing.T, where string) {
		kills := 200
		if strings.HasPrefix(where, "postgres") {
			kills = 40 // the server, which keeps the data, is not killed
		}
		if testing.Short() || rounds < 1000 {
			kills /= 10
		}
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		draw := rand.New(rand.NewPCG(seed, 0))
		life := 3 * timeToWrite(t, where) // of which a third goes by before it writes
		begun, done := 0, 0
		held := shelf{}
		for kill := range kills {
			if kill%10 == 0 && !strings.HasPrefix(where, "postgres") {
				where, held = filepath.Join(t.TempDir(), "library.db"), shelf{} // killed while it is made
			}
			told := runScribe(t, where, draw.Uint64(), 1+kill*1000, time.Duration(draw.Int64N(int64(life))))
			begun += len(told)
			for i, what := range told {
				finished, _ := strings.CutSuffix(what, " done")
				after := held.apply(finished)
				if finished == what && i == len(told)-1 {
					held = settled(t, where, held, after) // one or the other
					break
				}
				held, done = after, done+1
			}
			if got := holds(t, where); !maps.Equal(got, held) {
				t.Fatalf("kill %d: the library holds %v, want %v, after\n%s", kill, got, held, strings.Join(told, "\n"))
			}
		}
		t.Logf("%d kills: %d changes begun, %d told as done", kills, begun, done)
		if done < kills {
			t.Errorf("got %d changes in %d lives: the scribe hardly wrote", done, kills)
		}
	})
}

// timeToWrite is how long a scribe takes from its start to its first change.
func timeToWrite(t *testing.T, where string) time.Duration {
	t.Helper()
	onPostgres := strings.HasPrefix(where, "postgres")
	if onPostgres {
		where += "&application_name=" + scribe
	}
	began := time.Now()
	cmd := exec.Command(os.Args[0], scribe, where, "0", "0")
	out, err := cmd.StdoutPipe()
	must(t, err, cmd.Start())
	for told := bufio.NewScanner(out); told.Scan() && told.Text() != "done"; {
	}
	took := time.Since(began)
	must(t, cmd.Process.Kill())
	_ = cmd.Wait() // it was killed
	if onPostgres {
		waitForBackends(t)
	}
	l, err := library.Open(t.Context(), where, library.Options{})
	must(t, err)
	for _, guild := range scribeGuilds {
		must(t, l.Purge(t.Context(), guild))
	}
	must(t, l.Close())
	return took
}

// settled returns which of two states the library is in after the change that was interrupted.
func settled(t *testing.T, where string, before, after shelf) shelf {
	t.Helper()
	if got := holds(t, where); maps.Equal(got, after) {
		return after
	}
	return before
}

// runScribe lets a scribe write for some time and kills it. It returns what it began, each with « done » behind
// when it was told so.
func runScribe(t *testing.T, where string, seed uint64, version int, life time.Duration) []string {
	t.Helper()
	var out, trouble bytes.Buffer
	onPostgres := strings.HasPrefix(where, "postgres")
	if onPostgres {
		where += "&application_name=" + scribe
	}
	cmd := exec.Command(os.Args[0], scribe, where, fmt.Sprint(seed), fmt.Sprint(version))
	cmd.Stdout, cmd.Stderr = &out, &trouble
	must(t, cmd.Start())
	time.Sleep(life)
	must(t, cmd.Process.Signal(syscall.SIGKILL))
	_ = cmd.Wait() // it was killed
	if onPostgres {
		waitForBackends(t)
	}
	if trouble.Len() > 0 {
		t.Fatalf("%s\nafter\n%s", trouble.String(), out.String())
	}
	text := strings.ReplaceAll(out.String(), "\ndone\n", " done\n")
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
}

// waitForBackends waits until PostgreSQL has finished what a scribe had sent when it was killed.
func waitForBackends(t *testing.T) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), librarytest.Shared(t).URL())
	must(t, err)
	defer func() { must(t, c.Close(context.Background())) }()
	for left, began := 1, time.Now(); left > 0; time.Sleep(time.Millisecond) {
		must(t, c.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1", scribe).Scan(&left))
		if time.Since(began) > 10*time.Second {
			t.Fatalf("%d connections of a process that was killed are left", left)
		}
	}
}

// holds reads what a library holds, and checks that each article is whole, and that the index agrees.
func holds(t *testing.T, where string) shelf {
	t.Helper()
	l, err := library.Open(t.Context(), where, library.Options{})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	x := indexes(t, l, library.IndexOptions{})
	defer x.Close()
	found := shelf{}
	for _, guild := range scribeGuilds {
		h, err := x.Acquire(t.Context(), guild)
		must(t, err)
		entries, err := l.Entries(t.Context(), guild)
		must(t, err)
		u, err := l.Usage(t.Context(), guild)
		must(t, err)
		if n := len(h.Index.Articles()); n != len(entries) || n != u.Articles {
			t.Errorf("server %s: the index has %d articles, the library %d, and counts %d", guild, n, len(entries), u.Articles)
		}
		for _, a := range h.Index.Articles() {
			var version int
			_, err := fmt.Sscanf(a.Text, "Le club "+a.ID+" du serveur "+guild+" en est à la version %d.", &version)
			must(t, err)
			if a.Text != scribeText(guild, a.ID, version) {
				t.Errorf("server %s, article %s: version %d is not whole", guild, a.ID, version)
			}
			found[guild+" "+a.ID] = version
		}
		h.Release()
	}
	if !strings.HasPrefix(where, "postgres") {
		must(t, l.Check(t.Context()))
	}
	return found
}
