package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"

	"verbatim/knowledge/rank"
)

// Options tunes [Build]. The zero value is what the bot runs with.
type Options struct {
	// PassageMax is the longest passage, in code points: a paragraph of more is indexed as several. A
	// longer sentence is a passage by itself. 0 means 1200.
	PassageMax int
	// Passages is how many passages are ranked: all, where there are no more, else those that bleve finds. 0 means 32.
	Passages int
}

// An Index answers questions on a fixed set of articles. It may be shared between goroutines.
type Index struct {
	opts      Options
	articles  []*Article
	bleve     bleve.Index
	corpus    *rank.Corpus
	passages  []Span          // by number: the range of the corpus's sentences that the passage holds
	scopes    map[string]Span // by the ID of an article: the range of its passages; of all by ""
	sentences []location      // by number in the corpus
	closed    atomic.Bool
}

// A location says where a sentence stands.
type location struct {
	article   *Article
	paragraph int // from 0
	sentence  int // in its paragraph, from 0
}

func (l location) span() Span { return l.article.Paragraphs[l.paragraph].Sentences[l.sentence] }

func (l location) text() string { return l.article.Quote(l.span()) }

// Build makes an index of articles in memory. Their IDs must differ. The index keeps the articles and
// must be closed after use.
func Build(articles []*Article, opts Options) (*Index, error) {
	if opts.PassageMax == 0 {
		opts.PassageMax = 1200
	}
	if opts.Passages == 0 {
		opts.Passages = 32
	}
	rank.Warm()
	m, err := passageMapping()
	if err != nil {
		return nil, fmt.Errorf("describe passages to bleve: %w", err)
	}
	// NewMemOnly would take bleve's old index, which has no BM25 (seen in v2.6.3).
	b, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	x := &Index{opts: opts, articles: articles, bleve: b, corpus: rank.NewCorpus(), scopes: map[string]Span{}}
	if err := x.fill(); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return x, nil
}

// fill puts the passages of all articles into the corpus and into bleve.
func (x *Index) fill() error {
	batch := x.bleve.NewBatch()
	for _, a := range x.articles {
		if _, seen := x.scopes[a.ID]; seen {
			return &ArticleError{ID: a.ID, Why: "another article has the same ID; give one of them another name"}
		}
		first := len(x.passages)
		for i, p := range a.Paragraphs {
			for _, r := range x.passagesOf(a, p) {
				sentence := x.add(a, i, r)
				doc := map[string]any{stemsField: x.corpus.Stems(len(x.passages)), articleField: a.ID}
				if err := batch.Index(fmt.Sprintf(passageID, len(x.passages)), doc); err != nil {
					return fmt.Errorf("index article %q, paragraph %d: %w", a.ID, i+1, err)
				}
				x.passages = append(x.passages, Span{Start: sentence, End: len(x.sentences)})
				if err := x.flush(batch, maxBatch); err != nil {
					return err
				}
			}
		}
		x.scopes[a.ID] = Span{Start: first, End: len(x.passages)}
	}
	x.scopes[""] = Span{End: len(x.passages)}
	x.corpus.Seal()
	return x.flush(batch, 1)
}

// passageID is the ID that a passage has in bleve by its number: in the same order.
const passageID = "%010d"

// maxBatch is how many passages are handed to bleve at once. It is ours: while it takes them in, each takes some
// 30 KB, and each batch makes a segment more to search.
const maxBatch = 8000

// flush hands a batch to bleve when it holds enough passages.
func (x *Index) flush(batch *bleve.Batch, enough int) error {
	if batch.Size() < enough {
		return nil
	}
	if err := x.bleve.Batch(batch); err != nil {
		return fmt.Errorf("index %d passages: %w", batch.Size(), err)
	}
	batch.Reset()
	return nil
}

// passagesOf cuts a paragraph into passages: ranges of its sentences.
func (x *Index) passagesOf(a *Article, p Paragraph) []Span {
	ranges := []Span{{}}
	length := 0
	for i, s := range p.Sentences {
		n := utf8.RuneCountInString(a.Quote(s))
		if last := &ranges[len(ranges)-1]; last.Start == last.End || length+n <= x.opts.PassageMax {
			last.End = i + 1
			length += n
			continue
		}
		ranges = append(ranges, Span{Start: i, End: i + 1})
		length = n
	}
	return ranges
}

// add adds the sentences r of paragraph i to the corpus, as a paragraph of its own, and returns the
// number of the first.
func (x *Index) add(a *Article, i int, r Span) int {
	var texts []string
	for n := r.Start; n < r.End; n++ {
		l := location{a, i, n}
		x.sentences = append(x.sentences, l)
		texts = append(texts, l.text())
	}
	return x.corpus.Add(a.Title, texts)
}

// Articles returns the articles of the index, in the order they were given in. The caller must not
// change them.
func (x *Index) Articles() []*Article { return x.articles }

// Article returns the article with this ID, nil when there is none.
func (x *Index) Article(id string) *Article {
	for _, a := range x.articles {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Close frees the index. Ask fails afterwards, and closing it again does nothing.
func (x *Index) Close() error {
	if x.closed.Swap(true) {
		return nil // bleve would panic
	}
	return x.bleve.Close()
}

var errClosed = errors.New("the index is closed")

// read returns the numbers of the passages to rank, of an article or, with "", of all. Where they are few, all are: an
// answer may share no word with its question.
func (x *Index) read(ctx context.Context, e *rank.Expansion, article string) ([]int, error) {
	if x.closed.Load() {
		return nil, errClosed
	}
	scope := x.scopes[article]
	if scope.End-scope.Start > x.opts.Passages {
		return x.search(ctx, e, article)
	}
	all := make([]int, 0, scope.End-scope.Start)
	for n := scope.Start; n < scope.End; n++ {
		all = append(all, n)
	}
	return all, ctx.Err()
}

// search returns the numbers of the passages that bleve finds, in the order of the articles: as ranking was fitted, and
// bleve has no order for those that it finds alike.
func (x *Index) search(ctx context.Context, e *rank.Expansion, article string) ([]int, error) {
	var words []query.Query
	for _, w := range e.Stems() {
		t := bleve.NewTermQuery(w.Stem)
		t.SetField(stemsField)
		t.SetBoost(float64(w.Boost))
		words = append(words, t)
	}
	if len(words) == 0 {
		return nil, ctx.Err()
	}
	var want query.Query = bleve.NewDisjunctionQuery(words...)
	if article != "" {
		only := bleve.NewTermQuery(article)
		only.SetField(articleField)
		only.SetBoost(0)
		want = bleve.NewConjunctionQuery(only, want)
	}
	request := bleve.NewSearchRequestOptions(want, x.opts.Passages, 0, false)
	request.SortBy([]string{"-_score", "_id"}) // of those that score alike bleve would take any
	result, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("search %d passages: %w", len(x.passages), err)
	}
	found := make([]int, len(result.Hits))
	for i, hit := range result.Hits {
		if found[i], err = strconv.Atoi(hit.ID); err != nil {
			return nil, fmt.Errorf("passage %q has no number: %w", hit.ID, err)
		}
	}
	slices.Sort(found)
	return found, nil
}
