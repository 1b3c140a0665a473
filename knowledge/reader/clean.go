package reader

import (
	"strings"
	"unicode"
)

// clean returns a block's text as a line: white space becomes one space, but for no-break spaces, which French
// puts before ; : ! ? and inside « »; controls, marks of zero width and of writing direction, soft hyphens and
// what no font shows are left out. Accents stay composed or not, as they were.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case isBreakable(r):
			space = true
			continue
		case isJunk(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return strings.TrimFunc(b.String(), unicode.IsSpace)
}

// isBreakable reports whether r is white space at which a line may break.
func isBreakable(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' && r != '\u2007'
}

// isJunk reports whether r is nothing that is read. The joiners that Persian and emoji need are kept out too:
// a French text that holds them has them from an editor.
func isJunk(r rune) bool {
	switch {
	case r == '\u00ad', r == unicode.ReplacementChar, r == '\ufffc':
		return true
	case r == '\u180e', r == '\u2800', r == '\u3164', r == '\u115f', r == '\u1160':
		return true // shown as nothing, though of no format class
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Noncharacter_Code_Point)
}
