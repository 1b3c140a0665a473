package library

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"verbatim/knowledge"
)

// A line of an export: one server, article, count or question.
type line struct {
	Guild    string        `json:"guild"` // "" is the operator's shelf
	Server   *serverLine   `json:"server,omitempty"`
	Article  *articleLine  `json:"article,omitempty"`
	Vote     *voteLine     `json:"vote,omitempty"`
	Question *questionLine `json:"question,omitempty"`
}

type serverLine struct {
	Settings Settings  `json:"settings"`
	Left     time.Time `json:"left,omitzero"` // when the bot was removed from it
}

type articleLine struct {
	knowledge.Meta
	Headings []heading `json:"headings,omitempty"`
	Text     string    `json:"text"`
	Revision int       `json:"revision,omitzero"`
	Added    time.Time `json:"added,omitzero"`
	Changed  time.Time `json:"changed,omitzero"`
}

type voteLine struct {
	Article string `json:"article"`
	Kind    string `json:"kind"`
	Helpful bool   `json:"helpful"`
	Count   int    `json:"count"`
}

type questionLine struct {
	ID       string    `json:"id"`
	Text     string    `json:"text"`
	Expected string    `json:"expected,omitempty"`
	Kind     string    `json:"kind"`
	Outcome  string    `json:"outcome"`
	At       time.Time `json:"at"`
}

// Transferred counts what [Library.Export] wrote or [Library.Import] took.
type Transferred struct{ Servers, Articles, Votes, Questions int }

func (n *Transferred) add(l *line) {
	switch {
	case l.Server != nil:
		n.Servers++
	case l.Article != nil:
		n.Articles++
	case l.Vote != nil:
		n.Votes++
	case l.Question != nil:
		n.Questions++
	}
}

