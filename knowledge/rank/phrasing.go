package rank

import "verbatim/knowledge/french"

// maxWording is how many words of a question are looked at for its wording, function words among them.
const maxWording = 64

// unlistedForm is the form of a word that the corpus does not hold.
const unlistedForm = ^form(0)

// readWording notes the question's words, all of them, by their forms; of a slip of the keyboard, what was meant.
func (e *Expansion) readWording() {
	e.wording = e.wording[:0]
	for _, t := range e.query.Tokens[:min(len(e.query.Tokens), maxWording)] {
		f, ok := e.corpus.formOf(t.Term)
		if !ok {
			f = e.meant(t)
		}
		e.wording = append(e.wording, f)
	}
}

// meant returns the form that a word is a slip for.
func (e *Expansion) meant(t french.Token) form {
	for n := range e.terms {
		if e.terms[n].Start == t.Start {
			return e.terms[n].meant
		}
	}
	return unlistedForm
}

// longestRun returns how many words the question and a sentence have in a row, at most.
func (e *Expansion) longestRun(row []token) int {
	var runs [maxWording + 1]uint8 // that end with the question's words, from 1, and with the token before
	longest := uint8(0)
	for _, t := range row {
		for i := len(e.wording); i > 0; i-- {
			if e.wording[i-1] != t.form {
				runs[i] = 0
				continue
			}
			runs[i] = runs[i-1] + 1
			longest = max(longest, runs[i])
		}
	}
	return int(longest)
}

// longRun is the longest run that counts: a longer one is a sentence that was pasted in.
const longRun = 8

// phrased fills in how the sentence is worded beside the question.
func (f *Features) phrased(e *Expansion, row []token) {
	words := e.longestRun(row)
	f[run], f[runShare] = float32(min(words, longRun)), float32(words)/float32(max(1, len(e.wording)))
	f[measured] = -1
	if e.query.Measure != 0 {
		f[measured] = bit(e.measures(row))
	}
}

// measures reports whether a sentence holds a number that counts what the question asks to be counted.
func (e *Expansion) measures(row []token) bool {
	for i := range row {
		if e.measured(row, i) {
			return true
		}
	}
	return false
}

// measured reports whether the token at i is such a number.
func (e *Expansion) measured(row []token, i int) bool {
	return e.query.Measure&e.corpus.counts(row, i) != 0 && !e.spells(row[i].form)
}

// unitBehind is how many words behind a number its unit stands at most: « 14,3 milliards d’euros ».
const unitBehind = 3

// counts returns what the number at i counts.
func (c *Corpus) counts(row []token, i int) (m french.Measure) {
	class := row[i].class
	if class.Has(french.Month) && !class.Has(french.Unit) && i > 0 && row[i-1].class.Has(french.Number) {
		m |= french.Day
	}
	if class.Has(french.Year) && row[i].evidence&isDate != 0 { // not « 1500 euros »
		m |= french.InYear
	}
	if class.Has(french.Number) {
		m |= french.MeasureOf(c.terms[row[i].form]) & french.Share // « un tiers »
		behind := row[i+1 : min(len(row), i+1+unitBehind)]
		for _, t := range behind {
			m |= french.MeasureOf(c.terms[t.form])
		}
		if len(behind) > 1 && c.terms[behind[0].form] == "pour" && c.terms[behind[1].form] == "cent" {
			m |= french.Share
		}
	}
	return m
}
