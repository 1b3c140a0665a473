package bot

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// learn is the job that puts an article into a server's library, and ends with what was read.
func (b *Bot) learn(r *request, get getter) job {
	return b.inTurn(r, func(ctx context.Context, tell func(string)) (*result, error) {
		read, err := b.seated(ctx, r, tell, get)
		if err != nil {
			return nil, fmt.Errorf("get an article: %w", err)
		}
		tell(r.words.indexing)
		entry, change, err := b.library.Put(ctx, r.guild, read.Article)
		if err != nil {
			return nil, err
		}
		return b.learned(ctx, r, lesson{read, entry, change}), nil
	})
}

// A lesson is an article as it was read and kept.
type lesson struct {
	*reader.Result
	entry  library.Entry
	change library.Change
}

// learned lays out what was read and kept, and what can be asked now. The article is kept: what goes wrong from
// here on is told beside it.
func (b *Bot) learned(ctx context.Context, r *request, l lesson) *result {
	p := newPage(green)
	p.write(r.words.change(l.entry, l.change))
	p.write("-# " + fmt.Sprintf(r.words.addedWhat, r.words.number(l.entry.Paragraphs), r.words.number(l.entry.Sentences), r.words.bytes(l.entry.Bytes)))
	for _, w := range l.Warnings {
		p.write(r.words.warnings[w])
	}
	if usage, err := b.library.Usage(ctx, r.guild); err != nil {
		b.log.ErrorContext(ctx, "the room that is left is not known", "error", err, "interaction", r.ID)
	} else {
		p.write(r.words.nearQuota(usage))
	}
	p.write(r.words.firstSentences)
	p.write(r.words.beginning(l.Article))
	p.rule()
	if err := b.nowAnswers(ctx, r, p, l.entry.ID); err != nil {
		b.log.ErrorContext(ctx, "an article was kept, but its index was not made", "error", err, "interaction", r.ID)
		p.write(r.words.apology(err))
	}
	p.write(r.words.stored)
	return &result{components: []discordgo.MessageComponent{p.container()}}
}

// change says what became of an article.
func (c *catalogue) change(e library.Entry, did library.Change) string {
	name := entryTitle(e)
	switch did {
	case library.Added:
		return fmt.Sprintf(c.added, name)
	case library.Revised:
		return fmt.Sprintf(c.revised, name, c.number(e.Revision))
	}
	return fmt.Sprintf(c.unchanged, name)
}

// maxBeginning is how much of an article's beginning is shown, in UTF-16 units. It is ours: three sentences of
// prose, and room for all that stands around them.
const maxBeginning = 1500

// beginning quotes the first three sentences of an article, or as many of them as fit; whole ones, each a
// quote of its own.
func (c *catalogue) beginning(a *knowledge.Article) string {
	text, n := "", 0
	for _, p := range a.Paragraphs {
		for _, s := range p.Sentences {
			quote := markdown(a.Text, []run{{s, plain}}, blockquote)
			if n == 3 || size(text)+size(quote)+1 > maxBeginning {
				return cmp.Or(text, c.firstTooLong)
			}
			if n++; text != "" {
				text += "\n"
			}
			text += quote
		}
	}
	return text
}

// nowAnswers writes three questions that a server's article answers, as buttons.
func (b *Bot) nowAnswers(ctx context.Context, r *request, p *page, id string) error {
	ctx, cancel := context.WithTimeout(ctx, indexing)
	defer cancel()
	handle, v, err := b.acquireWith(ctx, r.guild, id)
	if err != nil {
		return err
	}
	defer handle.Release()
	r.corpus = handle.Value
	row := r.examples(ctx, v, "", 3)
	if len(row) == 0 {
		p.write(r.words.nothingToAnswer)
		return nil
	}
	p.write(r.words.nowAnswers)
	p.row(row...)
	return nil
}

// indexing is how long a new article is waited for in its server's index. It is ours: the largest server that
// the quota allows takes some seconds.
const indexing = time.Minute

// acquireWith returns what answers questions on a server's articles once one of them is in it: until then, the
// index before may stand in. It fails with [library.ErrNotFound] when somebody removed the article meanwhile.
func (b *Bot) acquireWith(ctx context.Context, guild, id string) (*library.Handle[*corpus], *volume, error) {
	for {
		handle, err := b.acquire(ctx, guild)
		if err != nil {
			return nil, nil, err
		}
		if v := handle.Value.byKey[keyOf(id)]; v != nil {
			return handle, v, nil
		}
		handle.Release()
		if _, err := b.library.Article(ctx, guild, id); err != nil {
			return nil, nil, err
		}
		select {
		case <-ctx.Done():
			return nil, nil, &indexError{ctx.Err()}
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// nearQuota says how much room is left once a library is four fifths full, "" before.
func (c *catalogue) nearQuota(u library.Usage) string {
	if 5*u.Articles < 4*u.Quota.Articles && 5*u.Bytes < 4*u.Quota.Bytes {
		return ""
	}
	return fmt.Sprintf(c.quotaNear, c.number(max(u.Quota.Articles-u.Articles, 0)), c.bytes(max(u.Quota.Bytes-u.Bytes, 0)))
}
