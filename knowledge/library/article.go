package library

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
)

// An Entry tells of an article without its text.
type Entry struct {
	knowledge.Meta
	Guild                        string // the server that keeps it; "" is the operator's shelf
	Revision                     int    // from 1
	Bytes, Paragraphs, Sentences int
	Added, Changed               time.Time // zero for an article that is a file
}

// A Change says what [Library.Put] did.
type Change int

// The changes.
const (
	Unchanged Change = iota // the library had it already, byte for byte
	Added
	Revised
)

// Put keeps an article: it revises the one that the server has from the same source, or with the same ID
// unless both have sources, and adds it otherwise. The entry's ID is the one that the library gives it: that
// of the article revised, or with a number behind where another source's article has the ID.
//
// Only the newest revision is kept: what moderators take out of an article is to be gone. Put fails with a
// [*QuotaError] before anything is written.
func (l *Library) Put(ctx context.Context, guild string, a *knowledge.Article) (Entry, Change, error) {
	r, err := recordOf(guild, a)
	if err != nil {
		return Entry{}, 0, err
	}
	var change Change
	err = l.changeMaybe(ctx, Changing, guild, func(tx querier) (effect, error) {
		if err := touch(ctx, tx, guild); err != nil {
			return nothing, err
		}
		change, err = l.put(ctx, tx, r, true)
		if err != nil {
			return nothing, err
		}
		switch {
		case change == Unchanged:
			return nothing, nil
		case change == Added && guild != "": // on the operator's shelf, the first one takes the place of the default
			return addition, nil
		}
		return altered, nil
	})
	if err != nil {
		return Entry{}, 0, fmt.Errorf("keep article %q: %w", a.ID, err)
	}
	return r.Entry, change, nil
}

// put keeps a record, and fills in what the library decides of it.
func (l *Library) put(ctx context.Context, tx querier, r *record, limited bool) (Change, error) {
	old, err := previous(ctx, tx, r)
	if err != nil {
		return 0, err
	}
	if old != nil || r.Revision == 0 { // else it was exported
		r.Changed = time.UnixMilli(l.now())
		r.Added, r.Revision = r.Changed, 1
	}
	if old != nil {
		r.ID, r.Added, r.Revision = old.ID, old.Added, old.Revision+1
		if old.hash == r.hash {
			r.Revision, r.Changed = old.Revision, old.Changed
			return Unchanged, nil
		}
	}
	if limited {
		if err := l.fits(ctx, tx, r, old); err != nil {
			return 0, err
		}
	}
	if err := r.insert(ctx, tx); err != nil {
		return 0, err
	}
	if err := renew(ctx, tx, r.Guild); err != nil {
		return 0, err
	}
	if old != nil {
		return Revised, nil
	}
	return Added, nil
}

// Remove forgets an article at once. It fails with [ErrNotFound] when the server has none with this ID.
func (l *Library) Remove(ctx context.Context, guild, id string) error {
	err := l.changeMaybe(ctx, Changing, guild, func(tx querier) (effect, error) {
		result, err := tx.ExecContext(ctx, "DELETE FROM articles WHERE guild = $1 AND id = $2", guild, id)
		if err != nil {
			return nothing, err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return nothing, cmp.Or(err, ErrNotFound)
		}
		return altered, renew(ctx, tx, guild)
	})
	if err != nil {
		return fmt.Errorf("remove article %q: %w", id, err)
	}
	return nil
}

// Entries returns the articles that a server keeps, in the order of their titles.
func (l *Library) Entries(ctx context.Context, guild string) ([]Entry, error) {
	var all []Entry
	err := rows(ctx, l.reader, func(scan func(...any) error) error {
		e := Entry{Guild: guild}
		var meta string
		var added, changed int64
		if err := scan(&meta, &e.Revision, &e.Bytes, &e.Paragraphs, &e.Sentences, &added, &changed); err != nil {
			return err
		}
		e.Added, e.Changed = time.UnixMilli(added), time.UnixMilli(changed)
		all = append(all, e)
		return json.Unmarshal([]byte(meta), &all[len(all)-1].Meta)
	}, `SELECT meta, revision, bytes, paragraphs, sentences, added_at, changed_at FROM articles WHERE guild = $1`, guild)
	sortEntries(all)
	return all, l.ended(Listing, err)
}

// Shared returns the operator's articles, which every server knows unless its settings leave them out: those
// on the shelf, those given to [Library.Share], or else [Options.Default].
func (l *Library) Shared(ctx context.Context) ([]Entry, error) {
	all, err := l.Entries(ctx, "")
	files, _ := l.shared.now()
	if len(all)+len(files) == 0 {
		files = l.o.Default
	}
	for _, a := range files {
		e := Entry{Meta: a.Meta, Bytes: len(a.Text), Paragraphs: len(a.Paragraphs), Sentences: sentences(a)}
		if !slices.ContainsFunc(all, func(shelved Entry) bool { return shelved.ID == e.ID }) {
			all = append(all, e)
		}
	}
	sortEntries(all)
	return all, err
}

func sentences(a *knowledge.Article) (n int) {
	for _, p := range a.Paragraphs {
		n += len(p.Sentences)
	}
	return n
}

// Article returns an article that a server keeps. It fails with [ErrNotFound] when there is none.
func (l *Library) Article(ctx context.Context, guild, id string) (*knowledge.Article, error) {
	var meta, headings, text string
	err := l.reader.QueryRowContext(ctx, "SELECT meta, headings, text FROM articles WHERE guild = $1 AND id = $2", guild, id).
		Scan(&meta, &headings, &text)
	switch {
	case isNoRows(err):
		return nil, fmt.Errorf("read article %q: %w", id, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("read article %q: %w", id, l.ended(Listing, err))
	}
	return parse(meta, headings, text)
}

// sortEntries puts entries in the order that people expect of titles: accents and capitals aside.
func sortEntries(all []Entry) {
	slices.SortFunc(all, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(french.Fold(a.Title), french.Fold(b.Title)), cmp.Compare(a.ID, b.ID))
	})
}
