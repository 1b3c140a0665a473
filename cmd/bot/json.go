package main

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"

	"verbatim/knowledge"
)

// A jsonAnswer is a line of `bot ask --json`. Scripts rely on its names and their meaning.
type jsonAnswer struct {
	Question   string      `json:"question"`
	Found      bool        `json:"found"`
	Confidence float64     `json:"confidence"` // from 0 to 1, that the first quote answers
	Quotes     []jsonQuote `json:"quotes"`     // best first; the nearest passages when nothing is found
}

// A jsonQuote is a quote. Its offsets are bytes into the article's text.
type jsonQuote struct {
	Text       string   `json:"text"`
	Article    string   `json:"article"`   // its ID
	Paragraph  int      `json:"paragraph"` // from 1
	Sentences  []int    `json:"sentences"` // from 1, in the paragraph
	Start      int      `json:"start"`
	End        int      `json:"end"`
	Score      float64  `json:"score"`
	Highlights [][2]int `json:"highlights"`
}

// printJSON prints an answer as one line of JSON, in one write. What HTML would escape stays as it is.
func printJSON(w io.Writer, a knowledge.Answer) error {
	out := jsonAnswer{
		Question:   a.Question,
		Found:      a.Found(),
		Confidence: a.Confidence,
		Quotes:     make([]jsonQuote, 0, len(a.Quotes)),
	}
	for _, q := range a.Quotes {
		out.Quotes = append(out.Quotes, newJSONQuote(q))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

func newJSONQuote(q knowledge.Quote) jsonQuote {
	out := jsonQuote{
		Text:       q.Text(),
		Article:    q.Article.ID,
		Paragraph:  q.Paragraph,
		Sentences:  append([]int{}, q.Sentences...),
		Start:      q.Start,
		End:        q.End,
		Score:      q.Score,
		Highlights: [][2]int{},
	}
	for _, s := range union(q.Matches, q.Answers) {
		out.Highlights = append(out.Highlights, [2]int{s.Start, s.End})
	}
	return out
}

// union merges lists of spans into one, in order and without overlap.
func union(lists ...[]knowledge.Span) []knowledge.Span {
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b knowledge.Span) int { return cmp.Compare(a.Start, b.Start) })
	var out []knowledge.Span
	for _, s := range all {
		if last := len(out) - 1; last >= 0 && s.Start <= out[last].End {
			out[last].End = max(out[last].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
