package rank

import (
	"strings"

	"verbatim/knowledge/french"
)

// Evidence is what a token can answer: a set of the kinds of thing that questions ask for.
type evidence uint16

const (
	isName evidence = 1 << iota
	isNumber
	isAge
	isDate
	isDuration
	isPlace
	isCause
	isManner
	isDefinition
	isSaying
)

// wanted gives what answers each kind of question.
var wanted = [french.Kinds]evidence{
	french.Person:     isName,
	french.Name:       isName,
	french.Quantity:   isNumber,
	french.Age:        isAge,
	french.Date:       isDate,
	french.Duration:   isDuration,
	french.Place:      isPlace,
	french.Cause:      isCause,
	french.Manner:     isManner,
	french.Definition: isDefinition,
	french.Quotation:  isSaying,
}

// findEvidence marks each token with what it can answer.
func (c *Corpus) findEvidence() {
	c.findNames()
	c.pairs = map[[2]stem]bool{}
	for _, s := range c.sentences {
		row := c.tokens[s.first:s.end]
		for i := range row {
			row[i].evidence = c.evidenceOf(row, i)
			if i > 0 && row[i-1].evidence&row[i].evidence&isName != 0 {
				c.pairs[[2]stem{c.stems[row[i-1].form], c.stems[row[i].form]}] = true
			}
		}
	}
}

// findNames marks the forms that stand with a capital inside sentences.
func (c *Corpus) findNames() {
	c.proper = make([]bool, len(c.terms))
	for _, t := range c.tokens {
		if t.class&(french.Capital|french.Initial) == french.Capital {
			c.proper[t.form] = true
		}
	}
}

func (c *Corpus) evidenceOf(row []token, i int) (e evidence) {
	t := row[i]
	after := func(n int) french.Class {
		if i+n < len(row) {
			return row[i+n].class
		}
		return 0
	}
	if t.class.Has(french.Capital) && !t.class.Has(french.Function) && t.class&french.Number == 0 &&
		(!t.class.Has(french.Initial) || c.proper[t.form] || after(1).Has(french.Capital)) {
		e |= isName
	}
	amount := after(1)&(french.Unit|french.Time) != 0 // « 1500 euros », which looks like a year
	switch {
	case t.class.Has(french.Year) && !amount, t.class.Has(french.Month):
		e |= isDate
	case t.class.Has(french.Number) && !t.class.Has(french.Capital|french.Initial):
		e |= isNumber
		if after(1).Has(french.Month) {
			e |= isDate
		}
		if after(1).Has(french.Time) || after(1).Has(french.Number) && after(2).Has(french.Time) {
			e |= isDuration
			if term := c.terms[row[i+1].form]; term == "ans" || term == "an" {
				e |= isAge
			}
		}
	}
	if (e&isName != 0 || t.class.Has(french.Somewhere)) && located(row, i) {
		e |= isPlace
	}
	if t.class.Has(french.Causal) {
		e |= isCause
	}
	if t.class.Has(french.Causal) || strings.HasSuffix(c.terms[t.form], "ant") && i > 0 && c.terms[row[i-1].form] == "en" ||
		c.terms[t.form] == "par" {
		e |= isManner
	}
	if t.class.Has(french.Defining) {
		e |= isDefinition
	}
	if t.class&(french.Saying|french.Quoted) != 0 {
		e |= isSaying
	}
	return e
}

// located reports whether a preposition of place stands before the token at i, with an article between at most.
func located(row []token, i int) bool {
	return i > 0 && row[i-1].class.Has(french.Locative) ||
		i > 1 && row[i-2].class.Has(french.Locative) && row[i-1].class.Has(french.Function)
}
