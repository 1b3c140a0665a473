package pdf

import (
	"unicode/utf16"
)

// A cmap says what the codes of a font stand for (9.10.3).
type cmap struct {
	texts map[uint32]string
	bytes int // of a code: 1 or 2; 0 where it does not say
}

// maxText is how many UTF-16 units one code may stand for.
const maxText = 32

// readCMap reads a ToUnicode stream, nil when there is none.
func (f *file) readCMap(o object) *cmap {
	s := f.stream(o)
	if s == nil {
		return nil
	}
	data, err := f.unpack(s)
	if err != nil {
		return nil
	}
	m := &cmap{texts: map[uint32]string{}}
	l := &lexer{data: data, spent: &f.budget.objects}
	var operands []object
	for {
		o := l.next()
		k, word := o.(keyword)
		switch {
		case !word:
			operands = append(operands, o)
			continue
		case k == end:
			return m
		case k == "endcodespacerange":
			for _, o := range operands {
				if s, ok := o.(string); ok && len(s) <= 2 {
					m.bytes = max(m.bytes, len(s))
				}
			}
		case k == "endbfchar":
			for i := 0; i+1 < len(operands); i += 2 {
				m.set(code(operands[i]), operands[i+1])
			}
		case k == "endbfrange":
			for i := 0; i+2 < len(operands); i += 3 {
				m.setRange(&f.budget.objects, code(operands[i]), code(operands[i+1]), operands[i+2])
			}
		}
		operands = operands[:0]
	}
}

// code is the number that a string of bytes is.
func code(o object) uint32 {
	s, _ := o.(string)
	var n uint32
	for _, c := range []byte(s) {
		n = n<<8 | uint32(c)
	}
	return n
}

func (m *cmap) set(code uint32, to object) {
	switch to := to.(type) {
	case string:
		m.texts[code] = utf16Text(to)
	case name:
		m.texts[code] = glyphText(string(to))
	}
}

func (m *cmap) setRange(spent *int, from, to uint32, first object) {
	if to < from || to-from > 0xffff {
		return
	}
	spend(spent, int(to-from))
	if list, ok := first.(array); ok {
		for i, o := range list {
			if uint32(i) <= to-from {
				m.set(from+uint32(i), o)
			}
		}
		return
	}
	text, _ := first.(string)
	units := []rune(utf16Text(text))
	if len(units) == 0 {
		return
	}
	last := len(units) - 1
	for i := uint32(0); i <= to-from; i++ {
		m.texts[from+i] = string(units)
		units[last]++
	}
}

// utf16Text decodes UTF-16 of high byte first.
func utf16Text(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s) && len(units) < maxText; i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	if len(s) == 1 {
		units = append(units, uint16(s[0]))
	}
	return string(utf16.Decode(units))
}
