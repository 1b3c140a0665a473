package reader

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dateNames are the names under which pages state their date of publication, in meta elements and in microdata.
var dateNames = map[string]bool{
	"article:published_time": true, "og:article:published_time": true, "datepublished": true, "date": true,
	"dc.date": true, "dc.date.issued": true, "dcterms.date": true, "dcterms.issued": true, "pubdate": true,
	"publish-date": true, "citation_publication_date": true,
}

// metadata reads what a page says of itself where no text says it: language, address, author, date. The title is
// left to readability, which knows how sites add their own name to it.
func (d *document) metadata(page *html.Node) {
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			d.Language = strings.TrimSpace(attr(n, "lang") + attr(n, "xml:lang"))
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && d.Source == "" {
				d.Source = strings.TrimSpace(attr(n, "href"))
			}
		case atom.Meta, atom.Time:
			d.field(n)
		}
	}
}

// field reads one element that states a date or an author.
func (d *document) field(n *html.Node) {
	name := strings.ToLower(attr(n, "name") + attr(n, "property") + attr(n, "itemprop"))
	value := attr(n, "content") + attr(n, "datetime")
	switch {
	case dateNames[name] && d.Date.IsZero():
		d.Date = parseDate(value)
	case (name == "author" || name == "dc.creator") && d.Author == "" && !strings.Contains(value, "://"):
		d.Author = value
	}
}

// attr returns an element's attribute, "" when it has none.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// has reports whether an element has an attribute, whatever its value.
func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
