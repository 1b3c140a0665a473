package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/bot"
	"verbatim/knowledge"
)

// droege is an answer whose quote has words that match and words that answer.
func droege(t *testing.T) knowledge.Answer {
	t.Helper()
	a, err := knowledge.NewArticle(knowledge.Meta{ID: "scale", Title: "Scale AI", Source: "https://example.org/scale"},
		"Wang part. Jason Droege, directeur de la stratégie, occupera le poste de PDG après le départ de Wang.")
	if err != nil {
		t.Fatal(err)
	}
	span := func(s string) knowledge.Span {
		start := strings.LastIndex(a.Text, s)
		return knowledge.Span{Start: start, End: start + len(s)}
	}
	return knowledge.Answer{
		Question:   "Qui remplace Wang ?",
		Outcome:    knowledge.Answered,
		Confidence: 0.95,
		Quotes: []knowledge.Quote{{
			Article:   a,
			Span:      a.Paragraphs[0].Sentences[1],
			Paragraph: 1,
			Sentences: []int{2},
			Matches:   []knowledge.Span{span("Wang")},
			Answers:   []knowledge.Span{span("Jason Droege")},
		}},
	}
}

func TestPage(t *testing.T) {
	found := droege(t)
	foreign := found
	foreign.Outcome = knowledge.Foreign
	only := []*knowledge.Article{found.Quotes[0].Article}
	tests := []struct {
		name   string
		page   page
		answer knowledge.Answer
		want   string
	}{
		{
			name:   "colors",
			page:   page{width: 50, colors: true, words: bot.French()},
			answer: found,
			want: "\x1b[1mQui remplace Wang ?\x1b[0m\n" +
				"\n" +
				"  │ \x1b[1;4;32mJason Droege\x1b[0m, directeur de la stratégie,\n" +
				"  │ occupera le poste de PDG après le départ de\n" +
				"  │ \x1b[1mWang\x1b[0m.\n" +
				"    \x1b[2mRéponse sûre · §\u00a01, phrase\u00a02 · Scale AI\x1b[0m\n" +
				"    \x1b[2mhttps://example.org/scale\x1b[0m\n" +
				"\n",
		},
		{
			name:   "no colors, English, at the prompt",
			page:   page{width: 60, words: bot.English(), prompted: true},
			answer: found,
			want: "  │ Jason Droege, directeur de la stratégie, occupera le\n" +
				"  │ poste de PDG après le départ de Wang.\n" +
				"    Sure answer · §\u00a01, sentence 2 · Scale AI\n" +
				"    https://example.org/scale\n" +
				"\n",
		},
		{
			name:   "an abstention offers the nearest passage, and tells no confidence",
			page:   page{width: 80, words: bot.French(), articles: only},
			answer: foreign,
			want: "Qui remplace Wang ?\n" +
				"\n" +
				"Cette question porte sur autre chose que l’article «\u00a0Scale AI\u00a0».\n" +
				"\n" +
				"Ce qui s’en approche le plus\u00a0:\n" +
				"  │ Jason Droege, directeur de la stratégie, occupera le poste de PDG après le\n" +
				"  │ départ de Wang.\n" +
				"    §\u00a01, phrase\u00a02 · Scale AI\n" +
				"    https://example.org/scale\n" +
				"\n",
		},
		{
			name:   "nothing to offer",
			page:   page{width: 80, words: bot.English()},
			answer: knowledge.Answer{Question: "?!"},
			want:   "?!\n\nI find no word to search for in this question. Try a name, a place or a number.\n\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			tt.page.w = &b
			if err := tt.page.print(tt.answer); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestWritePrintable(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"prose", "L’été « arrive ».", "L’été « arrive »."},
		{"ends of lines and tabs", "a\nb\r\nc\td", "a b  c d"},
		{"escape sequences", "\x1b[2Jtexte\a\x7f\u009b31m", "�[2Jtexte���31m"},
		{"direction of writing", "a\u202eb\u2066c\u200fd", "a�b�c�d"},
		{"not UTF-8", "a\xffb", "a�b"},
		{"emoji in several parts", "👩\u200d🚒", "👩\u200d🚒"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			writePrintable(&b, tt.text)
			if got := b.String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
