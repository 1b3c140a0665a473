package reader

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// A style is what a paragraph style makes of its paragraphs.
type style struct {
	level   int    // of a heading, 0 for none
	title   bool   // whether they are the document's title
	out     bool   // whether they are left out: captions, tables of contents
	list    int    // the list that they are items of, 0 for none
	basedOn string // the style that it varies
}

// plain reports whether a style says nothing of its own.
func (s style) plain() bool { return s.level == 0 && !s.title && !s.out && s.list == 0 }

// A styleSheet knows the styles of a document by their IDs.
type styleSheet struct {
	doc    *document
	styles map[string]style
}

// read reads styles.xml, and the language in which the document is written by default.
func (s *styleSheet) read(x *xml.Decoder) error {
	type value struct {
		Val string `xml:"val,attr"`
	}
	var sheet struct {
		Lang  value `xml:"docDefaults>rPrDefault>rPr>lang"`
		Style []struct {
			Type    string `xml:"type,attr"`
			ID      string `xml:"styleId,attr"`
			Name    value  `xml:"name"`
			BasedOn value  `xml:"basedOn"`
			Outline *value `xml:"pPr>outlineLvl"`
			List    value  `xml:"pPr>numPr>numId"`
		} `xml:"style"`
	}
	if err := x.Decode(&sheet); err != nil {
		return err
	}
	if s.doc.Language == "" {
		s.doc.Language = sheet.Lang.Val
	}
	s.styles = make(map[string]style, len(sheet.Style))
	for _, each := range sheet.Style {
		if each.Type != "paragraph" {
			continue
		}
		made := named(each.Name.Val)
		made.basedOn = each.BasedOn.Val
		if each.Outline != nil && made.plain() {
			made.level = outline(each.Outline.Val)
		}
		made.list, _ = strconv.Atoi(each.List.Val) // what is no number is no list
		s.styles[each.ID] = made
	}
	return nil
}

// deepest is how many styles may vary one another: more, and they go round.
const deepest = 12

// of returns what a style makes of a paragraph: itself, or the first of those that it varies which says something.
func (s *styleSheet) of(id string) style {
	for range deepest {
		found, ok := s.styles[id]
		if !ok {
			return named(id) // a document without styles.xml, whose IDs are its names
		}
		if !found.plain() || found.basedOn == "" {
			return found
		}
		id = found.basedOn
	}
	return style{}
}

// named knows Word's own styles. Their names are English in every language of Word; only their IDs are translated
// (ECMA-376, part 1, 17.7.4.9).
func named(name string) style {
	name = strings.ToLower(strings.ReplaceAll(name, " ", ""))
	switch {
	case name == "title", name == "titre":
		return style{title: true, level: 1}
	case name == "subtitle", name == "sous-titre":
		return style{level: 2}
	case name == "caption", name == "lgende", strings.HasPrefix(name, "toc"), strings.HasPrefix(name, "tableof"),
		name == "header", name == "footer", strings.HasPrefix(name, "index"):
		return style{out: true}
	}
	for _, prefix := range []string{"heading", "titre"} {
		if number, ok := strings.CutPrefix(name, prefix); ok {
			n, _ := strconv.Atoi(number)
			return style{level: max(0, min(n, maxLevel))}
		}
	}
	return style{}
}

// outline turns an outline level into a heading's: 0 is the first, 9 is ordinary text.
func outline(val string) int {
	n, err := strconv.Atoi(val)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return min(n+1, maxLevel)
}
