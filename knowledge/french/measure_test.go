package french

import "testing"

// TestMeasure checks what a question asks to be counted.
func TestMeasure(t *testing.T) {
	for text, want := range map[string]Measure{
		"Quelle part du budget va aux écoles ?":        Share | Money,
		"Combien coûte le billet ?":                    Money,
		"combien coute le billet":                      Money,
		"QUELLE EST LA HAUTEUR DE LA TOUR ?":           Length,
		"Quelle est la superficie de l’île ?":          Area,
		"Combien d’habitants compte la ville ?":        People,
		"Combien pèse la cloche ?":                     Mass,
		"Quelle température fait-il ?":                 Heat,
		"En quelle année ouvre la gare ?":              InYear,
		"Quel jour ouvre la gare ?":                    Day,
		"À quelle date ouvre la gare ?":                Day | InYear,
		"À quel siècle remonte l’église ?":             Century,
		"How much does the ticket cost?":               Money,
		"Quand ouvre la gare ?":                        0,
		"Combien de ponts y a-t-il ?":                  0,
		"Qui paye le billet ?":                         0, // what is asked for is nobody’s number
		"Combien de jours dure le voyage de l’année ?": 0,
	} {
		if got := Parse(text).Measure; got != want {
			t.Errorf("Parse(%q).Measure = %b, want %b", text, got, want)
		}
	}
}
