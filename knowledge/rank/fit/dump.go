// Command fit writes the features of every candidate sentence of a question set, for fit.py to fit
// the model on. See README.md beside it.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"

	"verbatim/knowledge"
	"verbatim/knowledge/eval"
	"verbatim/knowledge/french"
	"verbatim/knowledge/rank"
)

func main() {
	data := flag.String("data", "../shared/data/piaf/piaf.jsonl", "question set, articles a line")
	words := flag.Bool("stems", false, "read words, one a line, and write their stems")
	flag.Parse()
	if *words {
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			fmt.Println(french.Stem(strings.ReplaceAll(french.Fold(lines.Text()), "'", "")))
		}
		return
	}
	if err := dump(*data, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

// dump writes a line a candidate: part, case, article, question, label, features, parted by tabs. The part is
// fit, choose or report, by article. The case is "own" for a question asked of its own article,
// "foreign" for one asked of another, "removed" for one asked of its own article without the
// paragraphs that answer it.
func dump(path string, out *os.File) error {
	sets, err := eval.Load(path, nil)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "part\tcase\tarticle\tquestion\tlabel\t%s\n", strings.Join(rank.Names[:], "\t"))
	for i, set := range sets {
		part := eval.Part(set.Article.ID)
		titled, spans := corpus(set.Article, set.Article.Title)
		bare, _ := corpus(set.Article, "")
		// Every other question is asked of the article without its title: a file's name is often none.
		corpora := [2]*rank.Corpus{titled, bare}
		for n, q := range set.Questions {
			write(w, corpora[n%2], spans, part+"\town", i, q)
		}
		for n, q := range eval.Foreign(sets, i) {
			write(w, corpora[n%2], spans, part+"\tforeign", i, q)
		}
		for n, q := range set.Questions {
			if rest := eval.Without(set.Article, q.Gold); rest != nil {
				c, spans := corpus(rest, []string{rest.Title, ""}[n%2])
				q.Gold = nil
				write(w, c, spans, part+"\tremoved", i, q)
			}
		}
	}
	return w.Flush()
}

func write(w *bufio.Writer, c *rank.Corpus, spans []knowledge.Span, kind string, article int, q eval.Question) {
	all := make([]int, c.Paragraphs())
	for i := range all {
		all[i] = i
	}
	e := c.Expand(french.Parse(q.Text))
	defer e.Release()
	for _, candidate := range e.Describe(all) {
		label := 0
		for _, gold := range q.Gold {
			if s := spans[candidate.Sentence]; s.Start <= gold.Start && gold.Start < s.End {
				label = 1
			}
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%d", kind, article, q.ID, label)
		for _, f := range candidate.Features {
			fmt.Fprintf(w, "\t%.5g", f)
		}
		fmt.Fprintln(w)
	}
}

// corpus reads an article for ranking, under a title, and gives the place of each of its sentences.
func corpus(a *knowledge.Article, title string) (*rank.Corpus, []knowledge.Span) {
	c := rank.NewCorpus()
	var spans []knowledge.Span
	for _, p := range a.Paragraphs {
		var texts []string
		for _, s := range p.Sentences {
			texts = append(texts, a.Quote(s))
			spans = append(spans, s)
		}
		c.Add(title, texts)
	}
	c.Seal()
	return c, spans
}
