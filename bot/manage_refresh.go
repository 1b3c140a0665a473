package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// refreshArticles answers /articles actualiser: it reads the source of one article again, or of all that have
// one.
func (b *Bot) refreshArticles(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	entries, err := b.library.Entries(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	if name := oneLine(r.text(inFrench.refreshName.name)); name != "" {
		e := findEntry(entries, name)
		switch {
		case e == nil:
			return whisper(r.words.noSuchEntry(name)), nil
		case e.Source == "":
			return whisper(fmt.Sprintf(r.words.noSource, entryTitle(*e))), nil
		}
		entries = []library.Entry{*e}
	}
	entries = slices.DeleteFunc(entries, func(e library.Entry) bool { return e.Source == "" })
	if len(entries) == 0 {
		return whisper(r.words.nothingToRefresh), nil
	}
	return b.postpone(r, b.inTurn(r, b.refresh(r, entries))), nil
}

// refresh is the job that reads sources again, and ends with what changed. What goes wrong with one source is
// told, and does not keep the others from being read. When time is up it tells what is left.
func (b *Bot) refresh(r *request, entries []library.Entry) job {
	return func(ctx context.Context, tell func(string)) (*result, error) {
		var lines []string
		unchanged, left := 0, 0
		for i, e := range entries {
			if ctx.Err() != nil {
				left = len(entries) - i
				break
			}
			tell(fmt.Sprintf(r.words.refreshing, r.words.number(i+1), r.words.number(len(entries)), entryTitle(e)))
			now, change, err := b.reread(ctx, r, tell, e)
			switch {
			case err != nil:
				b.logFailure(ctx, r, err)
				lines = append(lines, fmt.Sprintf(r.words.refreshFailed, entryTitle(e), r.words.apology(err)))
			case change == library.Unchanged:
				unchanged++
			default:
				lines = append(lines, fmt.Sprintf(r.words.refreshRevised, entryTitle(now), r.words.number(now.Revision)))
			}
		}
		return r.words.refreshed(unchanged, left, lines), nil
	}
}

// refreshed lays out what became of sources that were read again.
func (c *catalogue) refreshed(unchanged, left int, lines []string) *result {
	p := newPage(green)
	for i, line := range lines {
		if p.room() < size(line)+frame || p.count > maxComponents-5 {
			p.write(fmt.Sprintf(c.refreshMore, c.number(len(lines)-i)))
			break
		}
		p.write(line)
	}
	if unchanged > 0 || len(lines) == 0 {
		p.write(fmt.Sprintf(c.refreshUnchanged, c.number(unchanged)))
	}
	if left > 0 {
		p.write(fmt.Sprintf(c.refreshCut, c.number(left)))
	}
	return &result{components: []discordgo.MessageComponent{p.container()}}
}

// shrunk is how many times shorter a source must have become for it not to take an article's place. It is ours: a page
// that now asks to log in says a sentence, and the text that was pasted because of that is nowhere else.
const shrunk = 4

// errShrunk says that little is left at an article's source of what is kept of it.
var errShrunk = errors.New("the source is a small part of what is kept")

// reread reads the source of an article again, and revises the article when it says something else.
func (b *Bot) reread(ctx context.Context, r *request, tell func(string), e library.Entry) (library.Entry, library.Change, error) {
	read, err := b.seated(ctx, r, tell, func(ctx context.Context, _ func(string)) (*reader.Result, error) {
		f, err := b.fetch.Fetch(ctx, e.Source)
		if err != nil {
			return nil, err
		}
		return reader.Read(ctx, f)
	})
	if err != nil {
		return e, 0, err
	}
	kept, err := b.library.Article(ctx, r.guild, e.ID)
	if err != nil {
		return e, 0, err // what was removed meanwhile stays so
	}
	if len(read.Article.Text) < len(kept.Text)/shrunk {
		return e, 0, errShrunk
	}
	again := *read.Article
	again.ID, again.Source = e.ID, e.Source // a page may have moved, or name another address as its own
	return b.library.Put(ctx, r.guild, &again)
}
