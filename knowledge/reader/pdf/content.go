package pdf

import "math"

// A matrix is the six numbers of an affine map (8.3.3).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times returns the map that does m, then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// A glyph is a piece of text at its place on the page, in points from the lower left.
type glyph struct {
	text       string
	x, y       float64 // where its base line begins
	width      float64
	size       float64
	bold       bool
	horizontal bool
	tag        Tag
	actual     bool // whether it stands for the glyphs that follow it too
}

// A state is what drawing text depends on (8.4, 9.3).
type state struct {
	ctm                                              matrix
	font                                             *font
	size, charSpace, wordSpace, scale, leading, rise float64
}

// A painter reads the content of a page for its text (9.4).
type painter struct {
	f         *file
	fonts     map[ref]*font // of the file, by where they are
	glyphs    []glyph
	pictures  bool // whether a picture is drawn
	state     state
	saved     []state
	text, row matrix
	marks     []mark // the marked content that is read, innermost last
	depth     int    // of drawings in drawings
	resources dict
	tags      map[marked]Tag // nil when the file has none
	page      int            // the number of the page's object
}

// A mark is marked content (14.6): what a program is told of what is drawn.
type mark struct {
	artifact bool   // it is no part of the text: a page's number, its header
	actual   string // what it stands for, drawn once in place of its glyphs
	replaced bool   // whether that has been drawn, or there is nothing to draw
	tag      Tag    // what it is, the zero value where it does not say
}

// maxSaved is how many states may be kept at once (Annex C names 28).
const maxSaved = 512

// paint reads a page's content.
func (p *painter) paint(data []byte, resources dict) {
	outer := p.resources
	p.resources = resources
	defer func() { p.resources = outer }()
	l := &lexer{data: data, spent: &p.f.budget.tokens}
	var operands []object
	for {
		switch o := l.next().(type) {
		case keyword:
			if o == end {
				return
			}
			if o == "BI" {
				skipImage(l)
				p.pictures = true
			} else {
				p.do(string(o), operands)
			}
			operands = operands[:0]
		default:
			if len(operands) < 64 {
				operands = append(operands, o)
			}
		}
	}
}

// skipImage passes over a picture within the content (8.9.7).
func skipImage(l *lexer) {
	for {
		switch k, _ := l.next().(keyword); k {
		case "ID":
			for l.pos < len(l.data) {
				if l.pos++; l.follows("EI") && isSpace(l.data[l.pos-1]) &&
					(l.pos+2 >= len(l.data) || isSpace(l.data[l.pos+2])) {
					l.pos += 2
					return
				}
			}
			return
		case end:
			if l.pos >= len(l.data) {
				return
			}
		}
	}
}

// do carries out one operator. Those that draw no text change nothing.
func (p *painter) do(op string, o []object) {
	s := &p.state
	n := func(i int) float64 {
		if i < len(o) {
			return float(o[i])
		}
		return 0
	}
	switch op {
	case "q":
		if len(p.saved) < maxSaved {
			p.saved = append(p.saved, *s)
		}
	case "Q":
		if last := len(p.saved) - 1; last >= 0 {
			*s, p.saved = p.saved[last], p.saved[:last]
		}
	case "cm":
		s.ctm = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}.times(s.ctm)
	case "Do":
		p.draw(o)
	case "BMC", "BDC":
		p.begin(o)
	case "EMC":
		p.marks = p.marks[:max(0, len(p.marks)-1)]
	case "BT":
		p.text, p.row = identity, identity
	case "Tf":
		p.setFont(o)
		s.size = n(1)
	case "Tc":
		s.charSpace = n(0)
	case "Tw":
		s.wordSpace = n(0)
	case "Tz":
		s.scale = n(0) / 100
	case "TL":
		s.leading = n(0)
	case "Ts":
		s.rise = n(0)
	case "Td":
		p.move(n(0), n(1))
	case "TD":
		s.leading = -n(1)
		p.move(n(0), n(1))
	case "T*":
		p.move(0, -s.leading)
	case "Tm":
		p.row = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}
		p.text = p.row
	case "Tj":
		p.show(o)
	case "'":
		p.move(0, -s.leading)
		p.show(o)
	case "\"":
		s.wordSpace, s.charSpace = n(0), n(1)
		p.move(0, -s.leading)
		p.show(o[min(2, len(o)):])
	case "TJ":
		if len(o) > 0 {
			a, _ := o[0].(array)
			p.show(a)
		}
	}
}

func (p *painter) move(x, y float64) {
	p.row = matrix{1, 0, 0, 1, x, y}.times(p.row)
	p.text = p.row
}

