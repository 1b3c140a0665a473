package rank

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"verbatim/knowledge/french"
)

// A Corpus is a set of articles read for ranking: their words numbered, their tokens in one row. It is
// built once by [NewCorpus] and may then be shared between goroutines.
type Corpus struct {
	terms     []string         // by form
	stems     []stem           // by form
	letters   []uint32         // by form: see letters
	names     []string         // by stem
	ofStem    []form           // the forms of the first stem, then those of the second, …
	firstOf   []int32          // by stem: where its forms begin in ofStem; one more at the end
	proper    []bool           // by form: it stands with a capital inside a sentence
	pairs     map[[2]stem]bool // stems of names that stand side by side: « Marie Curie »
	frequency []int32          // by stem: sentences that hold it
	byWord    map[word]stem    // by number in the thesaurus
	ordered   []form           // by term, to look one up, and for words that begin alike
	stemOrder []stem           // by name, to look one up
	tokens    []token
	sentences []sentence
	vectors   []vector // by sentence
	words     []word   // by stem: its number in the thesaurus

	paragraphs   []paragraph
	associations *Associations

	filling *filling // until the corpus is sealed

	length          float32 // mean number of tokens of a sentence
	paragraphLength float32 // of a paragraph
}

type (
	form uint32 // numbers a folded word
	stem uint32 // numbers a stem
)

// A token is a word of a sentence, as little of it as ranking needs.
type token struct {
	form     form
	class    french.Class
	evidence evidence
	start    uint16 // in its sentence, in bytes; farOff when it is further
}

// farOff is where a token is too far from the beginning of its sentence to be pointed out.
const farOff = math.MaxUint16

type sentence struct {
	first, end int32 // into Corpus.tokens
	paragraph  int32
}

type paragraph struct {
	first, end int32 // into Corpus.sentences
	title      []stem
}

// A filling finds the numbers of what was added, while more is. Maps take more room than all else that is kept of a
// small text.
type filling struct {
	forms map[string]form // by folded term
	stems map[string]stem // by name
}

// NewCorpus returns an empty corpus, to be filled with [Corpus.Add] and closed with [Corpus.Seal].
func NewCorpus() *Corpus {
	return &Corpus{filling: &filling{map[string]form{}, map[string]stem{}}, byWord: map[word]stem{}, associations: associations()}
}

// Add adds a paragraph of an article with this title and returns the number of its first sentence;
// sentences are numbered from 0 in the order they are added.
func (c *Corpus) Add(title string, sentences []string) int {
	first := len(c.sentences)
	p := paragraph{first: int32(first), title: c.titleStems(title)}
	for _, text := range sentences {
		s := sentence{first: int32(len(c.tokens)), paragraph: int32(len(c.paragraphs))}
		for _, t := range french.Tokens(text) {
			c.tokens = append(c.tokens, token{form: c.form(t.Term), class: t.Class, start: uint16(min(t.Start, farOff))})
		}
		s.end = int32(len(c.tokens))
		c.sentences = append(c.sentences, s)
	}
	p.end = int32(len(c.sentences))
	c.paragraphs = append(c.paragraphs, p)
	return first
}

