package reader

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"unicode/utf8"

	"verbatim/knowledge/reader/pdf"
)

// A layout knows what is usual in a file: from that a heading, a paragraph's end and a page's number are told.
type layout struct {
	lines   []pageLine
	body    float64          // the size of most letters
	leading float64          // from one base line of them to the next, in sizes
	right   map[edge]float64 // where lines end at most, by where they begin
	sizes   []float64        // of headings, the largest first
	words   map[string]bool  // that stand whole in a line
	tagged  bool             // whether the file says what its lines are
}

// A pageLine is a line of text, and what page it is on.
type pageLine struct {
	pdf.Line
	page int
	text string
}

// An edge is a column of text: a page, where its lines begin, in points, and their size.
type edge struct {
	page, x int
	size    float64
}

func edgeOf(line pageLine) edge {
	return edge{line.page, int(math.Round(line.X)), rounded(line.Size)}
}

func newLayout(pages [][]pdf.Line) *layout {
	l := &layout{right: map[edge]float64{}}
	for _, page := range withoutRunning(pages) {
		l.lines = append(l.lines, page...)
	}
	if l.tagged = isTagged(l.lines); l.tagged {
		l.lines = slices.DeleteFunc(l.lines, func(line pageLine) bool { return line.Tag.Role == pdf.Aside })
	} else {
		l.lines = withoutTables(l.lines)
	}
	l.body = bodySize(l.lines)
	if !l.tagged {
		l.lines = withoutNotes(l.lines, l.body)
	}
	l.lines = joinDropCaps(l.lines)
	l.measure()
	l.words = wholeWords(l.lines)
	return l
}

// bodySize is the size of most letters.
func bodySize(lines []pageLine) (body float64) {
	letters := map[float64]int{}
	for _, line := range lines {
		letters[rounded(line.Size)] += utf8.RuneCountInString(line.text)
	}
	for _, size := range slices.Sorted(maps.Keys(letters)) {
		if letters[size] > letters[body] {
			body = size
		}
	}
	return body
}

// measure finds how far apart lines are, where they end, and which sizes are those of headings.
func (l *layout) measure() {
	var gaps []float64
	for i, line := range l.lines {
		at := edgeOf(line)
		l.right[at] = max(l.right[at], line.Right)
		if i > 0 && l.lines[i-1].page == line.page && rounded(line.Size) == l.body {
			if gap := (l.lines[i-1].Y - line.Y) / line.Size; gap > 0.5 && gap < 3 {
				gaps = append(gaps, gap)
			}
		}
	}
	l.leading = 1.2
	if len(gaps) > 0 {
		slices.Sort(gaps)
		l.leading = gaps[len(gaps)/3] // lines of one paragraph are nearer than paragraphs
	}
	for _, line := range l.lines {
		if size := rounded(line.Size); size > l.body*largerBy && !slices.Contains(l.sizes, size) {
			l.sizes = append(l.sizes, size)
		}
	}
	slices.SortFunc(l.sizes, func(a, b float64) int { return cmp.Compare(b, a) })
}

// isTagged reports whether a file says of nearly all its text what it is.
func isTagged(lines []pageLine) bool {
	tagged, all := 0, 0
	for _, line := range lines {
		all += len(line.text)
		if line.Tag.Role != 0 {
			tagged += len(line.text)
		}
	}
	return tagged*10 > all*9
}

// rounded is a size to half a point: programs compute sizes, and people choose them.
func rounded(size float64) float64 { return math.Round(size*2) / 2 }

// largerBy is how much larger than the text a heading is.
const largerBy = 1.12

// blocks makes headings and paragraphs of the lines.
func (l *layout) blocks() (blocks []block) {
	list := 0
	for i := 0; i < len(l.lines); {
		last := i + 1
		for last < len(l.lines) && l.continues(l.lines[i:last], l.lines[last]) {
			last++
		}
		if b := l.block(l.lines[i:last]); b.Text != "" {
			if mark := bulletMark.FindString(b.Text); mark != "" && b.Level == 0 {
				b.Text = b.Text[len(mark):]
				if len(blocks) == 0 || blocks[len(blocks)-1].List == 0 {
					list++
				}
				b.List = list
			}
			blocks = append(blocks, b)
		}
		i = last
	}
	return blocks
}

// block makes a heading or a paragraph of lines that belong together. A figure's caption is neither.
func (l *layout) block(lines []pageLine) block {
	b := block{Text: l.join(lines)}
	if caption.MatchString(b.Text) || leaders.MatchString(b.Text) {
		return block{}
	}
	if l.tagged && lines[0].Tag.Part > 0 {
		b.Level = lines[0].Tag.Level
	} else {
		b.Level = l.level(lines, b.Text)
	}
	return b
}

const (
	maxHeading      = 160 // code points of a heading
	maxHeadingLines = 4
)

// level is the level of the heading that a block is, 0 when it is a paragraph: a heading is larger than the text or
// bold, short, and no sentence.
func (l *layout) level(lines []pageLine, text string) int {
	if len(lines) > maxHeadingLines || utf8.RuneCountInString(text) > maxHeading || endsSentence(text) || !hasLetter(text) {
		return 0
	}
	if i := slices.Index(l.sizes, rounded(lines[0].Size)); i >= 0 {
		return i + 1
	}
	for _, line := range lines {
		if !line.Bold || line.Size < l.body*0.9 {
			return 0
		}
	}
	return len(l.sizes) + 1
}
