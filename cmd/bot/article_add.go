package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// articleAddCmd puts articles into the library.
type articleAddCmd struct {
	keeping
	shelving
	quota
	From  string   `placeholder:"FILE" help:"Take lines of JSON that bot article export wrote; - for standard input."`
	ID    string   `placeholder:"ID" help:"The article's ID, for a single one. By default it is made of the title."`
	Files []string `arg:"" optional:"" name:"file" help:"Files and http(s) addresses: text, Markdown, HTML, PDF or DOCX."`
}

// Help is the part of the subcommand's help that no flag carries.
func (*articleAddCmd) Help() string {
	return `An article that is there already, with the same address or the same ID, is revised. Articles that cannot be ` +
		`read are told, and the others are added. --from takes a whole library, of one server or of all, or nothing of ` +
		`it; the servers are those that the lines name.`
}

// Run adds what can be added, and fails when something could not.
func (c *articleAddCmd) Run(ctx context.Context, p *program) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.From != "" {
		return c.withLibrary(ctx, p, library.Options{}, func(ctx context.Context, l *library.Library) error { return c.take(ctx, p, l) })
	}
	return c.withLibrary(ctx, p, library.Options{Quota: c.forLibrary()}, func(ctx context.Context, l *library.Library) error {
		failed := 0
		for _, name := range c.Files {
			told, err := c.add(ctx, l, name)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				failed++
				fmt.Fprintf(p.stderr, "bot: %s\n", oneLine(err))
				continue
			}
			fmt.Fprintln(p.stdout, told)
		}
		if failed > 0 {
			return fmt.Errorf("%s of %d could not be added", count(failed, "article"), len(c.Files))
		}
		return nil
	})
}

// check finds what contradicts itself in a call.
func (c *articleAddCmd) check() error {
	switch {
	case c.From != "" && (len(c.Files) > 0 || c.Guild != "" || c.All || c.ID != ""):
		return usagef("--from takes the lines as they are: leave out the files, --guild, --all and --id")
	case c.From != "":
		return nil
	case len(c.Files) == 0:
		return usagef("what is to be added? name files or addresses, or --from FILE for what bot article export wrote")
	case c.ID != "" && len(c.Files) > 1:
		return usagef("--id names one article, and there are %d files", len(c.Files))
	case c.ID != "" && knowledge.Slug(c.ID) != c.ID:
		return usagef("--id=%s: expected lower-case letters, digits and hyphens, such as %s", c.ID, knowledge.Slug(c.ID))
	}
	_, err := c.shelf()
	return err
}

// add reads one article, keeps it, and says what that did.
func (c *articleAddCmd) add(ctx context.Context, l *library.Library, name string) (string, error) {
	file, err := obtain(ctx, name)
	if err != nil {
		return "", err
	}
	file.ID = c.ID
	read, err := reader.Read(ctx, file)
	if err != nil {
		return "", err
	}
	e, change, err := l.Put(ctx, string(c.Guild), read.Article)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	did := map[library.Change]string{library.Added: "added", library.Revised: "revised", library.Unchanged: "unchanged"}[change]
	told := fmt.Sprintf("%s %s: %s, %s, %s", did, e.ID, printable(e.Title), count(e.Paragraphs, "paragraph"), count(e.Sentences, "sentence"))
	for _, w := range read.Warnings {
		told += "; " + warned(w)
	}
	return told, nil
}

// warned is a warning of the reader's as whoever runs the bot reads it.
func warned(w reader.Warning) string {
	switch w {
	case reader.NotFrench:
		return "it is not in French, and questions in French will find little in it"
	case reader.MissingPages:
		return "some pages are images, and were left out"
	}
	return "it may be incomplete"
}

// obtain brings the bytes of a file or of a web page.
func obtain(ctx context.Context, name string) (reader.File, error) {
	if lower := strings.ToLower(name); strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return reader.NewFetcher(reader.FetcherOptions{}).Fetch(ctx, name)
	}
	f, err := os.Open(name) //nolint:gosec // the file that the operator names
	if err != nil {
		return reader.File{}, fmt.Errorf("%s cannot be read: %w", name, cause(err))
	}
	defer func() { _ = f.Close() }()
	// One byte too many is enough for the reader to refuse it in its own words.
	data, err := io.ReadAll(io.LimitReader(f, reader.MaxSize+1))
	if err != nil {
		return reader.File{}, fmt.Errorf("%s cannot be read: %w", name, cause(err))
	}
	return reader.File{Name: filepath.Base(name), Data: data}, nil
}

// take imports what was exported.
func (c *articleAddCmd) take(ctx context.Context, p *program, l *library.Library) (err error) {
	in := p.stdin
	if c.From != "-" {
		f, err := os.Open(c.From)
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", c.From, cause(err))
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	n, err := l.Import(ctx, in)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "took %s of %s\n", count(n.Articles, "article"), count(n.Servers, "server"))
	return nil
}

// articleExportCmd writes the library.
type articleExportCmd struct {
	keeping
	shelving
	To string `arg:"" optional:"" default:"-" name:"file" help:"Where to write; - for standard output."`
}

// Help is the part of the subcommand's help that no flag carries.
func (*articleExportCmd) Help() string {
	return `Without --guild or --all the whole library is written: the articles, settings, counts of votes and ` +
		`unanswered questions of every server, and the articles that every server knows. A file is written whole or not at all.`
}

// Run exports.
func (c *articleExportCmd) Run(ctx context.Context, p *program) error {
	var which []string
	if c.Guild != "" || c.All {
		which = []string{string(c.Guild)}
	}
	if c.is(c.To) {
		return usagef("%s is the library itself: name another file to write to", c.To)
	}
	return c.withKept(ctx, p, func(ctx context.Context, l *library.Library) error {
		var n library.Transferred
		export := func(w io.Writer) (err error) {
			if n, err = l.Export(ctx, w, which...); err == nil && n == (library.Transferred{}) {
				err = errNothingKept // and a file that is there stays as it is
			}
			return err
		}
		if c.To == "-" {
			return export(p.stdout)
		}
		err := writeWhole(c.To, export)
		if errors.Is(err, errNothingKept) {
			return errNothingKept
		}
		if err == nil {
			fmt.Fprintf(p.stderr, "wrote %s of %s\n", count(n.Articles, "article"), count(n.Servers, "server"))
		}
		return err
	})
}

var errNothingKept = errors.New("nothing is kept there: `bot article list` shows what is")

// writeWhole writes a file under another name first, so that under its own it is whole whenever it is there. Only
// its owner may read it. What is there and no file, as a pipe, is written to as it is.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0) //nolint:gosec // what the operator names
		if err != nil {
			return fmt.Errorf("%s cannot be written: %w", name, cause(err))
		}
		return errors.Join(write(f), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, cause(err))
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, cause(err))
	}
	return os.Rename(f.Name(), name)
}
