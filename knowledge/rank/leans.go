package rank

import "verbatim/knowledge/french"

// Leans reports whether sentence n begins with what the sentence before explains.
func (c *Corpus) Leans(n int) bool { return c.leans(c.row(int32(n))) }

// leans reports whether a sentence cannot be read alone: it begins with a word that stands for what the
// sentence before it names, « Il » or « Cette attaque », if need be after a word that links.
func (c *Corpus) leans(row []token) bool {
	for i, t := range row {
		term := c.terms[t.form]
		switch {
		case i == 3:
			return false
		case term == "il" && i+1 < len(row) && impersonal[c.terms[row[i+1].form]]:
			return false
		case t.class.Has(french.Pronoun), demonstrative[term]:
			return true
		case !t.class.Has(french.Linking):
			return false
		}
	}
	return false
}

var (
	demonstrative = map[string]bool{"ce": true, "cet": true, "cette": true, "ces": true, "son": true, "sa": true, "ses": true, "leur": true, "leurs": true, "c": true}
	impersonal    = map[string]bool{"y": true, "faut": true, "existe": true, "s": true, "semble": true, "est": false, "fallait": true, "pleut": true}
)
