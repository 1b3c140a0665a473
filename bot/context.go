package bot

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// inContext shows a quote privately in its paragraph, in bold.
func (b *Bot) inContext(_ context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error) {
	paragraph, first, last := s.numbers[0], s.numbers[1], s.numbers[2]
	p, quote, err := v.sentences(paragraph, first, last)
	if err != nil {
		return nil, err
	}
	m := newPage(silver)
	m.write("-# " + fmt.Sprintf(r.words.paragraph, paragraph) + " · " + title(v.Article))
	lo, hi := window(len(p.Sentences), first, last, func(lo, hi int) bool {
		return size(inParagraph(v, p, quote, lo, hi)) <= m.room()-frame
	})
	if lo == 0 {
		place := r.words.place(paragraph, []int{first, last})
		m.write(fmt.Sprintf(r.words.tooLong, place, r.words.number(utf8.RuneCountInString(v.Quote(quote)))))
	} else {
		m.write(inParagraph(v, p, quote, lo, hi))
		if lo > 1 || hi < len(p.Sentences) {
			m.write("-# " + r.words.part(lo, hi, len(p.Sentences)))
		}
	}
	m.row(b.readOn(r, knowledge.Quote{Article: v.Article, Paragraph: paragraph})...)
	return message(true, m.container()), nil
}

// inParagraph returns the sentences of p from lo to hi as a block quote, with quote in bold.
func inParagraph(v *volume, p knowledge.Paragraph, quote knowledge.Span, lo, hi int) string {
	start, end := p.Sentences[lo-1].Start, p.Sentences[hi-1].End
	return markdown(v.Text, []run{
		{knowledge.Span{Start: start, End: quote.Start}, plain},
		{quote, match},
		{knowledge.Span{Start: quote.End, End: end}, plain},
	}, blockquote)
}

// window widens the sentences from lo to hi, of n numbered from 1, to as many around them as fit,
// one after and one before in turn. It returns 0, 0 when even those from lo to hi do not fit.
func window(n, lo, hi int, fits func(lo, hi int) bool) (int, int) {
	if fits(1, n) {
		return 1, n
	}
	if !fits(lo, hi) {
		return 0, 0
	}
	for after, before := true, true; after || before; {
		if after = after && hi < n && fits(lo, hi+1); after {
			hi++
		}
		if before = before && lo > 1 && fits(lo-1, hi); before {
			lo--
		}
	}
	return lo, hi
}
