package library

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbatim/knowledge"
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

// Usage is how much a server keeps, of how much it may.
type Usage struct {
	Articles, Bytes int
	Quota           Quota // zero for the operator's shelf, which has none
}

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
	err = l.changeMaybe(ctx, guild, func(tx querier) (effect, error) {
		if err := touch(ctx, tx, guild); err != nil {
			return nothing, err
		}
		change, err = l.put(ctx, tx, r, true)
		if err != nil {
			return nothing, err
		}
		return map[Change]effect{Unchanged: nothing, Added: addition, Revised: altered}[change], nil
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
	r.Changed = time.UnixMilli(l.now())
	r.Added, r.Revision = r.Changed, 1
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

// fits fails with a [*QuotaError] when a server may not keep a record in the place of old, which may be nil.
func (l *Library) fits(ctx context.Context, tx querier, r *record, old *record) error {
	if r.Guild == "" {
		return nil
	}
	u, err := l.usage(ctx, tx, r.Guild)
	if err != nil {
		return err
	}
	articles, bytes := u.Articles+1, u.Bytes+r.Bytes
	if old != nil {
		articles, bytes = articles-1, bytes-old.Bytes
	}
	if articles > max(u.Articles, u.Quota.Articles) || bytes > max(u.Bytes, u.Quota.Bytes) {
		return &QuotaError{Usage: u, Bytes: r.Bytes}
	}
	return nil
}

// previous returns the record that r revises, nil when there is none. r gets an ID that is free then.
func previous(ctx context.Context, tx querier, r *record) (*record, error) {
	byID := map[string]*record{}
	var same *record
	err := rows(ctx, tx, func(scan func(...any) error) error {
		old := &record{Entry: Entry{Guild: r.Guild}}
		var added, changed int64
		err := scan(&old.ID, &old.Source, &old.Revision, &old.hash, &old.Bytes, &added, &changed)
		old.Added, old.Changed = time.UnixMilli(added), time.UnixMilli(changed)
		byID[old.ID] = old
		if old.Source == r.Source && r.Source != "" {
			same = old
		}
		return err
	}, `SELECT id, source, revision, hash, bytes, added_at, changed_at FROM articles
		WHERE guild = $1 AND (id = $2 OR id LIKE $3 OR source = $4 AND source <> '')`, r.Guild, r.ID, r.ID+"-%", r.Source)
	if err != nil || same != nil {
		return same, err
	}
	old := byID[r.ID]
	if old == nil || old.Source == "" || r.Source == "" {
		return old, nil
	}
	for n, id := 2, r.ID; ; n++ {
		if r.ID = id + "-" + strconv.Itoa(n); byID[r.ID] == nil {
			return nil, nil
		}
	}
}

// Remove forgets an article at once. It fails with [ErrNotFound] when the server has none with this ID.
func (l *Library) Remove(ctx context.Context, guild, id string) error {
	err := l.changeMaybe(ctx, guild, func(tx querier) (effect, error) {
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
	return all, storage(err)
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
		return nil, fmt.Errorf("read article %q: %w", id, storage(err))
	}
	return parse(meta, headings, text)
}

// Usage returns how much a server keeps, and how much it may.
func (l *Library) Usage(ctx context.Context, guild string) (Usage, error) {
	u, err := l.usage(ctx, l.reader, guild)
	return u, storage(err)
}

func (l *Library) usage(ctx context.Context, q querier, guild string) (Usage, error) {
	u := Usage{Quota: l.o.Quota}
	if guild == "" {
		u.Quota = Quota{}
	}
	err := q.QueryRowContext(ctx, `SELECT count(*), CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM articles WHERE guild = $1`, guild).
		Scan(&u.Articles, &u.Bytes)
	return u, err
}

// A record is an article as it is kept.
type record struct {
	Entry
	hash           string
	headings, text string
}

// recordOf makes an article ready to be kept. What a database would refuse in a text is replaced.
func recordOf(guild string, a *knowledge.Article) (*record, error) {
	m := a.Meta
	for _, s := range []*string{&m.ID, &m.Title, &m.Author, &m.Source, &m.Language} {
		*s = clean(*s)
	}
	if m.ID == "" {
		m.ID = knowledge.Slug(m.Title)
	}
	headings, err := json.Marshal(headingsOf(a))
	if err != nil {
		return nil, err
	}
	r := &record{Entry: Entry{Meta: m, Guild: guild, Bytes: len(a.Text), Paragraphs: len(a.Paragraphs),
		Sentences: sentences(a)}, headings: string(headings), text: a.Text}
	if r.hash, err = r.sum(); err != nil {
		return nil, err
	}
	_, err = r.parse()
	return r, err
}

// sum is a hash of the article but for its ID, which is the library's to give.
func (r *record) sum() (string, error) {
	m := r.Meta
	m.ID = ""
	all, err := json.Marshal([]any{m, r.headings, r.text})
	hash := sha256.Sum256(all)
	return hex.EncodeToString(hash[:]), err
}

func (r *record) insert(ctx context.Context, tx querier) error {
	meta, err := json.Marshal(r.Meta)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO articles (guild, id, source, revision, hash, bytes, paragraphs, sentences,
			added_at, changed_at, meta, headings, text)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (guild, id) DO UPDATE SET source = excluded.source, revision = excluded.revision, hash = excluded.hash,
			bytes = excluded.bytes, paragraphs = excluded.paragraphs, sentences = excluded.sentences,
			changed_at = excluded.changed_at, meta = excluded.meta, headings = excluded.headings, text = excluded.text`,
		r.Guild, r.ID, r.Source, r.Revision, r.hash, r.Bytes, r.Paragraphs, r.Sentences,
		r.Added.UnixMilli(), r.Changed.UnixMilli(), string(meta), r.headings, r.text)
	return err
}

func (r *record) parse() (*knowledge.Article, error) {
	meta, err := json.Marshal(r.Meta)
	if err != nil {
		return nil, err
	}
	return parse(string(meta), r.headings, r.text)
}

// parse reads an article as it is kept. Its sentences are cut anew: a newer program may know better where.
func parse(meta, headings, text string) (*knowledge.Article, error) {
	var m knowledge.Meta
	if err := json.Unmarshal([]byte(meta), &m); err != nil {
		return nil, fmt.Errorf("read what an article is: %w", err)
	}
	var hs []heading
	if err := json.Unmarshal([]byte(headings), &hs); err != nil {
		return nil, fmt.Errorf("read the headings of article %q: %w", m.ID, err)
	}
	return knowledge.NewArticle(m, text, restored(hs)...)
}

// A heading is a [knowledge.Heading] as it is kept and exported.
type heading struct {
	Start int `json:"start"`
	End   int `json:"end"`
	Level int `json:"level"`
}

func headingsOf(a *knowledge.Article) []heading {
	all := make([]heading, len(a.Headings))
	for i, h := range a.Headings {
		all[i] = heading{h.Start, h.End, h.Level}
	}
	return all
}

func restored(all []heading) []knowledge.Heading {
	var hs []knowledge.Heading
	for _, h := range all {
		hs = append(hs, knowledge.Heading{Span: knowledge.Span{Start: h.Start, End: h.End}, Level: h.Level})
	}
	return hs
}

// clean replaces what PostgreSQL takes in no text: bytes that are no UTF-8, and NUL.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}
