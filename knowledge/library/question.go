package library

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
)

// An UnansweredQuestion is what a server's articles do not say. It does not tell who asked.
type UnansweredQuestion struct {
	Text     string
	Expected string // what an answer would have been, "" when nobody said
	Kind     french.Kind
	Outcome  knowledge.Outcome
	At       time.Time // set by the library
}

// MaxQuestions is how many questions of a server are kept, the newest.
const MaxQuestions = 2000

// maxQuestionText is how much of a question is kept, in code points.
const maxQuestionText = 1000

// AddQuestion keeps a question that found no answer, where the server's settings say so; elsewhere it keeps
// nothing.
func (l *Library) AddQuestion(ctx context.Context, guild string, q UnansweredQuestion) error {
	if s, err := l.Settings(ctx, guild); err != nil || !s.KeepQuestions {
		return err
	}
	err := l.write(ctx, Noting, func(tx querier) error {
		if err := touch(ctx, tx, guild); err != nil {
			return err
		}
		// Turned off by another process meanwhile, or by nobody: the row says.
		if r, err := readRow(ctx, tx, guild); err != nil || !r.settings.KeepQuestions {
			return err
		}
		return insertQuestion(ctx, tx, guild, rand.Text(), q, l.now())
	})
	if err != nil {
		return fmt.Errorf("keep an unanswered question: %w", err)
	}
	return nil
}

func insertQuestion(ctx context.Context, tx querier, guild, id string, q UnansweredQuestion, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO questions (id, guild, text, expected, kind, outcome, asked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
		id, guild, clip(clean(q.Text)), clip(clean(q.Expected)), q.Kind.String(), outcomeName(q.Outcome), at)
	return err
}

// Questions returns the questions that a server keeps, newest first.
func (l *Library) Questions(ctx context.Context, guild string) ([]UnansweredQuestion, error) {
	var all []UnansweredQuestion
	err := rows(ctx, l.reader, func(scan func(...any) error) error {
		var q UnansweredQuestion
		var kind, outcome string
		var at int64
		err := scan(&q.Text, &q.Expected, &kind, &outcome, &at)
		q.Kind, q.Outcome, q.At = kindNamed(kind), outcomeNamed(outcome), time.UnixMilli(at)
		all = append(all, q)
		return err
	}, `SELECT text, expected, kind, outcome, asked_at FROM questions WHERE guild = $1
		ORDER BY asked_at DESC, id LIMIT $2`, guild, MaxQuestions)
	return all, l.ended(Listing, err)
}

// ForgetQuestions forgets the questions that a server keeps.
func (l *Library) ForgetQuestions(ctx context.Context, guild string) error {
	defer l.tidy(ctx)
	return l.write(ctx, Noting, func(tx querier) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM questions WHERE guild = $1", guild)
		return err
	})
}

// outcomeNames are how outcomes are kept: their numbers may change with the program.
var outcomeNames = []string{
	knowledge.NoTerms:    "no terms",
	knowledge.Foreign:    "foreign",
	knowledge.Unanswered: "unanswered",
	knowledge.Answered:   "answered",
}

func outcomeName(o knowledge.Outcome) string {
	if o < 0 || int(o) >= len(outcomeNames) {
		return ""
	}
	return outcomeNames[o]
}

func outcomeNamed(name string) knowledge.Outcome {
	return knowledge.Outcome(max(0, slices.Index(outcomeNames, name)))
}

// kindNamed is the inverse of [french.Kind.String]. A kind that this program does not know is
// [french.Keywords], which says nothing of an answer.
func kindNamed(name string) french.Kind {
	for k := range french.Kinds {
		if k.String() == name {
			return k
		}
	}
	return french.Keywords
}

// clip keeps the beginning of a text.
func clip(s string) string {
	n := 0
	for i := range s {
		if n++; n > maxQuestionText {
			return s[:i]
		}
	}
	return s
}

// KeepsQuestions returns how long an unanswered question is kept, where a server keeps them.
func (l *Library) KeepsQuestions() time.Duration { return l.o.KeepQuestions }
