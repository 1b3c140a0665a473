package rank

import (
	"fmt"

	"verbatim/knowledge/french"
)

// A network scores a sentence. Each word of the question, with what it meets in the sentence, goes through
// two small layers; what comes out of them is added up, joined by the sentence's features, and goes
// through one layer more. What the sentence's own words make of the question may join them. A row of weights belongs to an
// input, its columns to the layer's units.
type network struct {
	Asked     [][]float32 `json:"asked"` // by feature of [Asked]
	Match     [][]float32 `json:"match"` // by feature of [Match]
	MatchBias []float32   `json:"match_bias"`
	Word      [][]float32 `json:"word"` // by unit of the layer before
	WordBias  []float32   `json:"word_bias"`

	Told *listener `json:"told,omitempty"` // of the sentence's words; nil for a network that does not look at them

	// The inputs of the last layers are, in this order: the features but the kind, which stands first, each less its
	// mean, times its scale, within ±clip; a 1 for the question's kind among zeros; the sums over the words; what the listener gives.
	Mean   []float32   `json:"mean"`
	Scale  []float32   `json:"scale"`
	Hidden [][]float32 `json:"hidden"`
	Bias   []float32   `json:"bias"`
	Last   []float32   `json:"last"`   // from the hidden units to the score
	Direct []float32   `json:"direct"` // from the inputs to the score
}

// clip is how far from its mean a feature counts, in standard deviations.
const clip = 4

// maxUnits bounds the layers, so that scoring needs no memory of its own.
const maxUnits = 32

// fittedWords is how many words of a question fitting looks at (WORDS in fit/fit.py). Those of a longer question
// count for as many, or the sums would be further out than any that were fitted.
const fittedWords = 16

// maxInputs is how many inputs the last layers of a network can have.
const maxInputs = sureCount - 1 + int(french.Kinds) + 2*maxUnits

// plain is how many features the network sees as they are: all but the kind.
func (n *network) plain() int { return len(n.Mean) }

// before is how many inputs the last layers have before the sums over the words.
func (n *network) before() int { return n.plain() + int(french.Kinds) }

// behind is how many they have before what the listener gives.
func (n *network) behind() int { return n.before() + len(n.WordBias) }

// inputs is how many inputs the last layers have.
func (n *network) inputs() int { return n.behind() + n.Told.gives() }

// check makes sure that the network can score a sentence of this many features.
func (n *network) check(features int) error {
	units, words, hidden := len(n.MatchBias), len(n.WordBias), len(n.Bias)
	if units > maxUnits || words > maxUnits || hidden > maxUnits {
		return fmt.Errorf("a layer has more than %d units", maxUnits)
	}
	if n.Told != nil {
		if err := n.Told.check(); err != nil {
			return fmt.Errorf("told: %w", err)
		}
	}
	return checkLayers(
		layer{"asked", n.Asked, askedCount, units}, layer{"match", n.Match, matchCount, units}, layer{"word", n.Word, units, words},
		layer{"mean and scale", [][]float32{n.Mean, n.Scale}, 2, features - 1}, layer{"hidden", n.Hidden, n.inputs(), hidden},
		layer{"last", [][]float32{n.Last}, 1, hidden}, layer{"direct", [][]float32{n.Direct}, 1, n.inputs()},
	)
}

// A layer is some rows of weights, with how many there should be and how wide.
type layer struct {
	name       string
	rows       [][]float32
	many, wide int
}

func checkLayers(layers ...layer) error {
	for _, l := range layers {
		if len(l.rows) != l.many {
			return fmt.Errorf("%s: got %d rows, want %d", l.name, len(l.rows), l.many)
		}
		for _, row := range l.rows {
			if len(row) != l.wide {
				return fmt.Errorf("%s: a row has %d numbers, want %d", l.name, len(row), l.wide)
			}
		}
	}
	return nil
}