func (p *painter) setFont(o []object) {
	if len(o) == 0 {
		return
	}
	n, _ := o[0].(name)
	where := p.f.dict(p.resources["Font"])[n]
	if where == nil {
		return
	}
	r, shared := where.(ref)
	if t, ok := p.fonts[r]; ok && shared {
		p.state.font = t
		return
	}
	p.state.font = p.f.readFont(where)
	if shared {
		p.fonts[r] = p.state.font
	}
}

// show draws strings, and moves by the numbers between them (9.4.3).
func (p *painter) show(strings []object) {
	s := &p.state
	if s.font == nil {
		return
	}
	for _, o := range strings {
		if by, ok := number(o); ok {
			p.advance(-by / 1000 * s.size * s.scale)
			continue
		}
		text, _ := o.(string)
		s.font.each(text, p.glyph)
	}
}

func (p *painter) advance(x float64) { p.text = matrix{1, 0, 0, 1, x, 0}.times(p.text) }

// glyph draws one code of a string.
func (p *painter) glyph(text string, width float64, space bool) {
	if spend(&p.f.budget.glyphs, 1); len(p.glyphs) >= maxOnPage {
		panic(ErrBudget)
	}
	s := &p.state
	at := matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.times(p.text).times(s.ctm)
	advance := (width/1000*s.size + s.charSpace) * s.scale
	if space {
		advance += s.wordSpace * s.scale
	}
	drawn, ok := p.marked(text)
	switch last := len(p.glyphs) - 1; {
	case math.IsNaN(at[4] + at[5]), math.IsInf(at[4]+at[5], 0):
	case !ok && last >= 0 && p.glyphs[last].actual:
		p.glyphs[last].width = max(p.glyphs[last].width, at[4]+width/1000*math.Hypot(at[0], at[1])-p.glyphs[last].x)
	case ok:
		p.glyphs = append(p.glyphs, glyph{
			text: drawn, x: at[4], y: at[5], width: width / 1000 * math.Hypot(at[0], at[1]), size: math.Hypot(at[2], at[3]),
			bold: s.font.bold, horizontal: at[0] > 0 && math.Abs(at[1]) < at[0]/4, tag: p.tag(),
			actual: drawn != text,
		})
	}
	p.advance(advance)
}

// marked returns what is drawn for a glyph in the marked content that is read, and whether anything is.
func (p *painter) marked(text string) (string, bool) {
	for i := range p.marks {
		m := &p.marks[i]
		switch {
		case m.artifact, m.replaced:
			return "", false
		case m.actual != "":
			m.replaced = true
			return m.actual, true
		}
	}
	return text, text != ""
}

// tag is what the innermost marked content that says so is.
func (p *painter) tag() Tag {
	for i := len(p.marks) - 1; i >= 0; i-- {
		if p.marks[i].tag != (Tag{}) {
			return p.marks[i].tag
		}
	}
	return Tag{}
}

// begin begins marked content.
func (p *painter) begin(o []object) {
	m := mark{}
	if len(o) > 0 {
		m.artifact = o[0] == name("Artifact")
	}
	if len(o) > 1 {
		properties := p.f.dict(o[1])
		if n, ok := o[1].(name); ok {
			properties = p.f.dict(p.f.dict(p.resources["Properties"])[n])
		}
		if id, ok := p.f.resolve(properties["MCID"]).(int); ok {
			m.tag = p.tags[marked{p.page, id}]
		}
		if text, ok := p.f.resolve(properties["ActualText"]).(string); ok {
			m.actual = Text(text)
			m.replaced = m.actual == ""
		}
	}
	if len(p.marks) < maxSaved {
		p.marks = append(p.marks, m)
	}
}

// draw draws a form, which is content of its own (8.10), or notes a picture.
func (p *painter) draw(o []object) {
	if len(o) == 0 {
		return
	}
	n, _ := o[0].(name)
	s := p.f.stream(p.f.dict(p.resources["XObject"])[n])
	if s == nil {
		return
	}
	if p.f.name(s.dict["Subtype"]) != "Form" {
		p.pictures = true
		return
	}
	if p.depth >= maxForms {
		return
	}
	spend(&p.f.budget.drawings, 1)
	data, err := p.f.unpack(s)
	if err != nil {
		return
	}
	resources := p.f.dict(s.dict["Resources"])
	if resources == nil {
		resources = p.resources
	}
	outer, saved, text, row, marks := p.state, len(p.saved), p.text, p.row, len(p.marks)
	if m := p.f.array(s.dict["Matrix"]); len(m) == 6 {
		var by matrix
		for i := range by {
			by[i] = float(p.f.resolve(m[i]))
		}
		p.state.ctm = by.times(p.state.ctm)
	}
	p.depth++
	p.paint(data, resources)
	p.depth--
	p.state, p.text, p.row = outer, text, row
	p.saved, p.marks = p.saved[:min(saved, len(p.saved))], p.marks[:min(marks, len(p.marks))]
}
