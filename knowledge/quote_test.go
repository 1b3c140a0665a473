package knowledge

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"verbatim/knowledge/rank"
)

// TestDrafts tells what is quoted, in which order: what is likeliest to hold the answer, not the likeliest sentence, and
// then what is likeliest if that does not.
func TestDrafts(t *testing.T) {
	const leaning = "L’usine ouvre à l’aube. Elle emploie « huit cents ouvriers ». Une cantine sert à midi."
	const looking = "Une usine ouvre à l’aube. L’usine emploie mille ouvriers. Une cantine sert à midi."
	const others = "Une usine ouvre à l’aube. Mille ouvriers y entrent. En 1990, elle ferme."
	const apart = "Une usine ouvre à l’aube. Mille ouvriers entrent. Une cantine sert à midi."
	first, second, third, both := Span{Start: 0, End: 1}, Span{Start: 1, End: 2}, Span{Start: 2, End: 3}, Span{Start: 0, End: 2}
	tests := []struct {
		name        string
		text        string
		likelihoods []float64 // of its sentences, which add up to 1
		runs        []Span    // of sentences that are quoted
		answers     []int     // the ones that answer
	}{
		{"two that lean on each other beat one", leaning, []float64{0.3, 0.3, 0.4}, []Span{both, third}, []int{0, 2}},
		{"the likelier of the two answers", leaning, []float64{0.1, 0.5, 0.4}, []Span{both, third}, []int{1, 2}},
		{"one is likelier than both", leaning, []float64{0.2, 0.2, 0.6}, []Span{third, both}, []int{2, 0}},
		{"as likely as one, two take longer to read", leaning, []float64{0.25, 0.25, 0.5}, []Span{third, both}, []int{2, 0}},
		{"what adds next to nothing stays out", leaning, []float64{0.88, 0.02, 0.1}, []Span{first, third, second}, []int{0, 2, 1}},
		{"what looks back comes with one that may answer as well", looking, []float64{0.3, 0.4, 0.3}, []Span{both, third}, []int{1, 2}},
		{"without one that hardly may", looking, []float64{0.05, 0.5, 0.45}, []Span{second, third, first}, []int{1, 2, 0}},
		{"a word that looks back, wherever it is", others, []float64{0.1, 0.5, 0.4}, []Span{{Start: 1, End: 3}, first}, []int{1, 0}},
		{"two that nothing binds", apart, []float64{0.3, 0.4, 0.3}, []Span{second, first, third}, []int{1, 0, 2}},
		{"what is quoted counts no more", leaning, []float64{0.55, 0.02, 0.43}, []Span{first, third, second}, []int{0, 2, 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var candidates []rank.Candidate
			for n, likely := range test.likelihoods {
				candidates = append(candidates, rank.Candidate{Sentence: n, Score: float32(math.Log(likely))})
			}
			slices.SortStableFunc(candidates, func(a, b rank.Candidate) int { return cmp.Compare(b.Score, a.Score) })
			drafts := indexOf(t, test.text).drafts(candidates, defaultTop)
			var runs []Span
			var answers []int
			for _, d := range drafts {
				runs, answers = append(runs, d.run), append(answers, d.answer)
			}
			if !slices.Equal(runs, test.runs) || !slices.Equal(answers, test.answers) {
				t.Errorf("got sentences %v, of which %v answer; want %v and %v", runs, answers, test.runs, test.answers)
			}
			if !slices.IsSortedFunc(drafts, func(a, b draft) int { return cmp.Compare(b.likely, a.likely) }) {
				t.Errorf("got drafts that are not best first: %v", drafts)
			}
		})
	}
}
