package knowledge

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/knowledge/rank"
)

// quotes makes the first top quotes of a ranking. A sentence that a quote already holds makes none of its own.
func (x *Index) quotes(e *rank.Expansion, candidates []rank.Candidate, top int) []Quote {
	var quotes []Quote
	taken := map[int]bool{}
	for _, d := range x.drafts(candidates) {
		if len(quotes) == top {
			break
		}
		if taken[d.sentence] {
			continue
		}
		if taken[d.run.Start] {
			d.run.Start, d.answer = d.sentence, d.sentence
		}
		for n := d.run.Start; n < d.run.End; n++ {
			taken[n] = true
		}
		if q := x.quote(d.run, d.answer, e); q.verbatim() {
			q.Score = d.score
			quotes = append(quotes, q)
		}
	}
	return quotes
}

// A draft is what would be quoted for a candidate.
type draft struct {
	sentence int  // the candidate
	run      Span // of sentences: the candidate, with the one before where it cannot be read alone
	answer   int  // which of them most likely answers
	score    float64
}

// drafts returns what would be quoted for each candidate, the likeliest to hold the answer first: of two sentences
// either may, and their likelihoods add up.
func (x *Index) drafts(candidates []rank.Candidate) []draft {
	drafts := make([]draft, len(candidates))
	for i, c := range candidates {
		d := draft{c.Sentence, x.readable(c.Sentence), c.Sentence, float64(c.Score)}
		if d.run.Start < c.Sentence {
			both := math.Exp(float64(c.Score))
			if before := slices.IndexFunc(candidates, func(o rank.Candidate) bool { return o.Sentence == d.run.Start }); before >= 0 {
				both += math.Exp(float64(candidates[before].Score))
				if before < i { // candidates stand best first
					d.answer = d.run.Start
				}
			}
			d.score = math.Log(both * worthReading)
		}
		drafts[i] = d
	}
	slices.SortStableFunc(drafts, func(a, b draft) int { return cmp.Compare(b.score, a.score) })
	return drafts
}

// worthReading is what two sentences count for beside one that is as likely to answer: they take longer to read.
// Chosen on the questions for choosing: see docs/retrieval.md.
const worthReading = 0.95

// readable returns the sentences to quote so that sentence n reads: itself, and the one before when it
// begins with what that one explains, or is the end of a quotation that began there.
func (x *Index) readable(n int) Span {
	l := x.sentences[n]
	if l.sentence == 0 || n == 0 || x.sentences[n-1] != (location{l.article, l.paragraph, l.sentence - 1}) {
		return Span{Start: n, End: n + 1}
	}
	if text := l.article.Quote(l.span()); x.corpus.Leans(n) || closesQuotation(text) {
		return Span{Start: n - 1, End: n + 1}
	}
	return Span{Start: n, End: n + 1}
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
		marks := e.Mark(n, q.Article.Quote(s))
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
