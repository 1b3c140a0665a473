package rank

import (
	"cmp"
	"slices"

	"verbatim/knowledge/french"
)

// A Corpus is a set of articles read for ranking: their words numbered, their tokens in one row. It is
// built once by [NewCorpus] and may then be shared between goroutines.
type Corpus struct {
	forms      map[string]form // by folded term
	terms      []string        // by form
	stems      []stem          // by form
	byStem     map[string]stem
	stemForms  [][]form      // by stem
	names      []string      // by stem
	proper     []bool        // by form: it stands with a capital inside a sentence
	frequency  []int32       // by stem: sentences that hold it
	byWord     map[word]stem // by number in the thesaurus
	ordered    []form        // by term, for words that begin alike
	tokens     []token
	sentences  []sentence
	paragraphs []paragraph

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
}

type sentence struct {
	first, end int32 // into Corpus.tokens
	paragraph  int32
}

type paragraph struct {
	first, end int32 // into Corpus.sentences
	title      []stem
}

// NewCorpus returns an empty corpus, to be filled with [Corpus.Add] and closed with [Corpus.Seal].
func NewCorpus() *Corpus {
	return &Corpus{forms: map[string]form{}, byStem: map[string]stem{}, byWord: map[word]stem{}}
}

// Add adds a paragraph of an article with this title and returns the number of its first sentence;
// sentences are numbered from 0 in the order they are added.
func (c *Corpus) Add(title string, sentences []string) int {
	first := len(c.sentences)
	p := paragraph{first: int32(first), title: c.titleStems(title)}
	for _, text := range sentences {
		s := sentence{first: int32(len(c.tokens)), paragraph: int32(len(c.paragraphs))}
		for _, t := range french.Tokens(text) {
			c.tokens = append(c.tokens, token{form: c.form(t.Term), class: t.Class})
		}
		s.end = int32(len(c.tokens))
		c.sentences = append(c.sentences, s)
	}
	p.end = int32(len(c.sentences))
	c.paragraphs = append(c.paragraphs, p)
	return first
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
	if f, ok := c.forms[term]; ok {
		return f
	}
	f := form(len(c.terms))
	c.forms[term] = f
	c.terms = append(c.terms, term)
	name := french.Stem(term)
	s, ok := c.byStem[name]
	if !ok {
		s = stem(len(c.stemForms))
		c.byStem[name] = s
		c.stemForms = append(c.stemForms, nil)
		c.names = append(c.names, name)
		if w := meaning().number(name); w != unlisted {
			c.byWord[w] = s
		}
	}
	c.stems = append(c.stems, s)
	c.stemForms[s] = append(c.stemForms[s], f)
	return f
}

// Seal counts what only the whole corpus tells. Nothing may be added afterwards.
func (c *Corpus) Seal() {
	c.frequency = make([]int32, len(c.stemForms))
	seen := make([]int32, len(c.stemForms)) // the last sentence, from 1, that a stem was counted in
	for i, s := range c.sentences {
		for _, t := range c.tokens[s.first:s.end] {
			if st := c.stems[t.form]; seen[st] != int32(i)+1 {
				seen[st] = int32(i) + 1
				c.frequency[st]++
			}
		}
	}
	c.ordered = make([]form, len(c.terms))
	for i := range c.ordered {
		c.ordered[i] = form(i)
	}
	slices.SortFunc(c.ordered, func(a, b form) int { return cmp.Compare(c.terms[a], c.terms[b]) })
	c.length = float32(len(c.tokens)) / float32(max(1, len(c.sentences)))
	c.paragraphLength = float32(len(c.tokens)) / float32(max(1, len(c.paragraphs)))
	c.findEvidence()
}

// Sentences returns how many sentences the corpus holds.
func (c *Corpus) Sentences() int { return len(c.sentences) }

// Paragraphs returns how many paragraphs the corpus holds.
func (c *Corpus) Paragraphs() int { return len(c.paragraphs) }

// row returns the tokens of sentence i.
func (c *Corpus) row(i int32) []token {
	s := c.sentences[i]
	return c.tokens[s.first:s.end]
}
