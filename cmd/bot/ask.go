package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"verbatim/knowledge"
)

// askCmd answers questions in the terminal.
type askCmd struct {
	Question  []string `arg:"" optional:"" help:"The question, in one argument or several. Without one, questions are read line by line: at a prompt in a terminal, from standard input elsewhere."`
	JSON      bool     `name:"json" help:"Print one line of JSON for each question, for scripts."`
	Top       *int     `placeholder:"N" help:"How many quotes to give at most, from 1 to 50: 1 unless set, 3 with --json."`
	Article   []string `sep:"none" placeholder:"FILE" help:"Quote this file (text, Markdown, HTML, PDF, DOCX) instead of the article that the program comes with. May be repeated."`
	Questions string   `placeholder:"FILE" help:"Answer each line of a file, or of standard input when FILE is -. An empty line is a question without words."`
}

// maxTop is the most quotes that [askCmd.Top] may ask for: beyond it a list is no answer.
const maxTop = 50

// Help is the part of the subcommand's help that no flag carries.
func (*askCmd) Help() string {
	return `The exit status is 0 whether the articles answer or not, 1 on an error, 2 on a wrong call. ` +
		`Words are printed in French, or in English when LC_ALL, LC_MESSAGES or LANG begins with "en".`
}

// Validate refuses what kong cannot see by itself. kong calls it once the flags are read.
func (c *askCmd) Validate() error {
	if c.Top != nil && (*c.Top < 1 || *c.Top > maxTop) {
		return usagef("--top=%d: expected a number from 1 to %d", *c.Top, maxTop)
	}
	if c.Questions != "" && len(c.Question) > 0 {
		return usagef("a question and --questions exclude each other: give one of them")
	}
	return nil
}

// Run answers, and leaves the answers on standard output.
func (c *askCmd) Run(ctx context.Context, p *program) error {
	articles, err := loadArticles(ctx, c.Article)
	if err != nil {
		return err
	}
	index, err := knowledge.Build(articles, knowledge.Options{})
	if err != nil {
		return fmt.Errorf("index the articles: %w", err)
	}
	defer func() { _ = index.Close() }() // it is in memory: nothing can be lost

	page := newPage(p, articles)
	a := &asker{index: index, top: c.top(), print: page.print}
	if c.JSON {
		a.print = func(answer knowledge.Answer) error { return printJSON(p.stdout, answer) }
	}
	switch {
	case len(c.Question) > 0:
		return a.ask(ctx, strings.Join(c.Question, " "))
	case c.Questions != "" && c.Questions != "-":
		return a.askFile(ctx, c.Questions)
	case c.Questions == "" && !c.JSON && isTerminal(p.stdin) && isTerminal(p.stdout):
		page.prompted = true
		return a.prompt(ctx, page, p)
	default:
		return a.askLines(ctx, "standard input", p.stdin)
	}
}

// top is how many quotes to ask for. A person wants the answer; a script compares the first few.
func (c *askCmd) top() int {
	switch {
	case c.Top != nil:
		return *c.Top
	case c.JSON:
		return 3
	default:
		return 1
	}
}

// An asker puts questions to an index, and prints each answer as soon as it is there.
type asker struct {
	index *knowledge.Index
	top   int
	print func(knowledge.Answer) error
}

func (a *asker) ask(ctx context.Context, question string) error {
	answer, err := a.index.Ask(ctx, knowledge.Question{Text: question, Top: a.top})
	if err != nil {
		return fmt.Errorf("answer %q: %w", question, err)
	}
	if err := a.print(answer); err != nil {
		return fmt.Errorf("print an answer: %w", err)
	}
	return nil
}

// askFile answers each line of a file.
func (a *asker) askFile(ctx context.Context, name string) error {
	f, err := os.Open(name) //nolint:gosec // the file that the operator names
	if err != nil {
		return fmt.Errorf("the questions %s cannot be read: %w", name, cause(err))
	}
	defer func() { _ = f.Close() }()
	return a.askLines(ctx, name, f)
}

// askLines answers each line of r, which name names to people. A line without words is asked too, so
// that the answers' lines and the questions' match one to one.
func (a *asker) askLines(ctx context.Context, name string, r io.Reader) error {
	for line, err := range lines(r) {
		if err != nil {
			return fmt.Errorf("the questions of %s cannot be read: %w", name, cause(err))
		}
		if err := a.ask(ctx, line); err != nil {
			return err
		}
	}
	return nil
}
