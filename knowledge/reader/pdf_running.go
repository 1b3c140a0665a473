package reader

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"verbatim/knowledge/reader/pdf"
)

const (
	edgeLines = 3   // of a page, at its top and at its bottom, that may be a header, a footer, a number
	repeated  = 0.4 // of the pages that a running line stands on, at least
)

// pageNumber is a page's number, alone or as « Page 3 sur 12 ».
var pageNumber = regexp.MustCompile(`^\W*([Pp]age\s*|[Pp]\.\s*)?(\d{1,4}|[ivxlc]{1,6}|[IVXLC]{2,6})(\s*(/|sur|de|of)\s*\d{1,4})?\W*$`)

// withoutRunning makes lines of the pages, and leaves out those that run through them: what stands at the top or the
// bottom of many pages, but for its number, and pages' numbers.
func withoutRunning(pages [][]pdf.Line) [][]pageLine {
	seen := map[string]int{}
	out := make([][]pageLine, len(pages))
	for i, page := range pages {
		for _, line := range page {
			raw := line.Text()
			text := clean(raw)
			if strings.HasSuffix(raw, "\u00ad") {
				text += "\u00ad" // which divides a word here, and is nothing elsewhere
			}
			if text != "" {
				out[i] = append(out[i], pageLine{Line: line, page: i, text: text})
			}
		}
		once := map[string]bool{}
		for _, n := range atEdges(out[i]) {
			once[running(out[i][n])] = true
		}
		for s := range once {
			seen[s]++
		}
	}
	for i, page := range out {
		drop := map[int]bool{}
		for _, n := range atEdges(page) {
			text := page[n].text
			s := running(page[n])
			drop[n] = s != "" && seen[s] >= 2 && float64(seen[s]) >= repeated*float64(len(pages)) || isNumberOf(text, page, n)
		}
		kept := page[:0:0]
		for n, line := range page {
			if !drop[n] {
				kept = append(kept, line)
			}
		}
		out[i] = kept
	}
	return out
}

// atEdges returns the lines at the top and the bottom of a page, by their places and not by when they are drawn.
func atEdges(page []pageLine) []int {
	order := make([]int, len(page))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(page[b].Y, page[a].Y) })
	if len(order) <= 2*edgeLines {
		return order
	}
	return append(order[:edgeLines:edgeLines], order[len(order)-edgeLines:]...)
}

// isNumberOf reports whether a line is the number of its page: nothing stands above it, or below.
func isNumberOf(text string, page []pageLine, n int) bool {
	if !pageNumber.MatchString(text) || len(page) == 1 {
		return false
	}
	above, below := false, false
	for i, line := range page {
		if i != n {
			above = above || line.Y > page[n].Y+1
			below = below || line.Y < page[n].Y-1
		}
	}
	return !above || !below
}

// running is a line without its numbers, and the height at which it stands; "" when nothing is left.
func running(line pageLine) string {
	letters := strings.TrimFunc(line.text, func(r rune) bool { return !unicode.IsLetter(r) })
	if letters == "" {
		return ""
	}
	shape := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return unicode.ToLower(r)
	}, letters)
	return fmt.Sprintf("%.0f %s", line.Y/4, shape)
}

// smallerBy is how much smaller than the text its notes are.
const smallerBy = 0.9

// withoutNotes leaves out what stands in small type below the text of a page: its notes.
func withoutNotes(lines []pageLine, body float64) []pageLine {
	lowest := map[int]float64{} // the last line of each page's text
	for _, line := range lines {
		if low, ok := lowest[line.page]; line.Size >= body*smallerBy && (!ok || line.Y < low) {
			lowest[line.page] = line.Y
		}
	}
	return slices.DeleteFunc(lines, func(line pageLine) bool {
		low, ok := lowest[line.page]
		return ok && line.Size < body*smallerBy && line.Y < low
	})
}
