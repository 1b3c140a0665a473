package eval

import (
	"cmp"
	"slices"
	"time"

	"verbatim/knowledge"
)

// A Report is what a run measured. A rate is from 0 to 1; a figure that nothing was measured for is 0.
type Report struct {
	Answerable Quality    `json:"answerable"`
	Foreign    Abstention `json:"foreign"`      // questions of other articles
	Removed    Abstention `json:"removed"`      // without the paragraphs that answer
	None       Abstention `json:"unanswerable"` // questions that the set itself gives no answer to
	ECE        float64    `json:"calibration_error"`
	Median     float64    `json:"median_us"` // time of a question, in microseconds
	P99        float64    `json:"p99_us"`
	Baselines  []Baseline `json:"baselines,omitempty"`
	Bins       []Bin      `json:"bins"` // of confidence, ten of the same width
}

// Quality is how well the questions that the article answers are answered.
type Quality struct {
	Questions  int     `json:"questions"`
	Recall1    float64 `json:"recall_at_1"` // the first quote is right
	Recall3    float64 `json:"recall_at_3"` // one of the first three is
	Recall5    float64 `json:"recall_at_5"`
	MRR        float64 `json:"mrr"`
	Found      float64 `json:"found"` // share that an answer was given to
	Right      float64 `json:"right_of_found"`
	OffSubject float64 `json:"off_subject"` // share that are told to be about something else than the article
	Sentences  float64 `json:"sentences_per_quote"`
	Characters float64 `json:"characters_per_quote"`
	Verbatim   float64 `json:"verbatim"`
}

// Abstention is how well questions without an answer are told from those with one.
type Abstention struct {
	Questions int     `json:"questions"`
	AUROC     float64 `json:"auroc"`       // chance that a question with an answer has the higher confidence
	At90      float64 `json:"false_at_90"` // share answered when nine in ten of the answerable are
	Found     float64 `json:"found"`       // share answered as the program is set

	OffSubject float64 `json:"off_subject"` // share that are told to be about something else than the article
}

// A Bin counts the questions whose confidence is in one tenth of the scale.
type Bin struct {
	Questions int     `json:"questions"`
	Said      float64 `json:"said"` // mean confidence
	Right     float64 `json:"right"`
}

// result is what one set, or all of them, gave.
type result struct {
	own, none, foreign, removed []asked
	baselines                   []baseline
}

func (r *result) add(o result) {
	r.own, r.none = append(r.own, o.own...), append(r.none, o.none...)
	r.foreign, r.removed = append(r.foreign, o.foreign...), append(r.removed, o.removed...)
	for i, b := range o.baselines {
		if i == len(r.baselines) {
			r.baselines = append(r.baselines, baseline{name: b.name})
		}
		r.baselines[i].ranks = append(r.baselines[i].ranks, b.ranks...)
		r.baselines[i].took = append(r.baselines[i].took, b.took...)
	}
}

func (r *result) report() Report {
	var took []time.Duration
	for _, a := range r.own {
		took = append(took, a.took)
	}
	report := Report{
		Answerable: quality(r.own),
		Foreign:    abstention(r.own, r.foreign),
		Removed:    abstention(r.own, r.removed),
		None:       abstention(r.own, r.none),
		Bins:       bins(r.own),
		Median:     quantile(took, 0.5),
		P99:        quantile(took, 0.99),
	}
	for _, b := range report.Bins {
		if len(r.own) > 0 {
			report.ECE += float64(b.Questions) / float64(len(r.own)) * max(b.Said-b.Right, b.Right-b.Said)
		}
	}
	for _, b := range r.baselines {
		report.Baselines = append(report.Baselines, b.figures())
	}
	return report
}

func quality(own []asked) Quality {
	q := Quality{Questions: len(own)}
	n := float64(max(1, len(own)))
	found, right, verbatim := 0.0, 0.0, 0.0
	for _, a := range own {
		q.Recall1 += within(a.rank, 1) / n
		q.Recall3 += within(a.rank, 3) / n
		q.Recall5 += within(a.rank, 5) / n
		if a.rank > 0 {
			q.MRR += 1 / float64(a.rank) / n
		}
		switch a.outcome {
		case knowledge.Answered:
			found++
			right += within(a.rank, 1)
		case knowledge.Foreign:
			q.OffSubject += 1 / n
		}
		q.Sentences += float64(a.sentences) / n
		q.Characters += float64(a.characters) / n
		if a.verbatim {
			verbatim++
		}
	}
	q.Found, q.Right, q.Verbatim = found/n, right/max(1, found), verbatim/n
	return q
}

func within(rank, k int) float64 {
	if rank > 0 && rank <= k {
		return 1
	}
	return 0
}

// abstention compares the confidence in questions with an answer to that in questions without.
func abstention(own, without []asked) Abstention {
	a := Abstention{Questions: len(without)}
	if len(own) == 0 || len(without) == 0 {
		return a
	}
	answered := confidences(own)
	limit := answered[len(answered)/10]
	pairs := 0.0
	for _, w := range without {
		below, equal := slices.BinarySearch(answered, w.confidence)
		above := len(answered) - below
		if equal { // ties count half
			end, _ := slices.BinarySearchFunc(answered, w.confidence, func(a, b float64) int {
				if a <= b {
					return -1
				}
				return 1
			})
			pairs += float64(end-below) / 2
			above = len(answered) - end
		}
		pairs += float64(above)
		if w.confidence >= limit && w.confidence > 0 {
			a.At90 += 1 / float64(len(without))
		}
		switch w.outcome {
		case knowledge.Answered:
			a.Found += 1 / float64(len(without))
		case knowledge.Foreign:
			a.OffSubject += 1 / float64(len(without))
		}
	}
	a.AUROC = pairs / float64(len(own)) / float64(len(without))
	return a
}

func confidences(questions []asked) []float64 {
	out := make([]float64, len(questions))
	for i, a := range questions {
		out[i] = a.confidence
	}
	slices.Sort(out)
	return out
}

// binCount is how many bins the calibration error is measured over.
const binCount = 10

func bins(own []asked) []Bin {
	out := make([]Bin, binCount)
	for _, a := range own {
		b := &out[min(binCount-1, int(a.confidence*binCount))]
		b.Questions++
		b.Said += a.confidence
		b.Right += within(a.rank, 1)
	}
	for i := range out {
		if n := float64(out[i].Questions); n > 0 {
			out[i].Said /= n
			out[i].Right /= n
		}
	}
	return out
}

// quantile is in microseconds.
func quantile(took []time.Duration, q float64) float64 {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.SortedFunc(slices.Values(took), cmp.Compare[time.Duration])
	return float64(sorted[min(len(sorted)-1, int(q*float64(len(sorted))))].Nanoseconds()) / 1e3
}
