package rank

import (
	"strings"
	"testing"

	"verbatim/knowledge/french"
)

// TestLongestRun checks how many words of a question stand in a row in a sentence too.
func TestLongestRun(t *testing.T) {
	for _, tt := range []struct {
		question, sentence string
		want               int
	}{
		{"Qui a gagné lors de la coupe de 1904 ?", "Le club s’impose lors de la coupe de 1904.", 6},
		{"QUI A GAGNE LORS DE LA COUPE DE 1904", "Le club s’impose lors de la coupe de 1904.", 6},
		{"Qui a gagné lors de la cuope de 1904 ?", "Le club s’impose lors de la coupe de 1904.", 6}, // a slip
		{"Qui a gagné la coupe ?", "La coupe a été gagnée : la coupe !", 2},
		{"Où est l’écluse ?", "Elle ferme.", 0},
		{"Où est l'e\u0301cluse ?", "C’est l’écluse.", 3},
		{"mot " + strings.Repeat("la coupe ", maxWording), "La coupe, la coupe, la coupe.", 6},
		{"la la la la", "La la.", 2},
	} {
		c := corpus([]string{tt.sentence})
		e := c.Expand(french.Parse(tt.question))
		if got := e.longestRun(c.row(0)); got != tt.want {
			t.Errorf("%q in %q: got %d words in a row, want %d", tt.question, tt.sentence, got, tt.want)
		}
		e.Release()
	}
}

// TestMeasures checks which sentences hold a number that counts what a question asks to be counted.
func TestMeasures(t *testing.T) {
	for _, tt := range []struct {
		question, sentence string
		want               bool
	}{
		{"Quel pourcentage des élèves part ?", "Un tiers des élèves part.", true},
		{"Quel pourcentage des élèves part ?", "49\u202f% des élèves partent.", true},
		{"Quel pourcentage des élèves part ?", "Vingt pour cent des élèves partent.", true},
		{"Quel pourcentage des élèves part ?", "300 élèves partent.", false},
		{"Quel est le prix du pont ?", "Le pont a coûté 14,3 milliards d’euros.", true},
		{"Quel est le prix du pont ?", "Le pont mesure 38 mètres.", false},
		{"Quelle est la hauteur du pont ?", "Le pont mesure 38 mètres.", true},
		{"En quelle année ouvre le pont ?", "Il ouvre en 1935.", true},
		{"En quelle année ouvre le pont ?", "Il ouvre le 17 septembre.", false},
		{"En quelle année ouvre le pont ?", "Il a coûté 1500 euros.", false}, // no year
		{"Quel jour ouvre le pont ?", "Il ouvre le 17 septembre.", true},
		{"À quel siècle remonte le pont ?", "Il date du XIXe\u00a0siècle.", true},
		{"Quel jour ouvre le pont de 1935 ?", "Le pont de 1935 ouvre.", false},
		{"En quelle année ouvre le pont de 1935 ?", "Le pont de 1935 ouvre.", false}, // the question knows that year
	} {
		c := corpus([]string{tt.sentence})
		e := c.Expand(french.Parse(tt.question))
		if got := e.measures(c.row(0)); got != tt.want {
			t.Errorf("%q for %q: got %v, want %v", tt.sentence, tt.question, got, tt.want)
		}
		e.Release()
	}
}
