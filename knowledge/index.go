package knowledge

import (
	"context"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// Options tunes [Build]. The zero value is what the bot runs with.
type Options struct{}

// An Index answers questions on a fixed set of articles. It may be shared between goroutines.
type Index struct {
	articles []*Article
	bleve    bleve.Index
	spans    []Quote
}

// Build makes an index of articles in memory. Their IDs must differ.
func Build(articles []*Article, _ Options) (*Index, error) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = "standard"
	m.ScoringModel = "bm25"
	b, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	x := &Index{articles: articles, bleve: b}
	batch := b.NewBatch()
	for _, a := range articles {
		for pi, p := range a.Paragraphs {
			for si, s := range p.Sentences {
				_ = batch.Index(strconv.Itoa(len(x.spans)), map[string]string{"text": a.Quote(s)})
				x.spans = append(x.spans, Quote{Article: a, Span: s, Paragraph: pi + 1, Sentences: []int{si + 1}})
			}
		}
	}
	return x, b.Batch(batch)
}

// Articles returns the articles of the index, in the order they were given in.
func (x *Index) Articles() []*Article { return x.articles }

// Ask answers a question. It fails only when ctx ends or the index was closed.
func (x *Index) Ask(ctx context.Context, q Question) (Answer, error) {
	r, err := x.bleve.SearchInContext(ctx, bleve.NewSearchRequest(bleve.NewMatchQuery(q.Text)))
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Question: q.Text}
	for _, h := range r.Hits {
		n, _ := strconv.Atoi(h.ID)
		quote := x.spans[n]
		quote.Score = h.Score
		a.Quotes = append(a.Quotes, quote)
	}
	if len(a.Quotes) > 0 {
		a.Outcome, a.Confidence = Answered, 0.5
	}
	return a, nil
}

// Close frees the index. Ask fails afterwards.
func (x *Index) Close() error { return x.bleve.Close() }