// A scorer scores the candidates of one question. It is one goroutine's.
type scorer struct {
	*network
	asked [maxTerms][maxUnits]float32 // by word of the question: what it gives the first layer by itself
	unmet [maxTerms]met               // by word of the question: what it gives where it meets nothing
}

// A met is what a word of the question gives by what it meets, once that is known.
type met struct {
	known bool
	gives [maxUnits]float32
}

func (n *network) scorer(asked []Asked) (s scorer) {
	s.network = n
	for w := range asked {
		to := s.asked[w][:len(n.MatchBias)]
		copy(to, n.MatchBias)
		spread(to, asked[w][:], n.Asked)
	}
	return s
}

// spread adds to each unit its weighted inputs, four at a time: so a unit is read and written once for four.
func spread(to, inputs []float32, weights [][]float32) {
	for ; len(inputs) >= 4; inputs, weights = inputs[4:], weights[4:] {
		a, b, c, d := inputs[0], inputs[1], inputs[2], inputs[3]
		ofA, ofB, ofC, ofD := weights[0][:len(to)], weights[1][:len(to)], weights[2][:len(to)], weights[3][:len(to)]
		for u := range to {
			to[u] = to[u] + a*ofA[u] + b*ofB[u] + c*ofC[u] + d*ofD[u]
		}
	}
	for i, x := range inputs {
		for u, weight := range weights[i][:len(to)] {
			to[u] += x * weight
		}
	}
}

// rectify makes negative units 0.
func rectify(units []float32) {
	for u := range units {
		units[u] = max(0, units[u])
	}
}

// score returns the score of a sentence by its features, what the words of the question meet in it, and its own words.
func (s *scorer) score(features []float32, matches []Match, told []Telling) float32 {
	var all [maxInputs]float32
	in := all[:s.inputs()]
	s.scaled(features, in)
	s.words(matches, in[s.before():s.behind()])
	if s.Told != nil {
		s.Told.hear(french.Kind(features[kind]), told, in[s.behind():])
	}
	return s.value(in)
}

// scaled fills in the inputs of the last layers that features are.
func (s *scorer) scaled(features, in []float32) {
	for i := range s.Mean {
		in[i] = min(clip, max(-clip, (features[1+i]-s.Mean[i])*s.Scale[i]))
	}
	in[s.plain()+int(features[kind])] = 1
}

// words fills in the sums over the words.
func (s *scorer) words(matches []Match, sums []float32) {
	for w := range matches {
		s.word(w, &matches[w], sums)
	}
	for u := range sums {
		sums[u] *= part(len(matches))
	}
}

// part is how much each of so many words counts.
func part(words int) float32 { return fittedWords / float32(max(words, fittedWords)) }

// word adds what word w gives by what it meets. Many meet nothing, and give the same in each sentence.
func (s *scorer) word(w int, m *Match, sums []float32) {
	here := new(met)
	if *m == nothing {
		here = &s.unmet[w]
	}
	if !here.known {
		s.meet(w, m, here.gives[:len(sums)])
		here.known = true
	}
	for u := range sums {
		sums[u] += here.gives[u]
	}
}

// meet fills in what word w gives by what it meets.
func (s *scorer) meet(w int, m *Match, gives []float32) {
	var first [maxUnits]float32
	h := first[:len(s.MatchBias)]
	copy(h, s.asked[w][:])
	spread(h, m[:], s.Match)
	rectify(h)
	copy(gives, s.WordBias)
	spread(gives, h, s.Word)
	rectify(gives)
}

// value is what the last layers make of their inputs.
func (s *scorer) value(in []float32) float32 {
	var units [maxUnits]float32
	h := units[:len(s.Bias)]
	copy(h, s.Bias)
	spread(h, in, s.Hidden)
	score := float32(0)
	for u := range h {
		score += max(0, h[u]) * s.Last[u]
	}
	for i, x := range in {
		score += x * s.Direct[i]
	}
	return score
}
