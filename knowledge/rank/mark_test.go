package rank

import (
	"strings"
	"testing"

	"verbatim/knowledge/french"
)

// TestMark checks which words are pointed out, however they are written.
func TestMark(t *testing.T) {
	far := strings.Repeat("œ ", farOff/3+1) // of three bytes each
	for _, tt := range []struct{ text, question, matches, answers string }{
		{"L’écluse a coûté 20\u202f000 euros.", "Combien a coûté l’écluse ?", "écluse|coûté", "20\u202f000 euros"},
		{"Aujourd’hui l'e\u0301cluse est fermée.", "L’ECLUSE EST-ELLE FERMEE AUJOURD'HUI ?", "Aujourd’hui|e\u0301cluse|fermée", ""},
		{"À Saint-Rémi, près d’Arles.", "Où est Saint-Rémi ?", "Saint-Rémi", "Arles"},
		{"L’écluse " + far + "écluse.", "Où est l’écluse ?", "écluse", ""},
	} {
		c := NewCorpus()
		c.Add("", []string{tt.text})
		c.Seal()
		e := c.Expand(french.Parse(tt.question))
		marks := e.Mark(0, tt.text)
		for _, part := range []struct {
			spans []french.Span
			want  string
		}{{marks.Matches, tt.matches}, {marks.Answers, tt.answers}} {
			var got []string
			for _, s := range part.spans {
				got = append(got, tt.text[s.Start:s.End])
			}
			if got := strings.Join(got, "|"); got != part.want {
				t.Errorf("%s: got %q, want %q", tt.question, got, part.want)
			}
		}
		e.Release()
	}
}
