package library_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

func TestAnArticleComesBackAsItWas(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		text := "Le règlement\n\nLe club ouvre à 8 heures — l’été aussi. « Où ? » demanda-t-il.\n\nIl ferme à 20\u202f000 années d’ici 🎲."
		want := articleOf(t, knowledge.Meta{ID: "reglement", Title: "Le règlement", Author: "Zoé O’Neil", Source: "https://example.org/r?a=1&b=é",
			Date: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), Language: "fr"}, text,
			knowledge.Heading{Span: knowledge.Span{Start: 0, End: len("Le règlement")}, Level: 1})
		put(t, l, "1", want, library.Added)
		got, err := l.Article(t.Context(), "1", "reglement")
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-put +got)\n%s", diff)
		}
		if _, err := l.Article(t.Context(), "2", "reglement"); !errors.Is(err, library.ErrNotFound) {
			t.Errorf("another server's article: got %v, want ErrNotFound", err)
		}
	})
}

func TestTheSameArticleIsRevised(t *testing.T) {
	page := func(id, source, text string) knowledge.Meta {
		return knowledge.Meta{ID: id, Title: "Accueil", Source: source, Language: text}
	}
	steps := []struct {
		name             string
		meta             knowledge.Meta
		text             string
		want             library.Change
		wantID           string
		revision, number int
	}{
		{"first", page("accueil", "https://a.example/", ""), "Un.", library.Added, "accueil", 1, 1},
		{"the same bytes", page("accueil", "https://a.example/", ""), "Un.", library.Unchanged, "accueil", 1, 1},
		{"the same source, another title's ID", page("bienvenue", "https://a.example/", ""), "Un.", library.Unchanged, "accueil", 1, 1},
		{"the same source, another text", page("bienvenue", "https://a.example/", ""), "Deux.", library.Revised, "accueil", 2, 1},
		{"the same text, known better", page("accueil", "https://a.example/", "fr"), "Deux.", library.Revised, "accueil", 3, 1},
		{"another source with the same title", page("accueil", "https://b.example/", ""), "Trois.", library.Added, "accueil-2", 1, 2},
		{"a third", page("accueil", "https://c.example/", ""), "Trois.", library.Added, "accueil-3", 1, 3},
		{"the second again", page("accueil", "https://b.example/", ""), "Quatre.", library.Revised, "accueil-2", 2, 3},
		{"a text without a source, by its ID", page("accueil", "", ""), "Cinq.", library.Revised, "accueil", 4, 3},
		{"that text again", page("accueil", "", ""), "Cinq.", library.Unchanged, "accueil", 4, 3},
		{"another ID", page("contact", "", ""), "Cinq.", library.Added, "contact", 1, 4},
	}
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		for _, step := range steps {
			e := put(t, l, "1", articleOf(t, step.meta, step.text), step.want)
			all, err := l.Entries(t.Context(), "1")
			must(t, err)
			if e.ID != step.wantID || e.Revision != step.revision || len(all) != step.number {
				t.Errorf("%s: got %q, revision %d, of %d articles; want %q, %d, of %d",
					step.name, e.ID, e.Revision, len(all), step.wantID, step.revision, step.number)
			}
			a, err := l.Article(t.Context(), "1", e.ID)
			must(t, err)
			if a.Text != step.text || a.ID != e.ID {
				t.Errorf("%s: got %q, %q, want %q, %q", step.name, a.ID, a.Text, e.ID, step.text)
			}
		}
	})
}

func TestEntriesTellOfArticles(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		l := open(t, where, library.Options{Now: func() time.Time { return now }})
		put(t, l, "1", article(t, "zebre", "Le zèbre est rayé. Il court.\n\nIl broute."), library.Added)
		put(t, l, "1", article(t, "abeille", "L’abeille danse."), library.Added)
		now = now.Add(time.Hour)
		put(t, l, "1", article(t, "abeille", "L’abeille vole."), library.Revised)
		put(t, l, "2", article(t, "loup", "Le loup hurle."), library.Added)

		got, err := l.Entries(t.Context(), "1")
		must(t, err)
		want := []library.Entry{
			{Meta: knowledge.Meta{ID: "abeille", Title: "Abeille"}, Guild: "1", Revision: 2, Bytes: 17, Paragraphs: 1, Sentences: 1,
				Added: now.Add(-time.Hour), Changed: now},
			{Meta: knowledge.Meta{ID: "zebre", Title: "Zebre"}, Guild: "1", Revision: 1, Bytes: 42, Paragraphs: 2, Sentences: 3,
				Added: now.Add(-time.Hour), Changed: now.Add(-time.Hour)},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if got, err := l.Guilds(t.Context()); err != nil || !cmp.Equal(got, []string{"1", "2"}) {
			t.Errorf("servers: got %v, %v", got, err)
		}
		must(t, l.Remove(t.Context(), "1", "zebre"))
		if err := l.Remove(t.Context(), "1", "zebre"); !errors.Is(err, library.ErrNotFound) {
			t.Errorf("remove it again: got %v, want ErrNotFound", err)
		}
		if err := l.Remove(t.Context(), "1", "loup"); !errors.Is(err, library.ErrNotFound) {
			t.Errorf("remove another server's: got %v, want ErrNotFound", err)
		}
	})
}

