package knowledge

import (
	"context"

	"verbatim/knowledge/french"
	"verbatim/knowledge/rank"
)

// defaultTop is how many quotes an answer holds when the question does not say.
const defaultTop = 3

// Ask answers a question with quotes, best first, or says what kept it from answering. It fails only
// when ctx ends or the index was closed; finding nothing is an outcome, not an error.
func (x *Index) Ask(ctx context.Context, q Question) (Answer, error) {
	return x.ask(ctx, q, func(*rank.Expansion, rank.Ranking) {})
}

// ask is [Index.Ask]. It shows the ranking to see, when there are candidates.
func (x *Index) ask(ctx context.Context, q Question, see func(*rank.Expansion, rank.Ranking)) (Answer, error) {
	answer := Answer{Question: q.Text}
	parsed := french.Parse(q.Text)
	if len(parsed.Terms) == 0 {
		return answer, ctx.Err()
	}
	answer.Kind = parsed.Kind
	answer.Outcome = Foreign
	expansion := x.corpus.Expand(parsed)
	defer expansion.Release()
	passages, err := x.read(ctx, expansion, q.Article)
	if err != nil {
		return Answer{}, err
	}
	ranking := expansion.Rank(passages)
	if len(ranking.Candidates) == 0 {
		return answer, nil
	}
	see(expansion, ranking)
	top := q.Top
	if top <= 0 {
		top = defaultTop
	}
	answer.Confidence = ranking.Confidence
	answer.Outcome = outcome(ranking.Confidence, ranking.About(), q.Caution)
	if ranking.About() > 0 || ranking.Confidence >= unlikely {
		answer.Quotes = x.quotes(expansion, ranking.Candidates, top)
	}
	return answer, nil
}

// unlikely is a confidence below which a passage is not near a question that it shares nothing with. It is ours: far
// under the least [Caution].
const unlikely = 0.1

// A question of which the articles speak is told that no sentence surely answers, any other that it is about something else.
// They speak of it from either of these: a confidence, or a share of the question that stands around what comes nearest. Chosen on the
// questions for choosing: see docs/retrieval.md.
const (
	nearLimit  = 0.3
	aboutLimit = 0.5
)

func outcome(confidence, about float64, c Caution) Outcome {
	switch {
	case confidence >= c.Limit():
		return Answered
	case confidence >= nearLimit, about >= aboutLimit:
		return Unanswered
	}
	return Foreign
}
