package eval

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"verbatim/knowledge"
)

// A Baseline is how well a search engine does on the same sentences, in the same run.
type Baseline struct {
	Name    string  `json:"name"`
	Recall1 float64 `json:"recall_at_1"`
	Recall3 float64 `json:"recall_at_3"`
	Median  float64 `json:"median_us"`
	P99     float64 `json:"p99_us"`
}

type baseline struct {
	name  string
	ranks []int
	took  []time.Duration
}

// baselines asks bleve, with its own French analyzer, each sentence a document, under both its ways of scoring.
func baselines(ctx context.Context, a *knowledge.Article, questions []Question) ([]baseline, error) {
	var out []baseline
	for _, model := range []string{bleveindex.TFIDFScoring, bleveindex.BM25Scoring} {
		b, err := searchPlain(ctx, a, questions, model)
		if err != nil {
			return nil, fmt.Errorf("bleve fr, %s: %w", model, err)
		}
		out = append(out, b)
	}
	return out, nil
}

func searchPlain(ctx context.Context, a *knowledge.Article, questions []Question, model string) (baseline, error) {
	result := baseline{name: "bleve fr, " + model}
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = fr.AnalyzerName
	m.ScoringModel = model
	index, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return result, err
	}
	defer func() { _ = index.Close() }() // in memory: there is nothing to lose
	batch := index.NewBatch()
	var spans []knowledge.Span
	for _, p := range a.Paragraphs {
		for _, s := range p.Sentences {
			if err := batch.Index(strconv.Itoa(len(spans)), map[string]string{"text": a.Quote(s)}); err != nil {
				return result, err
			}
			spans = append(spans, s)
		}
	}
	if err := index.Batch(batch); err != nil {
		return result, err
	}
	for _, q := range questions {
		start := time.Now()
		hits, err := index.SearchInContext(ctx, bleve.NewSearchRequest(bleve.NewMatchQuery(q.Text)))
		if err != nil {
			return result, err
		}
		result.took = append(result.took, time.Since(start))
		rank := 0
		for i, hit := range hits.Hits {
			if n, err := strconv.Atoi(hit.ID); err == nil && rank == 0 && Holds(spans[n], q.Gold) {
				rank = i + 1
			}
		}
		result.ranks = append(result.ranks, rank)
	}
	return result, nil
}

func (b baseline) figures() Baseline {
	f := Baseline{Name: b.name, Median: quantile(b.took, 0.5), P99: quantile(b.took, 0.99)}
	for _, r := range b.ranks {
		f.Recall1 += within(r, 1) / float64(len(b.ranks))
		f.Recall3 += within(r, 3) / float64(len(b.ranks))
	}
	return f
}
