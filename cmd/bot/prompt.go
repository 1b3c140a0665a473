package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

const promptMark = "› "

// prompt answers the questions that a person types, until the end of input or Ctrl-C. Nothing of them
// is kept once it ends.
func (a *asker) prompt(ctx context.Context, page *page, p *program) error {
	fmt.Fprintln(p.stdout, page.words.Invite(page.articles))
	line := newLineEditor(p)
	for {
		question, err := line.read()
		switch {
		case errors.Is(err, io.EOF):
			fmt.Fprintln(p.stdout)
			return nil
		case err != nil:
			return fmt.Errorf("read a question: %w", err)
		case strings.TrimSpace(question) == "":
			continue
		}
		if err := a.ask(ctx, question); err != nil {
			return err
		}
	}
}

// A lineEditor reads lines from a terminal and lets them be edited as they are typed.
type lineEditor struct {
	fd       int
	terminal *term.Terminal
}

// newLineEditor edits on the program's standard streams, which are terminals.
func newLineEditor(p *program) *lineEditor {
	stream := struct {
		io.Reader
		io.Writer
	}{p.stdin, p.stdout}
	return &lineEditor{
		fd:       int(p.stdin.(*os.File).Fd()),
		terminal: term.NewTerminal(stream, promptMark),
	}
}

// read returns the next line, or io.EOF when the person is done. The terminal is raw only meanwhile:
// answers are printed, and Ctrl-C works, as anywhere.
func (l *lineEditor) read() (line string, err error) {
	cooked, err := term.MakeRaw(l.fd)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, term.Restore(l.fd, cooked)) }()
	if width, height, err := term.GetSize(l.fd); err == nil && width > 0 {
		_ = l.terminal.SetSize(width, height) // it fails only where writing to the terminal does
	}
	return l.terminal.ReadLine()
}
