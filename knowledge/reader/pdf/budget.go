package pdf

import "errors"

// ErrBudget says that reading a file would take more than it may.
var ErrBudget = errors.New("reading it takes more than it may")

// The budget of a file. A text of 5 MiB with its drawings takes a tenth of it.
const (
	maxObjects  = 1 << 20   // that are parsed, parts of arrays and dictionaries counted
	maxUnpacked = 64 << 20  // bytes that streams unpack to, in all
	maxStream   = 16 << 20  // bytes that one does
	maxTokens   = 8 << 20   // of the pages' contents
	maxGlyphs   = 4 << 20   // that are drawn
	maxOnPage   = 128 << 10 // glyphs that are drawn on one page
	maxDrawings = 20_000    // that are drawn, each as often as it is
	maxPages    = 5000
	maxDepth    = 64 // of arrays in arrays, of the tree of pages
	maxForms    = 8  // of drawings in drawings
)

// A budget is what is left. Spending more panics with ErrBudget, which [Read] returns: it can happen in any depth.
type budget struct {
	objects, unpacked, tokens, glyphs, drawings int
}

func newBudget() *budget {
	return &budget{objects: maxObjects, unpacked: maxUnpacked, tokens: maxTokens, glyphs: maxGlyphs, drawings: maxDrawings}
}

func spend(from *int, n int) {
	if *from -= n; *from < 0 {
		panic(ErrBudget)
	}
}
