package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"verbatim/knowledge/eval"
	"verbatim/knowledge/french"
	"verbatim/knowledge/rank"
)

// writeExamples writes what associate.py counts: for each question, but those of the reporting part, a line with a question
// mark, the fold of its article and the words that ask (rank.Keys); then a line a candidate, with a plus when it answers and
// a minus when it does not, and the stems of its words.
func writeExamples(sets []eval.Set, path string) (err error) {
	file, err := os.Create(path) //nolint:gosec // whoever fits names the file
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	defer func() { err = errors.Join(err, w.Flush(), file.Close()) }()
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
	return nil
}
