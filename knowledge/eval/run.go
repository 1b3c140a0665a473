package eval

import (
	"context"
	"fmt"
	"runtime"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"verbatim/knowledge"
)

// Options tunes [Run]. The zero value measures answers alone.
type Options struct {
	Compare  bool                // measures bleve's own French analyzer beside, on the same sentences
	Part     string              // only the articles of this part of the data, see [Part]; "" means all
	Progress func(done, all int) // called after each set, never concurrently; nil means nothing is told
}

// deep is how many quotes are asked for: recall is counted up to it.
const deep = 5

// An asked question is what became of one.
type asked struct {
	rank       int // of the first quote that is right, from 1; 0 when none is
	confidence float64
	outcome    knowledge.Outcome
	sentences  int // of the first quote
	characters int
	verbatim   bool
	took       time.Duration
}

// Run asks every question of the sets: of its own article, of another one, and of its own without the
// paragraphs that answer it. A question without gold counts among those that its article does not answer.
func Run(ctx context.Context, sets []Set, opts Options) (Report, error) {
	results := make([]result, len(sets))
	done := make(chan int)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	go func() {
		for i, set := range sets {
			group.Go(func() (err error) {
				if opts.Part == "" || opts.Part == Part(set.Article.ID) {
					results[i], err = measure(ctx, sets, i, opts)
				}
				done <- i
				return err
			})
		}
	}()
	for n := range sets {
		<-done
		if opts.Progress != nil {
			opts.Progress(n+1, len(sets))
		}
	}
	if err := group.Wait(); err != nil {
		return Report{}, err
	}
	var all result
	for _, r := range results {
		all.add(r)
	}
	return all.report(), nil
}

// measure asks all that concerns set i.
func measure(ctx context.Context, sets []Set, i int, opts Options) (result, error) {
	set := sets[i]
	var own, none []Question
	for _, q := range set.Questions {
		if len(q.Gold) > 0 {
			own = append(own, q)
		} else {
			none = append(none, q)
		}
	}
	var r result
	err := onArticle(set.Article, func(x *knowledge.Index) (err error) {
		if r.own, err = askAll(ctx, x, own); err != nil {
			return err
		}
		if r.none, err = askAll(ctx, x, none); err != nil {
			return err
		}
		r.foreign, err = askAll(ctx, x, Foreign(sets, i, 0))
		return err
	})
	if err != nil {
		return r, err
	}
	for _, q := range own {
		rest := Without(set.Article, q.Gold)
		if rest == nil {
			continue
		}
		q.Gold = nil
		err := onArticle(rest, func(x *knowledge.Index) error {
			a, err := askAll(ctx, x, []Question{q})
			r.removed = append(r.removed, a...)
			return err
		})
		if err != nil {
			return r, err
		}
	}
	if opts.Compare {
		r.baselines, err = baselines(ctx, set.Article, own)
	}
	return r, err
}

func onArticle(a *knowledge.Article, do func(*knowledge.Index) error) error {
	x, err := knowledge.Build([]*knowledge.Article{a}, knowledge.Options{})
	if err != nil {
		return err
	}
	if err := do(x); err != nil {
		_ = x.Close() // the first error says more
		return err
	}
	return x.Close()
}

func askAll(ctx context.Context, x *knowledge.Index, questions []Question) ([]asked, error) {
	out := make([]asked, 0, len(questions))
	for _, q := range questions {
		start := time.Now()
		answer, err := x.Ask(ctx, knowledge.Question{Text: q.Text, Top: deep})
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", q.ID, err)
		}
		a := asked{confidence: answer.Confidence, outcome: answer.Outcome, verbatim: true, took: time.Since(start)}
		for n, quote := range answer.Quotes {
			if n == 0 {
				a.sentences, a.characters = len(quote.Sentences), utf8.RuneCountInString(quote.Text())
			}
			a.verbatim = a.verbatim && verbatim(quote)
			if a.rank == 0 && Holds(quote.Span, q.Gold) {
				a.rank = n + 1
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// Holds reports whether the place where one of the gold answers begins is in the quote.
func Holds(quote knowledge.Span, gold []knowledge.Span) bool {
	for _, g := range gold {
		if quote.Start <= g.Start && g.Start < quote.End {
			return true
		}
	}
	return false
}

// verbatim checks a quote against its article anew, by what the quote says of itself: its text is that of
// the sentences it names.
func verbatim(q knowledge.Quote) bool {
	sentences := q.Article.Paragraphs[q.Paragraph-1].Sentences
	first, last := sentences[q.Sentences[0]-1], sentences[q.Sentences[len(q.Sentences)-1]-1]
	return q.Text() == q.Article.Text[first.Start:last.End]
}
