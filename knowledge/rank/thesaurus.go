package rank

import (
	_ "embed"
	"encoding/binary"
	"iter"
	"strings"
	"sync"
)

// thesaurusData is made by fit/thesaurus.py, which says how and from what.
//
//go:embed thesaurus.bin
var thesaurusData string

// A thesaurus tells which stems mean about the same. It knows the common words of French, and the
// most common of English, numbered from the most common to the least.
type thesaurus struct {
	numbers map[string]word // by stem
	data    string          // the neighbours, as fit/thesaurus.py wrote them
	offsets []uint32        // by word: where its neighbours begin in data; one more at the end
	vectors string          // by word: [dimensions] signed numbers each
}

// A word is the number of a stem in the thesaurus.
type word int32

// unlisted is the word of a stem that the thesaurus does not have.
const unlisted word = -1

// meaning returns the thesaurus, read once.
var meaning = sync.OnceValue(func() *thesaurus { return readThesaurus(thesaurusData) })

// readThesaurus reads what fit/thesaurus.py writes: how many stems there are, the stems a line, how many neighbours
// each has, all neighbours with their numbers and nearness, and at last each stem's vector. It looks at no neighbour and
// no vector: what is never asked for is not even brought into memory from the program's file.
func readThesaurus(data string) *thesaurus {
	numbers, data := readNames(data)
	n := len(numbers) // fewer than 65,536
	t := &thesaurus{numbers: numbers, offsets: make([]uint32, n+1)}
	for i := range n {
		t.offsets[i+1] = t.offsets[i] + neighbourSize*uint32(data[i])
	}
	data = data[n:]
	t.data, t.vectors = data[:t.offsets[n]], data[t.offsets[n]:]
	return t
}

// readNames reads how many names there are and the names a line each, in the order of their numbers. It returns what
// comes behind them, too.
func readNames(data string) (numbers map[string]word, rest string) {
	n := int(binary.LittleEndian.Uint32([]byte(data[:4])))
	numbers, rest = make(map[string]word, n), data[4:]
	for i := range n {
		var name string
		name, rest, _ = strings.Cut(rest, "\n")
		numbers[name] = word(i)
	}
	return numbers, rest
}

// neighbourSize is how many bytes a neighbour takes: two for its number, one for its nearness.
const neighbourSize = 3

func (t *thesaurus) number(stem string) word {
	if w, ok := t.numbers[stem]; ok {
		return w
	}
	return unlisted
}

// like yields the words that mean about what w means, nearest first, with how near: from 0 to 1.
func (t *thesaurus) like(w word) iter.Seq2[word, float32] {
	return func(yield func(word, float32) bool) {
		entries := t.data[t.offsets[w]:t.offsets[w+1]]
		for ; len(entries) > 0; entries = entries[neighbourSize:] {
			cosine := float32(entries[2]) / 255
			if !yield(word(entries[0])|word(entries[1])<<8, (cosine-alikeFrom)/(1-alikeFrom)) {
				return
			}
		}
	}
}

// alikeFrom is the cosine from which fit/thesaurus.py takes two words to mean something alike.
const alikeFrom = 0.3
