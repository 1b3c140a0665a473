package pdf

import (
	"regexp"
	"strings"
)

// A font says what the codes that a page draws stand for, and how wide they are.
type font struct {
	wide    bool  // whether a code is of two bytes
	unicode bool  // whether codes are UTF-16
	toText  *cmap // nil when the font has none
	simple  *encoding
	widths  map[int]float64 // by code, in thousandths of the size
	missing float64         // of codes without a width
	bold    bool
}

var boldName = regexp.MustCompile(`(?i)bold|black|heavy|demi|cmbx|[-,]bd`)

// readFont reads a font, a plain one where it is none (9.5).
func (f *file) readFont(o object) *font {
	d := f.dict(o)
	t := &font{toText: f.readCMap(d["ToUnicode"]), bold: boldName.MatchString(string(f.name(d["BaseFont"])))}
	if f.name(d["Subtype"]) == "Type0" {
		f.readComposite(t, d)
		return t
	}
	descriptor := f.dict(d["FontDescriptor"])
	t.simple = f.encodingOf(d["Encoding"], whole(f.resolve(descriptor["Flags"]))&4 != 0)
	scale := 1.0
	if f.name(d["Subtype"]) == "Type3" {
		if m := f.array(d["FontMatrix"]); len(m) == 6 {
			scale = float(f.resolve(m[0])) * 1000
		}
	}
	widths := f.array(d["Widths"])
	t.widths = make(map[int]float64, len(widths))
	first := whole(f.resolve(d["FirstChar"]))
	for i, w := range widths[:min(len(widths), 256)] {
		t.widths[first+i] = float(f.resolve(w)) * scale
	}
	t.missing = float(f.resolve(descriptor["MissingWidth"])) * scale
	if widths == nil {
		t.estimate(strings.Contains(string(f.name(d["BaseFont"])), "Courier"))
	}
	return t
}

// encodingOf reads the encoding of a simple font (9.6.6): one with a name, and what differs from it.
func (f *file) encodingOf(o object, symbolic bool) *encoding {
	o = f.resolve(o)
	if n, ok := o.(name); ok {
		return baseEncoding(n, symbolic)
	}
	d := f.dict(o)
	e := baseEncoding(f.name(d["BaseEncoding"]), symbolic)
	code := 0
	for _, o := range f.array(d["Differences"]) {
		switch o := f.resolve(o).(type) {
		case int:
			code = o
		case name:
			if code >= 0 && code < len(e) {
				e[code] = glyphText(string(o))
			}
			code++
		}
	}
	return e
}

// readComposite reads a font whose codes are of two bytes (9.7). What its codes stand for is known from its ToUnicode
// stream, or where they are Unicode themselves.
func (f *file) readComposite(t *font, d dict) {
	t.wide = t.toText == nil || t.toText.bytes != 1
	encoding := string(f.name(d["Encoding"]))
	t.unicode = strings.Contains(encoding, "UCS2") || strings.Contains(encoding, "UTF16")
	var descendant dict
	if list := f.array(d["DescendantFonts"]); len(list) > 0 {
		descendant = f.dict(list[0])
	}
	t.missing = 1000
	if w, ok := number(f.resolve(descendant["DW"])); ok {
		t.missing = w
	}
	t.widths = map[int]float64{}
	list := f.array(descendant["W"])
	for i := 0; i+1 < len(list); {
		first := whole(f.resolve(list[i]))
		if widths, ok := f.resolve(list[i+1]).(array); ok {
			for n, w := range widths {
				t.widths[first+n] = float(f.resolve(w))
			}
			spend(&f.budget.objects, len(widths))
			i += 2
			continue
		}
		last := whole(f.resolve(list[i+1]))
		if i+2 >= len(list) || last-first > 0xffff {
			return
		}
		for n := first; n <= last; n++ {
			t.widths[n] = float(f.resolve(list[i+2]))
		}
		spend(&f.budget.objects, max(0, last-first))
		i += 3
	}
}

// estimate gives widths to a font that every reader is to know (9.6.2.2): near enough to tell words apart.
func (t *font) estimate(fixed bool) {
	for code, text := range t.simple {
		switch {
		case fixed:
			t.widths[code] = 600
		case text == "":
		case strings.Contains("ijlftI.,:;'’‘!|()[]-/ \u00a0r", text):
			t.widths[code] = 290
		case strings.Contains("mwMW—…œŒæÆ%@", text):
			t.widths[code] = 860
		case text >= "A" && text <= "Z", strings.Contains("ÀÂÇÉÈÊËÎÏÔÙÛÜ", text):
			t.widths[code] = 680
		default:
			t.widths[code] = 530
		}
	}
}

// each calls draw with each code of a string: its text, its width, and whether it is the space that words are
// spaced at (9.3.3).
func (t *font) each(s string, draw func(text string, width float64, space bool)) {
	for len(s) > 0 {
		code, size := int(s[0]), 1
		if t.wide && len(s) > 1 {
			code, size = code<<8|int(s[1]), 2
		}
		width, ok := t.widths[code]
		if !ok {
			width = t.missing
		}
		draw(t.text(code, s[:size]), width, size == 1 && code == ' ')
		s = s[size:]
	}
}

// unknown stands for a code that the font does not explain.
const unknown = "\ufffd"

func (t *font) text(code int, raw string) string {
	if t.toText != nil {
		if text := t.toText.texts[uint32(code)]; text != "" && text != "\x00" {
			return text
		}
	}
	switch {
	case t.simple != nil:
		return t.simple[code&0xff]
	case t.unicode:
		return utf16Text(raw)
	default:
		return unknown
	}
}
