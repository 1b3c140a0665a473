package library_test

import (
	"crypto/rand"
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
