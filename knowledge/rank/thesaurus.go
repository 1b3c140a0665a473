package rank

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"iter"
	"sync"
)

// thesaurusData is made by fit/thesaurus.py, which says how and from what.
//
//go:embed thesaurus.bin
var thesaurusData []byte

// A thesaurus tells which stems mean about the same. It knows the common words of French, and the
// most common of English, numbered from the most common to the least.
type thesaurus struct {
	numbers map[string]word // by stem
	data    []byte          // the neighbours, as fit/thesaurus.py wrote them
	offsets []uint32        // by word: where its neighbours begin in data
	vectors []byte          // by word: [dimensions] signed numbers each
}

// A word is the number of a stem in the thesaurus.
type word int32

// unlisted is the word of a stem that the thesaurus does not have.
const unlisted word = -1

// meaning returns the thesaurus, read once.
var meaning = sync.OnceValue(func() *thesaurus { return readThesaurus(thesaurusData) })

// readThesaurus reads what fit/thesaurus.py writes: how many stems there are, the stems a line, then
// for each how many neighbours it has, and each one's number and nearness, and at last each one's vector.
func readThesaurus(data []byte) *thesaurus {
	n := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	t := &thesaurus{numbers: make(map[string]word, n), offsets: make([]uint32, n)}
	for i := range n {
		end := bytes.IndexByte(data, '\n')
		t.numbers[string(data[:end])] = word(i) // there are fewer than 65,536
		data = data[end+1:]
	}
	t.data = data
	at := 0
	for i := range n {
		t.offsets[i] = uint32(at) // the data is some megabytes
		at += 1 + neighbourSize*int(data[at])
	}
	t.vectors = data[at:]
	return t
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
		at := t.offsets[w]
		entries := t.data[at+1:][:neighbourSize*int(t.data[at])]
		for ; len(entries) > 0; entries = entries[neighbourSize:] {
			cosine := float32(entries[2]) / 255
			if !yield(word(binary.LittleEndian.Uint16(entries)), (cosine-alikeFrom)/(1-alikeFrom)) {
				return
			}
		}
	}
}

// alikeFrom is the cosine from which fit/thesaurus.py takes two words to mean something alike.
const alikeFrom = 0.3
