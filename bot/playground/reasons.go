package playground

import (
	"context"
	"sync"
)

// An Asked is a question that articles were asked.
type Asked struct {
	Question string `json:"question"`
	Article  string `json:"article,omitempty"` // the ID of the only article that was asked, "" for all
	Guild    string `json:"guild,omitempty"`   // the server whose articles were asked, "" for the operator's
}

// An Explainer tells why a question is answered as it is. The playground knows nothing of the ranking:
// whoever starts it passes one.
type Explainer func(ctx context.Context, q Asked) (Reasons, error)

// Reasons tell why a question is answered as it is.
type Reasons struct {
	Asked
	Kind       string     `json:"kind"`       // of question
	Outcome    string     `json:"outcome"`    // "answered", "unanswered", "foreign" or "no_terms"
	Confidence float64    `json:"confidence"` // probability that the first sentence answers, from 0 to 1
	Limit      float64    `json:"limit"`      // below this confidence no answer is given
	Sentences  []Sentence `json:"sentences"`  // best first
}

// A Sentence is one that may answer, and what its place among the others is due to.
type Sentence struct {
	Text      string    `json:"text"`
	Article   string    `json:"article"` // its title
	Paragraph int       `json:"paragraph"`
	Number    int       `json:"number"`
	Score     float64   `json:"score"`
	Features  []Feature `json:"features"` // heaviest first
}

// A Feature is one thing that the ranking looks at in a sentence.
type Feature struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Other float64 `json:"other"` // its value in the sentence that this one is compared to
	Share float64 `json:"share"` // what it adds to the difference of the two scores
}

// A note holds the last question that was asked while an interaction was answered.
type note struct {
	mu    sync.Mutex
	asked *Asked
}

type noteKey struct{}

func withNote(ctx context.Context) (context.Context, *note) {
	n := new(note)
	return context.WithValue(ctx, noteKey{}, n), n
}

func (n *note) last() *Asked {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.asked
}

// Note tells the page which question the conversation asks the articles while it answers the interaction of
// ctx. Where ctx is no interaction of a playground it does nothing.
func Note(ctx context.Context, q Asked) {
	if n, ok := ctx.Value(noteKey{}).(*note); ok {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.asked = &q
	}
}
