package reader

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"verbatim/knowledge"
)

// strip removes from a page what nobody reads as part of an article: what is hidden, and what is beside it.
// readability removes much of it too, but only once it has found the article; where that is short, a cookie banner
// may look more like one.
//
// Names may mislead, and pages hide what a script is to show: what holds half of the text that is left is taken for the
// article all the same.
func strip(page *html.Node) {
	remove(page, never)
	unname(page)
	whole, listed := letters(page), 0
	for n := range page.Descendants() {
		if n.DataAtom == atom.Pre {
			listed += letters(n)
		}
	}
	remove(page, func(n *html.Node) bool {
		if n.DataAtom == atom.Pre {
			return listed*2 < whole // else it is a text of old, as the RFCs are
		}
		return beside(n) && letters(n)*2 < whole
	})
}

// remove empties the elements below root that are out.
func remove(root *html.Node, out func(*html.Node) bool) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Parent != nil && out(n) {
			empty(n)
		}
	}
}

// empty takes an element's children and nature away. It stays, so that whoever walks the tree goes on from it.
func empty(n *html.Node) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	n.Type, n.Data, n.DataAtom, n.Attr = html.CommentNode, "", 0, nil
}

var display = regexp.MustCompile(`(?i)(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)`)

// never reports whether an element is not read wherever it stands.
func never(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Head, atom.Body, atom.Main:
		return false
	case atom.Script: // one kind of which holds the page's metadata
		return !strings.EqualFold(attr(n, "type"), "application/ld+json")
	case atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Math, atom.Canvas,
		atom.Audio, atom.Video, atom.Button, atom.Select, atom.Textarea, atom.Dialog, atom.Figcaption, atom.Caption,
		atom.Nav, atom.Del, atom.S, atom.Strike, atom.Rt, atom.Rp, atom.Datalist:
		return true
	case atom.Table:
		return isData(n)
	case atom.Sup:
		return isNoteMark(n)
	}
	return has(n, "hidden") || display.MatchString(attr(n, "style"))
}

// isData tells a table of data from one that lays a page out, by what browsers' readers look at: its role, headers
// and caption, its size, and whether it holds tables or paragraphs.
func isData(table *html.Node) bool {
	if role := attr(table, "role"); role == "presentation" || role == "none" {
		return false
	}
	rows, cells, headers, parts := 0, 0, 0, 0
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.Table:
			return false
		case atom.Th, atom.Caption, atom.Thead:
			headers++
		case atom.Tr:
			rows++
		case atom.Td:
			cells++
		case atom.P, atom.Article, atom.H1, atom.H2:
			parts++
		}
	}
	return headers > 0 || rows > 1 && cells > rows && parts < 3
}

// isNoteMark reports whether a superscript leads to a note, as [1] does, and 1er, m² and XXe do not.
func isNoteMark(sup *html.Node) bool {
	for n := range sup.Descendants() {
		if n.DataAtom == atom.A && strings.Contains(attr(n, "href"), "#") {
			return true
		}
	}
	return false
}

// besideRoles are the roles of what stands beside the article (https://www.w3.org/TR/wai-aria-1.2/#role_definitions).
var besideRoles = map[string]bool{
	"navigation": true, "menu": true, "menubar": true, "dialog": true, "alertdialog": true, "alert": true,
	"complementary": true, "contentinfo": true, "search": true, "banner": true, "tooltip": true, "note": true,
}

// ordinaryNames are those of besideNames that are words of articles too.
var ordinaryNames = []string{`share`, `partage`, `social`, `menu`, `nav`, `references`, `caption`, `legende`, `credits`}

// besideNames are the words that sites name such parts by, in classes and IDs.
var besideNames = regexp.MustCompile(`(?i)(^|[\s_-])(` + strings.Join(append([]string{
	`cookies?`, `consent`, `gdpr`, `rgpd`, `didomi`, `onetrust`, `tarteaucitron`, `axeptio`,
	`newsletter`, `adverts?`, `advertisement`, `publicite`, `sponsored`,
	`related`, `lire[_-]?aussi`, `a[_-]lire`, `voir[_-]aussi`, `read[_-]?(also|next)`,
	`recommended`, `breadcrumbs?`, `fil[_-]ariane`, `comments?`, `commentaires`, `sidebar`, `toc`, `sommaire`, `navbar`,
	`navbox`, `infobox(_v\d)?`, `hatnote`, `catlinks`, `mw-editsection`, `mw-jump-link`, `reflist`, `footnotes`,
	`sr-only`, `visually-hidden`, `visuallyhidden`, `screen-reader-text`, `skip-links?`, `print-only`,
	`wp-caption-text`, `thumbcaption`, `credit`, `popup`, `modal`, `tooltip`,
}, ordinaryNames...), "|") + `)($|[\s_-])`)

// beside reports whether an element is made to stand beside the article.
func beside(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Head, atom.Body, atom.Main, atom.Article, atom.H1:
		return false
	case atom.Aside, atom.Footer, atom.Form:
		return true
	}
	return attr(n, "aria-hidden") == "true" || besideRoles[attr(n, "role")] || besideNames.MatchString(attr(n, "class")) || besideNames.MatchString(attr(n, "id"))
}

// longestHeading is the longest heading whose ID is looked at, in bytes.
const longestHeading = 200

// unname takes off the IDs that are made of a heading's words (« logement-social »), as programs make them for links to
// parts, where the name in them is an ordinary one: they tell nothing, to strip or to readability. One that is such a name
// and no more stays.
func unname(page *html.Node) {
	for h := range page.Descendants() {
		if headingLevel[h.DataAtom] == 0 {
			continue
		}
		text := beginningOf(h, longestHeading+1)
		slug := knowledge.Slug(text)
		name := besideNames.FindString(slug)
		if len(text) > longestHeading || name == slug || !slices.Contains(ordinaryNames, strings.Trim(name, "-_ ")) {
			continue
		}
		unID := func(n *html.Node) {
			n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "id" && knowledge.Slug(a.Val) == slug })
		}
		unID(h)
		unID(h.Parent)
		for c := range h.Descendants() {
			unID(c)
		}
	}
}

// textOf is the text of an element, whatever holds it.
func textOf(n *html.Node) string { return beginningOf(n, math.MaxInt) }

// beginningOf is the beginning of the text of an element, of some bytes and a few more.
func beginningOf(n *html.Node, most int) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if b.Len() >= most {
			break
		}
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
