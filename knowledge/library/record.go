package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"verbatim/knowledge"
)

// A record is an article as it is kept.
type record struct {
	Entry
	hash           string
	headings, text string
}

// maxSource is the longest address that is kept, in bytes: no longer one is fetched, and an index of PostgreSQL's
// holds 2704 bytes of a row.
const maxSource = 2048

// recordOf makes an article ready to be kept. What a database would refuse in a text is replaced.
func recordOf(guild string, a *knowledge.Article) (*record, error) {
	m := a.Meta
	for _, s := range []*string{&m.ID, &m.Title, &m.Author, &m.Source, &m.Language} {
		*s = clean(*s)
	}
	if m.ID == "" {
		m.ID = knowledge.Slug(m.Title)
	}
	if len(m.Source) > maxSource {
		m.Source = ""
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
		WHERE guild = $1 AND (id = $2 OR substr(id, 1, length($2) + 1) = $2 || '-' OR source = $3 AND source <> '')`, r.Guild, r.ID, r.Source)
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
