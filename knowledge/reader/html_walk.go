package reader

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A walker collects the blocks of a tree of elements, which is as deep as html.Parse lets it be.
type walker struct {
	doc   *document
	text  strings.Builder // of the block that is read
	links int             // how much of it is the text of links, in bytes
	level int             // of the heading that is read, 0 in a paragraph
	lists []int           // the numbers of the lists around it
	count int             // how many lists there are so far
	link  bool            // whether a link is read

	measured [2]int // what [walker.measure] counts: bytes of links, and bytes in all
}

// blockAtoms are the elements that begin a block and end one.
var blockAtoms = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true,
	atom.Figure: true, atom.Footer: true, atom.Form: true, atom.Header: true, atom.Hgroup: true, atom.Hr: true,
	atom.Li: true, atom.Main: true, atom.Ol: true, atom.P: true, atom.Section: true, atom.Summary: true,
	atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Th: true, atom.Tr: true, atom.Ul: true,
}

var headingLevel = map[atom.Atom]int{atom.H1: 1, atom.H2: 2, atom.H3: 3, atom.H4: 4, atom.H5: 5, atom.H6: 6}

// walk reads a node and what it holds.
func (w *walker) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.write(n.Data)
		return
	case html.ElementNode:
		if n.DataAtom == atom.Script || n.DataAtom == atom.Head {
			return // which hold no text, and may have been left for what they say of the page
		}
	case html.DocumentNode:
	default:
		return
	}
	switch level := headingLevel[n.DataAtom]; {
	case level > 0:
		w.flush()
		w.level = level
		w.children(n)
		w.flush()
	case n.DataAtom == atom.Ul || n.DataAtom == atom.Ol:
		w.list(n)
	case n.DataAtom == atom.Br:
		w.lineBreak(n)
	case n.DataAtom == atom.Pre:
		w.preformatted(n)
	case n.DataAtom == atom.Q:
		w.write("«\u00a0") // as browsers show it in a French text
		w.children(n)
		w.write("\u00a0»")
	case n.DataAtom == atom.Sup:
		w.superscript(n)
	case n.DataAtom == atom.A:
		w.link = true
		w.children(n)
		w.link = false
	case blockAtoms[n.DataAtom]:
		w.flush()
		w.children(n)
		w.flush()
	default:
		w.children(n)
	}
}

func (w *walker) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.walk(c)
	}
}

// raised are the figures of powers and of notes' calls. Behind a digit plain ones would make another number.
var raised = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
	"-", "⁻", "−", "⁻", "–", "⁻")

// maxRaised is the longest text that is looked at for raised figures, in bytes: no number of a note or a power is as long.
const maxRaised = 64

func (w *walker) superscript(n *html.Node) {
	figures := strings.TrimSpace(beginningOf(n, maxRaised))
	before := w.text.String()
	if before != "" && unicode.IsDigit(rune(before[len(before)-1])) && figures != "" && strings.Trim(figures, "0123456789-−–") == "" {
		w.write(raised.Replace(figures))
		return
	}
	w.children(n)
}

func (w *walker) write(s string) {
	w.text.WriteString(s)
	if w.link {
		w.links += len(strings.TrimSpace(s))
	}
}

// lineBreak ends a line, and the paragraph when it is the second in a row, as old pages make paragraphs.
func (w *walker) lineBreak(n *html.Node) {
	w.write("\n")
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		if p.DataAtom == atom.Br {
			w.flush()
			return
		}
		if p.Type != html.TextNode || strings.TrimSpace(p.Data) != "" {
			return
		}
	}
}

// preformatted reads a text that is laid out by hand, with empty lines between paragraphs.
func (w *walker) preformatted(n *html.Node) {
	for _, part := range emptyLine.Split(textOf(n), -1) {
		w.flush()
		w.write(part)
	}
	w.flush()
}

var emptyLine = regexp.MustCompile(`\n[ \t\r\f]*\n`)

// list reads a list. One of links alone is a way to other pages, and is left out.
func (w *walker) list(n *html.Node) {
	w.flush()
	before := len(w.doc.Blocks)
	w.count++
	w.lists = append(w.lists, w.count)
	linked, all := w.measure(func() {
		w.children(n)
		w.flush()
	})
	w.lists = w.lists[:len(w.lists)-1]
	if all > 0 && linked*10 >= all*9 {
		w.doc.Blocks = w.doc.Blocks[:before]
	}
}

// measure returns how much of what read adds is the text of links, and how much it is in all.
func (w *walker) measure(read func()) (linked, all int) {
	outer := w.measured
	w.measured = [2]int{}
	read()
	linked, all = w.measured[0], w.measured[1]
	w.measured = [2]int{outer[0] + linked, outer[1] + all}
	return linked, all
}

// flush ends the block that is read.
func (w *walker) flush() {
	b := block{Text: clean(w.text.String()), Level: w.level}
	linked := w.links
	w.text.Reset()
	w.links, w.level = 0, 0
	if b.Text == "" {
		return
	}
	w.measured[0] += linked
	w.measured[1] += len(b.Text)
	if len(w.lists) > 0 {
		b.List = w.lists[len(w.lists)-1]
	}
	if b.Level == 0 && leadsAway(b.Text, linked) {
		return
	}
	w.doc.Blocks = append(w.doc.Blocks, b)
}

var (
	// also begins a line that leads to other articles, as French papers put them between paragraphs.
	also = regexp.MustCompile(`(?i)^[^\pL\pN]*(à |a )?(lire|relire|voir|écouter|regarder|découvrir)( aussi| également)?\b`)
	// alone is a word that stands for a button or an advertisement.
	alone = regexp.MustCompile(`(?i)^\W*(publicité|annonce|partager|imprimer|s’abonner|s'abonner|commenter|retour en haut|` +
		`lire plus tard|lire la suite|la suite après la publicité|la suite après cette publicité)\W*$`)
)

// leadsAway reports whether a paragraph is no part of the text: a button's word, or « Lire aussi : » and a link.
func leadsAway(text string, linked int) bool {
	if alone.MatchString(text) {
		return true
	}
	m := also.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	rest := strings.TrimLeft(text[len(m[0]):], " \u00a0\u202f")
	return linked*10 >= len(text)*4 || (m[1] != "" || m[3] != "") && (rest == "" || strings.HasPrefix(rest, ":"))
}
