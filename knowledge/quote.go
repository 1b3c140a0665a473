package knowledge

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/knowledge/rank"
)

// quotes makes the first top quotes of a ranking.
func (x *Index) quotes(e *rank.Expansion, candidates []rank.Candidate, top int) []Quote {
	var quotes []Quote
	for _, d := range x.drafts(candidates, top) {
		if q := x.quote(d.run, d.answer, e); q.verbatim() {
			q.Score = math.Log(d.likely)
			quotes = append(quotes, q)
		}
	}
	return quotes
}

// A draft is what would be quoted.
type draft struct {
	run    Span    // of sentences
	answer int     // which of them most likely answers
	likely float64 // how likely it is to hold the answer beside other drafts for the question
}

func (d *draft) holds(sentence int) bool { return d.run.Start <= sentence && sentence < d.run.End }

// drafts returns what to quote, at most top drafts that share no sentence. Each is the likeliest to hold the answer if
// those before it do not.
func (x *Index) drafts(candidates []rank.Candidate, top int) []draft {
	likely := make(map[int]float64, len(candidates)) // by sentence that is not in a draft
	for _, c := range candidates {
		likely[c.Sentence] = math.Exp(float64(c.Score))
	}
	var drafts []draft
	for len(drafts) < top {
		var best draft
		for _, c := range candidates {
			n := c.Sentence
			if likely[n] == 0 || likely[n]+likely[n-1] <= best.likely {
				continue // it is in a draft, or cannot be the best
			}
			if d := x.draft(n, likely, drafts); d.likely > best.likely {
				best = d
			}
		}
		if best.likely == 0 {
			break // all are quoted
		}
		drafts = append(drafts, best)
		for n := best.run.Start; n < best.run.End; n++ {
			delete(likely, n)
		}
	}
	return drafts
}

// draft returns what would be quoted for sentence n beside some drafts: itself, or with the one before it. Of two either may
// answer, and what is known of both adds up.
func (x *Index) draft(n int, likely map[int]float64, beside []draft) draft {
	d := draft{Span{Start: n, End: n + 1}, n, likely[n]}
	if !x.follows(n) {
		return d
	}
	both := worthReading * (likely[n-1] + likely[n])
	needed := x.corpus.Leans(n) || closesQuotation(x.sentences[n].text())
	if !needed && (both <= d.likely || !x.corpus.LooksBack(n)) {
		return d
	}
	d.likely = both
	if slices.ContainsFunc(beside, func(d draft) bool { return d.holds(n - 1) }) {
		return d
	}
	d.run.Start = n - 1
	if likely[n-1] >= likely[n] {
		d.answer = n - 1
	}
	return d
}

// worthReading is what two sentences count for beside one that is as likely to answer: they take longer to read.
// Chosen by folds of the questions for fitting and choosing: see docs/retrieval.md.
const worthReading = 0.85

// follows reports whether there is a sentence before sentence n in its paragraph.
func (x *Index) follows(n int) bool {
	l := x.sentences[n]
	return l.sentence > 0 && n > 0 && x.sentences[n-1] == location{l.article, l.paragraph, l.sentence - 1}
}

// closesQuotation reports whether text closes a quotation that it does not open.
func closesQuotation(text string) bool {
	closing := strings.IndexRune(text, '»')
	opening := strings.IndexRune(text, '«')
	return closing >= 0 && (opening < 0 || opening > closing)
}

// quote makes a quote of one or two sentences of one paragraph, of which one most likely answers.
func (x *Index) quote(run Span, answer int, e *rank.Expansion) Quote {
	first, last := x.sentences[run.Start], x.sentences[run.End-1]
	q := Quote{
		Article:   first.article,
		Span:      Span{Start: first.span().Start, End: last.span().End},
		Paragraph: first.paragraph + 1,
	}
	for n := run.Start; n < run.End; n++ {
		q.Sentences = append(q.Sentences, x.sentences[n].sentence+1)
		s := x.sentences[n].span()
		marks := e.Mark(n, x.sentences[n].text())
		q.Matches = append(q.Matches, moved(marks.Matches, s.Start)...)
		if n == answer {
			q.Answers = moved(marks.Answers, s.Start)
		}
	}
	return q
}

// moved returns spans of a sentence as spans of the text that it begins at offset of.
func moved(spans []Span, offset int) []Span {
	for i := range spans {
		spans[i].Start += offset
		spans[i].End += offset
	}
	return spans
}

// verbatim checks a quote against its source before it leaves the package: it is the text of the sentences
// it names, and each word that it points out is within it.
func (q *Quote) verbatim() bool {
	if q.Paragraph < 1 || q.Paragraph > len(q.Article.Paragraphs) || len(q.Sentences) == 0 {
		return false
	}
	sentences := q.Article.Paragraphs[q.Paragraph-1].Sentences
	first, last := q.Sentences[0], q.Sentences[len(q.Sentences)-1]
	if first < 1 || last > len(sentences) || q.Span != (Span{Start: sentences[first-1].Start, End: sentences[last-1].End}) {
		return false
	}
	for _, marks := range [][]Span{q.Matches, q.Answers} {
		end := q.Start
		for _, s := range marks {
			if s.Start < end || s.End <= s.Start || s.End > q.End {
				return false
			}
			end = s.End
		}
	}
	return utf8.ValidString(q.Text())
}
