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
	"slices"
	"strings"

	"verbatim/knowledge"
	"verbatim/knowledge/eval"
	"verbatim/knowledge/french"
	"verbatim/knowledge/rank"
)

func main() {
	data := flag.String("data", "../shared/data/piaf/piaf.jsonl", "question set, articles a line")
	words := flag.Bool("stems", false, "read words, one a line, and write their stems")
	ours := flag.String("written", "knowledge/rank/fit/data", "folder of the questions that were written to fit on")
	examples := flag.String("examples", "", "write what associate.py counts to `FILE`, and nothing else")
	tell := flag.Bool("tell", false, "write NAME.told and NAME.heard, of the candidates that NAME.picked numbers, and nothing else")
	out := flag.String("out", "features", "write `NAME`.tsv, NAME.features and NAME.words, by the associations of each fold in NAME.0 and on")
	flag.Parse()
	if *words {
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			fmt.Println(french.Stem(strings.ReplaceAll(french.Fold(lines.Text()), "'", "")))
		}
		return
	}
	sets, err := load(*data, *ours)
	switch {
	case err != nil:
	case *examples != "":
		err = writeExamples(sets, *examples)
	case *tell:
		err = writeTold(sets, *out)
	default:
		err = write(sets, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

// write writes the features of every candidate for the questions of sets.
func write(sets []eval.Set, out string) error {
	return files(func(to []*bufio.Writer) error {
		fmt.Fprintf(to[0], "part\tcase\tarticle\tquestion\tlabel\twords\t%s\n", strings.Join(rank.Names[:], "\t"))
		return askAll(sets, out, &described{rows: to[0], features: to[1], words: to[2]})
	}, out+".tsv", out+".features", out+".words")
}

// files makes files, and closes them when all is written.
func files(write func([]*bufio.Writer) error, names ...string) (err error) {
	var to []*bufio.Writer
	for _, name := range names {
		file, failed := os.Create(name) //nolint:gosec // whoever fits names the file
		if failed != nil {
			return failed
		}
		w := bufio.NewWriterSize(file, 1<<20)
		to = append(to, w)
		defer func() { err = errors.Join(err, w.Flush(), file.Close()) }()
	}
	return write(to)
}

// askAll asks all that there is to ask, by the associations of each fold in NAME.0 and on.
func askAll(sets []eval.Set, name string, to sink) error {
	d := dump{sink: to, number: map[string]int{}}
	for fold := range folds {
		data, err := os.ReadFile(fmt.Sprintf("%s.%d", name, fold))
		if err != nil {
			return err
		}
		d.associations = append(d.associations, rank.ReadAssociations(string(data)))
	}
	for i, set := range sets {
		d.number[set.Article.ID] = i
	}
	d.all(sets, "")
	// Most of those articles are of a page at most, and members' are longer.
	joined, err := eval.Join(thin(sets), longOf)
	if err != nil {
		return err
	}
	d.all(joined, "long-")
	return nil
}

// longOf is how many articles in a row a long one is made of, but for those of other parts (BLOCK in fit.py); folds, how
// many parts those blocks are dealt to (FOLDS).
const longOf, folds = 40, 5

// fold is which of those parts an article is of, by its number.
func fold(article int) int { return article / longOf % folds }

// A dump asks questions of articles, and gives the candidates for each to a sink.
type dump struct {
	sink
	number       map[string]int       // of an article, by its ID
	associations []*rank.Associations // by fold, counted in the other folds
}

// A sink takes the candidates for a question, which was asked by the expansion.
type sink interface {
	take(question string, e *rank.Expansion, candidates []rank.Candidate, asked []rank.Asked, right func(rank.Candidate) bool)
}

// Described writes three files. In rows there is, after the names of columns and features, a line a candidate: part,
// case, article, question, label, words of the question, parted by tabs. The part is fit, choose or report, by article.
// The case is "own" for a question that people asked of the article, "more" for one that was written on it, "none" for
// one that was written and that it does not answer, "foreign" for one asked of another, "removed" for one asked of the
// article without the paragraphs that answer it, "echo" for a sentence of the article, or its second half, asked as if
// it were a question: members paste text too; and the same with "long-" before it, of articles joined to one, which
// have the number of their first. In features there are, for each of those lines, the candidate's [rank.Features]; in
// words, for each word of the question in each of those lines, the numbers of a [rank.Asked] and of a [rank.Match].
// All numbers are little-endian floats of 32 bits.
type described struct {
	rows, features, words *bufio.Writer
}

func (d *described) take(question string, _ *rank.Expansion, candidates []rank.Candidate, asked []rank.Asked, right func(rank.Candidate) bool) {
	for _, candidate := range candidates {
		label := 0
		if right(candidate) {
			label = 1
		}
		fmt.Fprintf(d.rows, "%s\t%d\t%d\n", question, label, len(asked))
		_ = binary.Write(d.features, binary.LittleEndian, candidate.Features) // a Writer keeps its first error for Flush
		for w := range asked {
			_ = binary.Write(d.words, binary.LittleEndian, asked[w])
			_ = binary.Write(d.words, binary.LittleEndian, candidate.Matches[w])
		}
	}
}

func (d dump) all(sets []eval.Set, length string) {
	learnt := slices.DeleteFunc(slices.Clone(sets), func(s eval.Set) bool { return eval.Part(s.Article.ID) == "report" })
	people := peoples(learnt)
	for _, set := range sets {
		part := eval.Part(set.Article.ID)
		var associations *rank.Associations // for reporting, as in the program
		if part != "report" {
			associations = d.associations[fold(d.number[set.Article.ID])]
		}
		titled, spans := corpus(set.Article, set.Article.Title, associations)
		bare, _ := corpus(set.Article, "", associations)
		// Every other question is asked of the article without its title: a file's name is often none.
		corpora := [2]*rank.Corpus{titled, bare}
		ask := func(c *rank.Corpus, spans []knowledge.Span, kind string, q eval.Question) {
			d.question(c, spans, fmt.Sprintf("%s\t%s%s\t%d\t%s", part, length, kind, d.number[set.Article.ID], q.ID), q)
		}
		for n, q := range set.Questions {
			ask(corpora[n%2], spans, kind(q), q)
			if n%echoEvery == 0 {
				ask(corpora[n%2], spans, "echo", echo(set.Article, spans, n/echoEvery))
			}
		}
		if part == "report" {
			continue // the rest is for judging, which is fitted on the other parts
		}
		others := foreign(learnt, set.Article, 0)
		for round := range peopleRounds {
			others = append(others, foreign(people, set.Article, round)...)
		}
		for n, q := range others {
			ask(corpora[n%2], spans, "foreign", q)
		}
		for n, q := range set.Questions {
			if rest := eval.Without(set.Article, q.Gold); rest != nil {
				c, spans := corpus(rest, []string{rest.Title, ""}[n%2], associations)
				q.Gold = nil
				ask(c, spans, "removed", q)
			}
		}
	}
}

// peopleRounds is how often each article is asked as many questions of other articles as people asked of it, all of them
// people's, which are more alike than those that were written: of other articles of an encyclopedia.
const peopleRounds = 2

// foreign returns questions of the other articles of some sets, none for an article that has no questions among them.
func foreign(sets []eval.Set, a *knowledge.Article, round int) []eval.Question {
	for i, set := range sets {
		if set.Article == a {
			return eval.Foreign(sets, i, round)
		}
	}
	return nil
}

// kind tells the case of a question of the article itself.
func kind(q eval.Question) string {
	switch {
	case !strings.HasPrefix(q.ID, written):
		return "own"
	case len(q.Gold) > 0:
		return "more"
	}
	return "none"
}

// peoples returns the sets that people asked something of, with no other questions.
func peoples(sets []eval.Set) []eval.Set {
	var asked []eval.Set
	for _, set := range sets {
		set.Questions = slices.DeleteFunc(slices.Clone(set.Questions), func(q eval.Question) bool { return kind(q) != "own" })
		if len(set.Questions) > 0 {
			asked = append(asked, set)
		}
	}
	return asked
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

func (d dump) question(c *rank.Corpus, spans []knowledge.Span, about string, q eval.Question) {
	e := c.Expand(french.Parse(q.Text))
	defer e.Release()
	candidates, asked := e.Describe(all(c))
	d.take(about, e, candidates, asked, func(c rank.Candidate) bool { return eval.Holds(spans[c.Sentence], q.Gold) })
}

// all returns the numbers of all paragraphs.
func all(c *rank.Corpus) []int {
	numbers := make([]int, c.Paragraphs())
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

// corpus reads an article for ranking, under a title, by associations or, without, by those of the program, and gives the
// place of each of its sentences.
func corpus(a *knowledge.Article, title string, associations *rank.Associations) (*rank.Corpus, []knowledge.Span) {
	c := rank.NewCorpus()
	if associations != nil {
		c.Associate(associations)
	}
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
