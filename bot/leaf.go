package bot

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"verbatim/knowledge"
)

// A piece is a paragraph of an article on a page, or a part of one between two sentences.
type piece struct {
	paragraph int    // its number, from 1
	text      string // the headings above it, its number and its text, in Markdown
}

// Sizes of a page of an article, in UTF-16 units. They are ours.
const (
	leafText  = 2400 // a page is full from there on: two screens of a phone
	pieceText = 3000 // the longest piece: with the title and the imprint, a message holds it
	maxPieces = 25   // pieces of a page; with the buttons, a message holds them
)

// leaves returns the pages of an article, each of whole pieces. There is at least one, and each holds
// at least one piece. The same article always has the same pages in one language.
func (v *volume) leaves(c *catalogue) (pages [][]piece) {
	full := 0
	for i := range v.Paragraphs {
		for _, p := range v.pieces(c, i+1) {
			n := size(p.text)
			if last := len(pages) - 1; last >= 0 && full+n <= leafText && len(pages[last]) < maxPieces {
				pages[last] = append(pages[last], p)
				full += n
				continue
			}
			pages, full = append(pages, []piece{p}), n
		}
	}
	return pages
}

// pieces returns a paragraph in one piece, or in several of whole sentences when it is too long for a
// page. A sentence that is too long for any message is told, not cut.
func (v *volume) pieces(c *catalogue, paragraph int) (pieces []piece) {
	number := "-# " + fmt.Sprintf(c.paragraph, paragraph) + "\n"
	for _, heading := range slices.Backward(v.headings(paragraph)) {
		number = "**" + escape(heading) + "**\n" + number
	}
	room := pieceText - size(number)
	sentences := v.Paragraphs[paragraph-1].Sentences
	add := func(text string) {
		pieces = append(pieces, piece{paragraph, number + text})
		number = "-# " + fmt.Sprintf(c.paragraph, paragraph) + "\n" // the headings stand above the first piece
	}
	for i := 0; i < len(sentences); {
		text, next := v.sheet(sentences, i, room)
		if next == i {
			n := utf8.RuneCountInString(v.Quote(sentences[i]))
			text, next = fmt.Sprintf(c.longSentence, c.place(paragraph, []int{i + 1}), c.number(n)), i+1
		}
		add(text)
		i = next
	}
	return pieces
}

// maxHeadings is how many headings stand above a paragraph on a page, the nearest. It is ours: more name an
// outline and no text.
const maxHeadings = 3

// headings returns the headings between a paragraph and the one before it, outermost first.
func (v *volume) headings(paragraph int) (names []string) {
	from, to := 0, v.Paragraphs[paragraph-1].Start
	if paragraph > 1 {
		from = v.Paragraphs[paragraph-2].End
	}
	after, _ := slices.BinarySearchFunc(v.Headings, to, func(h knowledge.Heading, at int) int { return h.Start - at })
	for _, heading := range slices.Backward(v.Headings[:after]) { // in order, and as many as paragraphs
		if heading.Start < from || len(names) == maxHeadings {
			break
		}
		if name := shorten(oneLine(v.Quote(heading.Span)), maxTitle); visible(name) {
			names = append(names, name)
		}
	}
	slices.Reverse(names)
	return names
}

// sheet returns as many sentences from i on as fit in room, and the index of the next one.
func (v *volume) sheet(sentences []knowledge.Span, i, room int) (text string, next int) {
	w, from := newWriter(""), sentences[i].Start
	for next = i; next < len(sentences); next++ {
		before := w.b.Len()
		w.write(v.Text, from, sentences[next].End)
		if room -= size(w.b.String()[before:]); room < 0 {
			return w.b.String()[:before], next
		}
		from = sentences[next].End
	}
	return w.b.String(), next
}

// pageOf returns the page that a paragraph begins on.
func pageOf(pages [][]piece, paragraph int) int {
	for n, page := range pages {
		for _, p := range page {
			if p.paragraph == paragraph {
				return n
			}
		}
	}
	return 0
}
