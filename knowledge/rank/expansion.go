package rank

import (
	"sync"

	"verbatim/knowledge/french"
)

// An Expansion is a question with the words of a corpus that say what its words say. It is one
// goroutine's, made by [Corpus.Expand], and given back by [Expansion.Release]: asking reuses its
// memory and allocates next to nothing, whatever the size of the corpus.
type Expansion struct {
	corpus    *Corpus
	query     french.Query
	terms     []askedTerm
	total     float32 // weight of all the terms
	frequency int32   // sentences that hold a word like the term being expanded

	heads  []uint16 // by form: 1 + the index in links of its first likeness; 0 when it is like no term
	links  []link
	marked []form // the forms whose head is set

	wording []form // of all its words
	asking  asking

	passages   []passage
	readings   []reading // of the passages' sentences
	drafts     []drafted
	candidates []Candidate
	features   [Considered]Features // of the candidates
	matched    []Match              // of the candidates
	askeds     []Asked              // by term
	told       []Telling            // of the candidates that were told

	about, sought vector // of the whole question, and of what it asks for
}

// A link is one likeness of a form, and where its next one is.
type link struct {
	likeness
	term int    // of the question
	next uint16 // 1 + index of the form's next likeness; 0 when there is none
}

var expansions = sync.Pool{New: func() any { return new(Expansion) }}

// Release gives the expansion's memory back. It must not be used afterwards.
func (e *Expansion) Release() {
	e.corpus = nil
	e.query = french.Query{}
	expansions.Put(e)
}

func (e *Expansion) reset(forms int) {
	for _, f := range e.marked {
		e.heads[f] = 0
	}
	e.marked, e.links, e.terms = e.marked[:0], e.links[:0], e.terms[:0]
	e.total = 0
	if len(e.heads) < forms {
		e.heads = make([]uint16, forms)
	}
}

// maxLinks bounds the likenesses of one question. What comes after them is left out.
const maxLinks = 1 << 14

// mark notes that form f comes this near to term n. The nearest counts.
func (e *Expansion) mark(f form, n int, l likeness) {
	e.terms[n].known = max(e.terms[n].known, l.near)
	for i := e.heads[f]; i != 0; i = e.links[i-1].next {
		if old := &e.links[i-1]; old.term == n {
			old.near, old.sense = max(old.near, l.near), max(old.sense, l.sense)
			return
		}
	}
	if len(e.links) == maxLinks {
		return
	}
	if e.heads[f] == 0 {
		e.marked = append(e.marked, f)
	}
	e.links = append(e.links, link{l, n, e.heads[f]})
	e.heads[f] = uint16(len(e.links)) // at most maxLinks
}

// spells reports whether a form is like a word of the question by its letters.
func (e *Expansion) spells(f form) bool {
	for i := e.heads[f]; i != 0; i = e.links[i-1].next {
		if e.links[i-1].near > 0 {
			return true
		}
	}
	return false
}
