package library_test

import (
	"crypto/rand"
	"net/url"
	"strings"
	"testing"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// Both engines keep an article whose address is longer than any that is fetched, without that address: an index of
// PostgreSQL's would not hold it.
func TestALongSource(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		source := "https://example.org/"
		for len(source) < 20_000 {
			source += strings.ToLower(rand.Text())
		}
		for _, length := range []int{2048, len(source)} {
			meta := knowledge.Meta{ID: "loin", Title: "Loin", Source: source[:length]}
			e := put(t, l, "1", articleOf(t, meta, "Un."), map[bool]library.Change{true: library.Added, false: library.Revised}[length == 2048])
			if want := map[bool]string{true: meta.Source}[length == 2048]; e.Source != want {
				t.Errorf("%d bytes: kept %d", length, len(e.Source))
			}
			put(t, l, "1", articleOf(t, meta, "Un."), library.Unchanged)
		}
	})
}

// An ID may hold what a pattern of SQL gives a meaning to: articles of several sources do not overwrite each other.
func TestAnIDIsNoPattern(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		for _, id := range []string{`a\b`, "a%b", "A_b"} {
			for n, source := range []string{"https://un.example/", "https://deux.example/", "https://trois.example/"} {
				meta := knowledge.Meta{ID: id, Title: "Titre", Source: source + url.PathEscape(id)}
				put(t, l, "1", articleOf(t, meta, strings.Repeat("Oui. ", n+1)), library.Added)
			}
		}
		if all, err := l.Entries(t.Context(), "1"); err != nil || len(all) != 9 {
			t.Errorf("%d articles, %v, want 9", len(all), err)
		}
	})
}
