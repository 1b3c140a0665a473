package reader

import (
	"net/url"
	"strings"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// readHTML reads a page's main content. What is never read as part of it goes first, so that it cannot be taken for
// the main content; readability then finds that; what it keeps is walked for headings and paragraphs.
func readHTML(f File) (*document, error) {
	text, err := decodeHTML(f)
	if err != nil {
		return nil, err
	}
	page, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, refuse(TooComplex, "%w", err)
	}
	doc := &document{}
	doc.metadata(page)
	heading := topHeading(page)
	strip(page)
	main, err := mainContent(page, f.Source, doc)
	if err != nil {
		return nil, err
	}
	doc.Title = withoutSite(clean(doc.Title), heading)
	w := &walker{doc: doc}
	w.walk(main)
	w.flush()
	doc.trimHeadings()
	return doc, nil
}

// topHeading is the text of a page's first heading of the first level, "" when there is none.
func topHeading(page *html.Node) string {
	for n := range page.Descendants() {
		if n.DataAtom != atom.H1 {
			continue
		}
		return clean(textOf(n))
	}
	return ""
}

// withoutSite takes the site's name off a title: what follows the page's heading and a mark. readability does so too,
// but leaves short titles whole.
func withoutSite(title, heading string) string {
	rest, ok := strings.CutPrefix(title, heading)
	mark, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \u00a0\u202f"))
	if ok && heading != "" && strings.ContainsRune("|-–—·:>", mark) {
		return heading
	}
	return title
}

// decodeHTML decodes a page. Where its bytes do not tell, the server's word comes first, then the page's own.
func decodeHTML(f File) (string, error) {
	stated := statedCharset(f.ContentType)
	if stated == "" {
		_, name, certain := charset.DetermineEncoding(f.Data[:min(len(f.Data), 4096)], "")
		if certain {
			stated = name
		}
	}
	return decode(f.Data, stated)
}

// mainContent returns the part of a page that is its article. A page on which none stands out is read whole: a
// short notice, a page without structure.
func mainContent(page *html.Node, source string, doc *document) (*html.Node, error) {
	address, err := url.Parse(source)
	if err != nil || address.Host == "" {
		address = nil
	}
	article, err := readability.FromDocument(page, address)
	if err != nil {
		return nil, refuse(Unreadable, "%w", err)
	}
	if doc.Title == "" {
		doc.Title = article.Title()
	}
	if doc.Author == "" {
		doc.Author = article.Byline()
	}
	if doc.Language == "" {
		doc.Language = article.Language()
	}
	if date, err := article.PublishedTime(); err == nil && doc.Date.IsZero() {
		doc.Date = date
	}
	if article.Node == nil || letters(article.Node) == 0 {
		return body(page), nil
	}
	for n := range article.Node.Descendants() { // readability makes and renames elements by their names alone
		if made := atom.Lookup([]byte(n.Data)); n.Type == html.ElementNode && (n.DataAtom == 0 || blockAtoms[made]) {
			n.DataAtom = made
		}
	}
	return article.Node, nil
}

// body returns a page's body, or the page when it has none.
func body(page *html.Node) *html.Node {
	for n := range page.Descendants() {
		if n.DataAtom == atom.Body {
			return n
		}
	}
	return page
}

// letters is how much text a node shows, in bytes without white space around its parts.
func letters(n *html.Node) (total int) {
	for c := range n.Descendants() {
		if c.Type == html.TextNode && c.Parent.DataAtom != atom.Script && c.Parent.DataAtom != atom.Style {
			total += len(strings.TrimSpace(c.Data))
		}
	}
	return total
}

// trimHeadings leaves out headings that nothing follows before the next of their kind: those of parts that were left
// out, as « Sur le même sujet ».
func (d *document) trimHeadings() {
	kept := d.Blocks[:0:0]
	for i, b := range d.Blocks {
		if b.Level > 0 && (i == len(d.Blocks)-1 || d.Blocks[i+1].Level > 0 && d.Blocks[i+1].Level <= b.Level) {
			continue
		}
		kept = append(kept, b)
	}
	d.Blocks = kept
}
