package french

import (
	"slices"
	"strings"
	"unicode"
)

// withoutChatter leaves out the words of a message that come before its question: « Bonjour ! J’ai lu l’article
// trop vite : qui est Wang ? » asks « qui est Wang ? ». It leaves all where the question does not stand by itself: it
// has no word of its own to search for, or a pronoun that what comes before may explain.
func withoutChatter(text string, tokens []Token) []Token {
	start := questionStart(text, tokens)
	if start == 0 {
		return tokens
	}
	question := slices.DeleteFunc(slices.Clone(tokens), func(t Token) bool { return t.Start < start })
	rule, _ := match(question)
	own := func(t Token) bool { return !t.Has(Function) && !polite[t.Term] }
	if rule.kind == Keywords || !slices.ContainsFunc(question, own) || slices.ContainsFunc(question, func(t Token) bool { return t.Has(Pronoun) }) {
		return tokens
	}
	return question
}

// questionStart returns where the first sentence that asks begins, or what asks in it after a colon; 0 when none does.
func questionStart(text string, tokens []Token) int {
	for _, s := range Sentences(text) {
		sentence := text[s.Start:s.End]
		if !strings.HasSuffix(strings.TrimRightFunc(sentence, unicode.IsSpace), "?") {
			continue
		}
		colon := strings.LastIndex(sentence, ": ")
		if colon < 0 {
			return s.Start
		}
		before := slices.DeleteFunc(slices.Clone(tokens), func(t Token) bool { return t.Start < s.Start || t.Start >= s.Start+colon })
		if rule, _ := match(before); rule.kind != Keywords {
			return s.Start // « Qui a dit : … ? »
		}
		return s.Start + colon + len(": ")
	}
	return 0
}
