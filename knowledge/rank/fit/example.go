package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"verbatim/knowledge/eval"
	"verbatim/knowledge/french"
	"verbatim/knowledge/rank"
)

// writeExamples writes what associate.py counts: for each question, but those of the reporting part, a line with a question
// mark, the fold of its article and the words that ask (rank.Keys); then a line a candidate, with a plus when it answers and
// a minus when it does not, and the stems of its words.
func writeExamples(sets []eval.Set, path string) error {
	return files(func(to []*bufio.Writer) error {
		examples(sets, to[0])
		return nil
	}, path)
}

func examples(sets []eval.Set, w io.Writer) {
	for n, set := range sets {
		if eval.Part(set.Article.ID) == "report" {
			continue
		}
		c, spans := corpus(set.Article, set.Article.Title, nil)
		for _, q := range set.Questions {
			query := french.Parse(q.Text)
			fmt.Fprintln(w, "?", fold(n), strings.Join(rank.Keys(query), " "))
			e := c.Expand(query)
			candidates, _ := e.Describe(all(c))
			for _, candidate := range candidates {
				sign := "-"
				if eval.Holds(spans[candidate.Sentence], q.Gold) {
					sign = "+"
				}
				fmt.Fprintln(w, sign, strings.Join(c.Said(candidate.Sentence), " "))
			}
			e.Release()
		}
	}
}
