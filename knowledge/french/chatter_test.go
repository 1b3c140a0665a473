package french

import "testing"

func TestWithoutChatter(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Bonjour ! J’ai lu l’article trop vite\u202f: Qui est Alexandr Wang\u202f?", "Qui est Alexandr Wang\u202f?"},
		{"Bonjour ! J'ai lu l'article trop vite : quel âge a Alexandr Wang ?", "quel âge a Alexandr Wang ?"},
		{"Super article. Où est née Zoë ? Merci d’avance !", "Où est née Zoë ? Merci d’avance !"},
		{"Hi all, I read it too fast. Who is Alexandr Wang?", "Who is Alexandr Wang?"},
		{"Salut tout le monde, vous savez qui remplace Wang ?", "qui remplace Wang ?"},
		{"Hello everyone, does anyone know who Wang is?", "does anyone know who Wang is?"},
		{"Est-ce que quelqu’un sait qui remplace Wang ?", "qui remplace Wang ?"},
		{"Quelqu'un sait-il où est née Zoë ?", "où est née Zoë ?"},
		{"SALUT ! OÙ EST L’ŒUVRE ?", "OÙ EST L’ŒUVRE ?"},

		{"En 2014, qui a fondé Scale AI ?", "En 2014, qui a fondé Scale AI ?"},
		{"Qui est Alexandr Wang ?", "Qui est Alexandr Wang ?"},
		{"Wang a fondé Scale AI. Quel âge avait-il ?", "Wang a fondé Scale AI. Quel âge avait-il ?"}, // who « il » is stands before
		{"Wang quitte Scale AI. Pourquoi ?", "Wang quitte Scale AI. Pourquoi ?"},
		{"Qui a dit : « Qui vivra verra » ?", "Qui a dit : « Qui vivra verra » ?"},
		{"Quel est le sens du mot : sérendipité ?", "Quel est le sens du mot : sérendipité ?"},
		{"M. Wang est parti quand ?", "M. Wang est parti quand ?"},
		{"Wang sait-il qui le remplace ?", "Wang sait-il qui le remplace ?"},
		{"Est-ce que Wang sait coder ?", "Est-ce que Wang sait coder ?"},
		{"Qui sait coder ?", "Qui sait coder ?"},
		{"Je ne comprends rien. Dommage.", "Je ne comprends rien. Dommage."},
		{"", ""},
	}
	for _, test := range tests {
		got := ""
		if tokens := Parse(test.text).Tokens; len(tokens) > 0 {
			got = test.text[tokens[0].Start:]
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
