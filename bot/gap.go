package bot

import (
	"slices"
	"strings"
	"time"

	"verbatim/knowledge/french"
	"verbatim/knowledge/library"
)

// A gap is something that members asked for and the articles do not say: questions that are alike.
type gap struct {
	text     string    // the question as it was asked most often, the latest of those
	count    int       // how often it was asked, in all its forms
	variants []string  // the other forms, most often asked first
	expected []string  // what members said that they expected, each once
	last     time.Time // when it was last asked

	stems map[string]bool // of the first question
	forms map[string]int  // how often each form was asked
}

// alike is how much two questions must share to be of one gap: their common stems, of all that either has. It
// is ours: « quand ouvre la piscine » and « à quelle heure ouvre la piscine municipale » share two of four.
const alike = 0.5

// group returns questions as gaps, those most often asked first, the latest first among equals. Questions are
// compared with the first of each gap by the stems of what they ask for, so that it does not matter how they
// are put. questions are newest first, as the library gives them.
func group(questions []library.UnansweredQuestion) []gap {
	var gaps []*gap
	byStem := map[string][]*gap{}
	for _, q := range questions {
		stems := stemsOf(q.Text)
		g := nearest(stems, byStem)
		if g == nil {
			g = &gap{stems: stems, forms: map[string]int{}}
			gaps = append(gaps, g)
			for s := range stems {
				byStem[s] = append(byStem[s], g)
			}
		}
		g.add(q)
	}
	all := make([]gap, len(gaps))
	for i, g := range gaps {
		g.settle()
		all[i] = *g
	}
	slices.SortStableFunc(all, func(a, b gap) int {
		if a.count != b.count {
			return b.count - a.count
		}
		return b.last.Compare(a.last)
	})
	return all
}

// nearest returns the gap that shares most with a question, nil when none shares enough.
func nearest(stems map[string]bool, byStem map[string][]*gap) (best *gap) {
	common := map[*gap]int{}
	for s := range stems {
		for _, g := range byStem[s] {
			common[g]++
		}
	}
	score := alike
	for g, n := range common {
		jaccard := float64(n) / float64(len(stems)+len(g.stems)-n)
		if jaccard > score || jaccard == score && (best == nil || g.last.After(best.last)) {
			best, score = g, jaccard
		}
	}
	return best
}

// stemsOf returns what a question asks for: the stems of its terms, or its words when it has none.
func stemsOf(question string) map[string]bool {
	stems := map[string]bool{}
	for _, t := range french.Parse(question).Terms {
		stems[t.Stem] = true
	}
	if len(stems) == 0 {
		for _, w := range words(question) {
			stems[w] = true
		}
	}
	if len(stems) == 0 {
		stems[question] = true // of signs alone: it is like itself
	}
	return stems
}

// add counts a question.
func (g *gap) add(q library.UnansweredQuestion) {
	g.count++
	g.forms[oneLine(q.Text)]++
	if expected := oneLine(q.Expected); expected != "" && !slices.Contains(g.expected, expected) {
		g.expected = append(g.expected, expected)
	}
	if q.At.After(g.last) {
		g.last = q.At
	}
}

// settle chooses the form that stands for the gap.
func (g *gap) settle() {
	forms := make([]string, 0, len(g.forms))
	for form := range g.forms {
		forms = append(forms, form)
	}
	slices.SortFunc(forms, func(a, b string) int {
		if n := g.forms[b] - g.forms[a]; n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	g.text, g.variants = forms[0], forms[1:]
}
