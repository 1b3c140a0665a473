package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// sourced returns an article with a source.
func sourced(t testing.TB, id string) *knowledge.Article {
	t.Helper()
	a, err := knowledge.NewArticle(knowledge.Meta{ID: id, Title: id, Source: "https://exemple.fr/" + id}, pool)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestWhatCannotBeReadAgain(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	wants(t, moderate(t, b, recorded(t, "articles_actualiser")), inFrench.nothingToRefresh)
	put(t, w, aServer, article(t, "piscine", pool))
	wants(t, moderate(t, b, recorded(t, "articles_actualiser_nom")), "**piscine** n’a pas d’adresse d’origine")
	wants(t, moderate(t, b, recorded(t, "articles_actualiser")), inFrench.nothingToRefresh)
	wants(t, moderate(t, b, withOption(recorded(t, "articles_actualiser_nom"), "nom", "patinoire")), "aucun article nommé « patinoire »")
}

// TestRefreshTellsWhatIsLeft ends a refresh in its middle, and removes an article that it is to read again.
func TestRefreshTellsWhatIsLeft(t *testing.T) {
	pages := web{}
	b, w, _ := newManaged(t, pages)
	var entries []library.Entry
	for n := range 5 {
		a := sourced(t, fmt.Sprintf("article-%d", n))
		pages[a.Source] = pool + " Voici du neuf."
		entries = append(entries, put(t, w, aServer, a))
	}
	if err := w.library.Remove(t.Context(), aServer, entries[1].ID); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	steps := 0
	done, err := b.refresh(newRequest(recorded(t, "articles_actualiser")), entries)(ctx, func(string) {
		if steps++; steps == 3 {
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	got := nbsp(strings.Join(texts(message(true, done.components...)), "\n"))
	for _, want := range []string{"en est à sa révision 2", inFrench.notKept, inFrench.interrupted, "pas eu le temps de relire : 2"} {
		if !strings.Contains(got, nbsp(want)) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	if kept, err := w.library.Entries(t.Context(), aServer); err != nil || len(kept) != 4 {
		t.Errorf("%d articles are kept, %v: one that was removed came back", len(kept), err)
	}
}

// TestASourceThatIsGoneKeepsTheText reads the source of a text that was pasted because the page asks to log in.
func TestASourceThatIsGoneKeepsTheText(t *testing.T) {
	a := sourced(t, "canal")
	b, w, _ := newManaged(t, web{a.Source: "Connectez-vous."})
	put(t, w, aServer, a)
	wants(t, moderate(t, b, recorded(t, "articles_actualiser")), "**canal** reste tel qu’il était", inFrench.refreshShrunk)
	if kept, err := w.library.Article(t.Context(), aServer, "canal"); err != nil || kept.Text != a.Text {
		t.Errorf("what is kept is now %v, %v", kept, err)
	}
}

// TestALongRefreshFitsInAMessage tells of more failures than a message holds.
func TestALongRefreshFitsInAMessage(t *testing.T) {
	b, w, _ := newManaged(t, web{})
	for n := range 60 {
		put(t, w, aServer, sourced(t, fmt.Sprintf("article-%02d", n)))
	}
	wants(t, moderate(t, b, recorded(t, "articles_actualiser")), "**article-00** reste tel qu’il était.", "Et d’autres : ")
}
