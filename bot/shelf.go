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

// Ready builds what answers where no server has articles of its own, unless it is there. Its error says why
// nobody could be answered.
func (b *Bot) Ready(ctx context.Context) error {
	handle, err := b.acquire(ctx, "")
	if err != nil {
		return err
	}
	handle.Release()
	return nil
}

// IndexStats tells how many indexes there are, and what they take.
func (b *Bot) IndexStats() library.IndexStats { return b.indexes.Stats() }

// settings returns a server's settings. When they cannot be read the articles may still be at hand, and
// questions be answered: privately, which no server minds.
func (b *Bot) settings(ctx context.Context, guild string) library.Settings {
	settings, err := b.library.Settings(ctx, guild)
	if err != nil {
		b.log.ErrorContext(ctx, "the settings of a server cannot be read", "error", err)
		settings.Private = true
	}
	return settings
}

// present notes that a server has the bot: it may have been removed, and be back before its library is deleted.
func (b *Bot) present(ctx context.Context, guild string) {
	if guild == "" {
		return
	}
	if err := b.library.Joined(ctx, guild); err != nil {
		b.log.ErrorContext(ctx, "a server that has the bot was not noted", "error", err)
	}
}

// informed returns h for requests that are answered from a server's articles, with the server's settings.
func (b *Bot) informed(h handler) handler {
	return func(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
		b.present(ctx, r.guild)
		r.settings = b.settings(ctx, r.guild)
		handle, err := b.acquire(ctx, r.guild)
		if err != nil {
			return nil, err
		}
		defer handle.Release()
		r.corpus = handle.Value
		return h(ctx, r)
	}
}
