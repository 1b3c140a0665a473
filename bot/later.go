package bot

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// A Reply is what an interaction is answered with.
type Reply struct {
	// Response is to be sent at once. [Bot.Respond] always gives one.
	Response *discordgo.InteractionResponse

	// Later does what takes longer than Discord waits, and edits the message that Response promised: with
	// its progress, then with the result or an apology. It is to be run once Discord has Response, at
	// most 15 minutes from then on, and to be told by ctx when it must end. It never panics. nil, as
	// for most replies, means that there is nothing to do.
	Later func(ctx context.Context, edit Edit)
}

// An Edit changes the message that a deferred response promised.
type Edit func(ctx context.Context, e *discordgo.WebhookEdit) error

// A job does what takes long. It tells its progress in one sentence at a time, and returns what the message
// shows at its end. Its error is treated as a handler's.
type job func(ctx context.Context, tell func(progress string)) (*result, error)

// A result is what a message shows at the end of a job.
type result struct {
	components []discordgo.MessageComponent
	files      []*discordgo.File
}

// A pace thins out what is told of progress: Discord allows some five edits of a message in two seconds.
type pace struct {
	told int
	last time.Time
}

// now reports whether progress is to be told at that time: the first few times, and then every two seconds.
func (p *pace) now(at time.Time) bool {
	const few, pause = 4, 2 * time.Second
	if p.told >= few && at.Sub(p.last) < pause {
		return false
	}
	p.told++
	p.last = at
	return true
}

// How long the last edit of a job may take: longer than Discord asks to wait between edits, and of a job that was told
// to end, no longer than whoever ends it waits.
const (
	lastEdit  = 15 * time.Second
	lastWords = 2 * time.Second
)

// postpone answers a request privately with the promise of a message, and leaves j to be done.
func (b *Bot) postpone(r *request, j job) *discordgo.InteractionResponse {
	r.later = func(ctx context.Context, edit Edit) {
		show := func(ctx context.Context, e *discordgo.WebhookEdit) {
			if err := edit(ctx, e); err != nil {
				b.log.ErrorContext(ctx, "a deferred reply was not sent", "error", err, "interaction", r.ID)
			}
		}
		var p pace
		done := b.work(ctx, r, j, func(progress string) {
			if !p.now(time.Now()) {
				return
			}
			show(ctx, editOf(&result{components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: progress}}}))
		})
		limit := lastEdit
		if ctx.Err() != nil {
			limit = lastWords
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
		defer cancel()
		show(ctx, editOf(done))
	}
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral},
	}
}

// work does a job, and returns an apology where it gives no result.
func (b *Bot) work(ctx context.Context, r *request, j job, tell func(string)) (done *result) {
	defer func() {
		if p := recover(); p != nil {
			b.log.ErrorContext(ctx, "a job panicked", "panic", p, "interaction", r.ID, "stack", string(debug.Stack()))
			done = &result{components: apologize(r, errors.New("panic")).Data.Components}
		}
	}()
	done, err := j(ctx, tell)
	if err != nil {
		b.logFailure(ctx, r, err)
		return &result{components: apologize(r, err).Data.Components}
	}
	return done
}

// logFailure logs why a job was not done. What a moderator has to mend is no fault of ours, and is told without
// the address that they gave.
func (b *Bot) logFailure(ctx context.Context, r *request, err error) {
	var refused *reader.RefusedError
	var quota *library.QuotaError
	switch {
	case errors.As(err, &refused):
		b.log.InfoContext(ctx, "an article was not taken", "reason", refused.Reason.String(), "interaction", r.ID)
	case errors.As(err, &quota), errors.Is(err, errBusy), errors.Is(err, errShrunk):
		b.log.InfoContext(ctx, "an article was not taken", "reason", err, "interaction", r.ID)
	default:
		b.log.ErrorContext(ctx, "a job was not done", "error", err, "interaction", r.ID)
	}
}

// editOf returns the edit that makes a message of a result.
func editOf(r *result) *discordgo.WebhookEdit {
	return &discordgo.WebhookEdit{
		Components: &r.components, Files: r.files, AllowedMentions: nobody(), Flags: discordgo.MessageFlagsIsComponentsV2,
	}
}
