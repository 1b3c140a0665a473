package bot_test

import (
	"testing"

	"verbatim/bot"
	"verbatim/knowledge"
)

func TestWords(t *testing.T) {
	article := func(id, title string) *knowledge.Article {
		a, err := knowledge.NewArticle(knowledge.Meta{ID: id, Title: title}, "Une phrase. Une autre.")
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	one := []*knowledge.Article{article("a", "L’été *chaud*")}
	two := append(one, article("b", "B"))
	quote := knowledge.Quote{Article: one[0], Paragraph: 1, Sentences: []int{1, 2}}
	fr, en := bot.French(), bot.English()
	tests := []struct{ name, got, want string }{
		{"confidence", fr.Confidence(0.95), "Réponse sûre"},
		{"confidence in English", en.Confidence(0.1), "Unsure answer"},
		{"place: stars are shown as they are", fr.Place(quote), "§\u00a01, phrases\u00a01 et 2 · L’été *chaud*"},
		{"abstention: and no backslash is", fr.Abstention(knowledge.Foreign, one), "Cette question porte sur autre chose que l’article «\u00a0L’été *chaud*\u00a0»."},
		{"abstention of several", fr.Abstention(knowledge.Foreign, two), "Cette question porte sur autre chose que les articles que je connais."},
		{"nearest", fr.Nearest(), "Ce qui s’en approche le plus\u00a0:"},
		{"invite", fr.Invite(one), "Posez une question sur «\u00a0L’été *chaud*\u00a0». Ctrl-D pour finir."},
		{"invite to several", en.Invite(two), "Ask a question about the articles. Ctrl-D to end."},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}
