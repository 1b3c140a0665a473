package bot

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"
)

// A presser answers a button or a select. v is the article that it is about, nil for all of them.
type presser func(ctx context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error)

// pressers returns what answers each act.
func (b *Bot) pressers() map[act]presser {
	return map[act]presser{
		actContext: b.inContext, actPassages: b.turn, actNearest: b.nearest, actAsk: b.askLabel, actShare: b.share,
		actHelpful: b.vote, actUnhelpful: b.vote, actOpen: b.open, actTurn: b.turnArticle, actJump: b.jump, actChoose: b.choose,
	}
}

// press answers a button or a select, and says so when it cannot be served any more.
func (b *Bot) press(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	reply, err := b.serve(ctx, r)
	switch {
	case errors.Is(err, errState):
		return whisper(r.words.stale), nil
	case errors.Is(err, errRemoved):
		return whisper(r.words.removed), nil
	case errors.Is(err, errChanged):
		return whisper(r.words.changed), nil
	}
	return reply, err
}

// serve answers a button or a select by its custom ID alone, and by the message that it stands in.
func (b *Bot) serve(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	data, _ := r.Data.(discordgo.MessageComponentInteractionData)
	s, err := parseState(data.CustomID)
	if err != nil {
		return nil, err
	}
	v, err := b.corpus.resolve(s)
	if err != nil {
		return nil, err
	}
	return b.pressed[s.act](ctx, r, s, v)
}
