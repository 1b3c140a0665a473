package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Line is text on one base line, in points from the lower left of the page.
type Line struct {
	Cells []Cell  // what stands in it with wide gaps between, from the left; one for a line of text
	X, Y  float64 // where it begins
	Right float64 // where it ends
	Size  float64 // of most of its letters
	Bold  bool    // whether most of its letters are
	First float64 // how wide its first word is
	Tag   Tag     // what it is part of
}

// A Cell is a part of a line.
type Cell struct {
	Text     string
	X, Right float64
}

// Text is the line's text, with a space between two cells.
func (l Line) Text() string {
	texts := make([]string, len(l.Cells))
	for i, c := range l.Cells {
		texts[i] = c.Text
	}
	return strings.Join(texts, " ")
}

const (
	wordGap = 0.15 // of the size, which parts two words where no space is drawn
	thinGap = 0.2  // of the size, below which it is the thin space before ; ! ? and within a number
	cellGap = 1.5  // of the size, which parts two cells
	sameRow = 0.5  // of the size, within which a base line may rise or fall: for a note's mark
)

// lines makes lines of glyphs, in the order in which they are drawn. Text that does not run from left to right is
// left out: what is written along an edge.
func lines(glyphs []glyph) []Line {
	var out []Line
	b := &lineBuilder{}
	for _, g := range glyphs {
		if !g.horizontal || g.size <= 0 {
			continue
		}
		if !b.continues(g) {
			out = b.flush(out)
		}
		b.add(g)
	}
	return b.flush(out)
}

// A lineBuilder makes one line.
type lineBuilder struct {
	glyphs []glyph
	body   float64 // the size of its largest letters
	y      float64 // its base line: that of those letters
}

// continues reports whether g stands on the line that is made, after what it has.
func (b *lineBuilder) continues(g glyph) bool {
	if len(b.glyphs) == 0 {
		return true
	}
	last := b.glyphs[len(b.glyphs)-1]
	size := max(b.body, g.size)
	if g.tag != last.tag && g.tag.Role != Aside && last.tag.Role != Aside {
		return false
	}
	return math.Abs(g.y-b.y) < sameRow*size && g.x > last.x+last.width-size
}

func (b *lineBuilder) add(g glyph) {
	if g.size > b.body*1.05 {
		b.body, b.y = g.size, g.y
	}
	b.glyphs = append(b.glyphs, g)
}

// flush ends the line that is made.
func (b *lineBuilder) flush(out []Line) []Line {
	if len(b.glyphs) == 0 {
		return out
	}
	glyphs, l := compose(withoutNotes(b.glyphs, b.body, b.y)), Line{Y: b.y, Size: b.body, Tag: lineTag(b.glyphs)}
	*b = lineBuilder{}
	if l.Cells = cells(glyphs, l.Size); len(l.Cells) == 0 {
		return out
	}
	l.X, l.Right, l.First = l.Cells[0].X, l.Cells[len(l.Cells)-1].Right, firstWord(glyphs)
	bold, letters := 0, 0
	for _, g := range glyphs {
		if !g.blank() {
			letters++
			if g.bold {
				bold++
			}
		}
	}
	l.Bold = bold*10 > letters*9
	return append(out, l)
}

// lineTag is the tag of a line's running text; that of a note's mark says nothing of the line.
func lineTag(glyphs []glyph) Tag {
	for _, g := range glyphs {
		if g.tag.Role != Aside {
			return g.tag
		}
	}
	return glyphs[0].tag
}

// blank reports whether a glyph draws nothing.
func (g glyph) blank() bool { return strings.TrimSpace(g.text) == "" }

// cells makes text of the glyphs of a line: a gap between two is a space, a wide one parts two cells.
func cells(glyphs []glyph, size float64) (out []Cell) {
	var text strings.Builder
	cell := Cell{}
	done := func() {
		if cell.Text = strings.TrimSpace(text.String()); cell.Text != "" {
			out = append(out, cell)
		}
		text.Reset()
	}
	for i, g := range glyphs {
		switch gap := g.x - cell.Right; {
		case i == 0, gap > cellGap*size && !g.blank():
			done()
			cell = Cell{X: g.x}
		case gap > wordGap*g.size && !g.blank() && !endsInSpace(&text):
			text.WriteString(spaceBefore(g, gap))
		}
		if text.Len() == 0 {
			cell.X = g.x
		}
		text.WriteString(plain(g.text))
		if !g.blank() || i == 0 {
			cell.Right = g.x + g.width
		}
	}
	done()
	return out
}

// spaceBefore is the space that a gap before a glyph stands for. Where the mark of a note has been left out before a
// stop, it is none.
func spaceBefore(g glyph, gap float64) string {
	first, _ := utf8.DecodeRuneInString(g.text)
	switch {
	case strings.ContainsRune(".,)", first) && gap < g.size:
		return ""
	case gap < thinGap*g.size && (strings.ContainsRune(";!?%€", first) || unicode.IsDigit(first)):
		return "\u202f"
	default:
		return " "
	}
}

func endsInSpace(b *strings.Builder) bool {
	r, _ := utf8.DecodeLastRuneInString(b.String())
	return b.Len() == 0 || unicode.IsSpace(r)
}

// firstWord is how wide the first word of a line is.
func firstWord(glyphs []glyph) float64 {
	start, right := 0.0, 0.0
	began := false
	for _, g := range glyphs {
		switch blank := strings.TrimSpace(g.text) == ""; {
		case blank && began, began && g.x-right > wordGap*g.size:
			return right - start
		case blank:
		case !began:
			began, start, right = true, g.x, g.x+g.width
		default:
			right = g.x + g.width
		}
	}
	return right - start
}

// ligatures are letters that are drawn as one, and are not written so.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

func plain(s string) string { return ligatures.Replace(s) }

// withoutNotes leaves out the marks of notes: digits and stars that are small and raised, but for powers of units.
func withoutNotes(glyphs []glyph, body, y float64) []glyph {
	kept := glyphs[:0:0]
	lineIs := lineTag(glyphs).Role
	for i, g := range glyphs {
		if g.tag.Role == Aside && lineIs != Aside {
			continue
		}
		raised := g.size < body*0.85 && g.y > y+body*0.15
		if raised && isNote(g.text) && !isUnit(glyphs, i) {
			continue
		}
		kept = append(kept, g)
	}
	return kept
}

func isNote(s string) bool {
	return s != "" && strings.Trim(s, "0123456789*†‡,[]() ") == ""
}

// isUnit reports whether what stands before a glyph is the m or the unit of a measure, as in « 12 km2 ».
func isUnit(glyphs []glyph, i int) bool {
	if i == 0 {
		return false
	}
	before := glyphs[i-1].text
	return (before == "m" || strings.HasSuffix(before, "m")) && (i < 2 || !unicode.IsLetter(lastRune(glyphs[i-2].text)) ||
		strings.ContainsAny(glyphs[i-2].text, "kcdm"))
}

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }
