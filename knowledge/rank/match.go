package rank

import "verbatim/knowledge/french"

// An Asked describes one word of a question by itself: how much it should matter that a sentence holds it. Whether it
// is typed with a capital is not looked at: members type as they like.
// Its first features are those below, the rest is the word's vector in the thesaurus.
type Asked [askedCount]float32

// The features of [Asked].
const (
	askedShare     = iota // the word's weight, as a share of all the question's
	askedRarity           // how rare it is in French, likewise
	askedWeight           // its weight, inverse document frequency
	askedName             // 1 when the corpus writes it with a capital
	askedKnown            // nearness of the nearest word of the corpus
	askedFocus            // 1 when it names what is asked for
	askedNumber           // 1 when it is a number
	askedPlace            // its place in the question, from 0
	askedTerms            // words of the question
	askedLast             // 1 when it is the last
	askedYear             // 1 when it is a year
	askedLength           // bytes
	askedUnit             // 1 when it is a unit or part of a date
	askedBest             // the best nearness that a candidate has to it
	askedBestSense        // likewise by meaning
	askedVector
	askedCount = askedVector + askedDimensions
)

// askedDimensions is how many of a word's dimensions are looked at: those in which words differ most.
const askedDimensions = 16

// A Match describes what one word of a question meets in one sentence and around it.
type Match [matchCount]float32

// The features of [Match]. Nearness is by letters, sense by meaning; both run from 0 to 1.
const (
	matchNear = iota
	matchSense
	matchCounted        // sum of the nearness of all words like it, at most 4
	matchEarlier        // nearness earlier in the paragraph
	matchEarlierSense   // sense there
	matchTitle          // 1 when the title holds it
	matchParagraph      // nearness in the paragraph
	matchParagraphSense // sense there
	matchBefore         // nearness in the sentence before
	matchAfter          // in the one after
	matchBeforeSense
	matchAfterSense
	matchPlace    // where it stands in the sentence, from 0 to 1; -1 when it does not
	matchToAnswer // words to the nearest that can answer, in thirties; 1 when there is none
	matchToOther  // words to the nearest that another word of the question matches, likewise
	matchCount
)

// nothing is the match of a word that stands nowhere near.
var nothing = Match{matchPlace: -1, matchToAnswer: 1, matchToOther: 1}

// Near is how near the sentence comes to saying the word, by letters or by meaning.
func (m *Match) Near() float32 { return max(m[matchNear], m[matchSense]) }

// far is the distance, in words, that counts as 1 in a [Match].
const far = 30

// Words returns the words of the question, in the order of [Ranking].Asked.
func (e *Expansion) Words() []string {
	words := make([]string, len(e.terms))
	for n := range words {
		words[n] = e.terms[n].Term.Term
	}
	return words
}

// asked describes the words of the question to the candidates found for it.
func (e *Expansion) asked(candidates []Candidate) []Asked {
	e.askeds = append(e.askeds[:0], make([]Asked, len(e.terms))...)
	for n := range e.terms {
		t, a := &e.terms[n], &e.askeds[n]
		a[askedShare], a[askedRarity], a[askedWeight] = t.share, t.rarity, t.weight/8
		a[askedName], a[askedKnown], a[askedFocus] = bit(t.name), t.known, bit(t.Focus)
		a[askedNumber], a[askedYear] = bit(t.Has(french.Number)), bit(t.Has(french.Year))
		a[askedPlace], a[askedTerms], a[askedLast] = float32(n)/8, float32(len(e.terms))/8, bit(n == len(e.terms)-1)
		a[askedLength] = float32(len(t.Term.Term)) / 10
		a[askedUnit] = bit(t.Class&(french.Unit|french.Time|french.Month) != 0)
		for i := range candidates {
			a[askedBest] = max(a[askedBest], candidates[i].Matches[n][matchNear])
			a[askedBestSense] = max(a[askedBestSense], candidates[i].Matches[n][matchSense])
		}
		if v := meaning().vector(meaning().number(t.Stem)); v != "" {
			for i := range askedDimensions {
				a[askedVector+i] = float32(int8(v[i])) / vectorScale
			}
		}
	}
	return e.askeds
}

// matches describes what the words of the question meet in sentence i of a paragraph.
func (c *Corpus) matches(e *Expansion, p *passage, i int) []Match {
	first := len(e.matched)
	e.matched = append(e.matched, make([]Match, len(e.terms))...)
	all := e.matched[first:len(e.matched):len(e.matched)]
	readings := e.readings[p.at:][:p.end-p.first]
	r := &readings[i]
	for n := range e.terms {
		m := &all[n]
		*m = nothing
		m[matchNear], m[matchSense], m[matchCounted] = r.near[n], r.sense[n], min(r.count[n], 4)
		m[matchTitle], m[matchParagraph], m[matchParagraphSense] = p.around.title[n], p.around.near[n], p.around.sense[n]
		m[matchEarlier], m[matchEarlierSense] = r.earlier[n], r.earlierSense[n]
		if i > 0 {
			m[matchBefore], m[matchBeforeSense] = readings[i-1].near[n], readings[i-1].sense[n]
		}
		if i+1 < len(readings) {
			m[matchAfter], m[matchAfterSense] = readings[i+1].near[n], readings[i+1].sense[n]
		}
		if r.place[n] > 0 {
			m[matchPlace] = float32(r.place[n]) / float32(r.length)
			m[matchToOther] = toOther(r, n, len(e.terms))
		}
	}
	c.toAnswers(e, c.row(p.first+int32(i)), r, all)
	return all
}

// toOther is how far the nearest match of another word is from that of word n, as far as it counts.
func toOther(r *reading, n, terms int) float32 {
	nearest := float32(1)
	for other := range terms {
		if other != n && r.place[other] > 0 {
			nearest = min(nearest, apart(int(r.place[other]), int(r.place[n])))
		}
	}
	return nearest
}

// toAnswers fills in how far each match is from a token that can answer.
func (c *Corpus) toAnswers(e *Expansion, row []token, r *reading, all []Match) {
	want := wanted[e.query.Kind]
	if want == 0 {
		return
	}
	for at, t := range row {
		if t.evidence&want == 0 || e.spells(t.form) {
			continue
		}
		for n := range all {
			if r.place[n] > 0 {
				all[n][matchToAnswer] = min(all[n][matchToAnswer], apart(at+1, int(r.place[n])))
			}
		}
	}
}

// apart is the distance of two places, at most 1.
func apart(a, b int) float32 {
	d := a - b
	if d < 0 {
		d = -d
	}
	return min(1, float32(d)/far)
}
