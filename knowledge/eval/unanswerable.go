package eval

import (
	"slices"
	"strings"

	"verbatim/knowledge"
)

// Foreign returns as many questions of other articles as set i has of its own, without gold: an
// article does not answer what was asked of another. Which ones depends on nothing but their order and the round,
// from 0: others in each.
func Foreign(sets []Set, i, round int) []Question {
	var questions []Question
	for n := range sets[i].Questions {
		other := sets[(i+1+(n*7919+round*131)%max(1, len(sets)-1))%len(sets)]
		if other.Article == sets[i].Article || len(other.Questions) == 0 {
			continue
		}
		q := other.Questions[n%len(other.Questions)]
		q.Gold = nil
		questions = append(questions, q)
	}
	return questions
}

// Without returns an article without the paragraphs that hold the spans, nil when none is left.
func Without(a *knowledge.Article, spans []knowledge.Span) *knowledge.Article {
	var left []string
	for _, p := range a.Paragraphs {
		if !slices.ContainsFunc(spans, func(s knowledge.Span) bool { return s.Start < p.End && p.Start < s.End }) {
			left = append(left, a.Quote(p.Span))
		}
	}
	if len(left) == 0 || len(left) == len(a.Paragraphs) {
		return nil
	}
	rest, err := knowledge.NewArticle(a.Meta, strings.Join(left, "\n"))
	if err != nil {
		return nil // what is left is no text
	}
	return rest
}
