package main

import (
	"strings"
	"unicode"

	"verbatim/knowledge"
)

// A style is how a terminal shows a part of a text: the parameters of « Select Graphic Rendition »
// (ECMA-48, 8.3.117), "" for no change.
type style string

// The styles. None tells anything by its color alone.
const (
	plain     style = ""
	bold      style = "1"      // a word that the question has too
	answering style = "1;4;32" // a word that answers: bold, underlined, green
	faint     style = "2"
)

// paint gives style s to the bytes of spans, which count from offset bytes before styles.
func paint(styles []style, offset int, spans []knowledge.Span, s style) {
	for _, span := range spans {
		for i := max(span.Start-offset, 0); i < min(span.End-offset, len(styles)); i++ {
			styles[i] = s
		}
	}
}

// writeStyled writes a text whose bytes have the given styles.
func writeStyled(b *strings.Builder, text string, styles []style) {
	for start := 0; start < len(text); {
		end := start + 1
		for end < len(text) && styles[end] == styles[start] {
			end++
		}
		if s := styles[start]; s == plain {
			writePrintable(b, text[start:end])
		} else {
			b.WriteString("\x1b[" + string(s) + "m")
			writePrintable(b, text[start:end])
			b.WriteString("\x1b[0m")
		}
		start = end
	}
}

// writePrintable writes a text so that it cannot drive the terminal: what an article or a question
// holds of control characters, and of those that turn the direction of writing, is shown as a mark.
func writePrintable(b *strings.Builder, text string) {
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) && unicode.IsControl(r): // a line's end within a sentence, a tab
			b.WriteByte(' ')
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			b.WriteRune(unicode.ReplacementChar)
		default:
			b.WriteRune(r)
		}
	}
}
