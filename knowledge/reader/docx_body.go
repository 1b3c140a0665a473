package reader

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// A wordBody collects the blocks of document.xml, token by token, whatever its depth.
type wordBody struct {
	doc    *document
	styles *styleSheet

	text   strings.Builder
	style  style
	list   int
	hidden bool // whether the run that is read is hidden
	props  bool // whether what is read are a paragraph's properties
	merges bool // whether the paragraph's mark was deleted: the next one goes on with it
	inText bool // whether what is read is text, and not what stands between elements
}

// skipped are the elements that are left out with all they hold: tables, what was deleted or moved away, drawings and
// text boxes, the codes of fields, and copies for older programs.
var skipped = map[string]bool{
	"tbl": true, "del": true, "moveFrom": true, "drawing": true, "pict": true, "object": true, "txbxContent": true,
	"instrText": true, "delText": true, "Fallback": true, "AlternateContent": true, "footnoteReference": true,
	"endnoteReference": true, "annotationRef": true, "ruby": true, "rPrChange": true, "pPrChange": true,
}

func (w *wordBody) read(x *xml.Decoder) error {
	for {
		token, err := x.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if skipped[t.Name.Local] {
				switch {
				case w.props && t.Name.Local == "del":
					w.merges = true
				case t.Name.Local == "tbl":
					w.flush()
					w.merges = false
				}
				if err := skip(x); err != nil {
					return err
				}
				continue
			}
			w.start(t)
		case xml.EndElement:
			w.end(t.Name.Local)
		case xml.CharData:
			if w.inText && !w.hidden {
				w.text.Write(t)
			}
		}
	}
}

// skip reads to the end of the element that has begun.
func skip(x *xml.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := x.RawToken()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func (w *wordBody) start(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		if w.merges { // the mark that is left has the say
			w.style, w.list = style{}, 0
		} else {
			w.flush()
		}
		w.merges = false
	case "pPr":
		w.props = true
	case "pStyle":
		w.style = w.styles.of(value(t))
		w.list = w.style.list
	case "outlineLvl":
		if w.style.plain() {
			w.style.level = outline(value(t))
		}
	case "numId":
		w.list, _ = strconv.Atoi(value(t))
	case "r":
		w.hidden = false
	case "vanish":
		w.hidden = value(t) != "0" && value(t) != "false"
	case "t":
		w.inText = true
	case "tab", "br", "cr", "ptab":
		w.text.WriteByte(' ')
	case "noBreakHyphen":
		w.text.WriteRune('\u2011')
	}
}

func (w *wordBody) end(name string) {
	switch name {
	case "t":
		w.inText = false
	case "r":
		w.hidden = false
	case "pPr":
		w.props = false
	case "p", "body":
		if !w.merges || name == "body" {
			w.flush()
		}
	}
}

// flush ends a paragraph.
func (w *wordBody) flush() {
	b := block{Text: clean(w.text.String()), Level: w.style.level, List: max(0, w.list)}
	if w.style.title && b.Text != "" && !w.titled() {
		w.doc.Title = b.Text
	}
	if b.Text != "" && !w.style.out {
		if b.Level > 0 {
			b.List = 0
		}
		w.doc.Blocks = append(w.doc.Blocks, b)
	}
	w.text.Reset()
	w.style, w.list, w.hidden, w.inText = style{}, 0, false, false
}

// titled reports whether a title has been read in the text: what stands there is seen by people, the property often
// comes from another document.
func (w *wordBody) titled() bool {
	for _, b := range w.doc.Blocks {
		if b.Level == 1 && b.Text == w.doc.Title {
			return true
		}
	}
	return false
}

// value is the val attribute of an element.
func value(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
			return a.Value
		}
	}
	return ""
}
