package knowledge_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
)

// An explanation is Ask's own answer, and its shares account for the scores to the last digit that
// they have.
func TestExplain(t *testing.T) {
	x := shipped(t)
	for _, question := range []string{"Qui remplace Alexandr Wang ?", "Quel âge a Alexandr Wang ?", "Combien Meta a-t-il investi ?", "Quel temps fait-il à New York ?"} {
		t.Run(question, func(t *testing.T) {
			q := knowledge.Question{Text: question}
			got, err := x.Explain(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			answer := ask(t, x, question)
			if got.Confidence != answer.Confidence || got.Outcome != answer.Outcome || got.Found() != (got.Confidence >= got.Limit) {
				t.Errorf("got %v at %v with limit %v, want Ask's %v at %v", got.Outcome, got.Confidence, got.Limit, answer.Outcome, answer.Confidence)
			}
			if diff := cmp.Diff(texts(answer), texts(got.Answer)); diff != "" {
				t.Errorf("quotes (-Ask +Explain)\n%s", diff)
			}
			checkReasons(t, got.Reasons)
		})
	}
}

func checkReasons(t *testing.T, reasons []knowledge.Reason) {
	t.Helper()
	if len(reasons) < 2 {
		t.Fatalf("got %d reasons, want several", len(reasons))
	}
	for i, r := range reasons {
		other := reasons[0].Score
		if i == 0 {
			other = reasons[1].Score
		}
		sum := 0.0
		for n, f := range r.Features {
			sum += f.Share
			if isWord := strings.HasPrefix(f.Name, "« "); !isWord && f.Value == f.Other && f.Share != 0 { // around a word more may differ
				t.Errorf("%d: %s is the same in both, and got the share %v", i, f.Name, f.Share)
			}
			if n > 0 && math.Abs(f.Share) > math.Abs(r.Features[n-1].Share) {
				t.Errorf("%d: %s stands after a lighter feature", i, f.Name)
			}
		}
		if want := r.Score - other; math.Abs(sum-want) > 1e-4 {
			t.Errorf("%d: the shares add up to %v, want the difference of the scores, %v", i, sum, want)
		}
		sentences := r.Article.Paragraphs[r.Paragraph-1].Sentences
		if sentences[r.Sentence-1] != r.Span {
			t.Errorf("%d: got § %d, sentence %d for %q", i, r.Paragraph, r.Sentence, r.Article.Quote(r.Span))
		}
	}
}

// A question that holds no word to search for has an explanation too: nothing was compared.
func TestExplainNothing(t *testing.T) {
	got, err := shipped(t).Explain(t.Context(), knowledge.Question{Text: "… ?"})
	if err != nil || got.Outcome != knowledge.NoTerms || len(got.Reasons) > 0 {
		t.Errorf("got %v with %d reasons, error %v", got.Outcome, len(got.Reasons), err)
	}
}
