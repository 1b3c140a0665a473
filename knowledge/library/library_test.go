package library_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// article makes an article of a text.
func article(t testing.TB, id, text string) *knowledge.Article {
	t.Helper()
	a, err := knowledge.NewArticle(knowledge.Meta{ID: id, Title: strings.ToUpper(id[:1]) + id[1:]}, text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

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

func TestSmoke(t *testing.T) {
	for _, where := range []string{"", filepath.Join(t.TempDir(), "été?#%20 library.db")} {
		t.Run(where, func(t *testing.T) {
			l := open(t, where, library.Options{})
			x := library.NewIndexes(l, func(x *knowledge.Index) int { return len(x.Articles()) }, library.IndexOptions{})
			defer x.Close()
			ctx := context.Background()
			for i := range 3 {
				e, c, err := l.Put(ctx, "g1", article(t, "club", fmt.Sprintf("Le club ouvre à %d heures. Il ferme le soir.", i+8)))
				t.Log(e, c, err)
				h, err := x.Acquire(ctx, "g1")
				if err != nil {
					t.Fatal(err)
				}
				a, err := h.Index.Ask(ctx, knowledge.Question{Text: "À quelle heure ouvre le club ?"})
				t.Log(h.Value, a.Outcome, a.Quotes[0].Text(), err)
				h.Release()
			}
			h, err := x.Acquire(ctx, "g2")
			t.Log(h.Value, err)
			h.Release()
			if err := l.Remove(ctx, "g1", "club"); err != nil {
				t.Fatal(err)
			}
			if err := l.Remove(ctx, "g1", "club"); !errors.Is(err, library.ErrNotFound) {
				t.Fatal(err)
			}
			h, err = x.Acquire(ctx, "g1")
			t.Log(h.Value, err)
			h.Release()
		})
	}
}
