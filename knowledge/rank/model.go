package rank

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sync"

	"verbatim/knowledge/french"
)

// modelData is made by fit/fit.py, which says from what and how well it does.
//
//go:embed model.json
var modelData []byte

// A model is what was fitted: small networks that order the sentences of one question, and two that judge the
// first, with how to read them.
type model struct {
	Features []string `json:"features"` // the names of what is looked at in a sentence, which must be [Names]

	// Rank are networks that differ by the numbers that their fitting began with. A sentence's score is the mean of
	// theirs, see reread: what one of them has learnt by chance counts less.
	Rank []network `json:"rank"`

	// Of the first sentence, on the features of [sureness] and its own words: the log-odds that it is right, and that the articles
	// answer the question at all. Sure turns the log-odds of both into a probability: its points are pairs of the
	// two, rising, and it is read off between them.
	Right      network      `json:"right"`
	Answerable network      `json:"answerable"`
	Sure       [][2]float64 `json:"sure"`
}

// fitted returns the model of model.json.
var fitted = sync.OnceValue(func() *model {
	m, err := readModel(modelData)
	if err != nil {
		panic(fmt.Sprintf("model.json: %v", err)) // a bug of ours, seen by any test
	}
	return m
})

// Warm reads the model, the thesaurus, the associations and the lists of words, which the first question would wait some
// 6 ms for otherwise.
func Warm() {
	french.Warm()
	fitted()
	meaning()
	associations()
}

func readModel(data []byte) (*model, error) {
	m := new(model)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, err
	}
	if !slices.Equal(m.Features, Names[:]) {
		return nil, fmt.Errorf("it was fitted on other features than this program's; fit it again: see knowledge/rank/fit")
	}
	for i := range m.Rank {
		if err := m.Rank[i].check(int(featureCount)); err != nil {
			return nil, fmt.Errorf("rank, network %d: %w", i, err)
		}
	}
	if len(m.Rank) == 0 {
		return nil, fmt.Errorf("rank: it has no network")
	}
	if err := m.Right.check(sureCount); err != nil {
		return nil, fmt.Errorf("right: %w", err)
	}
	if err := m.Answerable.check(sureCount); err != nil {
		return nil, fmt.Errorf("answerable: %w", err)
	}
	if err := m.checkSure(); err != nil {
		return nil, err
	}
	return m, nil
}

// checkSure makes sure that a probability can be read off, and is one.
func (m *model) checkSure() error {
	for i, point := range m.Sure {
		if point[1] <= 0 || point[1] >= 1 || i > 0 && point[0] <= m.Sure[i-1][0] {
			return fmt.Errorf("sure, point %d: got %v, want rising log-odds and a probability between 0 and 1", i, point)
		}
	}
	if len(m.Sure) == 0 {
		return fmt.Errorf("sure: it has no point")
	}
	return nil
}

// reread is how many candidates all networks score: those that the first puts first. The others are so far down that
// more would take time and change no answer (docs/retrieval.md).
const reread = 8

// score gives candidates for one question their scores, and puts them in order, best first.
func (m *model) score(candidates []Candidate, asked []Asked) {
	m.Rank[0].score(candidates, asked, 1)
	bestFirst(candidates)
	likely := candidates[:min(len(candidates), reread)]
	before := total(likely)
	for n := 1; n < len(m.Rank); n++ {
		m.Rank[n].score(likely, asked, n+1)
	}
	// A network's scores mean something beside each other alone: the rest moves as the likely do on average.
	moved := (total(likely) - before) / float32(len(likely))
	for i := len(likely); i < len(candidates); i++ {
		candidates[i].Score += moved
	}
	bestFirst(candidates)
}

// score has network number n, from 1, have its part in the mean that the scores of candidates are.
func (n *network) score(candidates []Candidate, asked []Asked, number int) {
	s := n.scorer(asked)
	for i := range candidates {
		c := &candidates[i]
		c.Score += (s.score(c.Features[:], c.Matches, nil) - c.Score) / float32(number)
	}
}

func total(candidates []Candidate) (scores float32) {
	for i := range candidates {
		scores += candidates[i].Score
	}
	return scores
}

func bestFirst(candidates []Candidate) {
	slices.SortStableFunc(candidates, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
}

// sureCount is how many features the sureness of an answer is judged by: those of the first sentence, and how its
// score stands to the others'.
const sureCount = int(featureCount) + 6

// sureness fills in the features that an answer is judged by. The candidates are best first.
func sureness(candidates []Candidate) (f [sureCount]float32) {
	copy(f[:], candidates[0].Features[:])
	rest := f[featureCount:]
	rest[0], rest[1], rest[2] = candidates[0].Score, noSecond, noSecond
	for i := 1; i < min(3, len(candidates)); i++ {
		rest[i] = candidates[0].Score - candidates[i].Score
	}
	rest[3] = float32(min(len(candidates), Considered))
	rest[4], rest[5] = decided(candidates)
	return f
}

// decided tells how much of the whole the first candidate has, when each counts by its score, and how far the whole
// is from being decided: its entropy.
func decided(candidates []Candidate) (share, entropy float32) {
	sum, weighed := 0.0, 0.0
	for i := range candidates {
		behind := float64(candidates[i].Score - candidates[0].Score)
		sum += math.Exp(behind)
		weighed += behind * math.Exp(behind)
	}
	return float32(1 / sum), float32(math.Log(sum) - weighed/sum)
}

// noSecond is how far ahead the first of one candidate is: further than any of several.
const noSecond = 10

// confidence is the probability that the first candidate is right, from 0 to 1.
func (m *model) confidence(candidates []Candidate, asked []Asked) float64 {
	f := sureness(candidates)
	judge := func(n *network) float64 {
		s := n.scorer(asked)
		return 1 / (1 + math.Exp(-float64(s.score(f[:], candidates[0].Matches, candidates[0].Told))))
	}
	both := judge(&m.Right) * math.Pow(judge(&m.Answerable), answerableCounts)
	p := m.probability(math.Log(both / (1 - both)))
	if k := french.Kind(f[kind]); k == french.Age || k == french.Duration {
		odds := math.Log(p / (1 - p))
		if f[hard] == 0 {
			odds -= noFigure
		} else {
			odds += figure
		}
		return 1 / (1 + math.Exp(-odds))
	}
	return p
}

// answerableCounts is how often the judge of whether the articles answer counts beside the other (ANSWERABLE in fit/fit.py). A
// wrong answer to what they do not say is worse than one more silence: see docs/retrieval.md.
const answerableCounts = 3

// probability reads a probability off log-odds, within the bounds of what was seen.
func (m *model) probability(odds float64) float64 {
	n := slices.IndexFunc(m.Sure, func(point [2]float64) bool { return point[0] >= odds })
	switch n {
	case -1:
		return m.Sure[len(m.Sure)-1][1]
	case 0:
		return m.Sure[0][1]
	}
	a, b := m.Sure[n-1], m.Sure[n]
	return a[1] + (b[1]-a[1])*(odds-a[0])/(b[0]-a[0])
}

// figure and noFigure are how much a question for an age or a duration that meets one, or none, raises or
// lowers the log-odds. Fitting sees too few of them (55 of 4,844 questions) to learn it: with a figure 97 % of the first
// sentences are right, without 37 %; where as many questions have no answer, 73 % and 12 %. It is more than
// those say: an age can hardly be told without a figure, and the networks believe of so rare a kind what the few were.
const (
	figure   = 1
	noFigure = 4
)
