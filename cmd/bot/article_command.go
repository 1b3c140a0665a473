package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"verbatim/knowledge/library"
)

// articleCmd is the library, for whoever runs the bot. A bot that is running sees what changes within two
// seconds.
type articleCmd struct {
	Add    articleAddCmd    `cmd:"" help:"Add articles from files and web pages, or revise those that are there."`
	List   articleListCmd   `cmd:"" help:"List articles."`
	Remove articleRemoveCmd `cmd:"" help:"Forget articles at once."`
	Export articleExportCmd `cmd:"" help:"Write the library as lines of JSON, to be read by add --from."`
	Purge  articlePurgeCmd  `cmd:"" help:"Forget all that is kept of a server at once."`
}

// shelving is whose articles a subcommand is about.
type shelving struct {
	Guild snowflake `placeholder:"ID" xor:"whose" help:"The server whose articles these are."`
	All   bool      `xor:"whose" help:"The articles that every server knows."`
}

// shelf returns the server that the articles are of, "" for those that every server knows.
func (s *shelving) shelf() (string, error) {
	if s.Guild == "" && !s.All {
		return "", usagef("whose articles? say --guild ID for one server, or --all for those that every server knows")
	}
	return string(s.Guild), nil
}

// withLibrary opens the library for one subcommand, which SIGINT and SIGTERM end.
func (k *keeping) withLibrary(ctx context.Context, p *program, o library.Options, do func(ctx context.Context, l *library.Library) error) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	o.Log = (&logging{}).logger(p)
	l, err := k.open(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, l), l.Close())
}

// withKept opens a library that is there: a mistyped name is told, and not taken for an empty library.
func (k *keeping) withKept(ctx context.Context, p *program, do func(ctx context.Context, l *library.Library) error) error {
	if _, err := os.Stat(k.Library); k.Database == "" && !library.InMemory(k.Library) && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no library in %s: name its file in LIBRARY, or with --library", k.Library)
	}
	return k.withLibrary(ctx, p, library.Options{}, do)
}

// is reports whether a file is the one that holds the library.
func (k *keeping) is(file string) bool {
	a, errA := os.Stat(file)
	b, errB := os.Stat(k.Library)
	return k.Database == "" && errA == nil && errB == nil && os.SameFile(a, b)
}

// articleRemoveCmd forgets articles.
type articleRemoveCmd struct {
	keeping
	shelving
	IDs []string `arg:"" name:"id" help:"IDs of articles, as bot article list shows them."`
}

// Run removes the articles that are there, and fails when some are not.
func (c *articleRemoveCmd) Run(ctx context.Context, p *program) error {
	shelf, err := c.shelf()
	if err != nil {
		return err
	}
	return c.withKept(ctx, p, func(ctx context.Context, l *library.Library) error {
		var missing []string
		for _, id := range c.IDs {
			switch err := l.Remove(ctx, shelf, id); {
			case errors.Is(err, library.ErrNotFound):
				missing = append(missing, fmt.Sprintf("%q", id))
			case err != nil:
				return err
			default:
				fmt.Fprintf(p.stdout, "removed %s\n", printable(id))
			}
		}
		if len(missing) > 0 {
			return fmt.Errorf("there is no article %s: `bot article list` shows those that there are", strings.Join(missing, ", "))
		}
		return nil
	})
}

// articlePurgeCmd forgets a server.
type articlePurgeCmd struct {
	keeping
	Guild snowflake `required:"" placeholder:"ID" help:"The server to forget."`
}

// Help is the part of the subcommand's help that no flag carries.
func (*articlePurgeCmd) Help() string {
	return `Its articles, its settings, its unanswered questions and the counts of its votes are deleted, without a ` +
		`grace and without asking. A bot that is still in the server answers on, from the articles that every server knows.`
}

// Run purges the server, and says what there was.
func (c *articlePurgeCmd) Run(ctx context.Context, p *program) error {
	return c.withKept(ctx, p, func(ctx context.Context, l *library.Library) error {
		guild := string(c.Guild)
		usage, err := l.Usage(ctx, guild)
		if err != nil {
			return err
		}
		questions, err := l.Questions(ctx, guild)
		if err != nil {
			return err
		}
		if err := l.Purge(ctx, guild); err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "purged %s: %s, %s\n", guild, count(usage.Articles, "article"), count(len(questions), "unanswered question"))
		return nil
	})
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// printable is a text of the library as a terminal may show it.
func printable(text string) string {
	var b strings.Builder
	writePrintable(&b, text)
	return b.String()
}
