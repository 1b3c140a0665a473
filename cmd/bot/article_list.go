package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"verbatim/knowledge/library"
)

// articleListCmd lists articles.
type articleListCmd struct {
	keeping
	shelving
	JSON bool `help:"Print a line of JSON for each article."`
}

// Help is the part of the subcommand's help that no flag carries.
func (*articleListCmd) Help() string {
	return `Without --guild or --all the articles of every server are listed, and those that every server knows. ` +
		`Articles of $ARTICLES_DIR are files: they are not in the library, and not listed.`
}

// A jsonEntry is a line of `bot article list --json`. Scripts rely on its names and their meaning.
type jsonEntry struct {
	Guild      string    `json:"guild"` // "" for the articles that every server knows
	ID         string    `json:"id"`
	Title      string    `json:"title"`
	Source     string    `json:"source,omitempty"`
	Revision   int       `json:"revision"`
	Bytes      int       `json:"bytes"`
	Paragraphs int       `json:"paragraphs"`
	Sentences  int       `json:"sentences"`
	Added      time.Time `json:"added"`
	Changed    time.Time `json:"changed"`
}

// Run lists.
func (c *articleListCmd) Run(ctx context.Context, p *program) error {
	return c.withKept(ctx, p, func(ctx context.Context, l *library.Library) error {
		shelves := []string{string(c.Guild)}
		if c.Guild == "" && !c.All {
			guilds, err := l.Guilds(ctx)
			if err != nil {
				return err
			}
			shelves = append(shelves, guilds...)
		}
		var all []library.Entry
		for _, shelf := range shelves {
			entries, err := l.Entries(ctx, shelf)
			if err != nil {
				return err
			}
			all = append(all, entries...)
		}
		switch {
		case c.JSON:
			return printEntriesJSON(p.stdout, all)
		case len(all) == 0:
			fmt.Fprintln(p.stdout, "There is no article.")
			return nil
		}
		return printEntries(p.stdout, all)
	})
}

func printEntriesJSON(w io.Writer, all []library.Entry) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, e := range all {
		line := jsonEntry{Guild: e.Guild, ID: e.ID, Title: e.Title, Source: e.Source, Revision: e.Revision, Bytes: e.Bytes,
			Paragraphs: e.Paragraphs, Sentences: e.Sentences, Added: e.Added.UTC(), Changed: e.Changed.UTC()}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// printEntries prints articles for people, a line each.
func printEntries(w io.Writer, all []library.Entry) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SERVER\tID\tREVISION\tSIZE\tCHANGED\tTITLE")
	for _, e := range all {
		guild := e.Guild
		if guild == "" {
			guild = "(all)"
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%v\t%s\t%s\n", guild, printable(e.ID), e.Revision, byteSize(e.Bytes),
			e.Changed.Format(time.DateOnly), printable(e.Title))
	}
	return table.Flush()
}
