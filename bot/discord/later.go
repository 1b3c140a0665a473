package discord

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

// laterLimit is how long the work behind a deferred response may take. An interaction's token lives 15 min;
// the last minute is for the last edit.
//
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
const laterLimit = 14 * time.Minute

// lastEdits is what work that must end at shut-down keeps of the drain time, to say so in its message.
const lastEdits = 2 * time.Second

// later does the work behind deferred responses, each in a goroutine of its own. It may be used by many
// goroutines.
type later struct {
	rest    Replier
	log     *slog.Logger
	running sync.WaitGroup
	ctx     context.Context // ends the work
	stop    context.CancelFunc

	mu    sync.Mutex
	ended bool // no more is begun
}

func newLater(rest Replier, log *slog.Logger) *later {
	l := &later{rest: rest, log: log}
	l.ctx, l.stop = context.WithCancel(context.Background()) // work outlives the request that began it
	return l
}

// start begins what a reply leaves to be done, if anything, and returns at once. Discord must have been
// sent the response.
func (l *later) start(i *discordgo.Interaction, reply bot.Reply) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if reply.Later == nil || l.ended {
		return
	}
	l.running.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				l.log.Error("panic after a deferred response", "panic", p, "stack", string(debug.Stack()))
			}
		}()
		ctx, cancel := context.WithTimeout(l.ctx, laterLimit)
		defer cancel()
		reply.Later(ctx, l.editor(i))
	})
}

// editor returns what edits the message that the response to i promised. Over HTTP Discord may still be
// about to read that response, and then knows of no message: for as long as it may take, it is asked again.
func (l *later) editor(i *discordgo.Interaction) bot.Edit {
	began := time.Now()
	return func(ctx context.Context, e *discordgo.WebhookEdit) error {
		body, err := encodeEdit(e)
		if err != nil {
			return err
		}
		for {
			err := l.rest.Edit(ctx, i, body)
			if !hasCode(err, codeUnknownWebhook) || time.Since(began) > discordgo.InteractionDeadline || !sleep(ctx, 150*time.Millisecond) {
				return err
			}
		}
	}
}

// drain begins no more work, and waits for what runs: for limit, at the end of which it is told to end, and
// has had the time to say so.
func (l *later) drain(limit time.Duration) {
	l.mu.Lock()
	l.ended = true
	l.mu.Unlock()
	defer l.stop()
	done := make(chan struct{})
	go func() {
		l.running.Wait()
		close(done)
	}()
	words := min(lastEdits, limit/2)
	select {
	case <-done:
		return
	case <-time.After(limit - words):
		l.stop()
	}
	select {
	case <-done:
	case <-time.After(words):
		l.log.Warn("stopped before deferred replies were done", "waited", limit)
	}
}
