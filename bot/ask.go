package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
)

// ask answers /demander.
func (b *Bot) ask(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	question := shorten(oneLine(r.text(inFrench.askQuestion.name)), maxQuestion)
	if question == "" {
		return whisper(r.words.noQuestion), nil
	}
	var only *knowledge.Article
	if name := oneLine(r.text(inFrench.askArticle.name)); name != "" {
		if only = find(b.index.Articles(), name); only == nil {
			return whisper(r.words.noSuchArticle(name, b.index.Articles())), nil
		}
	}
	return b.reply(ctx, r, question, only, r.flag(inFrench.askPrivate.name))
}

// reply answers a question, of one article or of all.
func (b *Bot) reply(ctx context.Context, r *request, question string, only *knowledge.Article, private bool) (*discordgo.InteractionResponse, error) {
	q := knowledge.Question{Text: question}
	if only != nil {
		q.Article = only.ID
	}
	a, err := b.answer(ctx, q)
	if err != nil {
		return nil, err
	}
	a.Question = question
	if !a.Found() || len(a.Quotes) == 0 {
		return message(private, r.words.abstained(a, only).container()), nil
	}
	p := r.words.answered(a)
	p.row(r.words.sourceButton(a.Quotes[0].Article)...)
	return message(private, p.container()), nil
}

// minPart is how much of a title must be typed to name its article, in bytes. It is ours: two letters
// stand in many a title by accident.
const minPart = 3

// find returns the article that a member means by name: its ID, as the autocompletion fills it in, or
// its title, or a part that only one title has. Case and accents do not count. nil when none is meant.
func find(articles []*knowledge.Article, name string) *knowledge.Article {
	var parts []*knowledge.Article
	folded := french.Fold(name)
	for _, a := range articles {
		t := french.Fold(oneLine(a.Title))
		if a.ID == name || t == folded {
			return a
		}
		if len(folded) >= minPart && strings.Contains(t, folded) {
			parts = append(parts, a)
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return nil
}

// maxListed is how many articles a message names. It is ours: ten titles fit, and are still read.
const maxListed = 10

// noSuchArticle says that no article has that name, and which there are.
func (c *catalogue) noSuchArticle(name string, articles []*knowledge.Article) string {
	var titles []string
	for _, a := range articles[:min(len(articles), maxListed)] {
		titles = append(titles, title(a))
	}
	if more := len(articles) - maxListed; more > 0 {
		titles = append(titles, fmt.Sprintf(c.helpMore, c.number(more)))
	}
	text := fmt.Sprintf(c.noArticle, escape(shorten(name, maxTitle)))
	if len(titles) == 0 {
		return text
	}
	return text + "\n" + fmt.Sprintf(c.knownArticles, c.list(titles))
}
