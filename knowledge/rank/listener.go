package rank

import (
	"fmt"
	"math/bits"

	"verbatim/knowledge/french"
)

// A listener makes numbers of a sentence's words, as what may answer a question of some kind. Each word goes through two
// small layers; of what comes out of them, the most and the sum are kept. The rows and columns of its weights are as
// those of a [network].
type listener struct {
	Kind     [][]float32 `json:"kind"`    // by kind of question
	Is       [][]float32 `json:"is"`      // by bit of [Is]
	Numbers  [][]float32 `json:"numbers"` // by number of [Telling]
	Bias     []float32   `json:"bias"`
	Word     [][]float32 `json:"word"` // by unit of the layer before
	WordBias []float32   `json:"word_bias"`
}

// gives is how many numbers it makes of a sentence.
func (l *listener) gives() int {
	if l == nil {
		return 0
	}
	return 2 * len(l.WordBias)
}

// check makes sure that the listener can hear a sentence.
func (l *listener) check() error {
	units, words := len(l.Bias), len(l.WordBias)
	if units > maxUnits || l.gives() > maxUnits {
		return fmt.Errorf("a layer has more than %d units", maxUnits)
	}
	return checkLayers(
		layer{"kind", l.Kind, int(french.Kinds), units}, layer{"is", l.Is, isCount, units},
		layer{"numbers", l.Numbers, tellingCount, units}, layer{"word", l.Word, units, words},
	)
}

// sumCounts is what the sum counts beside the most: it is so much larger.
const sumCounts = 0.2

// hear fills in the most and the sum of what each unit makes of the words told.
func (l *listener) hear(kind french.Kind, told []Telling, out []float32) {
	var asked, first, second [maxUnits]float32
	always, h, o := asked[:len(l.Bias)], first[:len(l.Bias)], second[:len(l.WordBias)]
	copy(always, l.Bias)
	spread(always, []float32{1}, l.Kind[kind:])
	most, sum := out[:len(o)], out[len(o):]
	for i := range told {
		t := &told[i]
		copy(h, always)
		for is := t.Is; is != 0; is &= is - 1 {
			spread(h, []float32{1}, l.Is[bits.TrailingZeros32(uint32(is)):])
		}
		spread(h, t.Numbers[:], l.Numbers)
		rectify(h)
		copy(o, l.WordBias)
		spread(o, h, l.Word)
		rectify(o)
		for u, x := range o {
			most[u] = max(most[u], x)
			sum[u] += sumCounts * x
		}
	}
}
