package bot

import (
	"context"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/library"
)

// askToRemove answers /articles retirer: it asks first.
func (b *Bot) askToRemove(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	entries, err := b.library.Entries(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	name := oneLine(r.text(inFrench.removeName.name))
	e := findEntry(entries, name)
	if e == nil {
		return whisper(r.words.noSuchEntry(name)), nil
	}
	remove := r.own(actRemove, keyOf(e.ID), edition(e))
	return r.confirm(fmt.Sprintf(r.words.askRemove, entryTitle(*e)), r.words.removeNow, remove), nil
}

// confirm asks privately before something is done that cannot be undone.
func (r *request) confirm(question, yes string, s state) *discordgo.InteractionResponse {
	p := newPage(amber)
	p.write(question)
	p.row(button(yes, discordgo.DangerButton, s), button(r.words.keepIt, discordgo.SecondaryButton, r.own(actLeave, "")))
	return message(true, p.container())
}

// noSuchEntry says that a server has no article of that name.
func (c *catalogue) noSuchEntry(name string) string {
	return fmt.Sprintf(c.noEntry, escape(shorten(name, maxTitle)))
}

// edition tells an article from what it was before, and from another that took its place: by when it changed.
func edition(e *library.Entry) int { return int(e.Changed.UnixMilli() % (maxNumber + 1)) }

// removeNow forgets an article. When it was revised since the question was asked, or removed and added again, it is
// another one.
func (b *Bot) removeNow(ctx context.Context, r *request, s state, _ *volume) (*discordgo.InteractionResponse, error) {
	entries, err := b.library.Entries(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	e := entryOf(entries, s.article)
	switch {
	case e == nil:
		return done(r.words.notKept), nil
	case edition(e) != s.numbers[0]:
		return done(r.words.entryChanged), nil
	}
	if err := b.library.Remove(ctx, r.guild, e.ID); err != nil {
		return nil, fmt.Errorf("remove an article: %w", err)
	}
	return done(fmt.Sprintf(r.words.removedNow, entryTitle(*e))), nil
}

// entryOf returns the entry with a key, nil when there is none.
func entryOf(entries []library.Entry, key string) *library.Entry {
	for i := range entries {
		if keyOf(entries[i].ID) == key {
			return &entries[i]
		}
	}
	return nil
}

// leave answers who was asked, and would rather not.
func (b *Bot) leave(_ context.Context, r *request, _ state, _ *volume) (*discordgo.InteractionResponse, error) {
	return done(r.words.kept), nil
}

// done puts a sentence in place of a question and its buttons.
func done(markdown string) *discordgo.InteractionResponse {
	return update(discordgo.TextDisplay{Content: markdown})
}
