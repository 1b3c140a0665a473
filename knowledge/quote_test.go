package knowledge

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"verbatim/knowledge/rank"
)

// TestDrafts tells which quote comes first: the one likeliest to hold the answer, not that of the likeliest sentence.
func TestDrafts(t *testing.T) {
	x := indexOf(t, "L’usine ouvre à l’aube. Elle emploie « huit cents ouvriers ». La cantine sert à midi.")
	const factory, workers, canteen = 0, 1, 2 // the sentences; the second cannot be read alone
	tests := []struct {
		name        string
		likelihoods []float64 // of canteen, factory and workers, which add up to 1
		first       []int     // sentences of the first quote
		answer      int       // the one that answers
	}{
		{"two that lean on each other beat one", []float64{0.4, 0.3, 0.3}, []int{factory, workers}, factory},
		{"the likelier of the two answers", []float64{0.4, 0.1, 0.5}, []int{factory, workers}, workers},
		{"one is likelier than both", []float64{0.6, 0.2, 0.2}, []int{canteen}, canteen},
		{"as likely as one, two take longer to read", []float64{0.5, 0.25, 0.25}, []int{canteen}, canteen},
		{"what adds next to nothing stays out", []float64{0.1, 0.88, 0.02}, []int{factory}, factory},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var candidates []rank.Candidate
			for i, sentence := range []int{canteen, factory, workers} {
				candidates = append(candidates, rank.Candidate{Sentence: sentence, Score: float32(math.Log(test.likelihoods[i]))})
			}
			slices.SortFunc(candidates, func(a, b rank.Candidate) int { return cmp.Compare(b.Score, a.Score) })
			drafts := x.drafts(candidates)
			var first []int
			for n := drafts[0].run.Start; n < drafts[0].run.End; n++ {
				first = append(first, n)
			}
			if !slices.Equal(first, test.first) || drafts[0].answer != test.answer {
				t.Errorf("got sentences %v, of which %d answers; want %v and %d", first, drafts[0].answer, test.first, test.answer)
			}
			if !slices.IsSortedFunc(drafts, func(a, b draft) int { return cmp.Compare(b.score, a.score) }) {
				t.Errorf("got drafts that are not best first: %v", drafts)
			}
		})
	}
}
