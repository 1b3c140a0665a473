package french

import "testing"

func TestWithoutChatter(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Bonjour ! J’ai lu l’article trop vite\u202f: Qui est Alexandr Wang\u202f?", "Qui est Alexandr Wang\u202f?"},
		{"Bonjour ! J'ai lu l'article trop vite : quel âge a Alexandr Wang ?", "quel âge a Alexandr Wang ?"},
		{"Super article. Où est née Zoë ? Merci d’avance !", "Où est née Zoë ? Merci d’avance !"},
		{"Hi all, I read it too fast. Who is Alexandr Wang?", "Who is Alexandr Wang?"},
		{"SALUT ! OÙ EST L’ŒUVRE ?", "OÙ EST L’ŒUVRE ?"},

		{"Qui est Alexandr Wang ?", "Qui est Alexandr Wang ?"},
		{"Wang a fondé Scale AI. Quel âge avait-il ?", "Wang a fondé Scale AI. Quel âge avait-il ?"}, // who « il » is stands before
		{"Wang quitte Scale AI. Pourquoi ?", "Wang quitte Scale AI. Pourquoi ?"},
		{"Qui a dit : « Qui vivra verra » ?", "Qui a dit : « Qui vivra verra » ?"},
		{"Quel est le sens du mot : sérendipité ?", "Quel est le sens du mot : sérendipité ?"},
		{"M. Wang est parti quand ?", "M. Wang est parti quand ?"},
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
