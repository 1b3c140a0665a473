package playground_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"

	"verbatim/bot"
	"verbatim/bot/playground"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// serve starts a playground whose bot quotes articles, the shipped one when there is none, and returns
// its address.
func serve(t *testing.T, articles ...*knowledge.Article) string {
	t.Helper()
	return newServer(t, articles...).URL
}

func newServer(t *testing.T, articles ...*knowledge.Article) *httptest.Server {
	t.Helper()
	if len(articles) == 0 {
		articles = append(articles, knowledge.Shipped())
	}
	l, err := library.Open(context.Background(), "memory:", library.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	l.Share(articles)
	b := bot.New(l, bot.Options{Fetch: pageFiles{}, Asked: func(ctx context.Context, guild string, q knowledge.Question) {
		playground.Note(ctx, playground.Asked{Question: q.Text, Article: q.Article, Guild: guild})
	}})
	server := httptest.NewServer(playground.New(b, playground.Options{Explain: explainer(b)}))
	t.Cleanup(func() {
		server.Close()
		b.Close()
		_ = l.Close() // in memory
	})
	return server
}

// pageFiles has the page's own files, and nothing of the network.
type pageFiles struct{}

func (pageFiles) Fetch(_ context.Context, address string) (reader.File, error) {
	if content, ok := playground.Content(address); ok {
		return reader.File{Data: content}, nil
	}
	return reader.File{}, &reader.RefusedError{Reason: reader.NotFound, What: address}
}

func serveResponder(t *testing.T, r playground.Responder, e playground.Explainer) string {
	t.Helper()
	server := httptest.NewServer(playground.New(r, playground.Options{Explain: e}))
	t.Cleanup(server.Close)
	return server.URL
}

// explainer gives the page the ranking's own reasons, as the program does.
func explainer(b *bot.Bot) playground.Explainer {
	return func(ctx context.Context, q playground.Asked) (playground.Reasons, error) {
		why, err := b.Explain(ctx, q.Guild, knowledge.Question{Text: q.Question, Article: q.Article})
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
