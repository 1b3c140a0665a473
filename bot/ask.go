package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// ask answers /demander.
func (b *Bot) ask(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	q := asked{text: askable(r.text(inFrench.askQuestion.name))}
	if q.text == "" {
		return whisper(r.words.noQuestion), nil
	}
	if name := oneLine(r.text(inFrench.askArticle.name)); name != "" {
		if q.only = r.corpus.find(name); q.only == nil {
			return whisper(r.words.noSuchArticle(name, r.corpus.articles())), nil
		}
	}
	q.unkept = r.flag(inFrench.askPrivate.name)
	return b.reply(ctx, r, q, q.unkept || r.settings.Private)
}

// askable returns a question as it is asked and shown: on one line, and short enough that the answer
// has room below. It is the same for the question that it gives.
func askable(text string) string { return shorten(oneLine(text), maxQuestion) }
