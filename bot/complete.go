package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
)

// completeQuestion suggests questions that the bot answers, or articles that it has.
func (b *Bot) completeQuestion(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	switch name, typed := r.focused(); name {
	case inFrench.askQuestion.name:
		return choices(b.questionChoices(ctx, r, typed)), nil
	case inFrench.askArticle.name, inFrench.readName.name:
		return choices(r.corpus.articleChoices(typed)), nil
	}
	return choices(nil), nil
}

// focused returns the option that is being typed, and what was typed so far.
func (r *request) focused() (name, typed string) {
	for _, o := range r.options() {
		if o != nil && o.Focused {
			typed, _ = o.Value.(string)
			return o.Name, shorten(oneLine(typed), maxQuestion)
		}
	}
	return "", ""
}

// maxQuestions is how many questions are suggested. It is ours: a phone shows so many at once.
const maxQuestions = 10

// questionChoices suggests questions. What was typed comes first when the bot answers it, so that
// choosing the first of the list does not ask something else.
func (b *Bot) questionChoices(ctx context.Context, r *request, typed string) []*discordgo.ApplicationCommandOptionChoice {
	var only *volume
	if name := oneLine(r.text(inFrench.askArticle.name)); name != "" {
		if only = r.corpus.find(name); only == nil {
			return nil
		}
	}
	var list []*discordgo.ApplicationCommandOptionChoice
	if size(typed) <= maxChoice && typed != "" {
		if a, err := b.answer(ctx, r, asked{text: typed, only: only}); err == nil && a.Found() {
			list = append(list, choice(typed, typed))
		}
	}
	for _, text := range r.corpus.suggest(ctx, only, typed, maxQuestions-len(list)) {
		list = append(list, choice(text, text))
	}
	return list
}

// articleChoices suggests articles whose title or ID holds what was typed, their titles as names.
func (c *corpus) articleChoices(typed string) (list []*discordgo.ApplicationCommandOptionChoice) {
	folded := french.Fold(typed)
	for _, v := range c.volumes {
		if len(list) == maxChoices {
			break
		}
		if strings.Contains(v.folded, folded) || strings.Contains(french.Fold(v.ID), folded) {
			list = append(list, choice(shorten(plainTitle(v.Article), maxChoice), v.name()))
		}
	}
	return list
}

func choice(name, value string) *discordgo.ApplicationCommandOptionChoice {
	return &discordgo.ApplicationCommandOptionChoice{Name: name, Value: value}
}

// name returns what an option holds once the volume was chosen: its ID, its key when Discord would
// not take the ID.
func (v *volume) name() string {
	if v.ID != "" && size(v.ID) <= maxChoice && oneLine(v.ID) == v.ID {
		return v.ID
	}
	return v.key
}

// maxListed is how many articles a message names. It is ours: ten titles fit, and are still read.
const maxListed = 10

// noSuchArticle says that no article has that name, and which there are.
func (c *catalogue) noSuchArticle(name string, articles []*knowledge.Article) string {
	titles := c.titles(articles, maxListed, title)
	text := fmt.Sprintf(c.noArticle, escape(shorten(name, maxTitle)))
	if len(titles) == 0 {
		return text
	}
	return text + "\n" + fmt.Sprintf(c.knownArticles, c.list(titles))
}

// titles names the articles by f, at most so many or one more, and says how many others there are.
func (c *catalogue) titles(articles []*knowledge.Article, most int, f func(*knowledge.Article) string) (names []string) {
	listed := len(articles)
	if listed > most+1 { // a line for one other would be as long as its title
		listed = most
	}
	for _, a := range articles[:listed] {
		names = append(names, f(a))
	}
	if more := len(articles) - listed; more > 0 {
		names = append(names, fmt.Sprintf(c.others, c.number(more)))
	}
	return names
}
