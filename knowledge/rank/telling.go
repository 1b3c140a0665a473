package rank

import "math"

// A Telling describes one word of a sentence as what may answer a question: what it is by itself, and how much of the
// question stands around it.
type Telling struct {
	Is      Is
	Numbers [tellingCount]float32
}

// Is is the set of what a word of a sentence is: its class (french.Class), above that what it can answer, and above that whether
// it is a number that counts what the question asks to be counted.
type Is uint32

// The bits of [Is].
const (
	evidenceFrom = 21 // french.Class has as many bits
	isMeasured   = evidenceFrom + 10
	isCount      = isMeasured + 1
)

// The numbers of a [Telling]. A share is of the question's weight.
const (
	tellingNear        = iota // how near the word comes to a word of the question, by letters
	tellingSense              // by meaning
	tellingShare              // tellingNear, times the share of the question's word
	tellingSenseShare         // tellingSense, likewise
	tellingAssociated         // what it speaks for an answer, by [Associations]; 0 for a word of the question
	tellingPlace              // its place in the sentence, in twenties
	tellingFocus              // how alike in meaning it is to what is asked for, as a cosine
	tellingBefore             // how alike the word before it is
	tellingAfter              // how alike the word after it is
	tellingAbout              // how alike it is to the whole question
	tellingRare               // how rare it is in French: the logarithm of its number in the thesaurus, in elevenths
	tellingUnlisted           // 1 when the thesaurus does not have it
	tellingAround             // the tellingShare of the words around it, see around: four numbers
	tellingSenseAround = tellingAround + 4
	tellingCount       = tellingSenseAround + 4
)

// toldWords is how many words of a sentence are described (TOLD in fit/fit.py): most sentences have no more.
const toldWords = 40

// Tell describes the words of a candidate. They are valid until the expansion is released.
func (e *Expansion) Tell(c *Candidate) {
	row := e.corpus.row(int32(c.Sentence))
	row = row[:min(len(row), toldWords)]
	first := len(e.told)
	for i := range row {
		e.told = append(e.told, e.telling(row, i))
	}
	c.Told = e.told[first:len(e.told):len(e.told)]
	for i := range c.Told {
		t := &c.Told[i].Numbers
		if i > 0 {
			t[tellingBefore] = c.Told[i-1].Numbers[tellingFocus]
		}
		if i+1 < len(c.Told) {
			t[tellingAfter] = c.Told[i+1].Numbers[tellingFocus]
		}
	}
	around(c.Told, tellingShare, tellingAround)
	around(c.Told, tellingSenseShare, tellingSenseAround)
}

// telling describes the word at i by itself.
func (e *Expansion) telling(row []token, i int) (t Telling) {
	c, token := e.corpus, row[i]
	t.Is = Is(token.class) | Is(token.evidence)<<evidenceFrom
	if e.measured(row, i) {
		t.Is |= 1 << isMeasured
	}
	n := &t.Numbers
	for l := e.heads[token.form]; l != 0; l = e.links[l-1].next {
		link := &e.links[l-1]
		share := e.terms[link.term].share
		if link.near > n[tellingNear] {
			n[tellingNear], n[tellingShare] = link.near, link.near*share
		}
		if link.sense > n[tellingSense] {
			n[tellingSense], n[tellingSenseShare] = link.sense, link.sense*share
		}
	}
	st := c.stems[token.form]
	if p := e.product(st); p != ownWord {
		n[tellingAssociated] = c.associations.unit * float32(p)
	}
	n[tellingPlace] = float32(i) / 20
	w := c.words[st]
	n[tellingAbout], n[tellingFocus] = e.alike(w)
	if w == unlisted {
		n[tellingRare], n[tellingUnlisted] = 1, 1
	} else {
		n[tellingRare] = float32(math.Log(float64(2+w))) / 11 // the thesaurus has fewer than e^11 words
	}
	return t
}

// nearby and farther are how fast a word matters less to what stands further from it: in so many words it is e times less.
const (
	nearby  = 2
	farther = 8
)

// around fills in how much of one number the words around each word have: before it and after it, each by what
// stands nearby and what stands farther.
func around(told []Telling, number, to int) {
	for side, step := range []int{1, -1} {
		for scale, words := range []float64{nearby, farther} {
			fade, sum := float32(math.Exp(-1/words)), float32(0)
			at := 0
			if step < 0 {
				at = len(told) - 1
			}
			for ; at >= 0 && at < len(told); at += step {
				told[at].Numbers[to+2*side+scale] = sum
				sum = (sum + told[at].Numbers[number]) * fade
			}
		}
	}
}
