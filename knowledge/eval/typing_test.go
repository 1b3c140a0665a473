package eval

import "testing"

func TestTypings(t *testing.T) {
	tests := []struct{ typing, question, want string }{
		{"bare", "Où a-t-elle étudié ?", "Ou a-t-elle etudie ?"},
		{"bare", "L’œuvre de « Zoë » à Noël\u202f?", "L’oeuvre de « Zoe » a Noel\u202f?"},
		{"bare", "Ou\u0300 est Œdipe ?", "Ou est Oedipe ?"}, // decomposed
		{"capitals", "Où est né l’œuf ?", "OÙ EST NÉ L’ŒUF ?"},
		{"slip", "Où a-t-elle étudié ?", "Où a-t-elle étduié ?"},
		{"slip", "L’entreprise de qui ?", "L’entrperise de qui ?"},
		{"slip", "À ?", "À ?"},
		{"slip", "", ""},
	}
	for _, test := range tests {
		set := Set{Questions: []Question{{Text: test.question}}}
		typed := Type([]Set{set}, Typings[test.typing])
		if got := typed[0].Questions[0].Text; got != test.want {
			t.Errorf("%s: %q: got %q, want %q", test.typing, test.question, got, test.want)
		}
		if set.Questions[0].Text != test.question {
			t.Errorf("%s changed the set that it was given", test.typing)
		}
	}
}
