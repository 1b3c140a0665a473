package reader_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"verbatim/knowledge/reader"
)

// ExampleRead reads a page: its headings are kept apart, and what is beside it is left out.
func ExampleRead() {
	page := `<!doctype html><html lang="fr"><title>Le canal</title>
<nav><a href="/">Accueil</a></nav>
<p>Le canal a rouvert lundi. Il mesure 174 km.</p>
<h2>Les écluses</h2>
<p>Elles sont 110.</p>
<footer>Mentions légales</footer>`
	result, err := reader.Read(context.Background(), reader.File{Name: "canal.html", Data: []byte(page)})
	if err != nil {
		fmt.Println(err)
		return
	}
	a := result.Article
	fmt.Println(a.Title, "·", a.Language)
	for _, p := range a.Paragraphs {
		for _, s := range p.Sentences {
			fmt.Println("-", a.Quote(s))
		}
	}
	fmt.Println("headings:", a.Quote(a.Headings[0].Span))
	// Output:
	// Le canal · fr
	// - Le canal a rouvert lundi.
	// - Il mesure 174 km.
	// - Elles sont 110.
	// headings: Les écluses
}

func TestReadRefusals(t *testing.T) {
	password, err := os.ReadFile("testdata/files/password.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		data []byte
		want reader.Reason
	}{
		"empty.txt":    {nil, reader.Empty},
		"white.txt":    {[]byte(" \n\u00a0"), reader.Empty},
		"empty.html":   {[]byte("<!doctype html><script>x</script>"), reader.Empty},
		"picture.png":  {[]byte("\x89PNG\r\n\x1a\n"), reader.WrongType},
		"archive.zip":  {[]byte("PK\x05\x06" + strings.Repeat("\x00", 18)), reader.WrongType},
		"broken.docx":  {[]byte("PK\x03\x04"), reader.Unreadable},
		"password.pdf": {password, reader.Encrypted},
		"broken.pdf":   {[]byte("%PDF-1.7"), reader.Unreadable},
		"long.txt":     {make([]byte, reader.MaxSize+1), reader.TooBig},
	} {
		_, err := reader.Read(t.Context(), reader.File{Name: name, Data: tt.data})
		var refused *reader.RefusedError
		if !errors.As(err, &refused) || refused.Reason != tt.want || refused.What != name {
			t.Errorf("%s: got error %v, want %v", name, err, tt.want)
		}
	}
}

// TestReadEnds ends with its context, at any moment, by the context's own error.
func TestReadEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := reader.Read(ctx, reader.File{Name: "a.md", Data: []byte("Oui."), Source: "https://journal.fr/a?token=secret"})
	var refused *reader.RefusedError
	if !errors.Is(err, context.Canceled) || errors.As(err, &refused) || strings.Contains(err.Error(), "secret") {
		t.Errorf("got error %v", err)
	}
}

// TestReadAtOnce reads from many goroutines, more than there may be readers at once.
func TestReadAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			text := fmt.Sprintf("# Titre %d\n\nLe texte %d.\n", i, i)
			result, err := reader.Read(t.Context(), reader.File{Name: "a.md", Data: []byte(text)})
			if err != nil || result.Article.Title != fmt.Sprintf("Titre %d", i) {
				t.Errorf("got %v, %v", result, err)
			}
		})
	}
	all.Wait()
}

// TestSource takes the address that a page gives as its own, when it is of the same site.
func TestSource(t *testing.T) {
	for _, tt := range []struct{ fetched, stated, want string }{
		{"https://journal.fr/a?utm=1", "https://www.journal.fr/a", "https://www.journal.fr/a"},
		{"https://journal.fr/a", "https://ailleurs.fr/a", "https://journal.fr/a"},
		{"https://journal.fr/a", "javascript:alert(1)", "https://journal.fr/a"},
		{"https://journal.fr/a", "/a", "https://journal.fr/a"},
		{"https://journal.fr/a", "https://moi:mot@journal.fr/a", "https://journal.fr/a"},
		{"https://journal.fr/a", "https://journal.fr", "https://journal.fr/a"}, // as a careless site says on each of its pages
		{"https://journal.fr/", "https://www.journal.fr/", "https://www.journal.fr/"},
		{"https://journal.fr/a", "https://journal.fr/" + strings.Repeat("a", 3000), "https://journal.fr/a"},
		{"", "https://journal.fr/a", "https://journal.fr/a"},
		{"", "", ""},
	} {
		page := fmt.Sprintf("<!doctype html><link rel=canonical href=%q><p>Un texte.", tt.stated)
		if got := read(t, reader.File{Data: []byte(page), Source: tt.fetched}).Article.Source; got != tt.want {
			t.Errorf("%q, %q: got %q, want %q", tt.fetched, tt.stated, got, tt.want)
		}
	}
}