// Export writes all of one server, or of the whole library when no server is given, as lines of JSON. It sees
// the library as it was at one moment.
func (l *Library) Export(ctx context.Context, w io.Writer, guilds ...string) (Transferred, error) {
	var n Transferred
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	tell := func(l line) error {
		n.add(&l)
		return encoder.Encode(l)
	}
	err := l.read(ctx, Transferring, func(tx querier) error {
		if len(guilds) == 0 {
			var err error
			if guilds, err = guildsWhere(ctx, tx, "TRUE"); err != nil {
				return err
			}
		}
		for _, guild := range guilds {
			if err := exportGuild(ctx, tx, guild, tell); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Transferred{}, fmt.Errorf("export the library: %w", err)
	}
	return n, out.Flush()
}

// exportGuild tells all that is kept of a server, itself first.
func exportGuild(ctx context.Context, tx querier, guild string, tell func(line) error) error {
	return errors.Join(
		rows(ctx, tx, func(scan func(...any) error) error {
			var settings string
			var left *int64
			if err := scan(&settings, &left); err != nil {
				return err
			}
			s := &serverLine{}
			if left != nil {
				s.Left = time.UnixMilli(*left).UTC()
			}
			var err error
			if s.Settings, err = parseSettings(settings); err != nil {
				return err
			}
			return tell(line{Guild: guild, Server: s})
		}, "SELECT settings, left_at FROM guilds WHERE guild = $1", guild),
		rows(ctx, tx, func(scan func(...any) error) error {
			var meta, headings string
			var added, changed int64
			a := &articleLine{}
			if err := scan(&meta, &headings, &a.Text, &a.Revision, &added, &changed); err != nil {
				return err
			}
			a.Added, a.Changed = time.UnixMilli(added).UTC(), time.UnixMilli(changed).UTC()
			if err := errors.Join(json.Unmarshal([]byte(meta), &a.Meta), json.Unmarshal([]byte(headings), &a.Headings)); err != nil {
				return err
			}
			return tell(line{Guild: guild, Article: a})
		}, "SELECT meta, headings, text, revision, added_at, changed_at FROM articles WHERE guild = $1 ORDER BY id", guild),
		rows(ctx, tx, func(scan func(...any) error) error {
			v := &voteLine{}
			var helpful int
			if err := scan(&v.Article, &v.Kind, &helpful, &v.Count); err != nil {
				return err
			}
			v.Helpful = helpful != 0
			return tell(line{Guild: guild, Vote: v})
		}, "SELECT article, kind, helpful, count FROM votes WHERE guild = $1 ORDER BY article, kind, helpful", guild),
		rows(ctx, tx, func(scan func(...any) error) error {
			q := &questionLine{}
			var at int64
			if err := scan(&q.ID, &q.Text, &q.Expected, &q.Kind, &q.Outcome, &at); err != nil {
				return err
			}
			q.At = time.UnixMilli(at).UTC()
			return tell(line{Guild: guild, Question: q})
		}, "SELECT id, text, expected, kind, outcome, asked_at FROM questions WHERE guild = $1 ORDER BY asked_at, id", guild),
	)
}

// Import takes what [Library.Export] wrote, all of it or nothing. Articles that are there already are revised, the others
// keep their revision and dates; settings and counts are replaced by those that come; quotas do not bind it. An error names the line.
func (l *Library) Import(ctx context.Context, r io.Reader) (Transferred, error) {
	var n Transferred
	guilds := map[string]bool{}
	err := l.write(ctx, Transferring, func(tx querier) error {
		in := json.NewDecoder(bufio.NewReader(r))
		in.DisallowUnknownFields()
		for number := 1; ; number++ {
			var from line
			err := in.Decode(&from)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return fmt.Errorf("line %d: %s", number, err.Error()) // not %w: a line cut short is no trouble of the database's
			}
			guilds[from.Guild] = true
			n.add(&from)
			if err := l.importLine(ctx, tx, &from); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
		for guild := range guilds {
			if l.notify == "" {
				break
			}
			if _, err := tx.ExecContext(ctx, l.notify, message(guild, altered)); err != nil {
				return err
			}
		}
		return nil
	})
	for guild := range guilds {
		l.changed(guild, false)
	}
	if err != nil {
		return Transferred{}, fmt.Errorf("import: %w", err)
	}
	return n, nil
}

func (l *Library) importLine(ctx context.Context, tx querier, from *line) error {
	if err := touch(ctx, tx, from.Guild); err != nil {
		return err
	}
	switch {
	case from.Server != nil:
		return importServer(ctx, tx, from.Guild, from.Server)
	case from.Article != nil:
		return l.importArticle(ctx, tx, from.Guild, from.Article)
	case from.Vote != nil:
		v := from.Vote
		_, err := tx.ExecContext(ctx, `INSERT INTO votes (guild, article, kind, helpful, count) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (guild, article, kind, helpful) DO UPDATE SET count = excluded.count`,
			from.Guild, clean(v.Article), clean(v.Kind), number(v.Helpful), v.Count)
		return err
	case from.Question != nil:
		q := from.Question
		return insertQuestion(ctx, tx, from.Guild, clean(q.ID), UnansweredQuestion{Text: q.Text, Expected: q.Expected,
			Kind: kindNamed(q.Kind), Outcome: outcomeNamed(q.Outcome)}, q.At.UnixMilli())
	}
	return errors.New(`expected one of "server", "article", "vote" and "question", as an export writes them`)
}

func importServer(ctx context.Context, tx querier, guild string, s *serverLine) error {
	settings, err := json.Marshal(s.Settings)
	if err != nil {
		return err
	}
	var left any
	if !s.Left.IsZero() {
		left = s.Left.UnixMilli()
	}
	_, err = tx.ExecContext(ctx, "UPDATE guilds SET settings = $2, left_at = $3 WHERE guild = $1", guild, string(settings), left)
	return err
}

// past reports whether an import may say that something was at t.
func past(t, now time.Time) bool { return t.Unix() > 0 && !t.After(now) }

func (l *Library) importArticle(ctx context.Context, tx querier, guild string, from *articleLine) error {
	if strings.TrimSpace(from.Title) == "" {
		return errors.New("the article has no title")
	}
	a, err := knowledge.NewArticle(from.Meta, from.Text, restored(from.Headings)...)
	if err != nil {
		return err
	}
	r, err := recordOf(guild, a)
	if err != nil {
		return err
	}
	if now := time.UnixMilli(l.now()); 0 < from.Revision && from.Revision < math.MaxInt32 && past(from.Added, now) && past(from.Changed, now) {
		r.Revision, r.Added, r.Changed = from.Revision, from.Added, from.Changed
	}
	_, err = l.put(ctx, tx, r, false)
	return err
}
