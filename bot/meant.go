package bot

import (
	"strings"

	"verbatim/knowledge/french"
)

// minPart is how much of a title must be typed to name its article, in bytes. It is ours: two letters
// stand in many a title by accident.
const minPart = 3

// find returns the volume that a member means by name, nil when none is meant: see [meant].
func (c *corpus) find(name string) *volume {
	i := meant(name, len(c.volumes), func(i int) string { return c.volumes[i].key }, func(i int) string { return c.volumes[i].folded })
	if i < 0 {
		return nil
	}
	return c.volumes[i]
}

// meant returns which of n articles is meant by name: its ID or its key, as the autocompletion fills
// them in, or its title, or a part that only one title has. Case and accents do not count. It returns -1
// when none is meant. key and title give the key and the folded title of an article.
func meant(name string, n int, key, title func(i int) string) int {
	id := keyOf(name)
	for i := range n {
		if k := key(i); k == name || k == id {
			return i
		}
	}
	part, parts, folded := -1, 0, french.Fold(name)
	for i := range n {
		switch t := title(i); {
		case t == folded:
			return i
		case len(folded) >= minPart && strings.Contains(t, folded):
			part = i
			parts++
		}
	}
	if parts != 1 {
		return -1
	}
	return part
}
