package rank

import "verbatim/knowledge/french"

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
		case t.class.Has(french.Pronoun), demonstrative[term], possessive[term]:
			return true
		case t.class.Has(french.Preposition):
			placed = true
		case !t.class.Has(french.Linking):
			return false
		}
	}
	return false
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
	demonstrative = french.Words("ce cet cette ces c chacun chacune")
	possessive    = french.Words("son sa ses leur leurs")
	impersonal    = french.Words("y faut existe semble fallait pleut")
	reflexive     = french.Words("agit agissait agira avere ensuit") // « il s’agit »
)
