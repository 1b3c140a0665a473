package library_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// growthPicture shows how times and memory grow; docs/performance.md says what they are.
const growthPicture = "../../docs/images/growth.svg"

// sizes are those that growth is measured at.
var sizes = []int{100, 1000, 10_000}

// TestGrowth measures with -update, prints what it measured, and draws it:
//
//	go test ./knowledge/library -run Growth -update -timeout 30m -v
//
// Without, it checks that the picture is there.
func TestGrowth(t *testing.T) {
	if !*update {
		if _, err := os.Stat(growthPicture); err != nil {
			t.Error(err)
		}
		return
	}
	add := series{title: "Adding an article of 10 KB", unit: "ms", x: "articles in the library", target: 50}
	build := series{title: "Building one server’s index", unit: "s", x: "articles of 5 KB", target: 20}
	peak := series{title: "Memory at most while it is built", unit: "MiB", x: "articles of 5 KB", target: 600}
	ask := series{title: "99 questions in 100 take at most", unit: "ms", x: "articles of 5 KB", target: 30}
	many := series{title: "All servers’ indexes, bound to 256 MiB", unit: "MiB", x: "servers with 5 articles of 5 KB", target: 256}
	for _, n := range sizes {
		add.add(n, measureAdding(t, n))
		large := measureLarge(t, n)
		build.add(n, large.build.Seconds())
		peak.add(n, mebibytes(large.peak))
		ask.add(n, milliseconds(large.p99))
		t.Logf("%d articles in one server: %+v", n, large)
	}
	for _, n := range []int{10, 100, 1000} {
		many.add(n, mebibytes(measureServers(t, n, library.DefaultIndexBytes)))
	}
	for _, s := range []series{add, build, peak, ask, many} {
		t.Logf("%s (%s): %v", s.title, s.unit, s.points)
	}
	must(t, os.WriteFile(growthPicture, []byte(draw([]series{add, build, peak, ask, many})), 0o644))
}

