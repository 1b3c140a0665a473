package knowledge

import (
	"cmp"
	"context"
	"math"
	"slices"

	"verbatim/knowledge/rank"
)

// An Explanation is an answer with what led to it.
type Explanation struct {
	Answer
	Limit   float64  // the least confidence that the question's answer is given with
	Reasons []Reason // of the best sentences, best first
}

// A Reason tells why a sentence stands where it does among those that may answer.
type Reason struct {
	Article   *Article
	Span              // of the sentence, into Article.Text
	Paragraph int     // its number, from 1
	Sentence  int     // its number in the paragraph, from 1
	Score     float64 // orders the sentences of one question; no unit

	// Features are what the ranking saw, heaviest share first.
	Features []Feature
}

// A Feature is one thing that the ranking looks at in a sentence. The best sentence is compared to the
// second, any other to the best.
type Feature struct {
	Name  string  // as knowledge/rank names it
	Value float64 // in this sentence
	Other float64 // in the one that it is compared to
	Share float64 // what it adds to this sentence's score less the other's; the shares add up to that
}

// maxReasons is how many sentences are explained. It is ours: as many as a person compares.
const maxReasons = 5

// Explain answers a question as [Index.Ask] does, and tells why. It takes longer than Ask.
func (x *Index) Explain(ctx context.Context, q Question) (Explanation, error) {
	var reasons []Reason
	answer, err := x.ask(ctx, q, func(candidates []rank.Candidate) { reasons = x.reasons(candidates) })
	if err != nil {
		return Explanation{}, err
	}
	return Explanation{Answer: answer, Limit: limits[q.Caution], Reasons: reasons}, nil
}

func (x *Index) reasons(candidates []rank.Candidate) []Reason {
	reasons := make([]Reason, min(len(candidates), maxReasons))
	for i := range reasons {
		c, other := candidates[i], candidates[0]
		if i == 0 {
			other = candidates[min(1, len(candidates)-1)]
		}
		l := x.sentences[c.Sentence]
		reasons[i] = Reason{
			Article: l.article, Span: l.span(), Paragraph: l.paragraph + 1, Sentence: l.sentence + 1,
			Score: float64(c.Score), Features: features(c, other),
		}
	}
	return reasons
}

// features compares the features of two candidates.
func features(c, other rank.Candidate) []Feature {
	list := make([]Feature, len(c.Features))
	for i, share := range c.Shares(other) {
		list[i] = Feature{rank.Names[i], float64(c.Features[i]), float64(other.Features[i]), share}
	}
	slices.SortStableFunc(list, func(a, b Feature) int { return cmp.Compare(math.Abs(b.Share), math.Abs(a.Share)) })
	return list
}
