package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
	"verbatim/knowledge/library"
)

// entriesOnPage is how many articles stand on a page of the list. It is ours: as many as a phone shows, and
// with a link each they are well within the components of a message.
const entriesOnPage = 8

// listArticles answers /articles lister.
func (b *Bot) listArticles(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	p, err := b.listPage(ctx, r, 0)
	if err != nil {
		return nil, err
	}
	return message(true, p.container()), nil
}

// turnList turns to a page of the list. It may have become shorter meanwhile.
func (b *Bot) turnList(ctx context.Context, r *request, s state, _ *volume) (*discordgo.InteractionResponse, error) {
	p, err := b.listPage(ctx, r, s.numbers[0])
	if err != nil {
		return nil, err
	}
	return update(p.container()), nil
}

// listPage lays out page n of a server's own articles, or the last page when there are fewer.
func (b *Bot) listPage(ctx context.Context, r *request, n int) (*page, error) {
	entries, err := b.library.Entries(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	usage, err := b.library.Usage(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	pages := (len(entries) + entriesOnPage - 1) / entriesOnPage
	n = max(min(n, pages-1), 0)
	p := newPage(blue)
	p.write(fmt.Sprintf(r.words.listHead, r.words.number(usage.Articles), r.words.number(usage.Quota.Articles),
		r.words.bytes(usage.Bytes), r.words.bytes(usage.Quota.Bytes)))
	if len(entries) == 0 {
		p.write(r.words.listEmpty)
	}
	for _, e := range entries[n*entriesOnPage : min((n+1)*entriesOnPage, len(entries))] {
		r.words.listed(p, e)
	}
	p.row(r.listTurns(n, pages)...)
	operators, err := b.operators(ctx, r)
	if err != nil {
		return nil, err
	}
	p.write(operators)
	return p, nil
}

// listed adds an article to a list, with a link to its source when it has one.
func (c *catalogue) listed(p *page, e library.Entry) {
	what := fmt.Sprintf(c.listEntryNew, c.date(e.Changed), c.bytes(e.Bytes), c.number(e.Paragraphs))
	if e.Revision > 1 {
		what = fmt.Sprintf(c.listEntry, c.number(e.Revision), c.date(e.Changed), c.bytes(e.Bytes), c.number(e.Paragraphs))
	}
	text := "**" + entryTitle(e) + "**\n-# " + what
	if link := c.sourceButton(entryArticle(e)); len(link) > 0 {
		p.section(link[0], text)
		return
	}
	p.write(text)
}

// listTurns returns the buttons to the pages before and after page n of the list.
func (r *request) listTurns(n, pages int) (row []discordgo.MessageComponent) {
	if n > 0 {
		row = append(row, button(r.words.pageBefore, discordgo.SecondaryButton, r.own(actList, "", n-1)))
	}
	if n+1 < pages {
		row = append(row, button(r.words.pageAfter, discordgo.PrimaryButton, r.own(actList, "", n+1)))
	}
	return row
}

// operators says how many of the operator's articles a server knows beside its own, "" when there are none.
func (b *Bot) operators(ctx context.Context, r *request) (string, error) {
	settings, err := b.library.Settings(ctx, r.guild)
	if err != nil {
		return "", err
	}
	shelf, err := b.library.Shared(ctx)
	switch {
	case err != nil:
		return "", err
	case len(shelf) == 0:
		return "", nil
	case settings.OwnOnly:
		return r.words.listWithout, nil
	}
	return fmt.Sprintf(r.words.listOperator, r.words.number(len(shelf))), nil
}

// entryArticle is an entry as an article without its text.
func entryArticle(e library.Entry) *knowledge.Article { return &knowledge.Article{Meta: e.Meta} }

// entryTitle returns an entry's title for a message.
func entryTitle(e library.Entry) string { return title(entryArticle(e)) }

// entryName returns what an option holds once an entry was chosen.
func entryName(e library.Entry) string {
	return (&volume{Article: entryArticle(e), key: keyOf(e.ID)}).name()
}

// findEntry returns the entry that a moderator means by name, nil when none is meant.
func findEntry(entries []library.Entry, name string) *library.Entry {
	i := meant(name, len(entries), func(i int) string { return keyOf(entries[i].ID) }, func(i int) string { return foldedTitle(entries[i]) })
	if i < 0 {
		return nil
	}
	return &entries[i]
}

func foldedTitle(e library.Entry) string { return french.Fold(plainTitle(entryArticle(e))) }

// completeEntries suggests a server's own articles whose title or ID holds what was typed.
func (b *Bot) completeEntries(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	name, typed := r.focused()
	if name != inFrench.removeName.name && name != inFrench.refreshName.name {
		return choices(nil), nil
	}
	entries, err := b.library.Entries(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	folded := french.Fold(typed)
	var list []*discordgo.ApplicationCommandOptionChoice
	for _, e := range entries {
		if len(list) == maxChoices {
			break
		}
		if strings.Contains(foldedTitle(e), folded) || strings.Contains(french.Fold(e.ID), folded) {
			list = append(list, choice(shorten(plainTitle(entryArticle(e)), maxChoice), entryName(e)))
		}
	}
	return choices(list), nil
}
