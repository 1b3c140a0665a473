package pdf

import (
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// A Document is the text layer of a file.
type Document struct {
	Title, Author, Language string    // as the file states them
	Created                 time.Time // zero when it does not
	Pages                   []Page
}

// A Page holds its lines in the order in which they are drawn.
type Page struct {
	Lines    []Line
	Pictures bool // whether pictures are drawn on it: where there is no text they may be the text
	Unknown  bool // whether more of its text than not cannot be known: its fonts do not say
}

// Read reads a file. It fails with [ErrFormat], [ErrEncrypted] or [ErrBudget].
func Read(data []byte) (d *Document, err error) {
	defer func() {
		if p := recover(); p == any(ErrBudget) {
			d, err = nil, ErrBudget
		} else if p != nil {
			panic(p) // a fault of ours, which fuzzing is to find
		}
	}()
	f, err := open(data)
	if err != nil {
		return nil, err
	}
	root, info := f.root(), f.dict(f.trailer["Info"])
	d = &Document{
		Title:    Text(f.string(info["Title"])),
		Author:   Text(f.string(info["Author"])),
		Language: Text(f.string(root["Lang"])),
		Created:  date(f.string(info["CreationDate"])),
	}
	t := &tree{f: f, document: d, fonts: map[ref]*font{}, seen: map[ref]bool{}, tags: f.readStructure()}
	t.walk(root["Pages"], nil, 0)
	if len(d.Pages) == 0 {
		return nil, ErrFormat
	}
	return d, nil
}

// A tree walks the tree of pages (7.7.3).
type tree struct {
	f        *file
	document *Document
	fonts    map[ref]*font
	seen     map[ref]bool
	tags     map[marked]Tag
}

// walk reads a node and those below it. inherited is what they have where they do not say: their resources.
func (t *tree) walk(o, inherited object, depth int) {
	if r, ok := o.(ref); ok {
		if t.seen[r] {
			return
		}
		t.seen[r] = true
	}
	d := t.f.dict(o)
	if d == nil || depth > maxDepth || len(t.document.Pages) >= maxPages {
		return
	}
	if d["Resources"] != nil {
		inherited = d["Resources"]
	}
	if kids := t.f.array(d["Kids"]); kids != nil {
		for _, kid := range kids {
			t.walk(kid, inherited, depth+1)
		}
		return
	}
	self, _ := o.(ref)
	t.document.Pages = append(t.document.Pages, t.page(self.number, d, t.f.dict(inherited)))
}

func (t *tree) page(number int, d, resources dict) Page {
	p := &painter{f: t.f, fonts: t.fonts, state: state{ctm: upright(whole(t.f.resolve(d["Rotate"]))), scale: 1}, tags: t.tags, page: number}
	p.text, p.row = identity, identity
	var content []byte
	for _, part := range t.f.list(d["Contents"]) {
		if s := t.f.stream(part); s != nil {
			if data, err := t.f.unpack(s); err == nil {
				content = append(append(content, data...), '\n')
			}
		}
	}
	p.paint(content, resources)
	missing := 0
	for _, g := range p.glyphs {
		if g.text == unknown {
			missing++
		}
	}
	return Page{Lines: lines(p.glyphs), Pictures: p.pictures, Unknown: missing*2 > len(p.glyphs)}
}

// upright returns the map that turns a page as it is shown.
func upright(rotate int) matrix {
	switch ((rotate % 360) + 360) % 360 {
	case 90:
		return matrix{0, -1, 1, 0, 0, 0}
	case 180:
		return matrix{-1, 0, 0, -1, 0, 0}
	case 270:
		return matrix{0, 1, -1, 0, 0, 0}
	}
	return identity
}

// Text decodes a text string (7.9.2.2): UTF-16 or UTF-8 with their marks, else what is Latin-1 but for a few signs.
func Text(s string) string {
	switch {
	case strings.HasPrefix(s, "\xfe\xff"):
		units := make([]uint16, 0, len(s)/2)
		for i := 2; i+1 < len(s); i += 2 {
			units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
		}
		return strings.ToValidUTF8(string(utf16.Decode(units)), "")
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return strings.ToValidUTF8(s[3:], "")
	}
	text, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return ""
	}
	return text
}

// date reads « D:20240506123000+02'00' » (7.9.4), zero when it is none.
func date(s string) time.Time {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "D:"), "'", "")
	for _, layout := range []string{"20060102150405-0700", "20060102150405Z0000", "20060102150405Z", "20060102150405", "200601021504", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	if len(s) > 14 {
		return date(s[:14])
	}
	return time.Time{}
}
