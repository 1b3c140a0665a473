// Command fit writes the features of every candidate sentence of a question set, for fit.py to fit
// the model on. See README.md beside it.
package main

import (
	"bufio"
	"encoding/binary"
	"errors"
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
	out := flag.String("out", "features", "write `NAME`.tsv and NAME.words")
	flag.Parse()
	if *words {
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			fmt.Println(french.Stem(strings.ReplaceAll(french.Fold(lines.Text()), "'", "")))
		}
		return
	}
	if err := write(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

// write writes the features of every candidate for the questions of a set.
func write(data, out string) (err error) {
	sets, err := eval.Load(data, nil)
	if err != nil {
		return err
	}
	var d dump
	for _, f := range []struct {
		to   **bufio.Writer
		name string
	}{{&d.sentences, out + ".tsv"}, {&d.words, out + ".words"}} {
		file, err := os.Create(f.name)
		if err != nil {
			return err
		}
		w := bufio.NewWriterSize(file, 1<<20)
		*f.to = w
		defer func() { err = errors.Join(err, w.Flush(), file.Close()) }()
	}
	d.all(sets)
	return nil
}

// A dump writes two files. In sentences there is a line a candidate: part, case, article, question, label, features,
// parted by tabs. The part is fit, choose or report, by article. The case is "own" for a question asked of its own
// article, "foreign" for one asked of another, "removed" for one asked of its own article without the paragraphs
// that answer it, "echo" for a sentence of the article, or its second half, asked as if it were a question: members
// paste text too. In words there are, for each of those lines, how many words the question has, as a byte, and
// for each of them the numbers of a [rank.Asked] and of a [rank.Match], as little-endian floats of 32 bits.
type dump struct{ sentences, words *bufio.Writer }

func (d dump) all(sets []eval.Set) {
	fmt.Fprintf(d.sentences, "part\tcase\tarticle\tquestion\tlabel\t%s\n", strings.Join(rank.Names[:], "\t"))
	for i, set := range sets {
		part := eval.Part(set.Article.ID)
		titled, spans := corpus(set.Article, set.Article.Title)
		bare, _ := corpus(set.Article, "")
		// Every other question is asked of the article without its title: a file's name is often none.
		corpora := [2]*rank.Corpus{titled, bare}
		for n, q := range set.Questions {
			d.question(corpora[n%2], spans, part+"\town", i, q)
			if n%echoEvery == 0 {
				d.question(corpora[n%2], spans, part+"\techo", i, echo(set.Article, spans, n/echoEvery))
			}
		}
		for n, q := range eval.Foreign(sets, i) {
			d.question(corpora[n%2], spans, part+"\tforeign", i, q)
		}
		for n, q := range set.Questions {
			if rest := eval.Without(set.Article, q.Gold); rest != nil {
				c, spans := corpus(rest, []string{rest.Title, ""}[n%2])
				q.Gold = nil
				d.question(c, spans, part+"\tremoved", i, q)
			}
		}
	}
}

// echoEvery is how many questions there are to an echo.
const echoEvery = 4

// echo returns a sentence of an article as a question, or every other time its second half.
func echo(a *knowledge.Article, spans []knowledge.Span, n int) eval.Question {
	s := spans[n*17%len(spans)] // here and there in the article
	words := strings.Fields(a.Quote(s))
	if n%2 == 1 {
		words = words[len(words)/2:]
	}
	return eval.Question{ID: fmt.Sprintf("echo-%d", n), Text: strings.Join(words, " "), Gold: []knowledge.Span{s}}
}

func (d dump) question(c *rank.Corpus, spans []knowledge.Span, kind string, article int, q eval.Question) {
	all := make([]int, c.Paragraphs())
	for i := range all {
		all[i] = i
	}
	e := c.Expand(french.Parse(q.Text))
	defer e.Release()
	candidates, asked := e.Describe(all)
	for _, candidate := range candidates {
		label := 0
		for _, gold := range q.Gold {
			if s := spans[candidate.Sentence]; s.Start <= gold.Start && gold.Start < s.End {
				label = 1
			}
		}
		fmt.Fprintf(d.sentences, "%s\t%d\t%s\t%d", kind, article, q.ID, label)
		for _, f := range candidate.Features {
			fmt.Fprintf(d.sentences, "\t%.5g", f)
		}
		fmt.Fprintln(d.sentences)
		_ = d.words.WriteByte(byte(len(asked))) // a Writer keeps its first error for Flush
		for w := range asked {
			_ = binary.Write(d.words, binary.LittleEndian, asked[w])
			_ = binary.Write(d.words, binary.LittleEndian, candidate.Matches[w])
		}
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
