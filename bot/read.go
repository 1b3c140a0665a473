package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// read answers /article: the article, page by page, privately, for reading is one member's affair.
func (b *Bot) read(_ context.Context, r *request) (*discordgo.InteractionResponse, error) {
	name := oneLine(r.text(inFrench.readName.name))
	volumes := r.corpus.volumes
	switch {
	case name != "":
		v := r.corpus.find(name)
		if v == nil {
			return whisper(r.words.noSuchArticle(name, r.corpus.articles())), nil
		}
		return message(true, b.readPage(r, v, 0)...), nil
	case len(volumes) == 1:
		return message(true, b.readPage(r, volumes[0], 0)...), nil
	case len(volumes) == 0:
		return whisper(r.words.noArticles), nil
	}
	return message(true, b.shelf(r)), nil
}

// open shows an article from a paragraph on, privately.
func (b *Bot) open(_ context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error) {
	if v == nil || s.numbers[0] < 1 || s.numbers[0] > len(v.Paragraphs) {
		return nil, errState
	}
	return message(true, b.readPage(r, v, pageOf(v.leaves(r.words), s.numbers[0]))...), nil
}

// turnArticle turns to a page of an article.
func (b *Bot) turnArticle(_ context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error) {
	if v == nil || s.numbers[0] >= len(v.leaves(r.words)) {
		return nil, errState
	}
	return update(b.readPage(r, v, s.numbers[0])...), nil
}

// jump goes to the paragraph that was chosen in the table of contents.
func (b *Bot) jump(_ context.Context, r *request, _ state, v *volume) (*discordgo.InteractionResponse, error) {
	paragraph, err := strconv.Atoi(r.value())
	if v == nil || err != nil || paragraph < 1 || paragraph > len(v.Paragraphs) {
		return nil, errState
	}
	return update(b.readPage(r, v, pageOf(v.leaves(r.words), paragraph))...), nil
}

// choose opens the article that was chosen in the list of articles.
func (b *Bot) choose(_ context.Context, r *request, _ state, _ *volume) (*discordgo.InteractionResponse, error) {
	v := r.corpus.byKey[r.value()]
	if v == nil {
		return nil, errRemoved
	}
	return update(b.readPage(r, v, 0)...), nil
}

// shelf lists the articles to choose one from.
func (b *Bot) shelf(r *request) discordgo.MessageComponent {
	p := newPage(blue)
	p.write(r.words.knows(r.corpus.articles(), p.room()))
	var options []discordgo.SelectMenuOption
	for _, v := range r.corpus.volumes[:min(len(r.corpus.volumes), maxChoices)] {
		options = append(options, discordgo.SelectMenuOption{Label: shorten(plainTitle(v.Article), maxChoice), Value: v.key})
	}
	p.row(discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, Placeholder: r.words.chooseArticle,
		CustomID: r.corpus.about(actChoose, nil).String(), Options: options,
	})
	return p.container()
}

// readPage lays out page n of an article, which it has.
func (b *Bot) readPage(r *request, v *volume, n int) []discordgo.MessageComponent {
	leaves := v.leaves(r.words)
	p := newPage(blue)
	p.write("## " + title(v.Article))
	p.write("-# " + r.words.imprint(v, n+1, len(leaves)))
	for _, piece := range leaves[n] {
		p.write(piece.text)
	}
	if row := b.leafButtons(r, v, n, len(leaves)); len(row) > 0 {
		p.rule()
		p.row(row...)
	}
	if len(leaves) > 1 {
		p.row(b.contents(r, v, leaves[n][0].paragraph))
	}
	return []discordgo.MessageComponent{p.container()}
}

// leafButtons returns the buttons to the pages before and after page n, and to the article's source.
func (b *Bot) leafButtons(r *request, v *volume, n, pages int) (row []discordgo.MessageComponent) {
	if n > 0 {
		row = append(row, button(r.words.pageBefore, discordgo.SecondaryButton, r.corpus.about(actTurn, v, n-1)))
	}
	if n+1 < pages {
		row = append(row, button(r.words.pageAfter, discordgo.PrimaryButton, r.corpus.about(actTurn, v, n+1)))
	}
	return append(row, r.words.sourceButton(v.Article)...)
}

// imprint says who wrote an article, when, and which of its pages is shown.
func (c *catalogue) imprint(v *volume, n, pages int) string {
	var parts []string
	if author := shorten(oneLine(v.Author), maxTitle); author != "" {
		parts = append(parts, escape(author))
	}
	if date := c.date(v.Date); date != "" {
		parts = append(parts, date)
	}
	return strings.Join(append(parts, fmt.Sprintf(c.pageNumber, c.number(n), c.number(pages))), " · ")
}

// contents is the table of contents of an article: a select of its paragraphs, or of runs of them when
// there are more than a select holds, each with its heading or else its first words. The one being read, current, is marked.
func (b *Bot) contents(r *request, v *volume, current int) discordgo.MessageComponent {
	step := (len(v.Paragraphs) + maxChoices - 1) / maxChoices
	var options []discordgo.SelectMenuOption
	for first := 1; first <= len(v.Paragraphs); first += step {
		last := min(first+step-1, len(v.Paragraphs))
		number := fmt.Sprintf(r.words.paragraph, first)
		if last > first {
			number = fmt.Sprintf(r.words.paragraphs, first, last)
		}
		words := v.Quote(v.Paragraphs[first-1].Span)
		if above := v.headings(first); len(above) > 0 {
			words = above[len(above)-1]
		}
		text := shorten(oneLine(words), maxChoice-size(number)-size(" · "))
		options = append(options, discordgo.SelectMenuOption{
			Label:   strings.TrimSpace(number + " · " + text),
			Value:   strconv.Itoa(first),
			Default: first <= current && current <= last,
		})
	}
	return discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, Placeholder: r.words.contents,
		CustomID: r.corpus.about(actJump, v).String(), Options: options,
	}
}
