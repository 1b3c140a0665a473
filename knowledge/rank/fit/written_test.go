package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"verbatim/knowledge/eval"
)

// What is reported is measured on PIAF's articles of the part "report": nothing may be written on those.
func TestNothingWrittenOnReportedArticles(t *testing.T) {
	file, err := os.Open("data/questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	seen := map[string]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var l struct{ Article, Question string }
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		if eval.Part(l.Article) == "report" {
			t.Errorf("%s, %q: got a question on an article of the part \"report\"", l.Article, l.Question)
		}
		if seen[lines.Text()] {
			t.Errorf("%s, %q: it stands there twice", l.Article, l.Question)
		}
		seen[lines.Text()] = true
	}
	if len(seen) == 0 {
		t.Error("got no question")
	}
}

func TestTextsHoldTheirAnswers(t *testing.T) {
	sets, err := eval.Load("data/texts.jsonl", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sets {
		for _, q := range s.Questions {
			if !strings.HasPrefix(q.ID, written) {
				t.Errorf("%s, question %s: want an ID that begins with %q", s.Article.ID, q.ID, written)
			}
			for _, g := range q.Gold {
				if g.Start > 0 && s.Article.Text[g.Start-1] != ' ' && s.Article.Text[g.Start-1] != '\n' {
					t.Errorf("%s, question %s: %q is not where a sentence begins", s.Article.ID, q.ID, s.Article.Quote(g))
				}
			}
		}
	}
}
