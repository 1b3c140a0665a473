package rank

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The walk gives each feature what it adds on average over all orders in which the features change, which
// is counted here one order after another.
func TestSharesAreShapleyValues(t *testing.T) {
	const features = 5
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		tr := randomTree(r, features, 12)
		to, from := make([]float32, features), make([]float32, features)
		for f := range features {
			to[f], from[f] = float32(r.IntN(4)), float32(r.IntN(4))
		}
		got := make([]float64, features)
		(&walk{tree: tr, to: to, from: from, shares: got}).on(0)
		for f, want := range averages(tr, to, from) {
			if math.Abs(got[f]-want) > 1e-5 {
				t.Fatalf("feature %d: got %v, want %v\n%+v\nto %v from %v", f, got[f], want, tr, to, from)
			}
		}
	}
}

// randomTree returns a tree of n nodes, some of which look at a feature that one above them looks at too.
func randomTree(r *rand.Rand, features, n int) (t tree) {
	type slot struct {
		node int
		yes  bool
	}
	var open []slot
	put := func(s slot, to int16) {
		if s.yes {
			t.Yes[s.node] = to
		} else {
			t.No[s.node] = to
		}
	}
	for i := range n {
		t.Feature = append(t.Feature, int16(r.IntN(features)))
		t.Limit = append(t.Limit, float32(r.IntN(4)))
		t.Yes, t.No = append(t.Yes, 0), append(t.No, 0)
		if i > 0 {
			at := r.IntN(len(open))
			put(open[at], int16(i))
			open = slices.Delete(open, at, at+1)
		}
		open = append(open, slot{i, true}, slot{i, false})
	}
	for i, s := range open {
		put(s, ^int16(i))
		t.Leaf = append(t.Leaf, r.Float32())
	}
	return t
}

func averages(t tree, to, from []float32) []float64 {
	sums, orders := make([]float64, len(to)), 0.0
	mixed := slices.Clone(from)
	var change func(left []int)
	change = func(left []int) {
		if len(left) == 0 {
			orders++
			return
		}
		for i, f := range left {
			before := forest{t}.value(mixed)
			mixed[f] = to[f]
			rest := slices.Delete(slices.Clone(left), i, i+1)
			added := float64(forest{t}.value(mixed) - before)
			// What comes after does not change what f added: it counts once for each order of the rest.
			sums[f] += added * factorial(len(rest))
			change(rest)
			mixed[f] = from[f]
		}
	}
	all := make([]int, len(to))
	for f := range all {
		all[f] = f
	}
	change(all)
	for f := range sums {
		sums[f] /= orders
	}
	return sums
}

func factorial(n int) float64 {
	if n < 2 {
		return 1
	}
	return float64(n) * factorial(n-1)
}
