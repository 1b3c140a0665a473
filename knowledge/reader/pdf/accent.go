package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// combining are the accents that older fonts of TeX draw beside a letter, as marks on it.
var combining = map[string]string{
	"´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "^": "\u0302", "¨": "\u0308", "¸": "\u0327", "˜": "\u0303",
}

// compose joins an accent and the letter that is drawn over it: « ´e » is é. An accent that stands alone stays so.
func compose(glyphs []glyph) []glyph {
	out := glyphs[:0:0]
	for i := 0; i < len(glyphs); i++ {
		g := glyphs[i]
		mark := combining[g.text]
		if mark == "" {
			out = append(out, g)
			continue
		}
		if next := i + 1; next < len(glyphs) && over(g, glyphs[next]) {
			letter := glyphs[next]
			letter.text = accented(letter.text, mark)
			out = append(out, letter)
			i++
			continue
		}
		if last := len(out) - 1; last >= 0 && over(g, out[last]) {
			out[last].text = accented(out[last].text, mark)
			continue
		}
		out = append(out, g)
	}
	return out
}

// accented puts a mark on a letter; an i for accents has no dot.
func accented(letter, mark string) string {
	return norm.NFC.String(strings.Replace(letter, "ı", "i", 1) + mark)
}

// over reports whether an accent is drawn over a letter.
func over(accent, letter glyph) bool {
	r, size := utf8.DecodeRuneInString(letter.text)
	middle := accent.x + accent.width/2
	return size == len(letter.text) && unicode.IsLetter(r) && middle > letter.x && middle < letter.x+letter.width
}
