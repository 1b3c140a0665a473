package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Token is a word, a number or a unit's sign of a text.
type Token struct {
	Span
	Term string // folded as by [Fold]; a number without its group separators, with a decimal comma
	Class
}

// Class says what a token looks like. A token may be several things at once.
type Class uint32

// What a token can be. A token with neither Number nor Sign is a word.
const (
	Capital     Class = 1 << iota // written with a capital letter
	Initial                       // first word of the text, or right after an opening guillemet or a full stop
	Number                        // in figures, in letters (« trois ») or in Roman figures (« XIX »)
	Year                          // a number from 1000 to 2100 in four figures
	Month                         // a month, a day, a season, a century: what dates are made of
	Unit                          // what numbers count: « ans », « euros », « % », « km »
	Time                          // a unit of time: « ans », « heures »
	Function                      // an article, pronoun, preposition, conjunction or auxiliary
	Elided                        // « l’ », « d’ », « qu’ »
	Joined                        // bound by a hyphen to the token before: « -t », « -il »
	Sign                          // « % », « € », « $ », « ° »
	Acronym                       // two capitals or more: « PDG », « IAG »
	Pronoun                       // stands for a noun of a sentence before: « il », « elle », « celui-ci »
	Locative                      // a preposition of place: « à », « dans », « près »
	Causal                        // gives a cause or an aim: « car », « afin », « grâce »
	Defining                      // says what something is: « désigne », « appelé », « consiste »
	Saying                        // reports words: « déclare », « selon »
	Linking                       // leans on the sentence before: « cependant », « ainsi »
	Somewhere                     // tells a place without its name: « région », « nord », « rive »
	Quoted                        // first word of a quotation of some words
	Preposition                   // « dans », « selon », or part of one: « au cours de »
)

// Has reports whether c is all of what.
func (c Class) Has(what Class) bool { return c&what == what }

// Tokens returns the tokens of text, in order. Apostrophes and hyphens part words, except within the
// few that are one word with one (« aujourd’hui »); the groups of « 20 000 » make one number.
func Tokens(text string) []Token {
	tokens := make([]Token, 0, len(text)/5)
	quotation := -1 // the number of the token that began one
	quoted := func() {
		if quotation >= 0 && len(tokens)-quotation >= someWords {
			tokens[quotation].Class |= Quoted
		}
		quotation = -1
	}
	initial, joined := true, false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		end := i
		var t Token
		switch {
		case unicode.IsDigit(r):
			end = number(text, i)
			t = Token{Span{i, end}, numberTerm(text[i:end]), Number}
			if last, w := utf8.DecodeRuneInString(text[end:]); w > 0 && isLetter(last) { // « 19e », « 3D »
				end = word(text, i)
				t = Token{Span{i, end}, Fold(text[i:end]), Number}
			} else if isYear(t.Term) {
				t.Class |= Year
			}
		case isLetter(r):
			end = word(text, i)
			t = Token{Span{i, end}, Fold(text[i:end]), shape(text[i:end])}
			t.Term = strings.ReplaceAll(t.Term, "'", "")
			t.Class |= lexicon[t.Term]
			if accentTells[t.Term] && len(text[i:end]) > len(t.Term) { // « né », not « ne »
				t.Class &^= Function
			}
			if t.Has(Function|Acronym) && strings.IndexFunc(text[i:end], unicode.IsLower) >= 0 { // « PAr », by a slip
				t.Class &^= Acronym
			}
			if rest := text[end:]; t.Has(Capital|Acronym) && isRoman(text[i:end]) || isCentury(t.Term) {
				t.Class |= Number
			} else if isApostrophe(rest) && elisions[t.Term] {
				t.Class |= Elided | Function
			} else if t.Term == "ou" && strings.ContainsAny(text[i:end], "ùÙ\u0300") {
				t.Class |= Locative // « où », not « ou »
			}
		case isSign(r):
			end = i + size
			t = Token{Span{i, end}, string(r), Sign | Unit}
		}
		if end == i { // not a token
			initial = initial && !unicode.Is(unicode.Pd, r) || begins(r)
			joined = r == '-' || r == '‐' || r == '‑'
			switch {
			case quotation < 0 && strings.ContainsRune("«“\"", r):
				quotation = len(tokens)
			case strings.ContainsRune("»”\"", r):
				quoted()
			}
			i += size
			continue
		}
		if t.Term != "" {
			if initial {
				t.Class |= Initial
			}
			if joined && len(tokens) > 0 && tokens[len(tokens)-1].End == i-1 {
				t.Class |= Joined
			}
			tokens = append(tokens, t)
			initial = initial && t.Has(Elided)
		}
		joined = false
		i = end
	}
	quoted()
	return tokens
}

