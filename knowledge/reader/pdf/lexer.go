package pdf

import (
	"bytes"
	"strconv"
)

// A lexer reads objects from bytes (7.2, 7.3). What is no object it passes over: it never fails, and comes to the end.
type lexer struct {
	data  []byte
	pos   int
	spent *int // the budget that objects are counted in
	refs  bool // whether « 1 0 R » is a reference: not in pages' contents
	depth int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.data) {
		switch c := l.data[l.pos]; {
		case isSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

// end is what a lexer returns at the end of its bytes.
const end = keyword("")

// next returns the next object, or a keyword.
func (l *lexer) next() object {
	spend(l.spent, 1)
	l.skipSpace()
	if l.pos >= len(l.data) {
		return end
	}
	switch c := l.data[l.pos]; {
	case c == '/':
		l.pos++
		return l.name()
	case c == '(':
		l.pos++
		return l.literal()
	case c == '<' && l.follows("<<"):
		l.pos += 2
		return l.dict()
	case c == '<':
		l.pos++
		return l.hex()
	case c == '[':
		l.pos++
		return l.array()
	case c == '>' && l.follows(">>"):
		l.pos += 2
		return keyword(">>")
	case isDelimiter(c):
		l.pos++
		return keyword(c)
	default:
		return l.word()
	}
}

func (l *lexer) follows(s string) bool { return bytes.HasPrefix(l.data[l.pos:], []byte(s)) }

// regular reads characters up to a space or a delimiter.
func (l *lexer) regular() []byte {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		l.pos++
	}
	return l.data[start:l.pos]
}

func (l *lexer) name() name {
	raw := l.regular()
	if bytes.IndexByte(raw, '#') < 0 {
		return name(raw)
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if v, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return name(out)
}

// word reads a number, a reference, or a keyword.
func (l *lexer) word() object {
	raw := l.regular()
	if c := raw[0]; c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.' {
		n := parseNumber(raw)
		if i, ok := n.(int); ok && l.refs && i >= 0 {
			return l.reference(i)
		}
		return n
	}
	switch w := string(raw); w {
	case "null":
		return nil
	case "true":
		return true
	case "false":
		return false
	default:
		return keyword(w)
	}
}

// parseNumber reads a number as programs write them: « 1.5 », « .5 », « --3 », « 12.3.4 ».
func parseNumber(raw []byte) object {
	if i, err := strconv.Atoi(string(raw)); err == nil {
		return i
	}
	negative, value, scale, point := false, 0.0, 1.0, false
	for _, c := range raw {
		switch {
		case c == '-':
			negative = true
		case c == '.':
			if point {
				break
			}
			point = true
		case c >= '0' && c <= '9':
			value = value*10 + float64(c-'0')
			if point {
				scale *= 10
			}
		}
	}
	if negative {
		value = -value
	}
	return value / scale
}

// reference reads on from a number that may be a reference's first.
func (l *lexer) reference(n int) object {
	back := l.pos
	l.skipSpace()
	generation, err := strconv.Atoi(string(l.regular()))
	if err == nil && generation >= 0 {
		l.skipSpace()
		if l.pos < len(l.data) && l.data[l.pos] == 'R' && (l.pos+1 == len(l.data) || isSpace(l.data[l.pos+1]) || isDelimiter(l.data[l.pos+1])) {
			l.pos++
			return ref{n, generation}
		}
	}
	l.pos = back
	return n
}

// literal reads a string in parentheses (7.3.4.2).
func (l *lexer) literal() string {
	var out []byte
	for depth := 1; l.pos < len(l.data); l.pos++ {
		switch c := l.data[l.pos]; c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos++
				return string(out)
			}
		case '\\':
			l.pos++
			out = l.escape(out)
			continue
		case '\r':
			if l.pos+1 < len(l.data) && l.data[l.pos+1] == '\n' {
				continue
			}
			out = append(out, '\n')
			continue
		}
		out = append(out, l.data[l.pos])
	}
	l.pos = len(l.data) // and not past it, where an escape at the end has led
	return string(out)
}

var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// escape reads what follows a backslash, and stays on its last byte.
func (l *lexer) escape(out []byte) []byte {
	if l.pos >= len(l.data) {
		return out
	}
	switch c := l.data[l.pos]; {
	case escapes[c] != 0:
		return append(out, escapes[c])
	case c == '\n':
		return out
	case c == '\r':
		if l.pos+1 < len(l.data) && l.data[l.pos+1] == '\n' {
			l.pos++
		}
		return out
	case c >= '0' && c <= '7':
		v := 0
		last := min(l.pos+3, len(l.data))
		for l.pos < last && l.data[l.pos] >= '0' && l.data[l.pos] <= '7' {
			v = v*8 + int(l.data[l.pos]-'0')
			l.pos++
		}
		l.pos--
		return append(out, byte(v))
	default:
		return append(out, c)
	}
}

// hex reads a string in angle brackets (7.3.4.3).
func (l *lexer) hex() string {
	stop := bytes.IndexByte(l.data[l.pos:], '>')
	if stop < 0 {
		stop = len(l.data) - l.pos
	}
	raw := l.data[l.pos : l.pos+stop]
	l.pos = min(l.pos+stop+1, len(l.data))
	return string(unhex(raw))
}

// unhex reads hexadecimal digits, and passes over all else; an odd last one counts as if 0 followed.
func unhex(raw []byte) []byte {
	out := make([]byte, 0, len(raw)/2+1)
	half, odd := byte(0), false
	for _, c := range raw {
		var v byte
		switch {
		case c >= '0' && c <= '9':
			v = c - '0'
		case c >= 'a' && c <= 'f':
			v = c - 'a' + 10
		case c >= 'A' && c <= 'F':
			v = c - 'A' + 10
		default:
			continue
		}
		if odd {
			out = append(out, half<<4|v)
		}
		half, odd = v, !odd
	}
	if odd {
		out = append(out, half<<4)
	}
	return out
}

func (l *lexer) array() array {
	l.deeper()
	defer func() { l.depth-- }()
	var a array
	for {
		switch o := l.next().(type) {
		case keyword:
			if o == "]" || o == end || o == "endobj" {
				return a
			}
		default:
			a = append(a, o)
		}
	}
}

func (l *lexer) dict() dict {
	l.deeper()
	defer func() { l.depth-- }()
	d := dict{}
	for {
		switch key := l.next().(type) {
		case name:
			value := l.next()
			if k, ok := value.(keyword); ok {
				if k == ">>" || k == end || k == "endobj" {
					return d
				}
				continue
			}
			d[key] = value
		case keyword:
			if key == ">>" || key == end || key == "endobj" || key == "stream" {
				return d
			}
		}
	}
}

func (l *lexer) deeper() {
	if l.depth++; l.depth > maxDepth {
		panic(ErrBudget)
	}
}
