// Package rank orders the sentences of articles by how well they answer a question.
//
// A [Corpus] holds articles read for ranking. [Corpus.Expand] finds the words of the corpus that say what a
// question says; [Expansion.Rank] describes each candidate sentence by its [Features] and orders them by the fitted model in model.json, which is data: the program that fits
// it is in knowledge/rank/fit. The same model says how likely the first is to be right.
package rank

import (
	"cmp"
	"slices"
)

// A Candidate is a sentence that may answer.
type Candidate struct {
	Sentence int // its number in the corpus
	Features Features
	Score    float32 // by the model; no unit, higher is better
	sketch   float32
}

// Considered is how many candidates the model looks at: those with the best sketch. It bounds the time that
// a question takes, however long the articles are.
const Considered = 32

// A Ranking is the candidates for a question, best first, and what they are worth.
type Ranking struct {
	Candidates []Candidate
	Confidence float64 // probability that the first is right, from 0 to 1
}

// Rank orders the sentences of some paragraphs, given by their numbers, by how well they answer.
// It returns no candidates when the question has no terms or no paragraph is given.
func (e *Expansion) Rank(paragraphs []int) Ranking {
	candidates := e.Describe(paragraphs)
	if len(candidates) == 0 {
		return Ranking{}
	}
	m := fitted()
	for i := range candidates {
		candidates[i].Score = m.Rank.value(candidates[i].Features[:])
	}
	slices.SortStableFunc(candidates, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return Ranking{Candidates: candidates, Confidence: m.confidence(candidates)}
}

// Describe returns the sentences of some paragraphs that the model looks at, best sketch first, without
// scores. They are valid until the expansion is released.
func (e *Expansion) Describe(paragraphs []int) []Candidate {
	c := e.corpus
	e.candidates = e.candidates[:0]
	if len(e.terms) == 0 {
		return nil
	}
	for _, n := range paragraphs {
		p := c.paragraphs[n]
		e.readings = slices.Grow(e.readings[:0], int(p.end-p.first))[:p.end-p.first]
		for i := range e.readings {
			c.read(p.first+int32(i), e, &e.readings[i])
		}
		around := c.surround(e, p, e.readings)
		for i := range e.readings {
			e.candidates = append(e.candidates, Candidate{Sentence: int(p.first) + i})
			f := &e.candidates[len(e.candidates)-1].Features
			c.describe(e, p, e.readings, i, &around, f)
			around.passed(&e.readings[i], len(e.terms))
		}
	}
	return compare(e.candidates)
}

// sketch is a first guess at a score, by hand: what the tuned BM25 of docs/retrieval.md adds up. It
// picks the candidates that the model then looks at, and the model sees it too.
func sketch(f *Features) float32 {
	return f[bm25] + 0.5*f[cover] + 0.5*f[senseCover] + 0.5*f[carried] + 0.3*f[bm25Paragraph] +
		0.3*f[adjacent] + 0.2*f[titled] + 0.3*f[evidenceWeight]
}

// gaps pairs the features that count by their distance to the best candidate's with that distance.
var gaps = [][2]int{
	{cover, coverGap}, {bm25, bm25Gap}, {coverAll, coverAllGap}, {dense, denseGap},
	{evidenceWeight, evidenceGapBest}, {bm25Paragraph, paragraphGap}, {senseCover, senseGap}, {rareCover, rareGap},
	{untitled, untitledGap}, {senseCarried, senseCarriedGap}, {senseParagraph, senseParagraphGap}, {rareParagraph, rareParagraphGap},
	{coverForm, coverFormGap}, {coverStem, coverStemGap}, {senseDense, senseDenseGap}, {senseAround, senseAroundGap}, {neighbourhood, neighbourhoodGap}, {hardAround, hardGap},
}

// compare fills in the features that set each candidate against the others, and keeps the [Considered]
// with the best sketch, best first.
func compare(candidates []Candidate) []Candidate {
	var best Features
	for i := range candidates {
		f := &candidates[i].Features
		candidates[i].sketch = sketch(f)
		for _, g := range gaps {
			best[g[0]] = max(best[g[0]], f[g[0]])
		}
	}
	slices.SortStableFunc(candidates, func(a, b Candidate) int { return cmp.Compare(b.sketch, a.sketch) })
	candidates = candidates[:min(len(candidates), Considered)]
	for place := range candidates {
		f := &candidates[place].Features
		for _, g := range gaps {
			f[g[1]] = f[g[0]] - best[g[0]]
		}
		f[sketchGap] = candidates[place].sketch - candidates[0].sketch
		f[sketchRank] = float32(place)
		f[bestCover], f[bestParagraph] = best[senseCover], best[senseParagraph]
	}
	return candidates
}

// About returns the share of the question that the articles speak of around the first candidate: words
// found in it, earlier in its paragraph or in the title, each by its weight.
func (r Ranking) About() float64 { return float64(r.Candidates[0].Features[senseCarried]) }
