package reader

import (
	"net/url"
	"strings"
	"time"

	"verbatim/knowledge"
)

// A document is what a parser makes of a file: blocks in reading order, and what the file says of itself. It crosses
// from one process to another as JSON.
type document struct {
	Title    string
	Author   string
	Language string    // as the file states it
	Source   string    // the address that a page gives as its own
	Date     time.Time // of publication
	Blocks   []block
	Warnings []Warning
}

// A block is a heading or a paragraph.
type block struct {
	Text  string
	Level int // of a heading, from 1; 0 for a paragraph
	List  int // the number of the list that a paragraph is an item of, from 1; 0 when it is of none
}

// maxLevel is the deepest heading that is told from the one above it, as in HTML.
const maxLevel = 6

// tidy drops a date in a zone that is nowhere, which JSON does not take, cleans the text of each block, leaves out those
// without any, and makes one sentence's items one paragraph.
func (d *document) tidy() {
	if _, err := d.Date.MarshalJSON(); err != nil {
		d.Date = time.Time{}
	}
	d.Title, d.Author = clean(d.Title), clean(d.Author)
	kept := d.Blocks[:0]
	for _, b := range d.Blocks {
		if b.Text = clean(b.Text); b.Text == "" {
			continue
		}
		b.Level = min(b.Level, maxLevel)
		kept = append(kept, b)
	}
	d.Blocks = joinItems(kept)
}

// result makes an article of a document that is tidy.
func (d *document) result(format Format, f File) (*Result, error) {
	text, headings := d.text()
	meta := knowledge.Meta{
		ID:     f.ID,
		Title:  d.title(f, text),
		Author: d.Author,
		Source: source(f.Source, d.Source),
		Date:   d.Date,
	}
	result, err := finish(format, meta, d.Language, text, headings)
	if err == nil {
		result.Warnings = append(result.Warnings, d.Warnings...)
	}
	return result, err
}

// text joins the blocks, with an empty line between two.
func (d *document) text() (string, []knowledge.Heading) {
	var b strings.Builder
	var headings []knowledge.Heading
	for i, block := range d.Blocks {
		if i > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(block.Text)
		if block.Level > 0 {
			headings = append(headings, knowledge.Heading{
				Span:  knowledge.Span{Start: start, End: b.Len()},
				Level: block.Level,
			})
		}
	}
	return b.String(), headings
}

// title names a document: as it does itself, by its first heading, or as a text is named.
func (d *document) title(f File, text string) string {
	if d.Title != "" {
		return d.Title
	}
	for _, b := range d.Blocks {
		if b.Level > 0 {
			return b.Text
		}
	}
	return titleFrom(f, text)
}

// source is the address that an article is said to be from. A page may name a better one than it was fetched from,
// but of the same site only: members are sent there in the name of the site that they were told of. And not the site's
// first page, which careless sites name on all of them: it would be read in the place of each.
func source(fetched, stated string) string {
	s, err := url.Parse(stated)
	if err != nil || s.Scheme != "https" && s.Scheme != "http" || s.Hostname() == "" || s.User != nil || len(s.String()) > maxAddress {
		return fetched
	}
	f, err := url.Parse(fetched)
	if fetched != "" && (err != nil || site(f) != site(s) || isFirst(s) && !isFirst(f)) {
		return fetched
	}
	return s.String()
}

func isFirst(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

func site(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }
