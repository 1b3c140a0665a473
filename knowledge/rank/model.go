package rank

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sync"

	"verbatim/knowledge/french"
)

// modelData is made by fit/fit.py, which says from what and how well it does.
//
//go:embed model.json
var modelData []byte

// A model is what was fitted: three sums of small decision trees, and how to read two of them.
type model struct {
	Features []string `json:"features"` // the names of what the trees look at, which must be [Names]
	Rank     forest   `json:"rank"`     // orders the sentences of one question

	// Of the first sentence, on the features of [sureness]: the log-odds that it is right, and that the
	// articles answer the question at all. Confidence has the log-odds Scale·(right + answerable) + Bias.
	Right      forest  `json:"right"`
	Answerable forest  `json:"answerable"`
	Scale      float64 `json:"scale"`
	Bias       float64 `json:"bias"`
}

// A forest's value is the sum of its trees' values.
type forest []tree

// A tree asks at node i whether feature Feature[i] is at most Limit[i], goes on at Yes[i] or No[i], and
// ends at leaf ^n where n is negative. A tree without nodes is its first leaf.
type tree struct {
	Feature []int16   `json:"feature"`
	Limit   []float32 `json:"limit"`
	Yes     []int16   `json:"yes"`
	No      []int16   `json:"no"`
	Leaf    []float32 `json:"leaf"`
}

// fitted returns the model of model.json.
var fitted = sync.OnceValue(func() *model {
	m, err := readModel(modelData)
	if err != nil {
		panic(fmt.Sprintf("model.json: %v", err)) // a bug of ours, seen by any test
	}
	return m
})

// Warm reads the model and the thesaurus, which the first question would wait some 5 ms for otherwise.
func Warm() {
	fitted()
	meaning()
}

func readModel(data []byte) (*model, error) {
	m := new(model)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, err
	}
	if !slices.Equal(m.Features, Names[:]) {
		return nil, fmt.Errorf("it was fitted on other features than this program's; fit it again: see knowledge/rank/fit")
	}
	for name, f := range map[string]struct {
		forest
		features int
	}{"rank": {m.Rank, int(featureCount)}, "right": {m.Right, sureCount}, "answerable": {m.Answerable, sureCount}} {
		for i, t := range f.forest {
			if err := t.check(f.features); err != nil {
				return nil, fmt.Errorf("%s, tree %d: %w", name, i, err)
			}
		}
	}
	return m, nil
}

// check makes sure that walking the tree ends and stays within it.
func (t tree) check(features int) error {
	n := len(t.Feature)
	if len(t.Limit) != n || len(t.Yes) != n || len(t.No) != n || len(t.Leaf) != n+1 {
		return fmt.Errorf("its lists differ in length")
	}
	for i := range n {
		if t.Feature[i] < 0 || int(t.Feature[i]) >= features {
			return fmt.Errorf("node %d looks at feature %d", i, t.Feature[i])
		}
		for _, next := range []int16{t.Yes[i], t.No[i]} {
			if next >= 0 && (int(next) <= i || int(next) >= n) || next < 0 && int(^next) > n {
				return fmt.Errorf("node %d goes on at %d", i, next)
			}
		}
	}
	return nil
}

// value walks every tree.
func (f forest) value(features []float32) float32 {
	sum := float32(0)
	for i := range f {
		t := &f[i]
		at := int16(0)
		if len(t.Feature) == 0 {
			at = -1
		}
		for at >= 0 {
			if features[t.Feature[at]] <= t.Limit[at] {
				at = t.Yes[at]
			} else {
				at = t.No[at]
			}
		}
		sum += t.Leaf[^at]
	}
	return sum
}

// sureCount is how many features the sureness of an answer is judged by: those of the first sentence,
// its score, and how far ahead of the second it is.
const sureCount = int(featureCount) + 3

// sureness fills in the features that an answer is judged by. The candidates are best first.
func sureness(candidates []Candidate) (f [sureCount]float32) {
	copy(f[:], candidates[0].Features[:])
	rest := f[featureCount:]
	rest[0], rest[1] = candidates[0].Score, noSecond
	if len(candidates) > 1 {
		rest[1] = candidates[0].Score - candidates[1].Score
	}
	rest[2] = float32(min(len(candidates), Considered))
	return f
}

// noSecond is how far ahead the first of one candidate is: further than any of several.
const noSecond = 10

// confidence is the probability that the first candidate is right, from 0 to 1.
func (m *model) confidence(candidates []Candidate) float64 {
	f := sureness(candidates)
	odds := float64(m.Right.value(f[:]) + m.Answerable.value(f[:]))
	odds = m.Scale*odds + m.Bias
	if k := french.Kind(f[kind]); k == french.Age || k == french.Duration {
		if f[hard] == 0 {
			odds -= noFigure
		} else {
			odds += figure
		}
	}
	return 1 / (1 + math.Exp(-odds))
}

// figure and noFigure are how much a question for an age or a duration that meets one, or none, raises or
// lowers the log-odds. The trees see too few of them (55 of the 4,844 questions that they are fitted on) to
// learn it: with a figure 97 % of the first sentences are right, without 37 %; where as many questions have
// no answer, 73 % and 12 %.
const (
	figure   = 1
	noFigure = 2.5
)
