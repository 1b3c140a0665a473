package knowledge

import (
	"slices"
	"strings"
	"testing"

	"verbatim/knowledge/french"
)

// indexOf returns an index of one article, closed when the test ends.
func indexOf(t *testing.T, text string) *Index {
	t.Helper()
	return indexWith(t, text, Options{})
}

func indexWith(t *testing.T, text string, opts Options) *Index {
	t.Helper()
	article, err := NewArticle(Meta{ID: "a"}, text)
	if err != nil {
		t.Fatal(err)
	}
	x, err := Build([]*Article{article}, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// TestSearchInOrder checks that passages come in the order of the articles, however well they match: a question is
// then answered alike each time it is asked.
func TestSearchInOrder(t *testing.T) {
	x := indexOf(t, "L’usine ferme.\n\nLe pont est long.\n\nL’écluse de l’usine ouvre.\n\nL’usine, encore l’usine.")
	e := x.corpus.Expand(french.Parse("Où est l’écluse de l’usine ?"))
	defer e.Release()
	got, err := x.search(t.Context(), e, "")
	if want := []int{0, 2, 3}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got passages %v, %v, want %v", got, err, want)
	}
}

// TestSearchAlike checks that of passages that match alike, more than are read, the first ones come along.
func TestSearchAlike(t *testing.T) {
	const alike = "L’usine ferme à midi."
	x := indexWith(t, "L’usine, encore l’usine.\n\n"+strings.Repeat(alike+"\n\n", 70)+"Le pont est long.", Options{Passages: 4})
	e := x.corpus.Expand(french.Parse("Quand ferme l’usine ?"))
	defer e.Release()
	got, err := x.search(t.Context(), e, "")
	if want := []int{1, 2, 3, 4}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got passages %v, %v, want %v", got, err, want)
	}
}