// measureAdding returns how long it takes, at the median and in milliseconds, to add an article of 10 KB to a
// library in a file that has n articles already, a hundred a server.
func measureAdding(t testing.TB, n int) float64 {
	t.Helper()
	l := open(t, filepath.Join(t.TempDir(), "library.db"), library.Options{})
	var lines strings.Builder
	text := madeText(0, 10_000)
	for i := range n {
		fmt.Fprintf(&lines, "{\"guild\":\"%d\",\"article\":{\"id\":\"a%d\",\"title\":\"A%d\",\"text\":%q}}\n", i/100, i, i, text)
	}
	_, err := l.Import(t.Context(), strings.NewReader(lines.String()))
	must(t, err)
	var took []time.Duration
	for i := range 50 {
		text := madeText(uint64(i), 10_000)
		began := time.Now()
		a := article(t, fmt.Sprint("new", i), text) // cut into sentences, as when a moderator adds it
		put(t, l, "1", a, library.Added)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return milliseconds(took[len(took)/2])
}

// A large is what one server with many articles costs.
type large struct {
	build, median, p99 time.Duration
	peak, live         int64 // memory in bytes, while it is built and afterwards, the articles included
}

// measureLarge measures one server with n articles of 5 KB, in a process that is told how much memory there is, as
// docs/hosting.md says: GOMEMLIMIT=600MiB.
func measureLarge(t testing.TB, n int) (m large) {
	t.Helper()
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(600 << 20))
	l := open(t, filepath.Join(t.TempDir(), "library.db"), library.Options{Quota: library.Quota{Articles: n, Bytes: 1 << 30}})
	var questions []string
	draw := rand.New(rand.NewPCG(7, 7))
	var lines strings.Builder
	for i := range n {
		text := madeText(uint64(i), 5000)
		fmt.Fprintf(&lines, "{\"guild\":\"1\",\"article\":{\"id\":\"a%d\",\"title\":\"A%d\",\"text\":%q}}\n", i, i, text)
		if draw.IntN(n) < 1000 {
			questions = append(questions, questionOf(draw, text))
		}
	}
	_, err := l.Import(t.Context(), strings.NewReader(lines.String()))
	must(t, err)
	lines.Reset()
	x := indexes(t, l, library.IndexOptions{Bytes: 1 << 40})
	before := heap()
	peak := watchHeap()
	began := time.Now()
	h, err := x.Acquire(t.Context(), "1")
	must(t, err)
	defer h.Release()
	m.build, m.peak, m.live = time.Since(began), peak()-before, heap()-before
	var took []time.Duration
	for _, q := range questions {
		began := time.Now()
		_, err := h.Index.Ask(t.Context(), knowledge.Question{Text: q})
		must(t, err)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	m.median, m.p99 = took[len(took)/2], took[len(took)*99/100]
	return m
}

// questionOf asks for something that a text says, in some of its words.
func questionOf(draw *rand.Rand, text string) string {
	sentences := strings.Split(text, ". ")
	words := strings.Fields(strings.ToLower(sentences[draw.IntN(len(sentences))]))
	draw.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return "Quand " + strings.Join(words[:min(len(words), 4+draw.IntN(4))], " ") + " ?"
}

// measureServers returns how much memory the indexes take of n servers with five articles of 5 KB each, when all
// were asked, in bytes.
func measureServers(t testing.TB, n int, bound int64) int64 {
	t.Helper()
	l := open(t, filepath.Join(t.TempDir(), "library.db"), library.Options{})
	var lines strings.Builder
	for i := range n {
		for j := range 5 {
			fmt.Fprintf(&lines, "{\"guild\":\"%d\",\"article\":{\"id\":\"a%d\",\"title\":\"A%d\",\"text\":%q}}\n", i, j, j, madeText(uint64(5*i+j), 5000))
		}
	}
	_, err := l.Import(t.Context(), strings.NewReader(lines.String()))
	must(t, err)
	lines.Reset()
	knowledge.Shipped() // what the first use of the language's tables takes is none of the indexes'
	x := indexes(t, l, library.IndexOptions{Bytes: bound})
	quoted(t, x, "none", when)
	before := heap()
	var work sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				if _, err := ask(t.Context(), x, fmt.Sprint(i), when); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	took := heap() - before
	t.Logf("%d servers: %d indexes kept, %d MiB by estimate, %d MiB measured", n, x.Stats().Indexes, x.Stats().Bytes>>20, took>>20)
	runtime.KeepAlive(x)
	return took
}

// watchHeap watches how much memory is in use until the function that it returns is called, which tells the most
// that was seen, in bytes.
func watchHeap() (most func() int64) {
	var high atomic.Int64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			high.Store(max(high.Load(), int64(m.HeapInuse)))
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() int64 {
		close(stop)
		<-stopped
		return high.Load()
	}
}

func mebibytes(n int64) float64            { return float64(n) / (1 << 20) }
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// The estimate that bounds the indexes is that of the runtime, near enough: it may be too much by half, and too
// little by a fifth.
func TestCost(t *testing.T) {
	for _, shape := range []struct{ articles, bytes, copies int }{{1, 1000, 60}, {1, 5000, 60}, {5, 5000, 30}, {20, 5000, 10}, {200, 5000, 1}} {
		before := heap()
		var all []*knowledge.Index
		var estimate int64
		for c := range shape.copies {
			var articles []*knowledge.Article
			for i := range shape.articles {
				articles = append(articles, madeArticle(t, uint64(c*1000+i), shape.bytes))
			}
			index, err := knowledge.Build(articles, knowledge.Options{})
			must(t, err)
			all = append(all, index)
			estimate += library.Cost(articles)
		}
		measured := heap() - before
		ratio := float64(estimate) / float64(measured)
		t.Logf("%d articles of %d bytes: %d KiB each, estimated as %.2f of that", shape.articles, shape.bytes, measured/int64(shape.copies)>>10, ratio)
		if ratio < 0.8 || ratio > 2.5 {
			t.Errorf("%d articles of %d bytes: estimated %d bytes, measured %d", shape.articles, shape.bytes, estimate, measured)
		}
		for _, index := range all {
			must(t, index.Close())
		}
	}
}

// What the indexes really take stays within their bound.
func TestTheBoundHolds(t *testing.T) {
	const bound = 12 << 20
	if took := measureServers(t, 60, bound); took > bound*5/4 {
		t.Errorf("got %d bytes, want at most %d and a quarter", took, bound)
	}
}

// BenchmarkPut adds an article of 10 KB to a library in a file.
func BenchmarkPut(b *testing.B) {
	l := open(b, filepath.Join(b.TempDir(), "library.db"), library.Options{Quota: library.Quota{Articles: 1 << 30, Bytes: 1 << 40}})
	text := madeText(1, 10_000)
	n := 0
	for b.Loop() {
		n++
		put(b, l, "1", article(b, fmt.Sprint("a", n), text), library.Added)
	}
}

// BenchmarkAcquire is what each question pays for the library when nothing changed.
func BenchmarkAcquire(b *testing.B) {
	l := open(b, filepath.Join(b.TempDir(), "library.db"), library.Options{})
	put(b, l, "1", opens(b, "club", "lundi"), library.Added)
	x := indexes(b, l, library.IndexOptions{})
	for b.Loop() {
		h, err := x.Acquire(b.Context(), "1")
		must(b, err)
		h.Release()
	}
}
