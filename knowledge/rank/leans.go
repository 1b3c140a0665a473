package rank

import (
	"slices"

	"verbatim/knowledge/french"
)

// Leans reports whether sentence n begins with what the sentence before explains.
func (c *Corpus) Leans(n int) bool { return c.leans(c.row(int32(n))) }

// leans reports whether a sentence cannot be read alone: it begins with a word that stands for what the
// sentence before it names, « Il » or « Cette attaque », if need be after words that link or a preposition: « Cependant,
// dans cette ville ».
func (c *Corpus) leans(row []token) bool {
	placed := false // after a preposition
	for i, t := range row[:min(len(row), firstWords)] {
		term := c.terms[t.form]
		switch {
		case term == "il" && c.impersonal(row[i+1:]):
			return false
		case placed && (term == "y" || possessive[term]): // « Dans son livre, Marie Curie » tells whose it is
			return false
		case c.standsIn(t):
			return true
		case t.class.Has(french.Preposition):
			placed = true
		case !t.class.Has(french.Linking):
			return false
		}
	}
	return false
}

// LooksBack reports whether sentence n may speak of what the sentence before it names: before it names anything itself, it has
// a word that stands for something (« En mai 1990, il »), begins with « le », or with a word that links, if need be after a
// preposition (« En effet »).
func (c *Corpus) LooksBack(n int) bool {
	row := c.row(int32(n))
	if len(row) > 1 && definite[c.terms[row[0].form]] && row[1].evidence&isDate == 0 { // « Le 12 juin » names a day
		return !slices.ContainsFunc(row[:min(len(row), firstWords)], func(t token) bool { return t.evidence&isName != 0 })
	}
	links := true // a word that links would bind the whole sentence
	for i := 0; i < len(row) && row[i].evidence&isName == 0; i++ {
		t := row[i]
		switch {
		case c.terms[t.form] == "il" && c.impersonal(row[i+1:]):
			i++ // « y »
		case links && t.class.Has(french.Linking), c.standsIn(t):
			return true
		}
		links = links && t.class.Has(french.Preposition)
	}
	return false
}

// standsIn reports whether a word stands for something that is named elsewhere, or says whose it is.
func (c *Corpus) standsIn(t token) bool {
	term := c.terms[t.form]
	return t.class.Has(french.Pronoun) || demonstrative[term] || possessive[term]
}

// impersonal reports whether what follows an « il » makes it stand for nothing: « il y a », « il s’agit ».
func (c *Corpus) impersonal(row []token) bool {
	if len(row) == 0 {
		return false
	}
	next := c.terms[row[0].form]
	return impersonal[next] || next == "s" && len(row) > 1 && reflexive[c.terms[row[1].form]]
}

// firstWords is how many words of a sentence are looked at for one that leans.
const firstWords = 5

var (
	definite      = french.Words("le la les l")
	demonstrative = french.Words("ce cet cette ces c chacun chacune")
	possessive    = french.Words("son sa ses leur leurs")
	impersonal    = french.Words("y faut existe semble fallait pleut")
	reflexive     = french.Words("agit agissait agira avere ensuit") // « il s’agit »
)
