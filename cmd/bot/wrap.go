package main

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"

	"verbatim/knowledge"
)

// lineEnds makes the ends of lines within a text ordinary spaces, byte for byte.
var lineEnds = strings.NewReplacer("\n", " ", "\r", " ")

// wrap breaks a text into lines of at most width columns where Unicode allows it (UAX #14: never
// before « ? » nor after « « »). It returns their spans, without the white space that ends them. A word
// wider than a line has one to itself.
func wrap(text string, width int) []knowledge.Span {
	var lines []knowledge.Span
	rest, state := lineEnds.Replace(text), -1
	var line knowledge.Span
	used := 0 // columns of line
	for rest != "" {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		start := len(text) - len(rest) - len(segment)
		visible := strings.TrimRightFunc(segment, unicode.IsSpace)
		if line.End > line.Start && used+uniseg.StringWidth(visible) > width {
			lines = append(lines, line)
			line, used = knowledge.Span{Start: start}, 0
		}
		if visible != "" {
			line.End = start + len(visible)
		}
		used += uniseg.StringWidth(segment)
	}
	if line.End > line.Start {
		lines = append(lines, line)
	}
	return lines
}
