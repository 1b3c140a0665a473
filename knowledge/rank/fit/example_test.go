package main

import (
	"os"
	"path/filepath"
	"testing"

	"verbatim/knowledge"
	"verbatim/knowledge/eval"
)

// TestWriteExamples checks what associate.py counts: the words that ask, then those of each candidate.
func TestWriteExamples(t *testing.T) {
	article, err := knowledge.NewArticle(knowledge.Meta{ID: "pont", Title: "Le pont"}, "Les habitants s’y pressent. La facture s’élève à trois millions d’euros.")
	if err != nil {
		t.Fatal(err)
	}
	if eval.Part(article.ID) == "report" {
		t.Fatal("the article is one for reporting")
	}
	gold := article.Paragraphs[0].Sentences[1]
	path := filepath.Join(t.TempDir(), "examples")
	set := eval.Set{Article: article, Questions: []eval.Question{{ID: "1", Text: "Combien a-t-il coûté ?", Gold: []knowledge.Span{gold}}}}
	if err := writeExamples([]eval.Set{set}, path); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const want = `? 0 combien a t il cout
- le habit s y pressent
+ la factur s elev a trois million d euros
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
