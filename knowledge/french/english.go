package french

import (
	_ "embed"
	"strings"
	"sync"
)

// englishFunction are the words of English that ask or bind and name nothing. None of them is looked
// for in a French article.
var englishFunction = Words(`the a an of in on at to for from by with about into over after before between as than
	and or but if is are was were be been being am do does did has have had will would can could shall should may
	might must it its he she they them his her their this that these those there here who whom whose what which
	when where why how many much long old not no s t i you we my your our me us please tell any some because
	during since until while against among without within through also only very most more less so too then
	such same both each every all other others another own himself herself itself themselves out off up down`)

// isEnglish reports whether a question is in English: it holds more English function words than French ones, but for
// those within a name: « d’Aulnay », « de la Tour ». One that begins as French ones do is French, whatever title it names.
func isEnglish(tokens []Token) bool {
	if len(tokens) > 0 && asksInFrench[tokens[0].Term] {
		return false
	}
	en, fr, before := 0, 0, 0 // before: French ones in a row, just before a token
	for _, t := range tokens {
		switch {
		case englishOnly[t.Term]:
			en++
		case t.Has(Function) && !englishFunction[t.Term]:
			before++
			continue
		case t.Has(Capital): // they are a name's
			before = 0
		}
		fr += before
		before = 0
	}
	return en > fr+before
}

// asksInFrench are the words that French questions begin with and English ones do not.
var asksInFrench = Words(`qui que qu quoi ou ` + questions)

// englishOnly are the words of englishFunction that no French question holds.
var englishOnly = Words(`the of in at to for from by with into is are was were be been do does did has have had will
	would can could it its he she they them his her their this that these those there who whom whose what which
	when where why how many much old not and you my your`)

// bilingualData is a word of English a line, each with its usual French, folded: the nouns, verbs and adjectives that are
// common in texts of any subject. It is written by hand, from the most common words of English; the thesaurus knows more.
//
//go:embed bilingual.txt
var bilingualData string

// bilingual returns what English words are in French.
var bilingual = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(bilingualData) {
		word, french, _ := strings.Cut(strings.TrimSpace(line), ": ")
		m[word] = strings.Fields(french)
	}
	return m
})

// inflections are how regular words of English end, with how their base does.
var inflections = []struct{ ending, base string }{
	{"ies", "y"}, {"es", ""}, {"s", ""}, {"ied", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"},
}

// inFrench returns the French of an English word, or of the word that it is a form of; none if it is not known.
func inFrench(word string) []string {
	known := bilingual()
	if forms, ok := known[word]; ok {
		return forms
	}
	for _, i := range inflections {
		base, ok := strings.CutSuffix(word, i.ending)
		if !ok {
			continue
		}
		if forms, ok := known[base+i.base]; ok {
			return forms
		}
		if n := len(base); n > 2 && base[n-1] == base[n-2] { // « stopped »
			if forms, ok := known[base[:n-1]]; ok {
				return forms
			}
		}
	}
	return nil
}
