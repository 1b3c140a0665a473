package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// escape returns text written so that Discord shows it as it is: no emphasis, no list, no heading, no
// mention, no emoji, no timestamp, no link, no invite. Discord shows the character after a backslash
// as it is when it is neither a letter, a digit nor white space, so [unescape] gives text back.
//
// Only what can be active is escaped: a sentence of prose is hardly longer than it was.
//
// Sources, read in November 2026: https://support.discord.com/hc/en-us/articles/210298617 (Markdown),
// https://discord.com/developers/docs/reference#message-formatting (mentions, emoji, timestamps).
func escape(text string) string {
	w := newWriter("")
	w.b.Grow(len(text))
	w.write(text, 0, len(text))
	return w.b.String()
}

// unescape takes the backslashes of [escape] away.
func unescape(markdown string) string {
	var b strings.Builder
	b.Grow(len(markdown))
	escaped := false
	for _, r := range markdown {
		if !escaped && r == '\\' {
			escaped = true
			continue
		}
		escaped = false
		b.WriteRune(r)
	}
	return b.String()
}

// A writer escapes a text part by part, so that markers may be put between the parts.
type writer struct {
	b         strings.Builder
	prefix    string // what each line begins with
	lineStart bool   // nothing but white space, or a number, was written on this line
	digits    bool   // the line is a number so far
	last      rune   // the character before, 0 at the start
}

func newWriter(prefix string) *writer {
	w := &writer{prefix: prefix, lineStart: true}
	w.b.WriteString(prefix)
	return w
}

// write escapes text[start:end]. It looks at the character after end too, which decides whether the
// one before it is active.
func (w *writer) write(text string, start, end int) {
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if isLineBreak(r) {
			w.newLine(r)
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i:]) // RuneError at the end
		if w.active(r, next) {
			w.b.WriteByte('\\')
		}
		if r == utf8.RuneError { // whatever was no text
			w.b.WriteRune(r)
		} else {
			w.b.WriteString(text[i-size : i])
		}
		w.step(r)
	}
}

// newLine ends a line. A carriage return with its line feed is one break. Every break becomes a line
// feed: some of Discord's clients begin a line after the rarer ones, and would not see the prefix.
func (w *writer) newLine(r rune) {
	if r == '\n' && w.last == '\r' {
		w.last = r
		return
	}
	w.b.WriteByte('\n')
	w.b.WriteString(w.prefix)
	w.lineStart, w.digits, w.last = true, false, r
}

// step remembers where on its line the writer stands after r.
func (w *writer) step(r rune) {
	w.last = r
	switch {
	case !w.lineStart:
	case isDigit(r):
		w.digits = true
	case w.digits || !unicode.IsSpace(r) && r != '\ufeff':
		w.lineStart, w.digits = false, false
	}
}

// active reports whether Discord may read r, followed by next, as more than a character.
func (w *writer) active(r, next rune) bool {
	switch r {
	case '\\', '*', '_', '~', '`', '|', '<', '>', '[', ']', '@', '#':
		return true
	case '-', '+':
		return w.lineStart && !w.digits // a list, or the small print of « -# »
	case '.':
		return w.lineStart && w.digits || isWord(w.last) && isWord(next) // a list; an address
	case ':':
		return next != utf8.RuneError && next != ' ' // « :emoji: », « https:// », « <t:…> », which a line break may be in
	}
	return false
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isWord(r rune) bool { return r != utf8.RuneError && (isDigit(r) || unicode.IsLetter(r)) }

// isLineBreak reports whether r ends a line for any of Discord's clients. U+2028 and U+2029 do in
// JavaScript's regular expressions.
func isLineBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}
