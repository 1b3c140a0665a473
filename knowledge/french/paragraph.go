package french

import "strings"

// Paragraphs returns the paragraphs of text, without the white space around them: its lines, or the
// runs of lines between empty ones when text has empty lines within it.
func Paragraphs(text string) []Span {
	var lines []Span
	blank := false // an empty line stands between two that are not
	pending := false
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := trim(text, Span{start, end})
		switch {
		case line.Start == line.End:
			pending = len(lines) > 0
		default:
			blank = blank || pending
			lines = append(lines, line)
		}
		start = end + 1
	}
	if !blank {
		return lines
	}
	var paragraphs []Span
	for i, line := range lines {
		if i > 0 && strings.Count(text[lines[i-1].End:line.Start], "\n") < 2 {
			paragraphs[len(paragraphs)-1].End = line.End
			continue
		}
		paragraphs = append(paragraphs, line)
	}
	return paragraphs
}

// trim returns s without the white space at its ends.
func trim(text string, s Span) Span {
	part := text[s.Start:s.End]
	s.Start += len(part) - len(strings.TrimLeftFunc(part, isSpace))
	s.End -= len(part) - len(strings.TrimRightFunc(part, isSpace))
	if s.End < s.Start {
		s.End = s.Start
	}
	return s
}
