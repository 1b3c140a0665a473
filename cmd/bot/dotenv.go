package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"

	"github.com/joho/godotenv"
)

// dotenvFile holds settings for those who start the program by hand. It is looked for in the current
// directory, and need not exist.
const dotenvFile = ".env"

// An environment looks settings up in the process's environment, then in the file .env, which is read
// when a setting is first missing. An empty value is as good as none.
type environment struct {
	getenv func(string) string
	dotenv func() (map[string]string, error)
}

func newEnvironment(getenv func(string) string) *environment {
	return &environment{
		getenv: getenv,
		dotenv: sync.OnceValues(func() (map[string]string, error) { return readDotenv(dotenvFile) }),
	}
}

// lookup returns the value of a variable, "" when it is set nowhere.
func (e *environment) lookup(name string) (string, error) {
	if v := e.getenv(name); v != "" {
		return v, nil
	}
	vars, err := e.dotenv()
	return vars[name], err
}

// readDotenv reads a file of settings. It returns none when the file does not exist. Its errors name
// the line and show nothing of it: such a file holds secrets.
func readDotenv(name string) (map[string]string, error) {
	text, err := os.ReadFile(name) //nolint:gosec // the name is a constant, and a test's own file
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, usagef("%s cannot be read: %v", name, cause(err))
	}
	vars, ok := parseDotenv(string(text))
	if !ok {
		return nil, usagef("%s, line %d: expected NAME=value, a comment after #, or nothing", name, wrongLine(string(text)))
	}
	return vars, nil
}

// parseDotenv reports whether text is well formed. The error of godotenv is left aside, as it shows the
// text around the mistake.
func parseDotenv(text string) (vars map[string]string, ok bool) {
	vars, err := godotenv.Unmarshal(text)
	if err != nil {
		return nil, false
	}
	_, nameless := vars[""] // godotenv v1.5.1 takes a last line without « = » for a value without a name
	return vars, !nameless
}

// wrongLine is the number of the line where text stops being well formed: the one after the longest
// run of whole lines that is. A value in quotes may span lines, so the shortest bad run will not do.
func wrongLine(text string) int {
	lines := strings.SplitAfter(text, "\n")
	for n := len(lines) - 1; n > 0; n-- {
		if _, ok := parseDotenv(strings.Join(lines[:n], "")); ok {
			return n + 1
		}
	}
	return 1
}
