package bot

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"
)

// A control is a button, a select or a window: whom it is for, and what answers it.
type control struct {
	who audience
	run presser
}

// A presser answers a control. v is the article that a member's control is about, nil for all of them and
// for moderators' controls.
type presser func(ctx context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error)

// controls returns what answers each act.
func (b *Bot) controls() map[act]control {
	return map[act]control{
		actContext: {members, b.inContext}, actPassages: {members, b.turn}, actNearest: {members, b.nearest},
		actAsk: {members, b.askLabel}, actShare: {members, b.share}, actHelpful: {members, b.vote}, actUnhelpful: {members, b.vote},
		actOpen: {members, b.open}, actTurn: {members, b.turnArticle}, actJump: {members, b.jump}, actChoose: {members, b.choose},
		actExpected: {members, b.expected},

		actPaste: {moderators, b.paste}, actList: {moderators, b.turnList}, actRemove: {moderators, b.removeNow}, actLeave: {moderators, b.leave},
		actPrivate: {moderators, b.change(setPrivate)}, actChannels: {moderators, b.change(setChannels)}, actCaution: {moderators, b.change(setCaution)},
		actKeepQuestions: {moderators, b.change(setKeepQuestions)}, actOwnOnly: {moderators, b.change(setOwnOnly)},
		actForget: {moderators, b.askToForget}, actForgetNow: {moderators, b.forgetNow},
	}
}

// isWindow reports whether an act is that of a window, which is sent and not pressed.
func isWindow(a act) bool { return a == actPaste || a == actExpected }

// press answers a control, and says so when it cannot be served any more.
func (b *Bot) press(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	reply, err := b.serve(ctx, r)
	switch {
	case errors.Is(err, errState):
		return whisper(r.words.stale), nil
	case errors.Is(err, errRemoved):
		return whisper(r.words.removed), nil
	case errors.Is(err, errChanged):
		return whisper(r.words.changed), nil
	case errors.Is(err, errElsewhere):
		return whisper(r.words.elsewhere), nil
	}
	return reply, err
}

// serve answers a control by its custom ID alone, and by the message that it stands in.
func (b *Bot) serve(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	s, err := parseState(r.customID())
	if err != nil {
		return nil, err
	}
	if isWindow(s.act) != (r.Type == discordgo.InteractionModalSubmit) {
		return nil, errState
	}
	c := b.pressed[s.act]
	return b.admit(c.who, func(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
		if c.who == moderators {
			if s.rev != keyOf(r.guild) {
				return nil, errElsewhere
			}
			return c.run(ctx, r, s, nil)
		}
		v, err := r.corpus.resolve(s)
		if err != nil {
			return nil, err
		}
		return c.run(ctx, r, s, v)
	})(ctx, r)
}

// errElsewhere is what a moderators' control fails with in another server than its own.
var errElsewhere = errors.New("a control of another server")
