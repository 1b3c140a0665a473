package rank

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"

	"verbatim/knowledge/french"
)

// maxTerms is how many words of a question are looked for; what comes after them in a question of more
// is left out: it is a text pasted in, not a question.
const maxTerms = 32

// A likeness says how near a word of the corpus comes to a word of the question.
type likeness struct {
	near  float32 // by its letters: 1 for the same word
	sense float32 // by its meaning, from 0 to 1; at least near
}

// How near the kinds of likeness come: set by judgement. The model, which is fitted on what they give, weighs
// them.
const (
	sameForm = 1.0
	sameStem = 0.95
	kinWord  = 0.8 // times the share of the longer word that both begin with
	typoWord = 0.85
	// The words of a family say the same with other letters: less than kin at its nearest.
	familyWord = 0.6
)

// An asked term is a word of the question with what the corpus knows of it.
type askedTerm struct {
	french.Term
	weight float32 // inverse document frequency; never 0
	share  float32 // weight, as a share of all the question's
	rarity float32 // how rare the word is in French, as a share of all the question's
	name   bool    // the corpus writes it with a capital, however the question does
	known  float32 // nearness of the nearest word of the corpus; 0 when there is none
	meant  form    // the nearest word of the corpus that it is a slip of the keyboard for; unlistedForm when it is none
}

// Expand finds the words of the corpus that say what the question's words say.
func (c *Corpus) Expand(q french.Query) *Expansion {
	e := expansions.Get().(*Expansion)
	e.corpus, e.query = c, q
	e.reset(len(c.terms))
	rarities := float32(0)
	for _, t := range q.Terms {
		if len(e.terms) == maxTerms {
			break
		}
		if slices.ContainsFunc(e.terms, func(o askedTerm) bool { return o.Stem == t.Stem }) {
			continue
		}
		n := len(e.terms)
		e.terms = append(e.terms, askedTerm{Term: t, rarity: rarity(t), meant: unlistedForm})
		c.says(n, t.Term, t.Stem, e)
		for _, f := range t.Forms {
			c.says(n, f, french.Stem(f), e)
		}
		e.terms[n].weight = c.weigh(e.frequency)
		e.frequency = 0
		e.total += e.terms[n].weight
		rarities += e.terms[n].rarity
	}
	e.alias()
	e.readWording()
	e.readAsking()
	for n := range e.terms {
		e.terms[n].share = e.terms[n].weight / e.total
		e.terms[n].rarity /= rarities
	}
	return e
}

// partOfName is how near the common part of a name comes to the rest of it: after « Marie Curie » a text
// says « Curie ».
const partOfName = 0.95

// alias lets the commoner part of each name that the corpus and the question both write in full stand for
// its rarer part.
func (e *Expansion) alias() {
	c := e.corpus
	for n := 1; n < len(e.terms); n++ {
		first, okFirst := c.stemOf(e.terms[n-1].Stem)
		last, okLast := c.stemOf(e.terms[n].Stem)
		if !okFirst || !okLast || !c.pairs[[2]stem{first, last}] {
			continue
		}
		rare, common := n-1, last
		if c.frequency[first] > c.frequency[last] {
			rare, common = n, first
		}
		for _, f := range c.formsOf(common) {
			e.mark(f, rare, spelt(partOfName))
		}
	}
}

// A Wanted stem is one of the corpus that says what the question says, with how much it counts.
type Wanted struct {
	Stem  string
	Boost float32
	holds int32 // sentences that hold it
}

// maxStems is how many stems are searched for: those that count most. With 20 as with all, which are 60 and more for
// some questions, the passages that matter are found (docs/retrieval.md).
const maxStems = 20

// maxHolds is how many sentences may hold the stems that are searched for, all together, unless they are few. It is
// ours: what a large library is full of says little, and takes the time of a search.
const maxHolds, fewStems = 20_000, 3

// Stems returns the stems of the corpus that say what the question says, those that count most first.
func (e *Expansion) Stems() []Wanted {
	c := e.corpus
	at := map[stem]int{}
	var all []Wanted
	for _, f := range e.marked {
		st := c.stems[f]
		n, seen := at[st]
		if !seen {
			n = len(all)
			at[st] = n
			all = append(all, Wanted{Stem: c.names[st], holds: c.frequency[st]})
		}
		for i := e.heads[f]; i != 0; i = e.links[i-1].next {
			l := e.links[i-1]
			all[n].Boost = max(all[n].Boost, e.terms[l.term].share*max(l.near, faint*l.sense))
		}
	}
	slices.SortStableFunc(all, func(a, b Wanted) int { return cmp.Compare(b.Boost, a.Boost) })
	all = all[:min(len(all), maxStems)]
	held := int32(0)
	for n, w := range all {
		if held += w.holds; held > maxHolds && n >= fewStems {
			return all[:n]
		}
	}
	return all
}

