package french

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns text as it is compared: lower case, without accents, ligatures opened (œ → oe,
// æ → ae), composed (NFC) and decomposed (NFD) spellings alike, every apostrophe written '.
func Fold(text string) string {
	if isASCIILower(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		b.WriteString(foldRune(r))
	}
	return b.String()
}

func isASCIILower(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// foldRune returns what r becomes under [Fold]: "" for a combining mark, several letters for a ligature.
func foldRune(r rune) string {
	if int(r) < len(latinFold) && r >= 0 {
		return latinFold[r]
	}
	return foldAny(r)
}

// latinFold is foldRune for the characters that most texts are written with: up to the end of Latin Extended-A.
var latinFold = func() (table [0x180]string) {
	for c := range table {
		table[c] = foldAny(rune(c))
	}
	return table
}()

func foldAny(r rune) string {
	switch r {
	case '’', 'ʼ', '‘', '′', '`', '´':
		return "'"
	case 'œ', 'Œ':
		return "oe"
	case 'æ', 'Æ':
		return "ae"
	case 'ß', 'ẞ':
		return "ss"
	case '‐', '‑': // hyphen, no-break hyphen
		return "-"
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff': // soft hyphen, zero-width characters
		return ""
	}
	if unicode.Is(unicode.Mn, r) {
		return ""
	}
	if isSpace(r) {
		return " "
	}
	if d := norm.NFD.PropertiesString(string(r)).Decomposition(); len(d) > 0 {
		base, _ := utf8.DecodeRune(d)
		return string(unicode.ToLower(base))
	}
	return string(unicode.ToLower(r))
}

// isSpace reports whether r is white space, the no-break spaces of French typography (U+00A0,
// U+202F) and the byte order mark among it.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u202f' || r == '\ufeff' }
