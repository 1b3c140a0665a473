package reader

import (
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// frontMatter reads the block of YAML that a Markdown file may begin with, and returns what follows it. A block that
// is no YAML is left out all the same: it is no text. But where it begins with an empty line, it stands between two rules.
func (d *document) frontMatter(source string) string {
	rest, ok := strings.CutPrefix(source, "---\n")
	if !ok {
		return source
	}
	matter, body, ok := cutMatter(rest)
	if !ok {
		return source // a line across the page, and no end to what it would begin
	}
	var fields struct {
		Title, Lang, Language string
		Author, Authors, Date yaml.Node
	}
	if yaml.Unmarshal([]byte(matter), &fields) != nil {
		if first, _, _ := strings.Cut(matter, "\n"); strings.TrimSpace(first) == "" {
			return source
		}
		return body
	}
	d.Title = fields.Title
	d.Language = fields.Lang + fields.Language
	d.Author = strings.Join(append(scalars(&fields.Author), scalars(&fields.Authors)...), ", ")
	d.Date = parseDate(fields.Date.Value)
	return body
}

// cutMatter cuts at the line that ends the front matter.
func cutMatter(s string) (matter, body string, ok bool) {
	for _, end := range []string{"\n---\n", "\n...\n"} {
		if matter, body, ok = strings.Cut(s, end); ok {
			return matter, body, true
		}
	}
	if matter, ok = strings.CutSuffix(s, "\n---"); ok {
		return matter, "", true
	}
	return "", "", false
}

// scalars returns a value, or those of a list.
func scalars(n *yaml.Node) (values []string) {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Value != "" && n.Tag != "!!null" {
			values = append(values, n.Value)
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			if c.Kind == yaml.ScalarNode {
				values = append(values, c.Value)
			}
		}
	}
	return values
}

// dateLayouts are the ways in which files say when they were published. Days come before months, as in French.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "02/01/2006", "2/1/2006", "02/01/2006 15:04", "02/01/06", "02.01.2006", "2 1 2006",
	time.RFC1123Z, time.RFC1123,
}

var frenchMonths = strings.NewReplacer(
	"lundi ", "", "mardi ", "", "mercredi ", "", "jeudi ", "", "vendredi ", "", "samedi ", "", "dimanche ", "",
	"1er ", "1 ", "janvier", "1", "février", "2", "fevrier", "2", "mars", "3", "avril", "4", "mai", "5", "juin", "6",
	"juillet", "7", "août", "8", "aout", "8", "septembre", "9", "octobre", "10", "novembre", "11", "décembre", "12",
	"decembre", "12",
)

// parseDate reads a date as files write them; it returns zero when it is none. A date without a zone is taken as UTC.
func parseDate(s string) time.Time {
	s = clean(s)
	for _, text := range []string{s, frenchMonths.Replace(strings.ToLower(s))} {
		for _, layout := range dateLayouts {
			if t, err := time.Parse(layout, text); err == nil && t.Year() > 0 {
				return t
			}
		}
	}
	return time.Time{}
}
