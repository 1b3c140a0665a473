package rank

import (
	"math"

	"verbatim/knowledge/french"
)

// A vector says what a word or a text is about: two that are about the same point the same way.
type vector [dimensions]int8

// dimensions is how many numbers fit/thesaurus.py writes for a word.
const dimensions = 64

// vectorScale is what stands for 1 in a vector's numbers.
const vectorScale = 127

// vector returns a word's signed numbers, none for an unlisted word.
func (t *thesaurus) vector(w word) string {
	if w == unlisted {
		return ""
	}
	return t.vectors[int(w)*dimensions:][:dimensions]
}

// A blend adds up the vectors of a text's words, the rarer the more: common words are about nothing.
type blend [dimensions]float32

func (b *blend) add(w word) {
	weight := float32(math.Log(float64(2 + w)))
	v := meaning().vector(w)
	for i := range len(v) {
		b[i] += weight * float32(int8(v[i]))
	}
}

// vector returns the direction of a blend, the zero vector when it is of no words.
func (b *blend) vector() (v vector) {
	square := float32(0)
	for _, x := range b {
		square += x * x
	}
	if square == 0 {
		return v
	}
	scale := vectorScale / float32(math.Sqrt(float64(square)))
	for i, x := range b {
		v[i] = int8(math.Round(float64(x * scale)))
	}
	return v
}

// cosine is how alike two directions are: from -1 to 1, 0 when either is of no words.
func (v *vector) cosine(w *vector) float32 {
	sum := int32(0)
	for i := range v {
		sum += int32(v[i]) * int32(w[i])
	}
	return float32(sum) / (vectorScale * vectorScale)
}

// directions gives each sentence of the corpus its vector.
func (c *Corpus) directions() {
	c.vectors = make([]vector, len(c.sentences))
	for i := range c.sentences {
		var b blend
		for _, t := range c.row(int32(i)) {
			if w := c.words[c.stems[t.form]]; w != unlisted && !t.class.Has(french.Function) {
				b.add(w)
			}
		}
		c.vectors[i] = b.vector()
	}
}

// directions returns the vectors of the question and of those of its words that name what it asks for.
func (e *Expansion) directions() (about, sought vector) {
	var all, some blend
	for n := range e.terms {
		if w := meaning().number(e.terms[n].Stem); w != unlisted {
			all.add(w)
			if e.terms[n].Focus {
				some.add(w)
			}
		}
	}
	return all.vector(), some.vector()
}

// alike is how alike a word is to the whole question and to what it asks for: cosines, 0 where either is unknown.
func (e *Expansion) alike(w word) (about, sought float32) {
	numbers := meaning().vector(w)
	ofAll, ofSome, square := int32(0), int32(0), int32(0)
	for i := range len(numbers) {
		x := int32(int8(numbers[i]))
		ofAll += int32(e.about[i]) * x
		ofSome += int32(e.sought[i]) * x
		square += x * x
	}
	if square == 0 {
		return 0, 0
	}
	length := vectorScale * float32(math.Sqrt(float64(square)))
	return float32(ofAll) / length, float32(ofSome) / length
}
