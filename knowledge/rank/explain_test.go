package rank

import (
	"math"
	"slices"
	"testing"

	"verbatim/knowledge/french"
)

// The shares of two candidates add up to the difference of their scores, and what is the same in both has none.
func TestShares(t *testing.T) {
	c := corpus(
		[]string{"Marie Curie découvre le radium en 1898.", "Elle reçoit le prix Nobel de chimie."},
		[]string{"Le radium brille.", "Pierre Curie meurt en 1906, à Paris."},
	)
	for _, question := range []string{"Quand Marie Curie découvre-t-elle le radium ?", "Où meurt Pierre Curie ?", "radium"} {
		e := c.Expand(french.Parse(question))
		r := e.Rank([]int{0, 1})
		for i := range r.Candidates {
			first, other := &r.Candidates[0], &r.Candidates[i]
			shares := first.Shares(other, r.Asked)
			sum := 0.0
			for f, share := range shares.Features {
				sum += share
				if first.Features[f] == other.Features[f] && share != 0 {
					t.Errorf("%s: %s is the same in both and has the share %v", question, Names[f], share)
				}
			}
			for w, share := range shares.Words {
				sum += share
				if first.Matches[w] == other.Matches[w] && share != 0 {
					t.Errorf("%s: word %d meets the same in both and has the share %v", question, w, share)
				}
			}
			if want := float64(first.Score - other.Score); math.Abs(sum-want) > 1e-4 {
				t.Errorf("%s: the shares add up to %v, want %v", question, sum, want)
			}
		}
		e.Release()
	}
}

// The felt gradient is what a small change of an input changes.
func TestGradient(t *testing.T) {
	c := corpus([]string{"Marie Curie découvre le radium en 1898.", "Elle reçoit le prix Nobel."})
	e := c.Expand(french.Parse("Quand Marie Curie découvre-t-elle le radium ?"))
	defer e.Release()
	candidates, asked := e.Describe([]int{0})
	s := fitted().Rank[0].scorer(asked)
	n, before := s.inputs(), s.before()
	value := func(m *Match) float32 {
		var in [maxInputs]float32
		s.scaled(candidates[0].Features[:], in[:n])
		matches := slices.Clone(candidates[0].Matches)
		matches[1] = *m
		s.words(matches, in[before:n])
		return s.value(in[:n])
	}
	m := candidates[0].Matches[1]
	var in [maxInputs]float32
	s.scaled(candidates[0].Features[:], in[:n])
	s.words(candidates[0].Matches, in[before:n])
	felt := s.feltLast(in[:n])
	byInput := s.feltWord(1, &m, felt[before:n])
	for i := range m {
		const step = 1e-3
		more, less := m, m
		more[i] += step
		less[i] -= step
		want := (value(&more) - value(&less)) / (2 * step)
		if d := math.Abs(float64(byInput[i] - want)); d > 0.05+0.05*math.Abs(float64(want)) {
			t.Errorf("input %d: felt %v, changes by %v", i, byInput[i], want)
		}
	}
}
