package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/knowledge"
)

// blockquote is what Discord's block quotes begin each line with.
const blockquote = "> "

// A style says how a part of a quote stands out. It is one byte, as each byte of a quote has one for a moment.
type style uint8

const (
	plain  style = iota
	match        // a word that the question has too: bold
	answer       // a word that answers: bold and underlined
)

// The markers before and after a part, by its style.
var opened, closed = [...]string{"", "**", "__**"}, [...]string{"", "**", "**__"}

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
		start, s := q.Start+i, styles[i]
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

// markdown writes the runs of text, each line after prefix. A marker is closed on the line that it was
// opened on, and next to a character that is seen: elsewhere, some of Discord's clients show its stars.
func markdown(text string, runs []run, prefix string) string {
	w := newWriter(prefix)
	if len(runs) > 0 { // a quarter for markers and backslashes: nearly always enough
		w.b.Grow((runs[len(runs)-1].End - runs[0].Start) * 5 / 4)
	}
	for _, r := range runs {
		if r.style == plain {
			w.write(text, r.Start, r.End)
			continue
		}
		for start := r.Start; start < r.End; {
			end := r.End
			if i := strings.IndexFunc(text[start:end], isLineBreak); i == 0 {
				_, n := utf8.DecodeRuneInString(text[start:])
				w.write(text, start, start+n)
				start += n
				continue
			} else if i > 0 {
				end = start + i
			}
			w.mark(text, start, end, r.style)
			start = end
		}
	}
	return w.b.String()
}

// mark escapes text[start:end], which is on one line, between the markers of s. White space at its
// ends stays outside of them.
func (w *writer) mark(text string, start, end int, s style) {
	from := end - len(strings.TrimLeftFunc(text[start:end], unicode.IsSpace))
	to := start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))
	if from >= to {
		w.write(text, start, end)
		return
	}
	w.write(text, start, from)
	w.b.WriteString(opened[s])
	w.write(text, from, to)
	w.b.WriteString(closed[s])
	w.write(text, to, end)
}
