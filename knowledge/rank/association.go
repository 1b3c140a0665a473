package rank

import (
	_ "embed"
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"verbatim/knowledge/french"
)

// associationData is made by fit/associate.py, which says how and from what.
//
//go:embed associations.bin
var associationData string

// Associations tell which words stand in the sentences that answer questions with some word, whether or not they mean
// alike: « euros » for « coûter », « parce » for « pourquoi ». A word that asks has a vector, and so has a word that
// answers. Their product is the logarithm of how many times as often the second stands in sentences that answer the first
// as in those beside them. Associations may be shared between goroutines.
type Associations struct {
	asking  map[string]word // by [Keys]: the number of a word that asks, which need not be in the thesaurus
	asks    string          // by that number: [associationDimensions] signed numbers each
	answers string          // likewise by number in the thesaurus
	unit    float32         // what the product of a 1 and a 1 stands for
}

// associationDimensions is how many numbers fit/associate.py writes for a word.
const associationDimensions = 64

// associations are those that come with the program, read once.
var associations = sync.OnceValue(func() *Associations { return ReadAssociations(associationData) })

// ReadAssociations reads what fit/associate.py writes: how many words ask, those words a line each, what stands for 1,
// the vectors of those words, and those of all words of the thesaurus.
func ReadAssociations(data string) *Associations {
	asking, data := readNames(data)
	unit, data := math.Float32frombits(binary.LittleEndian.Uint32([]byte(data[:4]))), data[4:]
	asks := len(asking) * associationDimensions
	return &Associations{asking: asking, asks: data[:asks], answers: data[asks:], unit: unit}
}

// Keys returns the words of a question that associations know it by, once each: stems of those to search for, an English
// one's in French, and those that ask and bind as they are.
func Keys(q french.Query) []string {
	var keys []string
	add := func(key string) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, t := range q.Tokens[:min(len(q.Tokens), maxWording)] {
		n := slices.IndexFunc(q.Terms, func(o french.Term) bool { return o.Start == t.Start && o.Token.Term == t.Term })
		switch {
		case n < 0:
			add(t.Term)
		case len(q.Terms[n].Forms) == 0:
			add(q.Terms[n].Stem)
		default:
			for _, f := range q.Terms[n].Forms {
				add(french.Stem(f))
			}
		}
	}
	return keys
}

// Associate gives the corpus other associations than those that come with the program, before it is asked: what
// is fitted on an article must not have been counted in it.
func (c *Corpus) Associate(a *Associations) { c.associations = a }

// answering returns the numbers of a stem that answers, none if it is not known.
func (c *Corpus) answering(s stem) string {
	w := c.words[s]
	if w == unlisted {
		return ""
	}
	return numbered(c.associations.answers, w)
}

// numbered returns the signed numbers of one word among those of all.
func numbered(all string, w word) string {
	return all[int(w)*associationDimensions:][:associationDimensions]
}

// An asking is what associations know of a question.
type asking struct {
	words    [associationDimensions]int32 // the sum of the vectors of those that ask
	products []int32                      // by stem of the corpus: its product with words, or ownWord; 0 until it is asked for
	known    []stem                       // those whose product is not 0
}

// ownWord stands for the product of a stem that the question has too: that is looked at elsewhere.
const ownWord = math.MinInt32

// reset forgets a question.
func (a *asking) reset(stems int) {
	for _, s := range a.known {
		a.products[s] = 0
	}
	a.known = a.known[:0]
	if len(a.products) < stems {
		a.products = make([]int32, stems)
	}
	a.words = [associationDimensions]int32{}
}

// know notes the product of a stem.
func (a *asking) know(s stem, product int32) {
	a.products[s] = product
	a.known = append(a.known, s)
}

// readAsking notes what associations know of the question.
func (e *Expansion) readAsking() {
	c, a := e.corpus, e.corpus.associations
	e.asking.reset(len(c.names))
	for _, key := range Keys(e.query) {
		if n, ok := a.asking[key]; ok {
			numbers := numbered(a.asks, n)
			for i := range e.asking.words {
				e.asking.words[i] += int32(int8(numbers[i]))
			}
		}
		if s, ok := c.stemOf(key); ok {
			e.asking.know(s, ownWord)
		}
	}
}

// product returns what a stem speaks for an answer, or ownWord.
func (e *Expansion) product(s stem) int32 {
	if p := e.asking.products[s]; p != 0 {
		return p
	}
	product := int32(0)
	numbers := e.corpus.answering(s)
	for i := range len(numbers) {
		product += e.asking.words[i] * int32(int8(numbers[i]))
	}
	if product != 0 {
		e.asking.know(s, product)
	}
	return product
}

// associate fills in how much the words of a sentence, but for the question's own, speak for an answer.
func (f *Features) associate(e *Expansion, row []token) {
	sum, words := int64(0), 0
	for _, t := range row[:min(len(row), maxRow)] {
		if p := e.product(e.corpus.stems[t.form]); p != ownWord {
			sum += int64(p)
			words++
		}
	}
	f[associated] = e.corpus.associations.unit * float32(sum)
	f[associatedShare] = f[associated] / float32(math.Sqrt(float64(max(1, words))))
}
