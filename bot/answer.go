package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// heading begins the first text of an answer: the question, which Discord does not show otherwise,
// and which buttons read back from there.
const heading = "### "

// maxQuotes is how many quotes can be paged through. It is ours: beyond ten, they answer no more.
const maxQuotes = 10

// An asked is a question, with the only volume that it was asked of, nil for all of them.
type asked struct {
	text   string
	only   *volume
	unkept bool // it is not to be kept, whatever the server wants: see [Bot.keepUnanswered]
}

// about returns the state of a button of the question's answer: see [corpus.about].
func (q asked) about(c *corpus, a act, v *volume, numbers ...int) state {
	s := c.about(a, v, numbers...)
	s.unkept = q.unkept
	return s
}

// answer asks the index, as cautiously as the server wants it.
func (b *Bot) answer(ctx context.Context, r *request, q asked) (knowledge.Answer, error) {
	asking := knowledge.Question{Text: q.text, Top: maxQuotes, Caution: r.settings.Caution}
	if q.only != nil {
		asking.Article = q.only.ID
	}
	b.asked(ctx, r.guild, asking)
	a, err := r.corpus.index.Ask(ctx, asking)
	if err != nil {
		return a, fmt.Errorf("ask the index: %w", err)
	}
	a.Quotes = a.Quotes[:min(len(a.Quotes), maxQuotes)]
	return a, nil
}

// reply answers a question in a message of its own.
func (b *Bot) reply(ctx context.Context, r *request, q asked, private bool) (*discordgo.InteractionResponse, error) {
	began := time.Now()
	a, err := b.answer(ctx, r, q)
	b.answered(ctx, a, time.Since(began), err)
	if err != nil {
		return nil, err
	}
	if !a.Found() || len(a.Quotes) == 0 {
		return message(private, b.abstained(ctx, r, q, a).container()), nil
	}
	p, err := b.passages(r, q, a, 0, private)
	if err != nil {
		return nil, err
	}
	return message(private, p.container()), nil
}

// abstained lays out the outcome of a question that no quote answers: why, what is nearest, and what
// can be answered instead.
func (b *Bot) abstained(ctx context.Context, r *request, q asked, a knowledge.Answer) *page {
	p := newPage(silver)
	p.write(heading + escape(q.text))
	p.write(r.words.abstention(a.Outcome, r.single(q)))
	if b.keepUnanswered(ctx, r, q, a) {
		p.write(r.words.questionKept)
	}
	if len(a.Quotes) > 0 {
		p.row(button(r.words.seeNearest, discordgo.SecondaryButton, q.about(r.corpus, actNearest, q.only)))
	}
	if row := r.examples(ctx, q.only, q.text, 2); len(row) > 0 {
		p.rule()
		p.write(r.words.instead)
		p.row(row...)
	}
	return p
}

// abstention says why there is no answer. only is the article that was asked, nil when all were.
func (c *catalogue) abstention(o knowledge.Outcome, only *knowledge.Article) string {
	one, all := c.unanswered, c.unansweredAll
	switch o {
	case knowledge.NoTerms:
		return c.noTerms
	case knowledge.Foreign:
		one, all = c.foreign, c.foreignAll
	}
	if only == nil {
		return all
	}
	return fmt.Sprintf(one, title(only))
}

// single returns the article that a question was asked of, nil when there were several.
func (r *request) single(q asked) *knowledge.Article {
	if q.only != nil {
		return q.only.Article
	}
	return single(r.corpus.articles())
}

// nearest shows privately the passage that comes nearest to a question without an answer.
func (b *Bot) nearest(ctx context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error) {
	return b.again(ctx, r, s, v, 0, true)
}

// share shows a private answer to the channel, where the server wants answers there.
func (b *Bot) share(ctx context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error) {
	return b.again(ctx, r, s, v, 0, r.settings.Private || r.elsewhere())
}

// turn turns to another page of an answer. The asker turns the pages of a public answer; whoever else
// presses gets the page privately.
func (b *Bot) turn(ctx context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error) {
	mine := r.mine()
	reply, err := b.again(ctx, r, s, v, s.numbers[0], r.whispered() || !mine)
	if err != nil || !mine {
		return reply, err
	}
	return update(reply.Data.Components...), nil
}

// again answers the question of the message that a button stands in, with page n of its passages.
func (b *Bot) again(ctx context.Context, r *request, s state, v *volume, n int, private bool) (*discordgo.InteractionResponse, error) {
	text, err := r.question()
	if err != nil {
		return nil, err
	}
	q := asked{text: text, only: v, unkept: s.unkept}
	a, err := b.answer(ctx, r, q)
	if err != nil {
		return nil, err
	}
	p, err := b.passages(r, q, a, n, private)
	if err != nil {
		return nil, err
	}
	return message(private, p.container()), nil
}

// askLabel asks the question that is the label of a button, and answers privately.
func (b *Bot) askLabel(ctx context.Context, r *request, _ state, v *volume) (*discordgo.InteractionResponse, error) {
	text, err := r.label()
	if err != nil {
		return nil, err
	}
	return b.reply(ctx, r, asked{text: text, only: v}, true)
}
