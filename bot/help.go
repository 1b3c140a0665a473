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
	p.write(r.words.knows(r.corpus.articles()))
	if row := r.examples(ctx, nil, "", 4); len(row) > 0 {
		p.write(r.words.helpExamples)
		p.row(row...)
	}
	p.write(r.words.stores(r.keeps(), b.kept(r)))
	if r.guild != "" && r.mayManage() {
		p.rule()
		p.write(r.words.helpModerate)
		p.write(r.words.helpLibrary)
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

// knows lists the articles.
func (c *catalogue) knows(articles []*knowledge.Article) string {
	if len(articles) == 0 {
		return c.helpKnows + "\n" + c.noArticles
	}
	return c.helpKnows + "\n- " + strings.Join(c.titles(articles, c.article), "\n- ")
}

// article names an article, with its length and its date when it is known.
func (c *catalogue) article(a *knowledge.Article) string {
	length := c.number(len(a.Paragraphs))
	if date := c.date(a.Date); date != "" {
		return fmt.Sprintf(c.helpArticleDated, title(a), length, date)
	}
	return fmt.Sprintf(c.helpArticle, title(a), length)
}
