package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
)

// A corpus is the articles that a question may be asked of, with the names that custom IDs give them.
// It never changes, and may be shared between goroutines.
type corpus struct {
	index   *knowledge.Index
	volumes []*volume          // in the index's order
	byKey   map[string]*volume // by volume.key
	rev     string             // changes when any article does
}

// A volume is an article with its names in custom IDs. Those are hashes of a fixed length: an
// article's ID is its owner's choice, and a custom ID holds 100 characters of a few alphabets.
type volume struct {
	*knowledge.Article
	key    string // stays when the text changes
	rev    string // changes with the text, or with where its paragraphs and sentences are cut
	folded string // the title, as names are compared

	suggestions func() []suggestion // made when first wanted
}

func newCorpus(x *knowledge.Index) *corpus {
	c := &corpus{index: x, byKey: map[string]*volume{}}
	all := sha256.New()
	for _, a := range x.Articles() {
		v := &volume{Article: a, key: keyOf(a.ID), rev: revOf(a), folded: french.Fold(plainTitle(a))}
		v.suggestions = c.lazily(v)
		c.volumes = append(c.volumes, v)
		c.byKey[v.key] = v
		all.Write([]byte(v.key + v.rev))
	}
	c.rev = short(all)
	return c
}

// articles returns the articles, in the index's order.
func (c *corpus) articles() []*knowledge.Article { return c.index.Articles() }

// volume returns the volume of an article of the corpus, nil for nil.
func (c *corpus) volume(a *knowledge.Article) *volume {
	if a == nil {
		return nil
	}
	return c.byKey[keyOf(a.ID)]
}

func keyOf(id string) string {
	h := sha256.New()
	h.Write([]byte(id))
	return short(h)
}

func revOf(a *knowledge.Article) string {
	h := sha256.New()
	h.Write([]byte(a.Text))
	var ends []byte
	for _, p := range a.Paragraphs {
		ends = binary.AppendUvarint(ends, uint64(p.End)) //nolint:gosec // an offset is never negative
		for _, s := range p.Sentences {
			ends = binary.AppendUvarint(ends, uint64(s.End)) //nolint:gosec // nor here
		}
	}
	h.Write(ends)
	return short(h)
}

// hashLength is the length of a hash in a custom ID, in characters of base64: 48 bits, so that a
// thousand articles share none but once in half a billion.
const hashLength = 8

func short(h hash.Hash) string { return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:6]) }

// sentences returns a paragraph of v and the span of its sentences from first to last, all numbered
// from 1. It fails with [errState] when v has no such sentences.
func (v *volume) sentences(paragraph, first, last int) (knowledge.Paragraph, knowledge.Span, error) {
	if v == nil || paragraph < 1 || paragraph > len(v.Paragraphs) {
		return knowledge.Paragraph{}, knowledge.Span{}, errState
	}
	p := v.Paragraphs[paragraph-1]
	if first < 1 || last < first || last > len(p.Sentences) {
		return knowledge.Paragraph{}, knowledge.Span{}, errState
	}
	return p, knowledge.Span{Start: p.Sentences[first-1].Start, End: p.Sentences[last-1].End}, nil
}