// someWords is how many words make a quotation of what somebody said; fewer are a title, or a word that is kept at
// a distance.
const someWords = 5

// isSign reports whether r is a unit by itself.
func isSign(r rune) bool {
	switch r {
	case '%', '‰', '€', '$', '£', '¥', '°':
		return true
	}
	return false
}

// begins reports whether the word after r may have its capital from its place alone.
func begins(r rune) bool {
	switch r {
	case '«', '“', '"', '.', '!', '?', '…':
		return true
	}
	return false
}

// word returns the end of the word that begins at i: letters, marks and digits, the apostrophe of the words that keep
// theirs.
func word(text string, i int) int {
	start := i
	for i < len(text) {
		if c := text[i] | 0x20; 'a' <= c && c <= 'z' { // most of any text
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isLetter(r) || unicode.IsDigit(r) || foldRune(r) == "" && r != '\ufeff':
			i += size
		case isApostrophe(text[i:]) && keepsApostrophe(Fold(text[start:i]), text[i+size:]):
			i += size
		default:
			return i
		}
	}
	return i
}

// keepsApostrophe reports whether the apostrophe between before and after is inside one word.
func keepsApostrophe(before, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if !isLetter(next) {
		return false
	}
	return before == "aujourd" || before == "prud" || before == "presqu" && strings.HasPrefix(Fold(after), "ile")
}

// number returns the end of the number that begins at i: « 14,3 », « 20 000 », « 1.250.000 ».
func number(text string, i int) int {
	start := i
	i = digits(text, i)
	groups := i-start <= 3
	for {
		r, size := utf8.DecodeRuneInString(text[i:])
		next := digits(text, i+size)
		switch n := next - i - size; {
		case size == 0 || n == 0:
			return i
		case groups && n == 3 && isSpace(r) && r != '\n':
			i = next
		case r == '.' || r == ',':
			if n != 3 || r == ',' {
				groups = false
			}
			i = next
		default:
			return i
		}
	}
}

func digits(text string, i int) int {
	for i < len(text) && '0' <= text[i] && text[i] <= '9' {
		i++
	}
	return i
}

// numberTerm writes a number the one way it is compared: no group separators, a decimal comma.
func numberTerm(figures string) string {
	if digits(figures, 0) == len(figures) {
		return figures
	}
	var b strings.Builder
	dot := strings.IndexByte(figures, '.')
	grouped := dot >= 0 && dot <= 3 && (len(figures)-dot)%4 == 0 // « 20.000 », not « 14.3 »
	for _, r := range figures {
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case r == ',' || r == '.' && !grouped:
			b.WriteByte(',')
		}
	}
	return b.String()
}

func isYear(term string) bool {
	return len(term) == 4 && digits(term, 0) == 4 && "1000" <= term && term <= "2100"
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) && foldRune(r) != "'"
}

func isApostrophe(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' || r == '`' || r == '´' || r == '′'
}

// shape returns the classes that show in how a word is written.
func shape(surface string) Class {
	first, size := utf8.DecodeRuneInString(surface)
	if !unicode.IsUpper(first) {
		return 0
	}
	second, w := utf8.DecodeRuneInString(surface[size:])
	if w > 0 && unicode.IsUpper(second) {
		return Capital | Acronym
	}
	return Capital
}

// isRoman reports whether a word in capitals is a number in Roman figures below XL, as French writes
// centuries and kings with: « XIX », « XIVe ».
func isRoman(surface string) bool {
	figures := strings.TrimRight(surface, "eèrm")
	return figures != "" && strings.Trim(figures, "XVI") == ""
}

// isCentury reports whether a folded word is a Roman ordinal from XI to XXXIX, which is no other word however it is
// written: « XIXE SIÈCLE », « xxeme ».
func isCentury(term string) bool {
	figures := strings.TrimSuffix(strings.TrimSuffix(term, "e"), "em")
	return len(figures) >= 2 && len(figures) < len(term) && figures[0] == 'x' && strings.Trim(figures, "xvi") == ""
}
