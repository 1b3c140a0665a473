package main

import (
	"context"
	"encoding/json"

	"github.com/schollz/progressbar/v3"

	"verbatim/knowledge/eval"
)

// evalCmd measures how well questions are answered.
type evalCmd struct {
	Files   []string `arg:"" help:"Question sets, in JSON lines: an article with its questions a line, or a question with its gold answers a line."`
	Article string   `placeholder:"FILE" help:"The article that questions without one are on, instead of the one that the program comes with."`
	Part    string   `enum:",fit,choose,report" default:"" help:"Only the articles that the ranking was fitted on, chosen on, or neither: fit, choose or report."`
	Join    int      `placeholder:"N" help:"Ask of long articles, each made of N articles in a row, but for those of other parts."`
	Typed   string   `enum:",bare,capitals,slip" default:"" help:"Ask as people type: without accents (bare), in capitals, or with a slip in the longest word."`
	Compare bool     `help:"Measure bleve's own French analyzer too, on the same sentences in the same run."`
	JSON    bool     `name:"json" help:"Print one JSON object instead of tables."`
}

// Run measures, and prints what it measured on standard output.
func (c *evalCmd) Run(ctx context.Context, p *program) error {
	var files []string
	if c.Article != "" {
		files = append(files, c.Article)
	}
	articles, err := loadArticles(ctx, files)
	if err != nil {
		return err
	}
	var sets []eval.Set
	for _, file := range c.Files {
		loaded, err := eval.Load(file, articles[0])
		if err != nil {
			return err
		}
		sets = append(sets, loaded...)
	}
	if c.Join > 1 {
		if sets, err = eval.Join(sets, c.Join); err != nil {
			return err
		}
	}
	if c.Typed != "" {
		sets = eval.Type(sets, eval.Typings[c.Typed])
	}
	report, err := eval.Run(ctx, sets, eval.Options{Compare: c.Compare, Part: c.Part, Progress: progress(p, len(sets))})
	if err != nil {
		return err
	}
	if c.JSON {
		out := json.NewEncoder(p.stdout)
		out.SetIndent("", "  ")
		return out.Encode(report)
	}
	return report.Print(p.stdout)
}

// progress draws a bar on standard error while it is a terminal and there is something to wait for.
func progress(p *program, sets int) func(done, all int) {
	if !isTerminal(p.stderr) || sets < 2 {
		return nil
	}
	bar := progressbar.NewOptions(sets, progressbar.OptionSetWriter(p.stderr), progressbar.OptionClearOnFinish(),
		progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true))
	return func(done, _ int) { _ = bar.Set(done) } // a bar that cannot be drawn is no reason to stop
}