// faint is how much a word of like meaning counts in the choice of passages, beside the word itself.
const faint = 0.5

// spelt is the likeness of a word by its letters.
func spelt(near float32) likeness { return likeness{near: near, sense: near} }

// says marks the words of the corpus that say what a word says, by its letters or by its meaning, for term n of the
// question: that term itself, or one of its French.
func (c *Corpus) says(n int, word, stem string, e *Expansion) {
	c.like(n, word, stem, e)
	c.alike(n, stem, e)
}

// like marks the words of the corpus that are like word by its letters.
func (c *Corpus) like(n int, word, stem string, e *Expansion) {
	found := false
	if f, ok := c.formOf(word); ok && c.frequency[c.stems[f]] > 0 {
		e.mark(f, n, spelt(sameForm))
		found = true
	}
	if st, ok := c.stemOf(stem); ok {
		for _, f := range c.formsOf(st) {
			e.mark(f, n, spelt(sameStem))
			e.terms[n].name = e.terms[n].name || c.proper[f]
		}
		e.frequency += c.frequency[st]
		found = found || c.frequency[st] > 0
	}
	if len(word) < minKin || word[0] <= '9' {
		return
	}
	kin := c.kin(n, word, e)
	if !found && !kin {
		c.typos(n, word, e)
	}
}

// minKin is the shortest word, in bytes, that has kin: shorter ones share a beginning by chance.
const minKin = 5

// kin marks the words that begin as word does: « acquise », « acquisition ». It reports whether there
// is any that is near.
func (c *Corpus) kin(n int, word string, e *Expansion) bool {
	prefix := word[:4]
	at, _ := slices.BinarySearchFunc(c.ordered, prefix, func(f form, p string) int { return strings.Compare(c.terms[f], p) })
	found := false
	for _, f := range c.ordered[at:] {
		other := c.terms[f]
		if !strings.HasPrefix(other, prefix) {
			break
		}
		common := commonPrefix(word, other)
		share := float32(common) / float32(max(len(word), len(other)))
		if common < minKin && share < 0.8 || share < 0.5 || float32(common) < 0.6*float32(min(len(word), len(other))) {
			continue
		}
		e.mark(f, n, spelt(kinWord*share))
		e.frequency += c.frequency[c.stems[f]]
		found = found || share > 0.7
	}
	return found
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// typos marks the words of the corpus that word may be a slip of the keyboard for: one edit away, two
// from eight letters on.
func (c *Corpus) typos(n int, word string, e *Expansion) {
	limit := 1
	if len(word) >= 8 {
		limit = 2
	}
	has := letters(word)
	for f, other := range c.terms {
		if d := len(other) - len(word); d > limit || d < -limit || c.frequency[c.stems[f]] == 0 {
			continue
		}
		if bits.OnesCount32(has^c.letters[f]) > 2*limit { // an edit takes a letter and brings another
			continue
		}
		if d := edits(word, other, limit); d <= limit {
			near := float32(typoWord) - 0.1*float32(d-1)
			if near > e.terms[n].known {
				e.terms[n].meant = form(f)
			}
			e.mark(form(f), n, spelt(near))
			e.frequency += c.frequency[c.stems[f]]
		}
	}
}

// weigh returns the weight of a term that this many sentences hold.
func (c *Corpus) weigh(frequency int32) float32 {
	n := float64(len(c.sentences))
	df := min(float64(frequency), n)
	return float32(math.Log(1 + (n-df+0.5)/(df+0.5)))
}

// alike marks the words of the corpus that mean about what a stem means.
func (c *Corpus) alike(n int, stem string, e *Expansion) {
	for _, name := range french.Family(stem) {
		if st, ok := c.stemOf(name); ok && name != stem {
			for _, f := range c.formsOf(st) {
				e.mark(f, n, likeness{near: familyWord, sense: relative})
			}
		}
	}
	w := meaning().number(stem)
	if w == unlisted || e.terms[n].Has(french.Number) {
		return
	}
	for other, sense := range meaning().like(w) {
		if st, ok := c.byWord[other]; ok {
			for _, f := range c.formsOf(st) {
				e.mark(f, n, likeness{sense: sense})
			}
		}
	}
}

// relative is how near in meaning the words of one family are taken to be.
const relative = 0.7

// rarity tells rare words from common ones by their rank among the stems of French, whatever the corpus; an English word
// by its French.
func rarity(t french.Term) float32 {
	stem := t.Stem
	if len(t.Forms) > 0 {
		stem = french.Stem(t.Forms[0])
	}
	rank := meaning().number(stem)
	if rank == unlisted || t.Has(french.Number) {
		rank = word(len(meaning().numbers))
	}
	return float32(max(0.3, math.Log(float64(2+rank)/20)))
}
