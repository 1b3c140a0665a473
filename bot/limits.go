package bot

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of one message and of one command.
//
// Sources, read in August 2026: https://discord.com/developers/docs/components/reference and
// https://discord.com/developers/docs/interactions/application-commands.
const (
	maxText       = 4000 // text displays of a message, together
	maxComponents = 40   // components of a message, nested ones included
	maxLabel      = 80   // a button's label
	maxURL        = 512  // a link button's address
	maxChoices    = 25   // choices of an autocompletion, options of a select
	maxChoice     = 100  // a choice's name, an option's label, a custom ID
)

// maxQuestion is the longest question that is asked. It is ours: the question stands in the reply,
// where a button finds it again, and must leave room for the quotes even when all of it is escaped.
const maxQuestion = 300

// maxTitle is how much of an article's title stands in a message. It is ours.
const maxTitle = 150

// size returns the length of text in UTF-16 units. Discord counts code points, which are never more:
// https://github.com/discord/discord-api-docs/issues/1315.
func size(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// shorten returns text in at most n UTF-16 units, cut between two words and ended by « … » when it is
// longer. It is for questions, titles and labels; a quote is never cut.
func shorten(text string, n int) string {
	if size(text) <= n {
		return text
	}
	left := n - 1 // for the ellipsis
	end, word := 0, 0
	for i, r := range text {
		if unicode.IsSpace(r) {
			word = i
		}
		if left -= max(utf16.RuneLen(r), 1); left < 0 {
			break
		}
		end = i + len(string(r))
	}
	if word > end/2 { // else the text has no spaces to speak of
		end = word
	}
	return strings.TrimRightFunc(text[:end], unicode.IsSpace) + "…"
}

// oneLine returns text with white space of any kind as single spaces, and without the characters that
// are not seen but act on what follows: control characters, the marks that turn the direction of
// writing, and the like. It is for questions and titles; a quote keeps them, on lines of its own.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && !joins(r) || r == utf8.RuneError) {
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(text, breaks), " "))
}

// breaks reports whether r is white space that may be written as a space. The no-break spaces of
// French typography may not.
func breaks(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' }

// joins reports whether r, which is not seen, makes one emoji or one letter of those beside it.
func joins(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner, firstTag, lastTag = 0x200c, 0x200d, 0xe0020, 0xe007f
	return r == zeroWidthNonJoiner || r == zeroWidthJoiner || firstTag <= r && r <= lastTag
}

// visible reports whether text has something to be seen.
func visible(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Mn, r)
	})
}
