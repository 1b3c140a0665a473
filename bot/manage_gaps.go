package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/library"
)

// listGaps answers /lacunes: what members asked and the articles do not say, in a message and a file.
func (b *Bot) listGaps(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	questions, err := b.library.Questions(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	settings, err := b.library.Settings(ctx, r.guild)
	switch {
	case err != nil:
		return nil, err
	case len(questions) == 0 && !settings.KeepQuestions:
		return whisper(r.words.gapsOff), nil
	case len(questions) == 0:
		return whisper(fmt.Sprintf(r.words.gapsNone, b.kept(r))), nil
	}
	return b.postpone(r, b.gaps(r, questions)), nil
}

// kept says how long questions are kept.
func (b *Bot) kept(r *request) string {
	days := max(int(b.library.KeepsQuestions()/(24*time.Hour)), 1)
	return fmt.Sprintf(r.words.days[min(days-1, 1)], r.words.number(days))
}

// gaps is the job that groups questions. It sends a file, which a first response cannot bring everywhere.
func (b *Bot) gaps(r *request, questions []library.UnansweredQuestion) job {
	return func(_ context.Context, tell func(string)) (*result, error) {
		tell(r.words.countingGaps)
		groups := group(questions)
		table, err := r.words.table(groups)
		if err != nil {
			return nil, err
		}
		p := newPage(blue)
		p.write(fmt.Sprintf(r.words.gapsHead, r.words.number(len(questions)), r.words.number(len(groups)), b.kept(r)))
		r.words.shownGaps(p, groups)
		p.file(r.words.gapsFile)
		p.row(button(r.words.gapsForget, discordgo.DangerButton, r.own(actForget, "")))
		return &result{
			components: []discordgo.MessageComponent{p.container()},
			files:      []*discordgo.File{{Name: r.words.gapsFile, ContentType: "text/csv; charset=utf-8", Reader: strings.NewReader(table)}},
		}, nil
	}
}

// maxGaps is how many groups stand in the message. It is ours: two screens of a phone; all are in the file.
const maxGaps = 15

// shownGaps lays out the groups that were asked most, as many as fit.
func (c *catalogue) shownGaps(p *page, groups []gap) {
	for i, g := range groups {
		text := fmt.Sprintf(c.gapsEntry, c.number(g.count), escape(shorten(oneLine(g.text), maxQuestion)))
		if len(g.expected) > 0 {
			text += "\n" + fmt.Sprintf(c.gapsExpected, escape(shorten(oneLine(strings.Join(g.expected, " · ")), maxQuestion)))
		}
		if i == maxGaps || p.room() < size(text)+frame {
			p.write(fmt.Sprintf(c.gapsMore, c.number(len(groups)-i)))
			return
		}
		p.write(text)
	}
}

// askToForget asks before the questions of a server are forgotten.
func (b *Bot) askToForget(ctx context.Context, r *request, _ state, _ *volume) (*discordgo.InteractionResponse, error) {
	questions, err := b.library.Questions(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	return r.confirm(fmt.Sprintf(r.words.gapsAskForget, r.words.number(len(questions))), r.words.gapsForgetNow, r.own(actForgetNow, "")), nil
}

// forgetNow forgets the questions of a server.
func (b *Bot) forgetNow(ctx context.Context, r *request, _ state, _ *volume) (*discordgo.InteractionResponse, error) {
	if err := b.library.ForgetQuestions(ctx, r.guild); err != nil {
		return nil, fmt.Errorf("forget the questions of a server: %w", err)
	}
	return done(r.words.gapsForgotten), nil
}
