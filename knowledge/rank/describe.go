package rank

import "verbatim/knowledge/french"

// BM25's parameters: how fast more of a word stops mattering, how much length does. Sentences want less of
// both than bleve's 1.2 and 0.75: k1 from 0.9 to 1.2 with b from 0.4 to 0.5 did better on PIAF.
const (
	k1         = 1.0
	b          = 0.4
	bParagraph = 0.6
)

// A surrounding is what a paragraph holds of a question, beside its sentences.
type surrounding struct {
	near, sense [maxTerms]float32 // by term: nearness of the nearest word of the paragraph, and how alike in meaning
	title       [maxTerms]float32 // 1 when the title holds the term
	bm25        float32           // of the paragraph, as a share
}

// describe fills in what sentence i of a passage is by itself. Its matches are the last that were described.
func (c *Corpus) describe(e *Expansion, p *passage, i int, f *Features) {
	readings := e.readings[p.at:][:p.end-p.first]
	r, around := &readings[i], &p.around
	matches := e.matched[len(e.matched)-len(e.terms):]
	f[kind], f[terms] = float32(e.query.Kind), float32(len(e.terms))
	f[focus], f[focusSense] = -1, -1
	for n := range e.terms {
		t, m := &e.terms[n], &matches[n]
		f.spelling(t, r.near[n], r.count[n], float32(r.length)/c.length)
		f.meaning(t, m, around.sense[n])
		f.beside(t, m)
		f[carried] += t.share * max(0, m[matchEarlier]-r.near[n])
		f[titled] += t.share * max(0, around.title[n]-r.near[n])
		f[coverAll] += t.share * max(r.near[n], m[matchEarlier], around.title[n])
		f[coverParagraph] += t.share * around.near[n]
		if t.Focus {
			f[focus], f[focusSense] = r.near[n], r.sense[n]
		}
	}
	f[bm25Paragraph] = around.bm25
	f.byClass(e, r, around)
	f[firstTerm], f[lastTerm] = r.near[0], r.near[max(0, len(e.terms)-1)]
	f[senseDense], f[adjacent], f[dense] = r.senseDense/e.total, r.adjacent, r.dense/e.total
	f.answering(e, r)
	row := c.row(p.first + int32(i))
	f.phrased(e, row)
	f.associate(e, row)
	f[defined], f[length], f[novel] = bit(r.defined), float32(r.length), float32(r.novel)
	f[position], f[siblings] = float32(i), float32(len(readings))
	c.opening(p.first+int32(i), i+1 < len(readings), f)
}

// spelling adds what a term that is found this near, count times, in a sentence of this relative length gives.
func (f *Features) spelling(t *askedTerm, near, count, length float32) {
	if t.known == 0 {
		f[unknown] += t.share
	}
	f[cover] += t.share * near
	if near >= sameForm {
		f[coverForm] += t.share
	}
	if near >= sameStem {
		f[coverStem] += t.share
	}
	f[bm25] += t.share * saturate(count, length, b)
	if near > 0 {
		f[heaviestFound] = max(f[heaviestFound], t.share*near)
	} else if t.known > 0 {
		f[heaviestMissed] = max(f[heaviestMissed], t.share)
	}
}

// meaning adds what a term gives by what it means.
func (f *Features) meaning(t *askedTerm, m *Match, paragraph float32) {
	sense := m[matchSense]
	f[rareCover] += t.rarity * sense
	f[rareParagraph] += t.rarity * paragraph
	if sense == 0 {
		f[missed]++
	}
	f[senseCover] += t.share * sense
	f[senseParagraph] += t.share * paragraph
	f[senseCarried] += t.share * max(sense, m[matchEarlierSense], m[matchTitle])
}

// beside adds what the sentences beside hold of a term.
func (f *Features) beside(t *askedTerm, m *Match) {
	f[previous] += t.share * max(0, m[matchBefore]-m[matchNear])
	f[following] += t.share * max(0, m[matchAfter]-m[matchNear])
	f[neighbourhood] += t.share * max(m[matchSense], m[matchBeforeSense], m[matchAfterSense])
}

