package knowledge

import (
	"strings"
	"unicode/utf8"

	"verbatim/knowledge/french"
	"verbatim/knowledge/rank"
)

// quotes makes the first top quotes of a ranking. A sentence that cannot be read alone is quoted with
// the one before it; a candidate that a quote already holds makes no quote of its own.
func (x *Index) quotes(e *rank.Expansion, candidates []rank.Candidate, top int) []Quote {
	var quotes []Quote
	taken := map[int]bool{}
	for i, c := range candidates {
		if len(quotes) == top {
			break
		}
		if taken[c.Sentence] {
			continue
		}
		run := x.readable(c.Sentence)
		if run.Start == run.End-1 && x.follows(candidates[i+1:], run) {
			run.End++
		}
		if run.Start < c.Sentence && taken[run.Start] {
			run.Start = c.Sentence
		}
		for n := run.Start; n < run.End; n++ {
			taken[n] = true
		}
		if q := x.quote(run, c.Sentence, e); q.verbatim() {
			q.Score = float64(c.Score)
			quotes = append(quotes, q)
		}
	}
	return quotes
}

// leaning is how many of the next best candidates may be drawn into a quote.
const leaning = 2

// follows reports whether the sentence after run is among the next best candidates and leans on run: they are
// then one quote.
func (x *Index) follows(next []rank.Candidate, run Span) bool {
	for _, c := range next[:min(leaning, len(next))] {
		if c.Sentence == run.End && x.readable(c.Sentence).Start == run.Start {
			return true
		}
	}
	return false
}

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

// quote makes a quote of one or two sentences of one paragraph, of which best is the one that answers.
func (x *Index) quote(run Span, best int, e *rank.Expansion) Quote {
	first, last := x.sentences[run.Start], x.sentences[run.End-1]
	q := Quote{
		Article:   first.article,
		Span:      Span{Start: first.span().Start, End: last.span().End},
		Paragraph: first.paragraph + 1,
	}
	for n := run.Start; n < run.End; n++ {
		q.Sentences = append(q.Sentences, x.sentences[n].sentence+1)
		s := x.sentences[n].span()
		tokens := french.Tokens(q.Article.Quote(s))
		marks := e.Mark(n)
		q.Matches = append(q.Matches, spans(tokens, marks.Matches, s.Start)...)
		if n == best {
			q.Answers = spans(tokens, marks.Answers, s.Start)
		}
	}
	return q
}

// spans turns the numbers of tokens into places of the article. Tokens that stand side by side, with
// nothing but a space between, are one span.
func spans(tokens []french.Token, numbers []int, offset int) []Span {
	var out []Span
	for i, n := range numbers {
		s := Span{Start: tokens[n].Start + offset, End: tokens[n].End + offset}
		if i > 0 && numbers[i-1] == n-1 && tokens[n].Start-tokens[n-1].End <= len("\u202f") {
			out[len(out)-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
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
