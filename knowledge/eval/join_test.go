package eval

import (
	"fmt"
	"testing"

	"verbatim/knowledge"
)

// TestJoin checks that long articles hold all of the short ones, with their questions and what answers them, and that no
// article of one part is joined to one of another.
func TestJoin(t *testing.T) {
	var sets []Set
	part, gold := map[string]string{}, map[string]string{} // by question
	for i := range 25 {
		text := fmt.Sprintf("L’écluse n° %d est fermée.\nElle mesure %d mètres.", i, 100+i)
		a, err := knowledge.NewArticle(knowledge.Meta{ID: fmt.Sprint("article-", i), Title: "Écluses"}, text)
		if err != nil {
			t.Fatal(err)
		}
		q := Question{ID: fmt.Sprint("question-", i), Text: "Combien mesure-t-elle ?", Gold: []knowledge.Span{a.Paragraphs[1].Sentences[0]}}
		part[q.ID], gold[q.ID] = Part(a.ID), a.Quote(q.Gold[0])
		sets = append(sets, Set{a, []Question{q}})
	}
	joined, err := Join(sets, 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(joined) < 3 || len(joined) > 9 {
		t.Errorf("25 articles of 3 parts, by 10, are %d articles", len(joined))
	}
	asked, paragraphs := 0, 0
	for _, s := range joined {
		paragraphs += len(s.Article.Paragraphs)
		for _, q := range s.Questions {
			asked++
			if got, want := s.Article.Quote(q.Gold[0]), gold[q.ID]; got != want {
				t.Errorf("%s is answered by %q, want %q", q.ID, got, want)
			}
			if got := Part(s.Article.ID); got != part[q.ID] {
				t.Errorf("%s is of the part %s, its article of %s", q.ID, part[q.ID], got)
			}
		}
	}
	if asked != len(sets) || paragraphs != 2*len(sets) {
		t.Errorf("got %d questions and %d paragraphs, want %d and %d", asked, paragraphs, len(sets), 2*len(sets))
	}
	if first := sets[0].Questions[0].Gold[0]; sets[0].Article.Quote(first) != gold["question-0"] {
		t.Error("the sets that were joined are changed")
	}
}

// TestForeign checks that rounds ask other questions, and never the article's own.
func TestForeign(t *testing.T) {
	var sets []Set
	for i := range 20 {
		a, err := knowledge.NewArticle(knowledge.Meta{ID: fmt.Sprint("article-", i)}, "Un texte.")
		if err != nil {
			t.Fatal(err)
		}
		sets = append(sets, Set{a, []Question{{ID: fmt.Sprint(i, "-0")}, {ID: fmt.Sprint(i, "-1")}}})
	}
	for n, first := range Foreign(sets, 3, 0) {
		second := Foreign(sets, 3, 1)[n]
		if first.ID == second.ID || first.ID[:2] == "3-" || second.ID[:2] == "3-" {
			t.Errorf("question %d is %s in one round and %s in the next", n, first.ID, second.ID)
		}
	}
}
