package bot

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
)

// A suggestion is a question that the bot answers: it was asked before it is offered.
type suggestion struct {
	text  string
	words []string // its words as [french.Fold] writes them
}

// Bounds on suggestions. They are ours.
const (
	maxSuggestions = 24                     // of one article
	maxDrafts      = 72                     // questions tried for one article
	trying         = 200 * time.Millisecond // how long the questions of one article are tried
	maxShelves     = 8                      // articles whose suggestions are looked through at once
)

// lazily returns a function that makes the suggestions of v when it is first called, and keeps them.
func (c *corpus) lazily(v *volume) func() []suggestion {
	return sync.OnceValue(func() []suggestion {
		drafts := drafts(v.Article)
		ctx, cancel := context.WithTimeout(context.Background(), trying)
		defer cancel()
		var kept []suggestion
		for _, d := range drafts {
			if len(kept) == maxSuggestions || ctx.Err() != nil {
				break
			}
			if c.answers(ctx, v, d) {
				kept = append(kept, suggestion{d.text, words(d.text)})
			}
		}
		return kept
	})
}

// answers reports whether a draft is answered as it was meant to be, however prudent a server is, asked of
// all the articles and of its own alone.
func (c *corpus) answers(ctx context.Context, v *volume, d draft) bool {
	for _, article := range []string{"", v.ID} {
		a, err := c.index.Ask(ctx, knowledge.Question{Text: d.text, Article: article, Caution: knowledge.Prudent})
		if err != nil || !a.Found() || len(a.Quotes) == 0 {
			return false
		}
		if q := a.Quotes[0]; q.Article.ID != v.ID || !strings.Contains(q.Text(), d.key) {
			return false
		}
		if len(c.volumes) == 1 {
			break
		}
	}
	return true
}

// suggest returns at most n questions that the bot answers, of only or of all the articles: those that
// share words with what was typed, the most first, or any when none does. What was typed is not among
// them.
func (c *corpus) suggest(ctx context.Context, only *volume, typed string, n int) []string {
	type ranked struct {
		text  string
		score int
	}
	typedWords := words(typed)
	var all []ranked
	best := 0
	for _, v := range c.near(ctx, only, typed) {
		for _, s := range v.suggestions() {
			if slices.Equal(s.words, typedWords) {
				continue
			}
			score := shared(typedWords, s.words)
			best = max(best, score)
			all = append(all, ranked{s.text, score})
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return b.score - a.score })
	var texts []string
	for _, s := range all {
		if len(texts) < n && (s.score > 0 || best == 0) {
			texts = append(texts, s.text)
		}
	}
	return texts
}

// near returns the volumes whose suggestions are worth a look: only, or the few that what was typed
// is found in, or the first few.
func (c *corpus) near(ctx context.Context, only *volume, typed string) []*volume {
	if only != nil {
		return []*volume{only}
	}
	if len(c.volumes) <= maxShelves {
		return c.volumes
	}
	var found []*volume
	a, err := c.index.Ask(ctx, knowledge.Question{Text: typed, Top: maxShelves})
	if err == nil {
		for _, q := range a.Quotes {
			if v := c.volume(q.Article); v != nil && !slices.Contains(found, v) {
				found = append(found, v)
			}
		}
	}
	if len(found) == 0 {
		return c.volumes[:maxShelves]
	}
	return found
}

// shared counts the typed words that begin a word of a suggestion.
func shared(typed, suggested []string) (n int) {
	for _, t := range typed {
		if slices.ContainsFunc(suggested, func(w string) bool { return strings.HasPrefix(w, t) }) {
			n++
		}
	}
	return n
}

// words returns the words of text, folded.
func words(text string) []string {
	return strings.FieldsFunc(french.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// examples returns up to n buttons that ask questions that the bot answers, close to what was typed.
func (r *request) examples(ctx context.Context, only *volume, typed string, n int) (row []discordgo.MessageComponent) {
	for i, text := range r.corpus.suggest(ctx, only, typed, n) {
		row = append(row, button(text, discordgo.PrimaryButton, r.corpus.about(actAsk, only, i)))
	}
	return row
}
