package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"

	"verbatim/bot"
	"verbatim/bot/playground"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// playgroundCmd serves a page on this machine that looks like Discord and runs the same conversation.
type playgroundCmd struct {
	Addr      loopback `default:"127.0.0.1:0" help:"Where the page is: a loopback address. Port 0 lets the system choose one."`
	Article   []string `placeholder:"FILE" sep:"none" help:"Quote this text file instead of the article that the program comes with. May be repeated."`
	NoBrowser bool     `help:"Do not open a browser, only print the address."`
	logging
}

// Help is the part of the subcommand's help that no flag carries.
func (*playgroundCmd) Help() string {
	return `The page sends interactions as Discord does, and draws the replies. It needs no account and no token, and nothing leaves ` +
		`this machine but requests for the pages that you add. It opens in the browser when the program runs at a terminal and there is one. SIGINT (Ctrl-C) ends it.`
}

// Run serves the page until a signal or the end of ctx, which are no errors.
func (c *playgroundCmd) Run(ctx context.Context, p *program) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once

	articles, err := loadArticles(ctx, c.Article)
	if err != nil {
		return err
	}
	log := c.logger(p)
	shelves, err := library.Open(ctx, "memory:", library.Options{Log: log})
	if err != nil {
		return fmt.Errorf("open a library in memory: %w", err)
	}
	defer func() { _ = shelves.Close() }() // it is in memory: nothing can be lost
	shelves.Share(articles)
	b := bot.New(shelves, bot.Options{
		Log: log, Fetch: pageFiles{reader.NewFetcher(reader.FetcherOptions{})},
		Asked: func(ctx context.Context, guild string, q knowledge.Question) {
			playground.Note(ctx, playground.Asked{Question: q.Text, Article: q.Article, Guild: guild})
		},
	})
	defer b.Close()
	l, err := listen("--addr", address(c.Addr))
	if err != nil {
		return err
	}
	url := "http://" + l.Addr().String() + "/"
	fmt.Fprintln(p.stdout, url)
	if !c.NoBrowser && isTerminal(p.stdout) {
		browse(p.getenv, url)
	}
	return playground.New(b, playground.Options{Log: log, Explain: explainer(b)}).Serve(ctx, l)
}

// A loopback is an address that only this machine reaches.
type loopback string

// UnmarshalText takes an [address] whose host is one of this machine's own.
func (l *loopback) UnmarshalText(text []byte) error {
	var a address
	err := a.UnmarshalText(text)
	if host, _, _ := net.SplitHostPort(string(a)); err != nil || !playground.IsLoopback(host) {
		return &expectation{got: string(text), want: "a loopback address such as 127.0.0.1:8090 or [::1]:0, for the page is for this machine alone"}
	}
	*l = loopback(a)
	return nil
}

// browse opens a page in the browser, where there is one. That there is none is no error: the address was
// printed.
func browse(getenv func(string) string, url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	default:
		if getenv("DISPLAY") == "" && getenv("WAYLAND_DISPLAY") == "" {
			return // xdg-open would then take over the terminal with a browser of text
		}
	}
	cmd := exec.CommandContext(context.Background(), name, args...) // it outlives this program, as browsers do
	cmd.Env = os.Environ()
	if cmd.Start() == nil {
		go func() { _ = cmd.Wait() }()
	}
}

var outcomes = map[knowledge.Outcome]string{
	knowledge.NoTerms: "no_terms", knowledge.Foreign: "foreign", knowledge.Unanswered: "unanswered", knowledge.Answered: "answered",
}

// explainer tells the playground why b answers as it does.
func explainer(b *bot.Bot) playground.Explainer {
	return func(ctx context.Context, q playground.Asked) (playground.Reasons, error) {
		why, err := b.Explain(ctx, q.Guild, knowledge.Question{Text: q.Question, Article: q.Article})
		if err != nil {
			return playground.Reasons{}, err
		}
		told := playground.Reasons{
			Asked: q, Kind: why.Kind.String(), Outcome: outcomes[why.Outcome], Confidence: why.Confidence, Limit: why.Limit,
			Sentences: make([]playground.Sentence, len(why.Reasons)),
		}
		for i, r := range why.Reasons {
			s := playground.Sentence{Text: r.Article.Quote(r.Span), Article: r.Article.Title, Paragraph: r.Paragraph, Number: r.Sentence, Score: r.Score}
			for _, f := range r.Features {
				s.Features = append(s.Features, playground.Feature(f))
			}
			told.Sentences[i] = s
		}
		return told, nil
	}
}
