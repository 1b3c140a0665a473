package rank

import (
	"math"

	"verbatim/knowledge/french"
)

// A reading is what one sentence holds of a question.
type reading struct {
	near  [maxTerms]float32 // by term: nearness of the nearest word
	sense [maxTerms]float32 // by term: how alike in meaning
	count [maxTerms]float32 // by term: sum of the nearness of all its words

	earlier, earlierSense [maxTerms]float32 // near and sense, the best of the sentences before in the paragraph
	place                 [maxTerms]int16   // by term: where its nearest word stands, from 1; 0 when it has none

	length, content, novel  int     // tokens; those that are no function words; those of them that match nothing
	evidence                int     // tokens that can answer and are not in the question
	gap                     float32 // tokens from one of those to the nearest word that matches; noGap when there is none
	around                  float32 // weight of the terms near the best of those
	unit                    bool    // a number stands by the noun that was asked for
	names, numbers, dates   int     // tokens of those kinds that are not in the question
	dense                   float32 // most weight of terms within a window
	senseDense, senseAround float32 // dense and around, by meaning
	adjacent                float32 // share of neighbouring terms of the question that stand side by side here too
	defined                 bool    // a matched word begins the sentence and a defining one follows
}

const (
	noGap      = 30 // as far as a gap goes
	reach      = 8  // tokens on each side that are near an answer
	window     = 12 // tokens in which the terms stand densely
	besideUnit = 3  // tokens between a number and what it counts
)

// read reads sentence i for a question.
func (c *Corpus) read(i int32, e *Expansion, r *reading) {
	*r = reading{gap: noGap}
	row := c.row(i)
	r.length = len(row)
	want := wanted[e.query.Kind]
	var hits [128]hit // of the row's matches; a longer row's later ones count for nearness alone
	n := 0
	for at, t := range row {
		if !t.class.Has(french.Function) {
			r.content++
		}
		best := float32(0)
		for l := e.heads[t.form]; l != 0; {
			link := e.links[l-1]
			l = link.next
			r.sense[link.term] = max(r.sense[link.term], link.sense)
			if n < len(hits) {
				w := e.terms[link.term].weight
				hits[n] = hit{at, link.term, link.near * w, link.sense * w}
				n++
			}
			if link.near == 0 {
				continue
			}
			best = max(best, link.near)
			r.count[link.term] += link.near
			if link.near > r.near[link.term] {
				r.near[link.term] = link.near
				r.place[link.term] = int16(min(at+1, math.MaxInt16))
			}
		}
		if best > newWord {
			continue
		}
		if !t.class.Has(french.Function) {
			r.novel++
		}
		switch {
		case t.evidence&isName != 0:
			r.names++
		case t.evidence&isDate != 0:
			r.dates++
		case t.evidence&isNumber != 0:
			r.numbers++
		}
		if t.evidence&want != 0 {
			r.evidence++
		}
	}
	c.around(row, want, hits[:n], e, r)
	c.density(hits[:n], e, r)
	r.adjacent = adjacency(e, r)
	r.defined = n > 0 && hits[0].at <= 2 && hasSoon(row, hits[0].at, french.Defining)
	r.unit = unitBeside(row, hits[:n], e)
}

// follow notes what the sentences before r hold, by the one just before it.
func (r *reading) follow(before *reading, terms int) {
	for n := range terms {
		r.earlier[n] = max(before.earlier[n], before.near[n])
		r.earlierSense[n] = max(before.earlierSense[n], before.sense[n])
	}
}

// newWord is the nearness up to which a word still says something that the question does not.
const newWord = 0.6

type hit struct {
	at     int
	term   int
	weight float32
	sense  float32
}

// around weighs the terms near each token that can answer, and keeps the best.
func (c *Corpus) around(row []token, want evidence, hits []hit, e *Expansion, r *reading) {
	if want == 0 || len(hits) == 0 {
		return
	}
	for at, t := range row {
		if t.evidence&want == 0 || e.spells(t.form) {
			continue
		}
		var near, sense [maxTerms]float32
		for _, h := range hits {
			d := h.at - at
			if d < 0 {
				d = -d
			}
			if h.weight > 0 {
				r.gap = min(r.gap, float32(d))
			}
			if d <= reach {
				near[h.term] = max(near[h.term], h.weight)
				sense[h.term] = max(sense[h.term], h.sense)
			}
		}
		r.around = max(r.around, sum(near[:len(e.terms)]))
		r.senseAround = max(r.senseAround, sum(sense[:len(e.terms)]))
	}
}

func sum(values []float32) (total float32) {
	for _, v := range values {
		total += v
	}
	return total
}

// density finds the window with the most weight.
func (c *Corpus) density(hits []hit, e *Expansion, r *reading) {
	for i, from := range hits {
		var near, sense [maxTerms]float32
		for _, h := range hits[i:] {
			if h.at-from.at >= window {
				break
			}
			near[h.term] = max(near[h.term], h.weight)
			sense[h.term] = max(sense[h.term], h.sense)
		}
		r.dense = max(r.dense, sum(near[:len(e.terms)]))
		r.senseDense = max(r.senseDense, sum(sense[:len(e.terms)]))
	}
}

// adjacency is the share of the question's neighbouring terms that stand side by side in the sentence,
// in the same order, with at most two words between.
func adjacency(e *Expansion, r *reading) float32 {
	pairs, found := 0, 0
	for n := 1; n < len(e.terms); n++ {
		pairs++
		if a, b := r.place[n-1], r.place[n]; a > 0 && b > a && b-a <= 3 {
			found++
		}
	}
	if pairs == 0 {
		return 0
	}
	return float32(found) / float32(pairs)
}

func hasSoon(row []token, at int, class french.Class) bool {
	for i := at + 1; i < len(row) && i <= at+4; i++ {
		if row[i].class.Has(class) {
			return true
		}
	}
	return false
}

// unitBeside reports whether a number stands just before the noun that the question counts.
func unitBeside(row []token, hits []hit, e *Expansion) bool {
	for _, h := range hits {
		if !e.terms[h.term].Focus {
			continue
		}
		for i := max(0, h.at-besideUnit); i < h.at; i++ {
			if row[i].evidence&isNumber != 0 {
				return true
			}
		}
	}
	return false
}