// byClass fills in how much is found of the question's names, numbers and other words.
func (f *Features) byClass(e *Expansion, r *reading, around *surrounding) {
	var names, others, numbers, senses, bare fraction
	for n := range e.terms {
		t := &e.terms[n]
		switch {
		case t.Has(french.Number):
			numbers.add(t.share, r.near[n])
		case t.name:
			names.add(t.share, r.near[n])
		default:
			others.add(t.share, r.near[n])
		}
		if !t.name && !t.Has(french.Number) {
			senses.add(t.share, r.sense[n])
		}
		if around.title[n] == 0 {
			bare.add(t.share, r.sense[n])
		}
	}
	f[coverNames], f[coverOthers], f[coverNumbers] = names.ratio(), others.ratio(), numbers.ratio()
	f[senseOthers], f[untitled] = senses.ratio(), bare.ratio()
}

// answering fills in what the sentence holds of what the kind of question wants.
func (f *Features) answering(e *Expansion, r *reading) {
	f[senseAround] = r.senseAround / e.total
	f[evidences], f[evidenceGap], f[evidenceWeight] = -1, -1, -1
	want := wanted[e.query.Kind]
	if want != 0 {
		f[evidences], f[evidenceGap], f[evidenceWeight] = float32(min(r.evidence, 4)), r.gap, r.around/e.total
	}
	f[hard], f[hardAround] = -1, -1
	if want&(isNumber|isAge|isDate|isDuration) != 0 {
		f[hard], f[hardAround] = bit(r.evidence > 0), r.senseAround/e.total
	}
	f[unit] = -1
	if e.query.Kind == french.Quantity && len(e.query.Units) > 0 {
		f[unit] = bit(r.unit)
	}
	f[newNames], f[newNumbers], f[newDates] = float32(min(r.names, 6)), float32(min(r.numbers, 6)), float32(min(r.dates, 6))
}

// opening fills in how sentence n begins, and the one after it where there is one.
func (c *Corpus) opening(n int32, more bool, f *Features) {
	row := c.row(n)
	if len(row) == 0 {
		return
	}
	f[leans] = bit(c.leans(row))
	if more {
		f[nextLeans] = bit(c.leans(c.row(n + 1)))
	}
	f[pronoun] = bit(row[0].class.Has(french.Pronoun))
	f[linked] = bit(row[0].class.Has(french.Linking))
}

// A fraction is how much of some terms' weight a sentence holds.
type fraction struct{ found, whole float32 }

func (r *fraction) add(share, near float32) {
	r.found += share * near
	r.whole += share
}

// ratio is -1 when there are no such terms.
func (r fraction) ratio() float32 {
	if r.whole == 0 {
		return -1
	}
	return r.found / r.whole
}

// surround reads what a paragraph holds of the question from the readings of its sentences.
func (c *Corpus) surround(e *Expansion, p paragraph, readings []reading) (a surrounding) {
	tokens := float32(0)
	var count [maxTerms]float32
	for i := range readings {
		tokens += float32(readings[i].length)
		for n := range e.terms {
			count[n] += readings[i].count[n]
			a.near[n] = max(a.near[n], readings[i].near[n])
			a.sense[n] = max(a.sense[n], readings[i].sense[n])
		}
	}
	for n := range e.terms {
		a.bm25 += e.terms[n].share * saturate(count[n], tokens/c.paragraphLength, bParagraph)
	}
	for _, st := range p.title {
		for _, f := range c.formsOf(st) {
			for l := e.heads[f]; l != 0; l = e.links[l-1].next {
				if link := e.links[l-1]; link.near >= sameStem {
					a.title[link.term] = 1
				}
			}
		}
	}
	return a
}

func saturate(count, relative, b float32) float32 {
	return count * (k1 + 1) / (count + k1*(1-b+b*relative))
}

func bit(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
