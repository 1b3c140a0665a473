package rank

import (
	"slices"
	"strings"
	"testing"

	"verbatim/knowledge/french"
)

// TestKeys checks which words of a question its associations are looked up by.
func TestKeys(t *testing.T) {
	for _, tt := range []struct{ question, want string }{
		{"Combien l’écluse a-t-elle coûté ?", "combien l eclus a t elle cout"},
		{"COMBIEN L'ECLUSE A-T-ELLE COUTE", "combien l eclus a t elle cout"},
		{"pk c fermé", "pourquoi ce est ferm"},
		{"de la ville et de la gare", "de la vill et gar"},
		{"When was the lock closed?", "when was the eclus serrur ferm"},
		{"", ""},
	} {
		if got := strings.Join(Keys(french.Parse(tt.question)), " "); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.question, got, tt.want)
		}
	}
}

// TestAssociated checks that sentences which say what such questions are answered with are told from the others beside them,
// though they share no word with the question.
func TestAssociated(t *testing.T) {
	for _, tt := range []struct{ question, right, wrong string }{
		{"Combien coûte le pont ?", "La facture s’élève à trois millions d’euros.", "Les habitants traversent en famille le dimanche."},
		{"Pourquoi la piscine ferme-t-elle ?", "Trop de fuites, parce que les joints sont usés.", "Le bassin mesure vingt mètres de large."},
		{"Quand ouvre la mairie ?", "Du lundi au vendredi, de neuf à douze heures.", "Une salle des mariages occupe le premier étage."},
		{"De quoi est-il mort ?", "Un cancer l’emporta en trois mois.", "Son jardin donnait sur la rivière."},
	} {
		c := NewCorpus()
		c.Add("", []string{tt.wrong, tt.right})
		c.Seal()
		e := c.Expand(french.Parse(tt.question))
		candidates, _ := e.Describe([]int{0})
		of := func(n int) float32 {
			i := slices.IndexFunc(candidates, func(c Candidate) bool { return c.Sentence == n })
			return candidates[i].Features[associated]
		}
		if of(1) <= of(0) {
			t.Errorf("%s: got %.2f for %q and %.2f for %q", tt.question, of(1), tt.right, of(0), tt.wrong)
		}
		e.Release()
	}
}

// TestAssociatedOwnWords checks that the question's own words, which are looked at elsewhere, do not count, and that a long
// sentence fits.
func TestAssociatedOwnWords(t *testing.T) {
	c := NewCorpus()
	c.Add("", []string{"Le pont.", "Le pont coûte, le pont coûte.", strings.Repeat("trois millions d’euros ", 1000)})
	c.Seal()
	e := c.Expand(french.Parse("Combien coûte le pont ?"))
	defer e.Release()
	candidates, _ := e.Describe([]int{0})
	for _, candidate := range candidates {
		if got := candidate.Features[associated]; candidate.Sentence < 2 && got != 0 || candidate.Sentence == 2 && got <= 0 {
			t.Errorf("sentence %d: got %v", candidate.Sentence, got)
		}
	}
}
