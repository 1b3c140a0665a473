// Package rank orders the sentences of articles by how well they answer a question.
//
// A [Corpus] holds articles read for ranking. [Corpus.Expand] finds the words of the corpus that say what a
// question says; [Expansion.Rank] describes each candidate sentence by its [Features], and by what each word of the
// question meets in it, and orders them by the fitted model in model.json. That is data: the program that fits it is in
// knowledge/rank/fit. It says too how likely the first is to be right.
package rank

import "slices"

// A Candidate is a sentence that may answer.
type Candidate struct {
	Sentence int // its number in the corpus
	Features *Features
	Matches  []Match   // by word of the question
	Told     []Telling // by word of the sentence, once [Expansion.Tell] told them
	Score    float32   // by the model; no unit, higher is better
}

// Considered is how many candidates the model looks at: those with the best sketch. It bounds the time that
// a question takes, however long the articles are.
const Considered = 32

// A Ranking is the candidates for a question, best first, and what they are worth.
type Ranking struct {
	Candidates []Candidate
	Asked      []Asked // the words of the question
	Confidence float64 // probability that the first is right, from 0 to 1
}

// Rank orders the sentences of some paragraphs, given by their numbers, by how well they answer.
// It returns no candidates when the question has no terms or no paragraph is given.
func (e *Expansion) Rank(paragraphs []int) Ranking {
	candidates, asked := e.Describe(paragraphs)
	if len(candidates) == 0 {
		return Ranking{}
	}
	m := fitted()
	m.score(candidates, asked)
	e.Tell(&candidates[0])
	return Ranking{Candidates: candidates, Asked: asked, Confidence: m.confidence(candidates, asked)}
}

// A passage is a paragraph as it is read for one question.
type passage struct {
	paragraph
	at     int // of its first sentence in Expansion.readings
	around surrounding
}

// A drafted sentence may become a candidate.
type drafted struct {
	passage int32 // in Expansion.passages
	place   int32 // in its paragraph
	sketch  float32
}

// Describe returns the sentences of some paragraphs that the model looks at, best sketch first, without
// scores, and the words of the question. Both are valid until the expansion is released.
func (e *Expansion) Describe(paragraphs []int) ([]Candidate, []Asked) {
	if len(e.terms) == 0 {
		return nil, nil
	}
	e.draft(paragraphs)
	c := e.corpus
	e.candidates, e.matched = e.candidates[:0], slices.Grow(e.matched[:0], Considered*len(e.terms))
	e.about, e.sought = e.directions()
	e.told = e.told[:0]
	for place, d := range e.drafts {
		p, i := &e.passages[d.passage], int(d.place)
		n := p.first + d.place
		f := &e.features[place]
		*f = Features{}
		e.candidates = append(e.candidates, Candidate{Sentence: int(n), Features: f, Matches: c.matches(e, p, i)})
		c.describe(e, p, i, f)
		f[about] = e.about.cosine(&c.vectors[n])
		f[sketchGap], f[sketchRank] = d.sketch-e.drafts[0].sketch, float32(place)
	}
	compare(e.candidates)
	return e.candidates, e.asked(e.candidates)
}

// draft reads some paragraphs and keeps the sentences with the best sketch scores.
func (e *Expansion) draft(paragraphs []int) {
	c := e.corpus
	e.passages, e.drafts, e.readings = e.passages[:0], e.drafts[:0], e.readings[:0]
	for _, n := range paragraphs {
		p := passage{paragraph: c.paragraphs[n], at: len(e.readings)}
		for i := p.first; i < p.end; i++ {
			e.readings = append(e.readings, reading{})
			last := len(e.readings) - 1
			c.read(i, e, &e.readings[last])
			if last > p.at {
				e.readings[last].follow(&e.readings[last-1], len(e.terms))
			}
		}
		p.around = c.surround(e, p.paragraph, e.readings[p.at:])
		e.passages = append(e.passages, p)
		for i := range e.readings[p.at:] {
			e.keep(drafted{int32(len(e.passages) - 1), int32(i), e.sketch(&p, i)})
		}
	}
}

// keep keeps a draft if it is among the best so far, in their order: of those that are alike, the first.
func (e *Expansion) keep(d drafted) {
	at := len(e.drafts)
	for at > 0 && d.sketch > e.drafts[at-1].sketch {
		at--
	}
	if at == Considered {
		return
	}
	e.drafts = slices.Insert(e.drafts[:min(len(e.drafts), Considered-1)], at, d)
}

// sketch is a first guess at a score, by hand: what the tuned BM25 of docs/retrieval.md adds up. It
// picks the candidates that the model then looks at, and the model sees it too.
func (e *Expansion) sketch(p *passage, i int) float32 {
	r := &e.readings[p.at+i]
	length := float32(r.length) / e.corpus.length
	score := 0.3*p.around.bm25 + 0.3*r.adjacent
	for n := range e.terms {
		score += e.terms[n].share * (saturate(r.count[n], length, b) + 0.5*r.near[n] + 0.5*r.sense[n] +
			0.5*max(0, r.earlier[n]-r.near[n]) + 0.2*max(0, p.around.title[n]-r.near[n]))
	}
	if wanted[e.query.Kind] != 0 {
		return score + 0.3*r.around/e.total
	}
	return score - 0.3
}

// gaps pairs the features that count by their distance to the best candidate's with that distance.
var gaps = [][2]int{
	{cover, coverGap}, {bm25, bm25Gap}, {coverAll, coverAllGap}, {dense, denseGap},
	{evidenceWeight, evidenceGapBest}, {bm25Paragraph, paragraphGap}, {senseCover, senseGap}, {rareCover, rareGap},
	{untitled, untitledGap}, {senseCarried, senseCarriedGap}, {senseParagraph, senseParagraphGap}, {rareParagraph, rareParagraphGap},
	{coverForm, coverFormGap}, {coverStem, coverStemGap}, {senseDense, senseDenseGap}, {senseAround, senseAroundGap}, {neighbourhood, neighbourhoodGap}, {hardAround, hardGap}, {about, aboutGap},
	{run, runGap}, {measured, measuredGap},
	{associated, associatedGap}, {associatedShare, associatedShareGap},
}

// compare fills in the features that set each candidate against the others.
func compare(candidates []Candidate) {
	if len(candidates) == 0 {
		return
	}
	best := *candidates[0].Features
	for i := range candidates {
		for _, g := range gaps {
			best[g[0]] = max(best[g[0]], candidates[i].Features[g[0]])
		}
	}
	for i := range candidates {
		f := candidates[i].Features
		for _, g := range gaps {
			f[g[1]] = f[g[0]] - best[g[0]]
		}
		f[bestCover], f[bestParagraph] = best[senseCover], best[senseParagraph]
	}
}

// About returns the share of the question that the articles speak of around the first candidate: words
// found in it, earlier in its paragraph or in the title, each by its weight.
func (r Ranking) About() float64 { return float64(r.Candidates[0].Features[senseCarried]) }
