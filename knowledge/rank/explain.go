package rank

import "math"

// Shares tells what the difference between the scores of two candidates for one question is due to.
type Shares struct {
	Features [featureCount]float64 // by feature of the sentence
	Words    []float64             // by word of the question: what it meets in one and in the other
}

// Shares returns the shares of c.Score − other.Score, which they add up to. What is the same in both has none.
//
// They are integrated gradients: what a step from other to c changes, at each point of the straight way
// between them, times how much the score feels it there. Source: Sundararajan and others, Axiomatic
// Attribution for Deep Networks, 2017, https://arxiv.org/abs/1703.01365.
func (c *Candidate) Shares(other *Candidate, asked []Asked) Shares {
	shares := Shares{Words: make([]float64, len(asked))}
	networks := fitted().Rank
	for n := range networks {
		s := networks[n].scorer(asked)
		for step := range steps {
			s.gradient(other, c, (float32(step)+0.5)/steps, 1/float64(steps*len(networks)), &shares)
		}
	}
	shares.settle(float64(c.Score - other.Score))
	return shares
}

// steps is how many points of the way are looked at: their sum then is within some hundredths of the whole.
const steps = 100

// gradient adds the shares of one step, at a point between two candidates, each times what the step counts.
func (s *scorer) gradient(from, to *Candidate, at float32, counts float64, shares *Shares) {
	var a, b, mixed [maxInputs]float32
	n, before := s.inputs(), s.before()
	s.scaled(from.Features[:], a[:n])
	s.scaled(to.Features[:], b[:n])
	for i := range before {
		mixed[i] = a[i] + at*(b[i]-a[i])
	}
	matches := make([]Match, len(to.Matches))
	for w := range matches {
		for i := range matches[w] {
			matches[w][i] = from.Matches[w][i] + at*(to.Matches[w][i]-from.Matches[w][i])
		}
	}
	s.words(matches, mixed[before:n])
	felt := s.feltLast(mixed[:n])
	for i := range s.plain() {
		shares.Features[1+i] += float64(felt[i]*(b[i]-a[i])) * counts
	}
	for w := range matches {
		for i, g := range s.feltWord(w, &matches[w], felt[before:n]) {
			shares.Words[w] += float64(part(len(matches))*g*(to.Matches[w][i]-from.Matches[w][i])) * counts
		}
	}
}

// feltLast is how much the score feels each input of the last layers.
func (s *scorer) feltLast(in []float32) (felt [maxInputs]float32) {
	var units [maxUnits]float32
	h := units[:len(s.Bias)]
	copy(h, s.Bias)
	spread(h, in, s.Hidden)
	copy(felt[:], s.Direct)
	for i := range in {
		for u := range h {
			if h[u] > 0 {
				felt[i] += s.Hidden[i][u] * s.Last[u]
			}
		}
	}
	return felt
}

// feltWord is how much the score feels each feature of a match, by how much it feels what comes of it.
func (s *scorer) feltWord(w int, m *Match, sums []float32) (felt Match) {
	var first, second [maxUnits]float32
	h, o := first[:len(s.MatchBias)], second[:len(s.WordBias)]
	copy(h, s.asked[w][:])
	spread(h, m[:], s.Match)
	live := first
	rectify(h)
	copy(o, s.WordBias)
	spread(o, h, s.Word)
	for u := range h {
		if live[u] <= 0 {
			continue
		}
		feels := float32(0)
		for v := range o {
			if o[v] > 0 {
				feels += s.Word[u][v] * sums[v]
			}
		}
		for i := range felt {
			felt[i] += s.Match[i][u] * feels
		}
	}
	return felt
}

// settle spreads what the steps left over or missed, each share by its size.
func (s *Shares) settle(whole float64) {
	sum, size := 0.0, 0.0
	all := func(each func(*float64)) {
		for i := range s.Features {
			each(&s.Features[i])
		}
		for i := range s.Words {
			each(&s.Words[i])
		}
	}
	all(func(v *float64) { sum += *v; size += math.Abs(*v) })
	if size > 0 {
		rest := whole - sum
		all(func(v *float64) { *v += rest * math.Abs(*v) / size })
	}
}
