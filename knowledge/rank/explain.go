package rank

import "slices"

// Shares tells what the difference between the scores of two candidates is due to: a share for each
// feature, which add up to c.Score − other.Score. A feature that is the same in both has none.
//
// They are the Shapley values of the score over c with other as the only background: what a feature
// adds when it changes from other's value to c's, averaged over all orders in which the features may
// change. For trees they are exact, and found by one walk of each. Source: Lundberg et al., From local
// explanations to global understanding with explainable AI for trees, 2020, interventional TreeSHAP:
// https://doi.org/10.1038/s42256-019-0138-9.
func (c Candidate) Shares(other Candidate) (shares [featureCount]float64) {
	for _, t := range fitted().Rank {
		if len(t.Feature) == 0 {
			continue // its value is the same for all
		}
		w := walk{tree: t, to: c.Features[:], from: other.Features[:], shares: shares[:]}
		w.on(0)
	}
	return shares
}

// A walk goes down a tree in all the ways that mixtures of two candidates go.
type walk struct {
	tree     tree
	to, from []float32
	shares   []float64

	// The features on the way here whose two values part at a node, by whose value led here. No
	// feature is in both lists or twice in one.
	toward, away []int16
}

// on walks on from a node, or gives the leaf's value to those that led to it.
func (w *walk) on(at int16) {
	if at < 0 {
		w.leaf(float64(w.tree.Leaf[^at]))
		return
	}
	f := w.tree.Feature[at]
	to, from := w.next(at, w.to[f]), w.next(at, w.from[f])
	switch {
	case to == from || slices.Contains(w.toward, f):
		w.on(to)
	case slices.Contains(w.away, f):
		w.on(from)
	default:
		w.toward = append(w.toward, f)
		w.on(to)
		w.toward = w.toward[:len(w.toward)-1]
		w.away = append(w.away, f)
		w.on(from)
		w.away = w.away[:len(w.away)-1]
	}
}

func (w *walk) next(at int16, value float32) int16 {
	if value <= w.tree.Limit[at] {
		return w.tree.Yes[at]
	}
	return w.tree.No[at]
}

// leaf shares a leaf's value among the features that led to it. It is reached in the orders in which all of
// toward have changed and none of away has; a feature earns it where it is the last of the former, and
// loses it where it is the first of the latter.
func (w *walk) leaf(value float64) {
	a, b := len(w.toward), len(w.away)
	for _, f := range w.toward {
		w.shares[f] += value * orders(a-1, b)
	}
	for _, f := range w.away {
		w.shares[f] -= value * orders(a, b-1)
	}
}

// orders is the share of the orders of a+b+1 features in which one stands after a given ones and before b
// others: a! b! / (a+b+1)!.
func orders(a, b int) float64 {
	share := 1 / float64(a+b+1)
	for i := range b {
		share *= float64(i+1) / float64(a+i+1)
	}
	return share
}
