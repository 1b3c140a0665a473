package eval

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Typings are the ways to type a question that [Type] knows: without accents, in capitals, with a slip in its longest
// word.
var Typings = map[string]func(string) string{"bare": bare, "capitals": strings.ToUpper, "slip": slip}

// Type returns sets whose questions are typed in one of the ways of [Typings].
func Type(sets []Set, typing func(string) string) []Set {
	typed := make([]Set, len(sets))
	for i, s := range sets {
		typed[i] = Set{s.Article, slices.Clone(s.Questions)}
		for n := range typed[i].Questions {
			q := &typed[i].Questions[n]
			q.Text = typing(q.Text)
		}
	}
	return typed
}

// bare takes the accents off: « Où a-t-elle étudié ? » is « Ou a-t-elle etudie ? ».
func bare(question string) string {
	without, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), question)
	if err != nil {
		return question
	}
	return strings.NewReplacer("œ", "oe", "Œ", "Oe", "æ", "ae", "Æ", "Ae").Replace(without)
}

// slip exchanges the two letters in the middle of the first of the longest words: « étudié » is « étduié ».
func slip(question string) string {
	letters := []rune(question)
	from, to := 0, 0 // of the longest word
	for start := 0; start < len(letters); {
		end := start
		for end < len(letters) && unicode.IsLetter(letters[end]) {
			end++
		}
		if end-start > to-from {
			from, to = start, end
		}
		start = end + 1
	}
	if middle := (from + to) / 2; to-from > 1 {
		letters[middle-1], letters[middle] = letters[middle], letters[middle-1]
	}
	return string(letters)
}
