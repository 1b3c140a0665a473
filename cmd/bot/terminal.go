package main

import (
	"os"
	"strings"

	"golang.org/x/term"
)

// defaultWidth and maxWidth bound the columns that text for people takes: what a terminal of unknown
// width is taken to have, and beyond which lines are hard to read.
const (
	defaultWidth = 80
	maxWidth     = 100
	minWidth     = 20
)

// isTerminal reports whether a stream of the process is a terminal. A stream that is no file is not.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// columns returns how wide text for people may be on a stream.
func columns(stream any) int {
	if f, ok := stream.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return min(max(width, minWidth), maxWidth)
		}
	}
	return defaultWidth
}

// wantsColors reports whether a stream takes colors: it is a terminal that can show them, and nobody
// asked for none. See https://no-color.org.
func wantsColors(getenv func(string) string, stream any) bool {
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && isTerminal(stream)
}

// wantsEnglish reports whether the locale asks for English. French is the default: it is what the
// articles are written in.
func wantsEnglish(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} { // the order of POSIX, section 8.2
		if locale := getenv(name); locale != "" {
			return locale == "en" || strings.HasPrefix(locale, "en_") || strings.HasPrefix(locale, "en.")
		}
	}
	return false
}
