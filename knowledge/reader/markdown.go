package reader

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxQuotes is how deep quotations may be within one another. goldmark takes the square of it.
const maxQuotes = 100

var deepQuote = regexp.MustCompile(fmt.Sprintf(`(?m)^(\s*>){%d}`, maxQuotes))

// lineBreak is the one tag within a line that says something of the text.
var lineBreak = regexp.MustCompile(`(?i)^<br\b[^>]*>$`)

// readMarkdown reads CommonMark with GitHub's tables, struck text and footnotes: those, code blocks and HTML are left
// out; of links and code within a line, the text is kept.
func readMarkdown(f File) (*document, error) {
	source, err := decode(f.Data, statedCharset(f.ContentType))
	if err != nil {
		return nil, err
	}
	if deepQuote.MatchString(source) {
		return nil, refuse(TooComplex, "a quotation within quotations, more than %d deep", maxQuotes)
	}
	doc := &document{}
	body := []byte(doc.frontMatter(strings.ReplaceAll(source, "\r\n", "\n")))
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList))
	m := &markdown{source: body, doc: doc}
	if err := ast.Walk(md.Parser().Parse(text.NewReader(body)), m.block); err != nil {
		return nil, err
	}
	if len(doc.Blocks) == 0 && bytes.IndexByte(body, '<') >= 0 { // all of it is HTML
		return readHTML(f)
	}
	return doc, nil
}

// markdown collects the blocks of a tree.
type markdown struct {
	source []byte
	doc    *document
	open   []int // the numbers of the lists around the block that is read
	lists  int   // how many lists there are so far
}

// block is called at the beginning and at the end of each node.
func (m *markdown) block(n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch n := n.(type) {
	case *ast.List:
		if !entering {
			m.open = m.open[:len(m.open)-1]
			break
		}
		m.lists++
		m.open = append(m.open, m.lists)
	case *ast.Heading:
		if entering {
			m.doc.Blocks = append(m.doc.Blocks, block{Text: m.inline(n), Level: n.Level})
		}
		return ast.WalkSkipChildren, nil
	case *ast.Paragraph, *ast.TextBlock, *extast.DefinitionTerm:
		if entering {
			m.doc.Blocks = append(m.doc.Blocks, block{Text: m.inline(n), List: m.list()})
		}
		return ast.WalkSkipChildren, nil
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock, *extast.Table, *extast.FootnoteList:
		return ast.WalkSkipChildren, nil
	}
	return ast.WalkContinue, nil
}

// list is the number of the innermost list around the block that is read, 0 when there is none.
func (m *markdown) list() int {
	if len(m.open) == 0 {
		return 0
	}
	return m.open[len(m.open)-1]
}

// inline returns the text of a block, without what marks it.
func (m *markdown) inline(block ast.Node) string {
	var b bytes.Buffer
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Image, *extast.Strikethrough, *extast.FootnoteLink, *extast.FootnoteBacklink:
			return ast.WalkSkipChildren, nil
		case *ast.RawHTML:
			if entering && lineBreak.Match(n.Segments.Value(m.source)) {
				b.WriteByte('\n')
			}
		case *ast.CodeSpan:
			if entering {
				b.Write(verbatimText(n, m.source))
			}
			return ast.WalkSkipChildren, nil
		case *ast.AutoLink:
			if entering {
				b.Write(n.Label(m.source))
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		case *ast.Text:
			if entering {
				b.Write(unescape(n.Segment.Value(m.source)))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte('\n')
				}
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// verbatimText returns the text within a code span, in which nothing is escaped.
func verbatimText(n ast.Node, source []byte) []byte {
	var b []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b = append(b, t.Segment.Value(source)...)
		}
	}
	return b
}

// unescape resolves what stands for a character: \* and &eacute;.
func unescape(s []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s)))
}
