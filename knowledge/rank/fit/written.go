package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"verbatim/knowledge"
	"verbatim/knowledge/eval"
)

// written begins the IDs of questions that were written to fit on, in data beside this file, and not asked by people.
const written = "more-"

// load reads people's questions, and from a folder those that were written: more on the same articles
// (questions.jsonl) and texts with questions of their own (texts.jsonl).
func load(asked, folder string) ([]eval.Set, error) {
	sets, err := eval.Load(asked, nil)
	if err != nil {
		return nil, err
	}
	if err := add(sets, filepath.Join(folder, "questions.jsonl")); err != nil {
		return nil, err
	}
	texts, err := eval.Load(filepath.Join(folder, "texts.jsonl"), nil)
	return append(sets, texts...), err
}

// add gives sets the questions of a file, a line each: the article's ID, the question, and how each sentence that
// answers begins.
func add(sets []eval.Set, path string) error {
	file, err := os.Open(path) //nolint:gosec // whoever fits names the folder
	if err != nil {
		return err
	}
	defer file.Close()
	number := map[string]int{}
	for i, s := range sets {
		number[s.Article.ID] = i
	}
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		var l struct {
			Article, Question string
			Gold              []string
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return fmt.Errorf("%s, line %d: %w", path, n, err)
		}
		i, known := number[l.Article]
		if !known {
			return fmt.Errorf("%s, line %d: there is no article %q", path, n, l.Article)
		}
		q := eval.Question{ID: fmt.Sprint(written, n), Text: l.Question}
		for _, gold := range l.Gold {
			at := strings.Index(sets[i].Article.Text, gold)
			if at < 0 {
				return fmt.Errorf("%s, line %d: %s does not hold %q", path, n, l.Article, gold)
			}
			q.Gold = append(q.Gold, knowledge.Span{Start: at, End: at + len(gold)})
		}
		sets[i].Questions = append(sets[i].Questions, q)
	}
	return lines.Err()
}

// thin leaves out two of three questions that were written.
func thin(sets []eval.Set) []eval.Set {
	thinned := make([]eval.Set, len(sets))
	for i, s := range sets {
		thinned[i].Article = s.Article
		for n, q := range s.Questions {
			if n%3 == 0 || kind(q) == "own" {
				thinned[i].Questions = append(thinned[i].Questions, q)
			}
		}
	}
	return thinned
}
