package bot

import (
	"context"
	"fmt"
	"sync"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/french"
)

// A Vote is what a member thinks of an answer. It does not say who, nor what they asked.
type Vote struct {
	Guild   string      // the server's ID, "" in direct messages
	Article string      // the ID of the article that was quoted
	Kind    french.Kind // what kind of question it answered
	Helpful bool        // 👍, else 👎
}

// A Feedback counts votes. It must be safe for concurrent use. [*Tally] is one.
type Feedback interface {
	Count(ctx context.Context, v Vote) error
}

// A Tally counts votes in memory. Its zero value is empty and ready to use.
type Tally struct {
	mu     sync.Mutex
	counts map[Vote]int
}

// Count counts a vote. It never fails.
func (t *Tally) Count(_ context.Context, v Vote) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[Vote]int{}
	}
	t.counts[v]++
	return nil
}

// Of returns how many times a vote was counted.
func (t *Tally) Of(v Vote) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.counts[v]
}

// vote counts a 👍 or a 👎.
func (b *Bot) vote(ctx context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error) {
	text, err := r.question()
	if v == nil || err != nil {
		return nil, errState
	}
	vote := Vote{Guild: r.GuildID, Article: v.ID, Kind: french.Parse(text).Kind, Helpful: s.act == actHelpful}
	if err := b.feedback.Count(ctx, vote); err != nil {
		return nil, fmt.Errorf("count a vote: %w", err)
	}
	b.log.InfoContext(ctx, "an answer was judged", "article", vote.Article, "kind", vote.Kind.String(), "helpful", vote.Helpful)
	if vote.Helpful {
		return whisper(r.words.thanksHelpful), nil
	}
	return whisper(r.words.thanksUnhelpful), nil
}
