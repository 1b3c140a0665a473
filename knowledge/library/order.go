package library

import (
	"cmp"
	"slices"

	"verbatim/knowledge/french"
)

// sortEntries puts entries in the order that people expect of titles: accents and capitals aside.
func sortEntries(all []Entry) {
	slices.SortFunc(all, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(french.Fold(a.Title), french.Fold(b.Title)), cmp.Compare(a.ID, b.ID))
	})
}
