package french

import (
	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/french"
)

// Stem returns the stem of a folded term, by the Snowball algorithm for French. Terms of figures and
// of one or two letters are their own stem. Accents are folded before stemming, not after, so that a
// question typed without them has the same stems.
func Stem(term string) string {
	if len(term) < 3 || term[0] <= '9' {
		return term
	}
	env := snowballstem.NewEnv(term)
	snowball.Stem(env)
	return env.Current()
}
