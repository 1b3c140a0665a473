package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/knowledge"
)

// blockquote is what Discord's block quotes begin each line with.
const blockquote = "> "

// A style says how a part of a quote stands out. Its value is the marker before the part.
type style string

const (
	plain  style = ""
	match  style = "**"   // a word that the question has too: bold
	answer style = "__**" // a word that answers: bold and underlined
)

// close returns the marker after a part in style s.
func (s style) close() string {
	if s == answer {
		return "**__"
	}
	return string(s)
}

// A run is a part of a text in one style.
type run struct {
	knowledge.Span
	style style
}

// quoteMarkdown returns the quote as a block quote with its words marked. What a member sees is the
// quote, character for character.
func quoteMarkdown(q knowledge.Quote) string {
	return markdown(q.Article.Text, quoteRuns(q), blockquote)
}

// quoteRuns returns the quote cut into runs: the words that answer, those that match, and the rest.
func quoteRuns(q knowledge.Quote) []run {
	text, styles := q.Text(), make([]style, len(q.Text()))
	paint(styles, q.Start, q.Matches, match)
	paint(styles, q.Start, q.Answers, answer)
	var runs []run
	for i, r := range text {
		s := styles[i]
		if isLineBreak(r) {
			s = plain // a marker is closed on the line that it was opened on
		}
		start := q.Start + i
		end := start + utf8.RuneLen(r)
		if n := len(runs); n > 0 && runs[n-1].style == s {
			runs[n-1].End = end
			continue
		}
		runs = append(runs, run{knowledge.Span{Start: start, End: end}, s})
	}
	return runs
}

// paint gives style s to the bytes of spans. Bytes outside styles are ignored.
func paint(styles []style, offset int, spans []knowledge.Span, s style) {
	for _, span := range spans {
		for i := max(span.Start-offset, 0); i < min(span.End-offset, len(styles)); i++ {
			styles[i] = s
		}
	}
}

// markdown writes the runs of text, each line after prefix. White space at the ends of a run is left
// out of its markers: « **Wang **» would show its stars in some of Discord's clients.
func markdown(text string, runs []run, prefix string) string {
	w := newWriter(prefix)
	for _, r := range runs {
		part := text[r.Start:r.End]
		start := r.End - len(strings.TrimLeftFunc(part, unicode.IsSpace))
		end := r.Start + len(strings.TrimRightFunc(part, unicode.IsSpace))
		if r.style == plain || start >= end {
			w.write(text, r.Start, r.End)
			continue
		}
		w.write(text, r.Start, start)
		w.b.WriteString(string(r.style))
		w.write(text, start, end)
		w.b.WriteString(r.style.close())
		w.write(text, end, r.End)
	}
	return w.b.String()
}
