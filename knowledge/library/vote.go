package library

import (
	"context"
	"fmt"

	"verbatim/knowledge/french"
)

// A Vote is what a member thinks of an answer. It does not say who, nor what they asked.
type Vote struct {
	Guild   string      // the server's ID, "" in direct messages
	Article string      // the ID of the article that was quoted
	Kind    french.Kind // what kind of question it answered
	Helpful bool        // 👍, else 👎
}

// A VoteCount is how often a vote was given.
type VoteCount struct {
	Vote
	Count int
}

// Count counts a vote.
func (l *Library) Count(ctx context.Context, v Vote) error {
	err := l.write(ctx, Voting, func(tx querier) error {
		if err := touch(ctx, tx, v.Guild); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO votes (guild, article, kind, helpful, count) VALUES ($1, $2, $3, $4, 1)
			ON CONFLICT (guild, article, kind, helpful) DO UPDATE SET count = votes.count + 1`,
			v.Guild, clean(v.Article), v.Kind.String(), number(v.Helpful))
		return err
	})
	if err != nil {
		return fmt.Errorf("count a vote: %w", err)
	}
	return nil
}

// Votes returns what was counted for a server, by article and kind of question.
func (l *Library) Votes(ctx context.Context, guild string) ([]VoteCount, error) {
	var all []VoteCount
	err := rows(ctx, l.reader, func(scan func(...any) error) error {
		c := VoteCount{Vote: Vote{Guild: guild}}
		var kind string
		var helpful int
		err := scan(&c.Article, &kind, &helpful, &c.Count)
		c.Kind, c.Helpful = kindNamed(kind), helpful != 0
		all = append(all, c)
		return err
	}, "SELECT article, kind, helpful, count FROM votes WHERE guild = $1 ORDER BY article, kind, helpful DESC", guild)
	return all, l.ended(Listing, err)
}

// number is a truth as it is kept: the engines' own types differ.
func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
