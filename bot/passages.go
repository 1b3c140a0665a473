package bot

import (
	"fmt"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// A passage is a quote as it stands in a message.
type passage struct {
	knowledge.Quote
	text  string // the quote, or why it is not shown
	small string // where it stands
}

// frame is the room that a page keeps for what is neither question nor passage, in UTF-16 units.
const frame = 300

// maxPassages is how many passages stand on a page after the first. It is ours: three are read on a
// phone without losing the buttons.
const maxPassages = 3

// paginate parts the quotes of an answer over messages: the best one alone, the others as many at a
// time as fit. The same answer is always parted the same, so a page's number is enough to find it again.
func (c *catalogue) paginate(question string, quotes []knowledge.Quote) (pages [][]passage) {
	room, left := roomBeside(question), 0
	for i, q := range quotes {
		p := c.passage(q, room)
		need := size(p.text) + size(p.small)
		last := len(pages) - 1
		if i < 2 || need > left || len(pages[last]) == maxPassages {
			pages, left = append(pages, nil), room
			last++
		}
		pages[last] = append(pages[last], p)
		left -= need
	}
	return pages
}

// roomBeside is what a page has for passages beside a question, in UTF-16 units.
func roomBeside(question string) int { return maxText - frame - size(heading+escape(question)) }

// passage lays out a quote in at most room UTF-16 units. A quote is never cut: when it does not fit,
// the passage says so, and where it stands.
func (c *catalogue) passage(q knowledge.Quote, room int) passage {
	place := c.place(q.Paragraph, q.Sentences)
	p := passage{Quote: q, text: quoteMarkdown(q), small: place + " · " + title(q.Article)}
	if size(p.text)+size(p.small) > room {
		p.text = fmt.Sprintf(c.tooLong, place, c.number(utf8.RuneCountInString(q.Text())))
	}
	return p
}

// passages lays out page n of an answer. It fails with [errState] when there is no such page.
func (b *Bot) passages(r *request, q asked, a knowledge.Answer, n int, private bool) (*page, error) {
	if n == 0 && len(a.Quotes) > 0 {
		return b.best(r, q, a, private), nil // the others need not be laid out for it
	}
	pages := r.words.paginate(q.text, a.Quotes)
	if n >= len(pages) {
		return nil, errState
	}
	p := newPage(silver)
	p.write(heading + escape(q.text))
	first := 1
	for _, before := range pages[:n] {
		first += len(before)
	}
	p.write("-# " + r.words.span(first, first+len(pages[n])-1, len(a.Quotes)))
	for _, shown := range pages[n] {
		p.section(b.contextButton(r, shown.Quote), shown.text, "-# "+shown.small)
	}
	p.row(b.turns(r, q, n, len(pages))...)
	return p, nil
}

// best lays out the first page: the best quote, and how much it can be trusted.
func (b *Bot) best(r *request, q asked, a knowledge.Answer, private bool) *page {
	shown, color, trust := r.words.passage(a.Quotes[0], roomBeside(q.text)), silver, r.words.notAnswer
	if a.Found() {
		color, trust = confidenceColor(a.Confidence), r.words.confidence(a.Confidence)
	}
	p := newPage(color)
	p.write(heading + escape(q.text))
	p.write(shown.text)
	p.write("-# **" + trust + "** · " + shown.small)
	row := append([]discordgo.MessageComponent{b.contextButton(r, shown.Quote)}, b.turns(r, q, 0, min(len(a.Quotes), 2))...) // whatever follows begins a page
	if v := r.corpus.volume(shown.Article); a.Found() {
		row = append(row, emoji("👍", r.corpus.about(actHelpful, v)), emoji("👎", q.about(r.corpus, actUnhelpful, v)))
	}
	if private && r.guild != "" && !r.settings.Private && a.Found() {
		row = append(row, button(r.words.share, discordgo.SecondaryButton, q.about(r.corpus, actShare, q.only)))
	}
	p.row(row...)
	p.row(b.readOn(r, shown.Quote)...)
	return p
}

// turns returns the buttons to the pages before and after page n.
func (b *Bot) turns(r *request, q asked, n, pages int) (row []discordgo.MessageComponent) {
	if n > 0 {
		row = append(row, button(r.words.previous, discordgo.SecondaryButton, q.about(r.corpus, actPassages, q.only, n-1)))
	}
	if n+1 < pages {
		row = append(row, button(r.words.next, discordgo.SecondaryButton, q.about(r.corpus, actPassages, q.only, n+1)))
	}
	return row
}

// readOn returns the buttons to the article that a quote is from, on Discord and where it came from.
func (b *Bot) readOn(r *request, q knowledge.Quote) []discordgo.MessageComponent {
	v := r.corpus.volume(q.Article)
	row := []discordgo.MessageComponent{
		button(r.words.readArticle, discordgo.SecondaryButton, r.corpus.about(actOpen, v, q.Paragraph)),
	}
	return append(row, r.words.sourceButton(q.Article)...)
}

// contextButton returns the button that shows a quote in its paragraph.
func (b *Bot) contextButton(r *request, q knowledge.Quote) discordgo.MessageComponent {
	first, last := 1, 1
	if n := len(q.Sentences); n > 0 {
		first, last = q.Sentences[0], q.Sentences[n-1]
	}
	s := r.corpus.about(actContext, r.corpus.volume(q.Article), q.Paragraph, first, last)
	return button(r.words.context, discordgo.SecondaryButton, s)
}

func confidenceColor(p float64) int {
	switch {
	case p >= sureFrom:
		return green
	case p >= likelyFrom:
		return blue
	}
	return amber
}
