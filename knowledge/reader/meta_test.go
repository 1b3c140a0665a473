package reader_test

import (
	"strings"
	"testing"

	"verbatim/knowledge/reader"
)

// What a file says of itself is short, however long it says it: a server's quota counts the text, and a list of its
// articles holds the rest of all of them.
func TestWhatAFileSaysOfItselfIsShort(t *testing.T) {
	long := strings.Repeat("très long ", 20_000)
	for name, data := range map[string]string{
		"title.html":   "<!doctype html><title>" + long + "</title><p>Le canal a rouvert lundi.",
		"author.html":  `<!doctype html><meta name=author content="` + long + `"><title>Le canal</title><p>Le canal a rouvert lundi.`,
		"lang.html":    `<!doctype html><html lang="fr-x-` + strings.Repeat("abcdefgh-", 20_000) + `a"><title>Le canal</title><p>Le canal a rouvert lundi.`,
		"matter.md":    "---\ntitle: " + long + "\nauthor: " + long + "\n---\nLe canal a rouvert lundi.\n",
		"heading.md":   "# " + long + "\n\nLe canal a rouvert lundi.\n",
		long + ".txt":  "Le canal a rouvert lundi.\n",
		"no spaces.md": "# " + strings.Repeat("é", 100_000) + "\n\nLe canal a rouvert lundi.\n",
	} {
		result, err := reader.Read(t.Context(), reader.File{Name: name, Data: []byte(data)})
		if err != nil {
			t.Fatalf("%.20s: %v", name, err)
		}
		if a := result.Article; len(a.Title)+len(a.Author)+len(a.Language) > 2000 || a.Title == "" {
			t.Errorf("%.20s: a title of %d bytes, an author of %d, a language of %d", name, len(a.Title), len(a.Author), len(a.Language))
		}
	}
}
