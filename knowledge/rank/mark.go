package rank

import "verbatim/knowledge/french"

// Marks tells the words of a sentence to point out: where they stand in it, in order. Words that stand side by side are
// one span.
type Marks struct {
	Matches []french.Span // that the question has too, or that mean about what its words mean
	Answers []french.Span // that answer it, where the kind of question tells
}

// alikeEnough is how alike in meaning a word must be to be pointed out as a match.
const alikeEnough = 0.6

// Mark returns the words of sentence n to point out. Its text is what was given to [Corpus.Add].
func (e *Expansion) Mark(n int, text string) Marks {
	var m Marks
	row := e.corpus.row(int32(n))
	var weights [maxRow]float32
	for at, t := range row {
		if t.class.Has(french.Function) {
			continue
		}
		for i := e.heads[t.form]; i != 0; i = e.links[i-1].next {
			l := e.links[i-1]
			if l.near > 0 || l.sense > alikeEnough {
				m.Matches = point(m.Matches, row, at, text)
				if at < maxRow {
					weights[at] = e.terms[l.term].weight * l.sense
				}
				break
			}
		}
	}
	if want := wanted[e.query.Kind] & pointed; want != 0 {
		m.Answers = e.answers(row, want, weights[:min(len(row), maxRow)], text)
	}
	return m
}

// space is how many bytes stand between two words side by side at most: a narrow no-break space.
const space = len("\u202f")

// point adds the token at at, of a sentence of this text, to the spans of those before it.
func point(spans []french.Span, row []token, at int, text string) []french.Span {
	start, end := int(row[at].start), len(text)
	if start == farOff {
		return spans
	}
	if at+1 < len(row) && row[at+1].start != farOff {
		end = int(row[at+1].start)
	}
	end = start + french.Tokens(text[start:end])[0].End // what is left before the next is no word
	if last := len(spans) - 1; last >= 0 && at > 0 && spans[last].End > int(row[at-1].start) && start-spans[last].End <= space {
		spans[last].End = end
		return spans
	}
	return append(spans, french.Span{Start: start, End: end})
}

// maxRow is how many tokens of a sentence are looked at for words that answer.
const maxRow = 256

// pointed is the evidence that is an answer by itself; a « parce que » only announces one.
const pointed = isName | isNumber | isAge | isDate | isDuration | isPlace

// answers returns the run of tokens with the evidence that the question wants, nearest to its words. A
// person is looked for by a full name first: « Marie Curie », before a firm or a title in capitals.
func (e *Expansion) answers(row []token, want evidence, weights []float32, text string) (run []french.Span) {
	best, bestWeight := -1, float32(0)
	for at := range weights {
		if row[at].evidence&want == 0 || e.spells(row[at].form) {
			continue
		}
		weight := closeness(weights, at)
		if e.query.Kind == french.Person {
			weight *= personhood(row, at)
		}
		if weight > bestWeight {
			best, bestWeight = at, weight
		}
	}
	if best < 0 {
		return nil
	}
	first, end := best, best+1
	for first > 0 && e.extends(row[first-1], want) {
		first--
	}
	for end < len(row) && e.extends(row[end], want) {
		end++
	}
	for i := first; i < end; i++ {
		run = point(run, row, i, text)
	}
	return run
}

// closeness sums the weights of the matched words of a sentence, each the less the further it is from at.
func closeness(weights []float32, at int) (sum float32) {
	for i, w := range weights {
		sum += w / (1 + float32(max(i-at, at-i))/reach)
	}
	return sum
}

// fullName is how much likelier a name of two words is a person than one of one. Set by judgement.
const fullName = 3

// personhood weighs the name at at as a person's: 0 for an acronym, fullName beside another name.
func personhood(row []token, at int) float32 {
	name := func(i int) bool {
		return i >= 0 && i < len(row) && row[i].evidence&isName != 0 && !row[i].class.Has(french.Acronym)
	}
	switch {
	case !name(at):
		return 0
	case name(at-1) || name(at+1):
		return fullName
	}
	return 1
}

// extends reports whether a token goes on with an answer that stands beside it: a number with its
// unit, a name with its parts, a date with its day.
func (e *Expansion) extends(t token, want evidence) bool {
	switch {
	case want&(isNumber|isAge|isDuration) != 0:
		return t.class&(french.Number|french.Unit) != 0
	case want&isDate != 0:
		return t.class&(french.Number|french.Month) != 0
	}
	return t.evidence&isName != 0
}
