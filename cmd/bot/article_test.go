package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/knowledge/reader"
)

func TestLoadArticleTooLong(t *testing.T) {
	file := filepath.Join(t.TempDir(), "long.txt")
	if err := os.WriteFile(file, bytes.Repeat([]byte("Un mot. "), reader.MaxSize/8+1), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := loadArticle(t.Context(), file)
	if err == nil || !strings.HasSuffix(err.Error(), "it is longer than 5 MiB, as no article is") {
		t.Errorf("got %v", err)
	}
}

// TestLoadArticleByteForByte holds what scripts rely on: places in the text are places in the file.
func TestLoadArticleByteForByte(t *testing.T) {
	const text = "\u00a0\tUn  mot\u00a0!\r\nLa « suite »\u200b\u202f; et\x07 la fin.\n\n\n# Non\n"
	file := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := loadArticle(t.Context(), file)
	if err != nil || a.Text != text || len(a.Headings) > 0 || a.ID != "note" || a.Title != "Note" {
		t.Errorf("got %+v, %v, want the text as it is", a, err)
	}
}

// TestLoadArticleOfFormats reads what is no plain text: the document names itself, its file the ID.
func TestLoadArticleOfFormats(t *testing.T) {
	for name, text := range map[string]string{
		"a.md":   "# L’écluse\n\nElle a été *construite* en 1834.\n",
		"a.html": "<!doctype html><title>L’écluse</title><h1>Le lieu</h1><p>Elle a été <i>construite</i> en 1834.",
	} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := loadArticle(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Quote(a.Paragraphs[0].Sentences[0]); got != "Elle a été construite en 1834." || a.Title != "L’écluse" || a.ID != "a" {
			t.Errorf("%s: got %q in %q (%q)", name, got, a.Title, a.ID)
		}
	}
}

func TestLines(t *testing.T) {
	var got []string
	for line, err := range lines(strings.NewReader("un\n\n" + strings.Repeat("x", maxLine+1) + "\nquatre\n")) {
		if err != nil {
			line = err.Error()
		}
		got = append(got, line)
	}
	want := []string{"un", "", "line 3: it is longer than 1 MiB, and no question"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}
