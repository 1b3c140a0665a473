package knowledge_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
)

const parts = "Le canal\n\nIl a été creusé en 1834. Il mesure 12 km.\n\nL’écluse\n\nElle est fermée."

// heading is the heading that names part in text.
func heading(t *testing.T, text, part string, level int) knowledge.Heading {
	t.Helper()
	at := strings.Index(text, part)
	if at < 0 {
		t.Fatalf("%q is not in the text", part)
	}
	return knowledge.Heading{Span: knowledge.Span{Start: at, End: at + len(part)}, Level: level}
}

func quoted(a *knowledge.Article) (sentences []string) {
	for _, p := range a.Paragraphs {
		for _, s := range p.Sentences {
			sentences = append(sentences, a.Quote(s))
		}
	}
	return sentences
}

func TestHeadingsAreNotQuoted(t *testing.T) {
	headings := []knowledge.Heading{heading(t, parts, "Le canal", 1), heading(t, parts, "L’écluse", 2)}
	a, err := knowledge.NewArticle(knowledge.Meta{Title: "Le canal", Language: "fr"}, parts, headings...)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Il a été creusé en 1834.", "Il mesure 12 km.", "Elle est fermée."}
	if diff := cmp.Diff(want, quoted(a)); diff != "" {
		t.Errorf("sentences (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(headings, a.Headings); diff != "" {
		t.Errorf("headings (-want +got)\n%s", diff)
	}
	if len(a.Paragraphs) != 2 || a.ID != "le-canal" || a.Language != "fr" {
		t.Errorf("got %d paragraphs of %q in %q", len(a.Paragraphs), a.ID, a.Language)
	}
	headings[0].Level = 9
	if a.Headings[0].Level != 1 {
		t.Error("the article shares its headings with its maker")
	}
}

func TestHeadingsThatAreNone(t *testing.T) {
	canal, lock := heading(t, parts, "Le canal", 1), heading(t, parts, "L’écluse", 1)
	for _, tt := range []struct {
		name     string
		headings []knowledge.Heading
	}{
		{"part of a paragraph", []knowledge.Heading{heading(t, parts, "Il mesure 12 km.", 1)}},
		{"out of order", []knowledge.Heading{lock, canal}},
		{"twice", []knowledge.Heading{canal, canal}},
		{"without a level", []knowledge.Heading{{Span: canal.Span}}},
		{"past the end", []knowledge.Heading{{Span: knowledge.Span{Start: 0, End: 1000}, Level: 1}}},
		{"empty", []knowledge.Heading{{Level: 1}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := knowledge.NewArticle(knowledge.Meta{ID: "canal"}, parts, tt.headings...)
			var unfit *knowledge.ArticleError
			if !errors.As(err, &unfit) || !strings.Contains(unfit.Why, "heading") {
				t.Errorf("got error %v", err)
			}
		})
	}
}

func TestNewArticleNeedsSentences(t *testing.T) {
	only := "Le canal\n\nL’écluse"
	for name, read := range map[string]func() (*knowledge.Article, error){
		"empty":   func() (*knowledge.Article, error) { return knowledge.NewArticle(knowledge.Meta{}, " \n\u00a0\n") },
		"NUL":     func() (*knowledge.Article, error) { return knowledge.NewArticle(knowledge.Meta{}, "Un mot.\x00") },
		"Latin-1": func() (*knowledge.Article, error) { return knowledge.NewArticle(knowledge.Meta{}, "L'\xe9t\xe9.") },
		"no passage": func() (*knowledge.Article, error) {
			return knowledge.NewArticle(knowledge.Meta{}, only, heading(t, only, "Le canal", 1), heading(t, only, "L’écluse", 1))
		},
	} {
		var unfit *knowledge.ArticleError
		if _, err := read(); !errors.As(err, &unfit) {
			t.Errorf("%s: got error %v", name, err)
		}
	}
}
