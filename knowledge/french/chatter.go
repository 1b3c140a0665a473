package french

import (
	"slices"
	"strings"
	"unicode"
)

// withoutChatter leaves out the words of a message that come before its question: « Bonjour ! J’ai lu l’article
// trop vite : qui est Wang ? » asks « qui est Wang ? », and so does « Est-ce que quelqu’un sait qui est Wang ? ».
func withoutChatter(text string, tokens []Token) []Token {
	question := itself(text, tokens)
	return question[wondering(question):]
}

// itself leaves all where the question does not stand by itself: it has no word of its own to search for, or a pronoun
// that what comes before may explain.
func itself(text string, tokens []Token) []Token {
	start := place(tokens, questionStart(text, tokens))
	if start == 0 {
		return tokens
	}
	question := tokens[start:]
	rule, _ := match(question)
	pronoun := func(t Token) bool { return t.Has(Pronoun) }
	if rule.kind == Keywords || !slices.ContainsFunc(question, tells) || slices.ContainsFunc(question, pronoun) {
		return tokens
	}
	return question
}

// tells reports whether a token says something of what is asked.
func tells(t Token) bool { return !t.Has(Function) && !polite[t.Term] }

// wondering returns how many tokens only ask whether somebody knows: four in « quelqu’un sait-il qui est Wang ? ».
func wondering(tokens []Token) int {
	asked := false
	for i, t := range tokens {
		if asked {
			if rule, at := match(tokens[i:]); at == 0 && rule.kind != Keywords && rule.kind != YesNo {
				return i
			}
		}
		if tells(t) {
			return 0
		}
		asked = asked || knowing[t.Term]
	}
	return 0
}

// questionStart returns where the first sentence that asks begins, or what asks in it after a colon or after a greeting
// and a comma; 0 when none does.
func questionStart(text string, tokens []Token) int {
	for _, s := range Sentences(text) {
		sentence := text[s.Start:s.End]
		if !strings.HasSuffix(strings.TrimRightFunc(sentence, unicode.IsSpace), "?") {
			continue
		}
		rest := tokens[place(tokens, s.Start):]
		if comma := strings.Index(sentence, ", "); comma > 0 && len(rest) > 0 && greetings[rest[0].Term] {
			return s.Start + comma + len(", ")
		}
		colon := strings.LastIndex(sentence, ": ")
		if colon < 0 {
			return s.Start
		}
		if rule, _ := match(rest[:place(rest, s.Start+colon)]); rule.kind != Keywords {
			return s.Start // « Qui a dit : … ? »
		}
		return s.Start + colon + len(": ")
	}
	return 0
}

// The words that begin a message, and those that ask whether somebody knows, in French and in English.
const (
	greeting = `bonjour bonsoir salut coucou hello hi hey `
	know     = `sais sait savez know `
)

var greetings, knowing = Words(greeting), Words(know)