// Stems returns the stems of a paragraph's words, parted by spaces, but for the function words.
func (c *Corpus) Stems(paragraph int) string {
	var b strings.Builder
	p := c.paragraphs[paragraph]
	for i := p.first; i < p.end; i++ {
		for _, t := range c.row(i) {
			if !t.class.Has(french.Function) {
				b.WriteString(c.names[c.stems[t.form]])
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// Said returns the stems of a sentence's words, once each.
func (c *Corpus) Said(sentence int) []string {
	var stems []string
	for _, t := range c.row(int32(sentence)) {
		if name := c.names[c.stems[t.form]]; !slices.Contains(stems, name) {
			stems = append(stems, name)
		}
	}
	return stems
}

func (c *Corpus) titleStems(title string) []stem {
	var stems []stem
	for _, t := range french.Tokens(title) {
		if !t.Has(french.Function) {
			stems = append(stems, c.stems[c.form(t.Term)])
		}
	}
	return stems
}

// form returns the number of a folded term, a new one for a new term.
func (c *Corpus) form(term string) form {
	if f, ok := c.filling.forms[term]; ok {
		return f
	}
	f := form(len(c.terms))
	c.filling.forms[term] = f
	c.terms = append(c.terms, term)
	c.letters = append(c.letters, letters(term))
	name := french.Stem(term)
	s, ok := c.filling.stems[name]
	if !ok {
		s = stem(len(c.names))
		c.filling.stems[name] = s
		c.names = append(c.names, name)
		w := meaning().number(name)
		c.words = append(c.words, w)
		if w != unlisted {
			c.byWord[w] = s
		}
	}
	c.stems = append(c.stems, s)
	return f
}

// Seal counts what only the whole corpus tells. Nothing may be added afterwards.
func (c *Corpus) Seal() {
	c.filling = nil
	c.tokens, c.sentences, c.paragraphs = slices.Clip(c.tokens), slices.Clip(c.sentences), slices.Clip(c.paragraphs)
	c.terms, c.names, c.stems = slices.Clip(c.terms), slices.Clip(c.names), slices.Clip(c.stems)
	c.letters, c.words = slices.Clip(c.letters), slices.Clip(c.words)
	c.order()
	c.frequency = make([]int32, len(c.names))
	seen := make([]int32, len(c.names)) // the last sentence, from 1, that a stem was counted in
	for i, s := range c.sentences {
		for _, t := range c.tokens[s.first:s.end] {
			if st := c.stems[t.form]; seen[st] != int32(i)+1 {
				seen[st] = int32(i) + 1
				c.frequency[st]++
			}
		}
	}
	c.length = float32(len(c.tokens)) / float32(max(1, len(c.sentences)))
	c.paragraphLength = float32(len(c.tokens)) / float32(max(1, len(c.paragraphs)))
	c.findEvidence()
	c.directions()
}

// order puts forms and stems in order, and the forms of each stem together.
func (c *Corpus) order() {
	c.ordered = ordered[form](c.terms)
	c.stemOrder = ordered[stem](c.names)
	c.firstOf = make([]int32, len(c.names)+1)
	for _, s := range c.stems {
		c.firstOf[s+1]++
	}
	for s := range c.names {
		c.firstOf[s+1] += c.firstOf[s]
	}
	c.ofStem = make([]form, len(c.stems))
	next := slices.Clone(c.firstOf)
	for f, s := range c.stems {
		c.ofStem[next[s]] = form(f)
		next[s]++
	}
}

// ordered returns the numbers of names, in the order of the names.
func ordered[N ~uint32](names []string) []N {
	order := make([]N, len(names))
	for i := range order {
		order[i] = N(i)
	}
	slices.SortFunc(order, func(a, b N) int { return cmp.Compare(names[a], names[b]) })
	return order
}

// lookUp finds the number of a name.
func lookUp[N ~uint32](name string, names []string, order []N) (N, bool) {
	at, ok := slices.BinarySearchFunc(order, name, func(n N, name string) int { return cmp.Compare(names[n], name) })
	if !ok {
		return 0, false
	}
	return order[at], true
}

// formOf returns the number of a folded term.
func (c *Corpus) formOf(term string) (form, bool) { return lookUp(term, c.terms, c.ordered) }

// stemOf returns the number of a stem.
func (c *Corpus) stemOf(name string) (stem, bool) { return lookUp(name, c.names, c.stemOrder) }

// formsOf returns the forms of a stem.
func (c *Corpus) formsOf(s stem) []form { return c.ofStem[c.firstOf[s]:c.firstOf[s+1]] }

// Sentences returns how many sentences the corpus holds.
func (c *Corpus) Sentences() int { return len(c.sentences) }

// Paragraphs returns how many paragraphs the corpus holds.
func (c *Corpus) Paragraphs() int { return len(c.paragraphs) }

// row returns the tokens of sentence i.
func (c *Corpus) row(i int32) []token {
	s := c.sentences[i]
	return c.tokens[s.first:s.end]
}
