package bot

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
)

// quoteOf returns a quote that is the whole of text, with the given parts marked.
func quoteOf(text string, matches, answers []string) knowledge.Quote {
	a := &knowledge.Article{Meta: knowledge.Meta{ID: "essai", Title: "Essai"}, Text: text}
	find := func(parts []string) (spans []knowledge.Span) {
		from := 0
		for _, p := range parts {
			start := from + strings.Index(text[from:], p)
			spans = append(spans, knowledge.Span{Start: start, End: start + len(p)})
			from = start + len(p)
		}
		return spans
	}
	return knowledge.Quote{Article: a, Span: knowledge.Span{End: len(text)}, Paragraph: 1, Sentences: []int{1},
		Matches: find(matches), Answers: find(answers)}
}

func TestQuoteMarkdown(t *testing.T) {
	for _, test := range []struct {
		name, text       string
		matches, answers []string
		want             string
	}{
		{"no marks", "Wang restera.", nil, nil, "> Wang restera."},
		{"matches and answers", "Wang, 28 ans, a quitté Scale.", []string{"Wang", "Scale"}, []string{"28 ans"},
			"> **Wang**, __**28 ans**__, a quitté **Scale**."},
		{"white space stays outside", "Wang  restera ici.", []string{"Wang ", " restera "}, nil, "> **Wang  restera** ici."},
		{"an answer covers a match", "Il a 28 ans.", []string{"28"}, []string{"28 ans"}, "> Il a __**28 ans**__."},
		{"neighbours", "ab", []string{"a"}, []string{"b"}, "> **a**__**b**__"},
		{"neighbours of one kind", "ab", []string{"a", "b"}, nil, "> **ab**"},
		{"inside a word", "réacquis", []string{"acquis"}, nil, "> ré**acquis**"},
		{"stars beside", "*mot*", []string{"mot"}, nil, `> \***mot**\*`},
		{"stars within", "un*mot*", []string{"un*mot*"}, nil, `> **un\*mot\***`},
		{"over two lines", "un\ndeux", []string{"un\ndeux"}, nil, "> **un**\n> **deux**"},
		{"a list within", "un\n- deux", nil, nil, "> un\n> \\- deux"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := quoteMarkdown(quoteOf(test.text, test.matches, test.answers))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("quoteMarkdown (-want +got):\n%s", diff)
			}
			if shown := render(got); shown.text != test.text || !shown.quoted {
				t.Errorf("shows %q, quoted %v, want %q", shown.text, shown.quoted, test.text)
			}
		})
	}
}

func FuzzQuoteMarkdown(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, 3, 9, 5, 7)
	}
	f.Fuzz(func(t *testing.T, text string, m0, m1, a0, a1 int) {
		text = strings.ToValidUTF8(text, "")
		q := quoteOf(text, nil, nil)
		q.Matches, q.Answers = spanOf(text, m0, m1), spanOf(text, a0, a1)
		got := quoteMarkdown(q)
		shown := render(got)
		if shown.text != lines(text) || !shown.quoted || len(shown.active) > 0 {
			t.Errorf("%q with %v %v as %q shows %+v", text, q.Matches, q.Answers, got, shown)
		}
		for _, part := range append(shown.bold, shown.under...) {
			if strings.TrimSpace(part) != part || part == "" {
				t.Errorf("%q marks %q", got, part)
			}
		}
	})
}

// spanOf returns a span of text between two places, moved to where characters begin.
func spanOf(text string, i, j int) []knowledge.Span {
	var starts []int
	for k := range text {
		starts = append(starts, k)
	}
	starts = append(starts, len(text))
	at := func(i int) int { return starts[(i%len(starts)+len(starts))%len(starts)] }
	return []knowledge.Span{{Start: min(at(i), at(j)), End: max(at(i), at(j))}}
}