func TestQuota(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{Quota: library.Quota{Articles: 2, Bytes: 100}})
		words := func(n int) string { return strings.Repeat("a", n-1) + "." }
		put(t, l, "1", article(t, "a", words(40)), library.Added)
		put(t, l, "1", article(t, "b", words(50)), library.Added)
		for _, test := range []struct {
			name, id string
			bytes    int
			full     bool
		}{
			{"a third article", "c", 2, true},
			{"a revision too long", "a", 51, true},
			{"one as long", "a", 40, false},
			{"a shorter revision", "b", 45, false},
			{"one that fits then", "a", 55, false},
		} {
			_, _, err := l.Put(t.Context(), "1", article(t, test.id, strings.ToUpper(words(test.bytes))))
			var full *library.QuotaError
			if errors.As(err, &full) != test.full || err != nil && !test.full {
				t.Errorf("%s: got %v", test.name, err)
			}
		}
		u, err := l.Usage(t.Context(), "1")
		if want := (library.Usage{Articles: 2, Bytes: 100, Quota: library.Quota{Articles: 2, Bytes: 100}}); err != nil || u != want {
			t.Errorf("got %+v, %v, want %+v", u, err, want)
		}
		put(t, l, "2", article(t, "c", words(100)), library.Added)
		for i := range 4 { // the operator's shelf is as large as they like
			put(t, l, "", article(t, fmt.Sprint("s", i), words(90)), library.Added)
		}
	})
}

// A server that kept more before its quota was lowered may still make its articles shorter.
func TestQuotaThatWasLowered(t *testing.T) {
	sharedEngines(t, func(t *testing.T, where string) {
		before := open(t, where, library.Options{})
		put(t, before, "1", article(t, "a", "Une phrase qui dépasse."), library.Added)
		l := open(t, where, library.Options{Quota: library.Quota{Articles: 1, Bytes: 10}})
		put(t, l, "1", article(t, "a", "Une phrase qui passe."), library.Revised)
		var full *library.QuotaError
		if _, _, err := l.Put(t.Context(), "1", article(t, "a", "Une phrase qui dépasse encore.")); !errors.As(err, &full) {
			t.Errorf("a longer revision: got %v, want a QuotaError", err)
		}
	})
}

// What was removed, or revised, is in none of the library's files any more.
func TestWhatIsRemovedIsGoneFromTheDisk(t *testing.T) {
	folder := t.TempDir()
	l := open(t, filepath.Join(folder, "library.db"), library.Options{})
	x := indexes(t, l, library.IndexOptions{})
	const secret = "Le mot de passe du coffre est abracadabra."
	holds := func() bool {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(folder, "*"))
		must(t, err)
		for _, file := range files {
			data, err := os.ReadFile(file)
			must(t, err)
			if bytes.Contains(data, []byte("abracadabra")) {
				return true
			}
		}
		return false
	}
	remove := map[string]func() error{
		"removed": func() error { return l.Remove(t.Context(), "1", "coffre") },
		"revised": func() error {
			_, _, err := l.Put(t.Context(), "1", article(t, "coffre", "Le mot de passe est secret."))
			return err
		},
		"purged": func() error { return l.Purge(t.Context(), "1") },
		"forgotten": func() error {
			return errors.Join(l.Purge(t.Context(), "1"), l.SetSettings(t.Context(), "1", library.Settings{KeepQuestions: true}),
				l.AddQuestion(t.Context(), "1", library.UnansweredQuestion{Text: secret}), l.ForgetQuestions(t.Context(), "1"))
		},
	}
	for name, undo := range remove {
		put(t, l, "1", article(t, "coffre", strings.Repeat(secret+" ", 500)), library.Added)
		quoted(t, x, "1", "Quel est le mot de passe du coffre ?")
		if !holds() {
			t.Fatalf("%s: it is not there before", name)
		}
		must(t, undo())
		if holds() {
			t.Errorf("%s: it is still on the disk", name)
		}
		must(t, l.Purge(t.Context(), "1"))
	}
}

// Other users of the machine do not read what servers keep.
func TestTheFileIsPrivate(t *testing.T) {
	folder := t.TempDir()
	l := open(t, filepath.Join(folder, "library.db"), library.Options{})
	put(t, l, "1", article(t, "club", "Le club ouvre."), library.Added)
	files, err := os.ReadDir(folder)
	must(t, err)
	for _, f := range files {
		info, err := f.Info()
		must(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: got mode %v", f.Name(), info.Mode())
		}
	}
	if len(files) < 2 {
		t.Errorf("got %d files, want the library and its journal", len(files))
	}
}
