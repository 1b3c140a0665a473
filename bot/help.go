package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// help answers /aide: what the bot does, knows and keeps. It is private: it is of use to one member.
func (b *Bot) help(_ context.Context, r *request) (*discordgo.InteractionResponse, error) {
	p := newPage(blue)
	p.write(r.words.helpAsk)
	p.write(r.words.helpMarks)
	p.write(r.words.knows(b.index.Articles()))
	p.write(r.words.helpStores)
	return message(true, p.container()), nil
}

// knows lists the articles.
func (c *catalogue) knows(articles []*knowledge.Article) string {
	lines := []string{c.helpKnows}
	for _, a := range articles[:min(len(articles), maxListed)] {
		lines = append(lines, "- "+c.article(a))
	}
	if more := len(articles) - maxListed; more > 0 {
		lines = append(lines, "- "+fmt.Sprintf(c.helpMore, c.number(more)))
	}
	return strings.Join(lines, "\n")
}

// article names an article, with its length and its date when it is known.
func (c *catalogue) article(a *knowledge.Article) string {
	if date := c.date(a.Date); date != "" {
		return fmt.Sprintf(c.helpArticleDated, title(a), len(a.Paragraphs), date)
	}
	return fmt.Sprintf(c.helpArticle, title(a), len(a.Paragraphs))
}
