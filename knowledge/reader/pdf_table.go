package reader

import (
	"unicode"
	"unicode/utf8"
)

// maxCell is how long the cells of a table are at most, on average, in code points. Columns of text are wider.
const maxCell = 28

// withoutTables leaves out rows of short cells that stand two or more in a row. A single one may be a line that is
// spaced out.
func withoutTables(lines []pageLine) []pageLine {
	kept := lines[:0:0]
	for i := 0; i < len(lines); {
		last := i
		for last < len(lines) && isRow(lines[last]) {
			last++
		}
		if last-i < 2 {
			last = max(last, i+1)
			kept = append(kept, lines[i:last]...)
		}
		i = last
	}
	return kept
}

func isRow(line pageLine) bool {
	return len(line.Cells) > 1 && utf8.RuneCountInString(line.text) <= maxCell*len(line.Cells)
}

// joinDropCaps puts the large letter that a text may begin with before the line that goes on from it.
func joinDropCaps(lines []pageLine) []pageLine {
	kept := lines[:0:0]
	for i := 0; i < len(lines); i++ {
		first, size := utf8.DecodeRuneInString(lines[i].text)
		if size == len(lines[i].text) && unicode.IsUpper(first) && i+1 < len(lines) && lines[i].Size > 1.5*lines[i+1].Size {
			next := lines[i+1]
			next.text = lines[i].text + next.text
			kept = append(kept, next)
			i++
			continue
		}
		kept = append(kept, lines[i])
	}
	return kept
}
