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

// A Feature is one thing that the ranking looks at in a sentence: a word of the question, by what it meets
// there, or what the sentence is like as a whole. The best sentence is compared to the second, any other to the best.
type Feature struct {
	Name string // as knowledge/rank names it; « remplacer » for a word, whose value is how near it
	// comes, from 0 to 1; its share is also due to where it stands and to what the sentences around say
	Value float64 // in this sentence
	Other float64 // in the one that it is compared to
	Share float64 // what it adds to this sentence's score less the other's; the shares add up to that
}

// maxReasons is how many sentences are explained. It is ours: as many as a person compares.
const maxReasons = 5

// Explain answers a question as [Index.Ask] does, and tells why. It takes longer than Ask.
func (x *Index) Explain(ctx context.Context, q Question) (Explanation, error) {
	var reasons []Reason
	answer, err := x.ask(ctx, q, func(e *rank.Expansion, r rank.Ranking) { reasons = x.reasons(e, r) })
	if err != nil {
		return Explanation{}, err
	}
	return Explanation{Answer: answer, Limit: q.Caution.Limit(), Reasons: reasons}, nil
}

func (x *Index) reasons(e *rank.Expansion, r rank.Ranking) []Reason {
	reasons := make([]Reason, min(len(r.Candidates), maxReasons))
	for i := range reasons {
		c, other := &r.Candidates[i], &r.Candidates[0]
		if i == 0 {
			other = &r.Candidates[min(1, len(r.Candidates)-1)]
		}
		l := x.sentences[c.Sentence]
		reasons[i] = Reason{
			Article: l.article, Span: l.span(), Paragraph: l.paragraph + 1, Sentence: l.sentence + 1,
			Score: float64(c.Score), Features: features(c, other, e.Words(), r.Asked),
		}
	}
	return reasons
}

// features compares two candidates for a question of these words.
func features(c, other *rank.Candidate, words []string, asked []rank.Asked) []Feature {
	shares := c.Shares(other, asked)
	var list []Feature
	for i, share := range shares.Features {
		list = append(list, Feature{rank.Names[i], float64(c.Features[i]), float64(other.Features[i]), share})
	}
	for i, share := range shares.Words {
		list = append(list, Feature{"« " + words[i] + " »", float64(c.Matches[i].Near()), float64(other.Matches[i].Near()), share})
	}
	slices.SortStableFunc(list, func(a, b Feature) int { return cmp.Compare(math.Abs(b.Share), math.Abs(a.Share)) })
	return list
}
