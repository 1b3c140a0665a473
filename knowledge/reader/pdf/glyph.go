package pdf

import (
	_ "embed" // for the names of glyphs
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/encoding/charmap"
)

var (
	// glyphs.txt are the names of Latin letters, punctuation and signs, of Adobe's Glyph List 2.0
	// (https://github.com/adobe-type-tools/agl-aglfn, BSD licence, read from fontTools 4 in November 2026).
	//go:embed glyphs.txt
	glyphNames string
	// standard.txt is Adobe's StandardEncoding (D.2), which fonts without another have.
	//go:embed standard.txt
	standardNames string
)

// glyphs returns the characters that names of glyphs stand for.
var glyphs = sync.OnceValue(func() map[string]string {
	list := map[string]string{}
	for line := range strings.Lines(glyphNames) {
		glyph, code, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.ParseUint(code, 16, 32); err == nil {
			list[glyph] = string(rune(n))
		}
	}
	return list
})

// glyphText returns what a glyph's name stands for, "" when it is not known (AGL specification, 2).
func glyphText(glyph string) string {
	glyph, _, _ = strings.Cut(glyph, ".")
	if parts := strings.Split(glyph, "_"); len(parts) > 1 && len(parts) < 6 {
		var b strings.Builder
		for _, part := range parts {
			b.WriteString(glyphText(part))
		}
		return b.String()
	}
	if len(glyph) == 1 {
		return glyph
	}
	if text, ok := glyphs()[glyph]; ok {
		return text
	}
	for _, prefix := range []string{"uni", "u"} {
		if digits, ok := strings.CutPrefix(glyph, prefix); ok && len(digits) >= 4 && len(digits) <= 6 {
			if n, err := strconv.ParseUint(digits, 16, 32); err == nil && n > 0 && n <= 0x10ffff {
				return string(rune(n))
			}
		}
	}
	return ""
}

// An encoding says what each code of a simple font stands for.
type encoding [256]string

var standardEncoding = sync.OnceValue(func() *encoding {
	var e encoding
	for line := range strings.Lines(standardNames) {
		code, glyph, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.Atoi(code); err == nil && n < len(e) {
			e[n] = glyphText(glyph)
		}
	}
	return &e
})

func fromCharmap(c *charmap.Charmap) *encoding {
	var e encoding
	for i := range e {
		if r := c.DecodeByte(byte(i)); r >= ' ' {
			e[i] = string(r)
		}
	}
	return &e
}

// baseEncoding returns an encoding that has a name (9.6.6); any other is what most fonts have.
func baseEncoding(n name, symbolic bool) *encoding {
	switch {
	case n == "WinAnsiEncoding":
		return fromCharmap(charmap.Windows1252)
	case n == "MacRomanEncoding":
		return fromCharmap(charmap.Macintosh)
	case n == "" && symbolic:
		return fromCharmap(charmap.Windows1252)
	default:
		e := *standardEncoding()
		return &e
	}
}
