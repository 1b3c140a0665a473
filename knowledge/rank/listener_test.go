package rank

import (
	"testing"

	"verbatim/knowledge/french"
)

// A listener that counts numbers, for questions that ask how many: the most is a word's, the sum is the sentence's.
func TestHear(t *testing.T) {
	rows := func(many int) (rows [][]float32) {
		for range many {
			rows = append(rows, []float32{0})
		}
		return rows
	}
	l := listener{
		Kind: rows(int(french.Kinds)), Is: rows(isCount), Numbers: rows(tellingCount), Bias: []float32{-1},
		Word: [][]float32{{2}}, WordBias: []float32{0},
	}
	l.Kind[french.Quantity][0] = 1
	l.Is[2][0] = 1 // french.Number
	l.Numbers[tellingFocus][0] = 1
	if err := l.check(); err != nil {
		t.Fatal(err)
	}
	told := []Telling{
		{Is: Is(french.Number)},
		{},
		{Is: Is(french.Number), Numbers: [tellingCount]float32{tellingFocus: 0.5}},
	}
	for _, tt := range []struct {
		kind      french.Kind
		told      []Telling
		most, sum float32
	}{
		{french.Quantity, told, 3, sumCounts * 5},
		{french.Person, told, 1, sumCounts * 1}, // only what stands near what is asked for
		{french.Quantity, nil, 0, 0},
	} {
		out := make([]float32, l.gives())
		l.hear(tt.kind, tt.told, out)
		if out[0] != tt.most || out[1] != tt.sum {
			t.Errorf("kind %v, %d words: got %v, want the most %v and the sum %v", tt.kind, len(tt.told), out, tt.most, tt.sum)
		}
	}
	l.Is = l.Is[1:]
	if err := l.check(); err == nil {
		t.Error("a listener without weights for a bit was taken")
	}
}
