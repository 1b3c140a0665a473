package bot

import (
	"context"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/library"
)

// An indexError says that what answers questions on a server's articles could not be made ready.
type indexError struct{ err error }

func (e *indexError) Error() string { return fmt.Sprintf("prepare the index of a server: %v", e.err) }
func (e *indexError) Unwrap() error { return e.err }

// acquire returns what answers questions on a server's articles. It must be released.
func (b *Bot) acquire(ctx context.Context, guild string) (*library.Handle[*corpus], error) {
	handle, err := b.indexes.Acquire(ctx, guild)
	if err != nil {
		return nil, &indexError{err}
	}
	return handle, nil
}

// informed returns h for requests that are answered from a server's articles, with the server's settings.
func (b *Bot) informed(h handler) handler {
	return func(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
		if r.guild != "" { // a server that the bot had been removed from may have it back
			if err := b.library.Joined(ctx, r.guild); err != nil {
				b.log.WarnContext(ctx, "a server that is back was not noted", "error", err, "guild", r.guild)
			}
		}
		var err error
		if r.settings, err = b.library.Settings(ctx, r.guild); err != nil {
			return nil, fmt.Errorf("read the settings of a server: %w", err)
		}
		handle, err := b.acquire(ctx, r.guild)
		if err != nil {
			return nil, err
		}
		defer handle.Release()
		r.corpus = handle.Value
		return h(ctx, r)
	}
}
