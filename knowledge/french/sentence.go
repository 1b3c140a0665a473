package french

import "strings"

// Sentences returns the sentences of a paragraph, in order, with nothing but white space between.
func Sentences(paragraph string) []Span {
	var spans []Span
	start := 0
	for {
		i := strings.Index(paragraph[start:], ". ")
		end := len(paragraph)
		if i >= 0 {
			end = start + i + 1
		}
		if s := trim(paragraph, Span{start, end}); s.Start < s.End {
			spans = append(spans, s)
		}
		if end == len(paragraph) {
			return spans
		}
		start = end
	}
}
