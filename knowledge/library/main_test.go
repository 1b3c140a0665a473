package library_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/library/librarytest"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == scribe {
		os.Exit(scribeMain(os.Args[2:]))
	}
	status := m.Run()
	librarytest.End()
	if status == 0 {
		// bleve's workers, which it starts with the program and shares among all indexes.
		workers := goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker")
		if err := goleak.Find(workers); err != nil {
			_, _ = io.WriteString(os.Stderr, "a goroutine is left: "+err.Error()+"\n")
			status = 1
		}
	}
	os.Exit(status)
}

// everyEngine runs a test on an empty library of each kind.
func everyEngine(t *testing.T, test func(t *testing.T, where string)) {
	t.Run("memory", func(t *testing.T) { test(t, "memory:") })
	sharedEngines(t, test)
}

// sharedEngines runs a test on an empty library of each kind that several processes may open.
func sharedEngines(t *testing.T, test func(t *testing.T, where string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "library.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, librarytest.Shared(t).Library(t)) })
}

// quiet is a logger for tests in which something is to go wrong.
var quiet = slog.New(slog.DiscardHandler)

func open(t testing.TB, where string, o library.Options) *library.Library {
	t.Helper()
	l, err := library.Open(t.Context(), where, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// indexes are [library.Indexes] that end before their library does.
func indexes(t testing.TB, l *library.Library, o library.IndexOptions) *library.Indexes[struct{}] {
	t.Helper()
	x := library.NewIndexes(l, func(*knowledge.Index) struct{} { return struct{}{} }, o)
	t.Cleanup(x.Close)
	return x
}

// article makes an article of a text.
func article(t testing.TB, id, text string) *knowledge.Article {
	t.Helper()
	return articleOf(t, knowledge.Meta{ID: id, Title: strings.ToUpper(id[:1]) + id[1:]}, text)
}

func articleOf(t testing.TB, m knowledge.Meta, text string, headings ...knowledge.Heading) *knowledge.Article {
	t.Helper()
	a, err := knowledge.NewArticle(m, text, headings...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// put keeps an article and checks what that did.
func put(t testing.TB, l *library.Library, guild string, a *knowledge.Article, want library.Change) library.Entry {
	t.Helper()
	e, got, err := l.Put(t.Context(), guild, a)
	if err != nil || got != want {
		t.Fatalf("put %q: got %v, %v, want %v", a.ID, got, err, want)
	}
	return e
}

// must fails the test on an error.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// quoted asks a question of what a server knows, and returns the first quote, "" when there is none.
func quoted(t testing.TB, x *library.Indexes[struct{}], guild, question string) string {
	t.Helper()
	text, err := ask(t.Context(), x, guild, question)
	must(t, err)
	return text
}

func ask(ctx context.Context, x *library.Indexes[struct{}], guild, question string) (string, error) {
	h, err := x.Acquire(ctx, guild)
	if err != nil {
		return "", err
	}
	defer h.Release()
	a, err := h.Index.Ask(ctx, knowledge.Question{Text: question})
	if err != nil || len(a.Quotes) == 0 {
		return "", err
	}
	return a.Quotes[0].Text(), nil
}
