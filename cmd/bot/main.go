// Command bot answers questions by quoting articles: on Discord, and in the terminal.
//
// [main] hands the process's arguments, environment and streams to [run] and exits with its status.
// Each subcommand stands in a file of its own; [commands] lists them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

// The exit statuses of the program.
const (
	statusOK     = 0
	statusFailed = 1 // what was asked for could not be done
	statusUsage  = 2 // it was asked for wrongly: arguments, environment or .env
)

// A program is what a subcommand has of the process that runs it.
type program struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer

	// transport carries the requests to Discord. nil means http.DefaultTransport.
	transport http.RoundTripper
}

// run is the program: it carries out the subcommand that args name and returns the exit status. It
// reads nothing of the process but what it is given, and the file .env.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{getenv: getenv, stdin: stdin, stdout: stdout, stderr: stderr}
	return p.run(ctx, args)
}

func (p *program) run(ctx context.Context, args []string) int {
	err := p.command(ctx, args)
	if err == nil {
		return statusOK
	}
	fmt.Fprintf(p.stderr, "bot: %s\n", oneLine(err))
	var wrong *usageError
	if errors.As(err, &wrong) {
		return statusUsage
	}
	return statusFailed
}

// command reads the command line and runs the subcommand that it selects.
func (p *program) command(ctx context.Context, args []string) error {
	env := newEnvironment(p.getenv)
	if len(args) == 0 {
		name, err := defaultCommand(env)
		if err != nil {
			return err
		}
		args = []string{name}
	}
	// Help and the shell's own exit end the parsing early; kong has printed what there is to print.
	var done bool
	parser, err := newParser(&commands{}, env, p.stdout, p.stderr, func(int) { done = true })
	if err != nil {
		return err
	}
	selected, err := parser.Parse(args)
	switch {
	case done:
		return nil
	case err != nil:
		return asUsage(err)
	}
	if err := refuseSecrets(selected); err != nil {
		return err
	}
	selected.BindTo(ctx, (*context.Context)(nil))
	return selected.Run(p)
}

// A usageError is a mistake in how the program was called or configured. Its text is for people.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &usageError{text: fmt.Sprintf(format, args...)}
}

// asUsage makes an error of the command line's reader one of ours. The name of a setting comes from
// the innermost error, which knows whether its value was a flag's or the environment's.
func asUsage(err error) error {
	var ours *usageError
	if errors.As(err, &ours) {
		return ours
	}
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		called := "bot"
		if parse.Context != nil && parse.Context.Selected() != nil {
			called = parse.Context.Selected().FullPath()
		}
		return usagef("%v; `%s --help` shows how to call it", parse, called)
	}
	return err
}

// oneLine puts an error on one line, as whoever reads logs line by line expects.
func oneLine(err error) string {
	return strings.Join(strings.Fields(err.Error()), " ")
}
