package reader

import (
	"strings"
	"unicode/utf8"
)

// maxJoined is how long a paragraph of joined items may become, in code points. A longer list is read item by item.
const maxJoined = 600

// joinItems makes one paragraph of a list that is one sentence, with the line that introduces it: « Le club ouvre : /
// le lundi ; / le mardi. » Any other item is a paragraph, as it reads alone or not at all.
func joinItems(blocks []block) []block {
	joined := blocks[:0:0]
	for i := 0; i < len(blocks); {
		if blocks[i].List == 0 {
			joined = append(joined, blocks[i])
			i++
			continue
		}
		end := i + 1
		for end < len(blocks) && blocks[end].List == blocks[i].List {
			end++
		}
		joined = appendList(joined, blocks[i:end])
		i = end
	}
	return joined
}

// appendList adds a list's items to the blocks before it.
func appendList(before, items []block) []block {
	if !oneSentence(items) {
		return append(before, items...)
	}
	texts := make([]string, 0, len(items)+1)
	last := len(before) - 1
	introduced := last >= 0 && before[last].Level == 0 && strings.HasSuffix(before[last].Text, ":")
	if introduced {
		texts = append(texts, before[last].Text)
	}
	for _, b := range items {
		texts = append(texts, b.Text)
	}
	text := strings.Join(texts, " ")
	if utf8.RuneCountInString(text) > maxJoined {
		return append(before, items...)
	}
	if introduced {
		before[last].Text = text
		return before
	}
	return append(before, block{Text: text, List: items[0].List})
}

// oneSentence reports whether each item but the last ends with a mark after which a sentence goes on.
func oneSentence(items []block) bool {
	for _, b := range items[:len(items)-1] {
		if b.Level > 0 || !goesOn(b.Text) {
			return false
		}
	}
	return len(items) > 1
}

// goesOn reports whether a text ends in the middle of a sentence.
func goesOn(text string) bool {
	for _, end := range []string{",", ";", " et", " ou"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}
