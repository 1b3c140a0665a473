package rank

import "testing"

// A number of four figures is a year, unless something is counted in it.
func TestEvidenceOfNumbers(t *testing.T) {
	tests := []struct {
		text string
		want evidence
	}{
		{"Elle ouvre en 2014.", isDate},
		{"En 2014, Meta compte ses amis.", isDate},
		{"L’entrée coûte 1500 euros.", isNumber},
		{"L’entrée coûte 2000 €.", isNumber},
		{"Le pont a 1900 ans.", isNumber | isAge | isDuration},
		{"L’entrée coûte 4 euros.", isNumber},
	}
	for _, test := range tests {
		c := corpus([]string{test.text})
		got := evidence(0)
		for _, token := range c.tokens {
			got |= token.evidence & (isNumber | isDate | isAge | isDuration)
		}
		if got != test.want {
			t.Errorf("%q: got %b, want %b", test.text, got, test.want)
		}
	}
}
