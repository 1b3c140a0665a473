package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// help answers /aide: what the bot does, knows and keeps. It is private: it is of use to one member.
func (b *Bot) help(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	p := newPage(blue)
	p.write(r.words.helpAsk)
	p.write(r.words.helpMarks)
	p.write(r.words.helpElse)
	stores := r.words.stores(r.keeps(), b.kept(r))
	var moderating []string
	if r.guild != "" && r.mayManage() {
		moderating = []string{r.words.helpModerate, r.words.helpLibrary}
	}
	below := r.words.helpExamples + stores + strings.Join(moderating, "")
	p.write(r.words.knows(r.corpus.articles(), p.room()-size(below)))
	if row := r.examples(ctx, nil, "", 4); len(row) > 0 {
		p.write(r.words.helpExamples)
		p.row(row...)
	}
	p.write(stores)
	if len(moderating) > 0 {
		p.rule()
	}
	for _, text := range moderating {
		p.write(text)
	}
	return message(true, p.container()), nil
}

// stores says what is kept of what members do. days is how long questions are, where they are.
func (c *catalogue) stores(questions bool, days string) string {
	if !questions {
		return c.helpStores
	}
	return fmt.Sprintf(c.helpStoresKept, days)
}

// knows lists the articles, as many of them as fit in room.
func (c *catalogue) knows(articles []*knowledge.Article, room int) string {
	if len(articles) == 0 {
		return c.helpKnows + "\n" + c.noArticles
	}
	for most := maxListed; ; most-- {
		text := c.helpKnows + "\n- " + strings.Join(c.titles(articles, most, c.article), "\n- ")
		if size(text) <= room || most == 0 {
			return text
		}
	}
}

// article names an article, with its length and its date when it is known.
func (c *catalogue) article(a *knowledge.Article) string {
	length := c.number(len(a.Paragraphs))
	if date := c.date(a.Date); date != "" {
		return fmt.Sprintf(c.helpArticleDated, title(a), length, date)
	}
	return fmt.Sprintf(c.helpArticle, title(a), length)
}
