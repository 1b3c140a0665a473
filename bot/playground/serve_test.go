package playground_test

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"

	"verbatim/bot"
	"verbatim/bot/playground"
	"verbatim/knowledge"
)

// shipped is the index of the article that the program comes with, which all tests share.
var shipped = sync.OnceValues(func() (*knowledge.Index, error) {
	return knowledge.Build([]*knowledge.Article{knowledge.Shipped()}, knowledge.Options{})
})

// serve starts a playground whose bot quotes articles, the shipped one when there is none, and returns
// its address.
func serve(t *testing.T, articles ...*knowledge.Article) string {
	t.Helper()
	return newServer(t, articles...).URL
}

func newServer(t *testing.T, articles ...*knowledge.Article) *httptest.Server {
	t.Helper()
	index, err := shipped()
	if len(articles) > 0 {
		if index, err = knowledge.Build(articles, knowledge.Options{}); err == nil {
			t.Cleanup(func() { _ = index.Close() })
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(index, bot.Options{Asked: func(ctx context.Context, q knowledge.Question) {
		playground.Note(ctx, playground.Asked{Question: q.Text, Article: q.Article})
	}})
	server := httptest.NewServer(playground.New(b, playground.Options{Explain: explainer(index)}))
	t.Cleanup(server.Close)
	return server
}

func serveResponder(t *testing.T, r playground.Responder, e playground.Explainer) string {
	t.Helper()
	server := httptest.NewServer(playground.New(r, playground.Options{Explain: e}))
	t.Cleanup(server.Close)
	return server.URL
}

// explainer gives the page the ranking's own reasons, as the program does.
func explainer(index *knowledge.Index) playground.Explainer {
	return func(ctx context.Context, q playground.Asked) (playground.Reasons, error) {
		why, err := index.Explain(ctx, knowledge.Question{Text: q.Question, Article: q.Article})
		told := playground.Reasons{Asked: q, Kind: why.Kind.String(), Outcome: "unanswered", Confidence: why.Confidence, Limit: why.Limit}
		if why.Found() {
			told.Outcome = "answered"
		}
		for _, r := range why.Reasons {
			s := playground.Sentence{Text: r.Article.Quote(r.Span), Paragraph: r.Paragraph, Number: r.Sentence, Score: r.Score}
			for _, f := range r.Features {
				s.Features = append(s.Features, playground.Feature(f))
			}
			told.Sentences = append(told.Sentences, s)
		}
		return told, err
	}
}
