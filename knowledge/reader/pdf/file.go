package pdf

import (
	"bytes"
	"errors"
)

var (
	// ErrFormat says that bytes are no PDF, or one too broken to be read.
	ErrFormat = errors.New("not a PDF file, or a broken one")
	// ErrEncrypted says that a file opens only with a password, or is encrypted in a way that is not known.
	ErrEncrypted = errors.New("encrypted")
)

// A file is a PDF whose objects are read when they are asked for.
type file struct {
	data    []byte
	budget  *budget
	entries map[int]entry // by the object's number
	trailer dict
	crypt   *crypt
	cache   map[int]object
	loading map[int]bool       // to find objects that need themselves
	packed  map[int]*container // by the number of the object stream
	rebuilt bool
}

// An entry says where an object is: at an offset, or in an object stream.
type entry struct {
	offset    int
	container int // the number of the object stream, 0 for an object of its own
}

// A container is an unpacked object stream (7.5.7).
type container struct {
	data    []byte
	offsets map[int]int // of objects, by their numbers
}

// open finds the objects of a file.
func open(data []byte) (*file, error) {
	start := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	if start < 0 {
		return nil, ErrFormat
	}
	f := &file{data: data[start:], budget: newBudget()}
	f.reset()
	if !f.readTables() || f.root() == nil {
		f.rebuild()
	}
	if err := f.decrypt(); err != nil {
		return nil, err
	}
	if f.root() == nil {
		f.rebuild() // what is encrypted, and so the root, can be in an object stream
	}
	if f.root() == nil {
		return nil, ErrFormat
	}
	return f, nil
}

func (f *file) reset() {
	f.entries, f.trailer = map[int]entry{}, dict{}
	f.forget()
}

// forget drops what was read, but not where it is.
func (f *file) forget() {
	f.cache, f.loading, f.packed = map[int]object{}, map[int]bool{}, map[int]*container{}
}

// root is the catalog, nil when there is none with pages.
func (f *file) root() dict {
	root := f.dict(f.trailer["Root"])
	if f.dict(root["Pages"]) == nil {
		return nil
	}
	return root
}

// at returns a lexer at an offset.
func (f *file) at(offset int) *lexer {
	return &lexer{data: f.data, pos: max(0, min(offset, len(f.data))), spent: &f.budget.objects, refs: true}
}

// resolve returns the object that o names, or o. What is not there, or needs itself, is nil.
func (f *file) resolve(o object) object {
	for range maxDepth {
		r, ok := o.(ref)
		if !ok {
			return o
		}
		o = f.load(r.number)
	}
	return nil
}

// The kinds of object, the zero value for an object of another kind.

func (f *file) dict(o object) dict {
	switch o := f.resolve(o).(type) {
	case dict:
		return o
	case *stream:
		return o.dict
	}
	return nil
}

func (f *file) array(o object) array    { a, _ := f.resolve(o).(array); return a }
func (f *file) name(o object) name      { n, _ := f.resolve(o).(name); return n }
func (f *file) stream(o object) *stream { s, _ := f.resolve(o).(*stream); return s }
func (f *file) string(o object) string  { s, _ := f.resolve(o).(string); return s }

// load reads an object.
func (f *file) load(number int) object {
	if o, ok := f.cache[number]; ok {
		return o
	}
	e, ok := f.entries[number]
	if !ok || f.loading[number] {
		return nil
	}
	f.loading[number] = true
	defer delete(f.loading, number)
	var o object
	if e.container > 0 {
		o = f.contained(e.container, number)
	} else {
		var self ref
		if self, o = f.object(e.offset); self.number != number {
			if f.rebuilt {
				return nil
			}
			f.rebuild()
			if e, ok := f.entries[number]; ok && e.container == 0 {
				_, o = f.object(e.offset)
			}
		}
	}
	f.cache[number] = o
	return o
}

// object reads « 12 0 obj … endobj » at an offset.
func (f *file) object(offset int) (ref, object) {
	l := f.at(offset)
	l.refs = false
	number, ok := l.next().(int)
	generation, isInt := l.next().(int)
	if !ok || !isInt || l.next() != keyword("obj") {
		return ref{}, nil
	}
	l.refs = true
	self := ref{number, generation}
	o := l.next()
	d, isDict := o.(dict)
	if _, word := o.(keyword); word {
		return self, nil
	}
	l.skipSpace()
	if !isDict || !l.follows("stream") {
		return self, f.crypt.strings(o, self)
	}
	l.pos += len("stream")
	if l.follows("\r\n") {
		l.pos += 2
	} else if l.follows("\n") || l.follows("\r") {
		l.pos++
	}
	s := &stream{dict: d, raw: f.extent(l.pos, d), self: self}
	f.crypt.strings(d, self)
	return self, s
}

// extent returns the bytes of a stream: as many as it says, or, where those do not end it, as there are.
func (f *file) extent(start int, d dict) []byte {
	rest := f.data[start:]
	if n, ok := f.resolve(d["Length"]).(int); ok && n >= 0 && n <= len(rest) {
		after := bytes.TrimLeft(rest[n:min(len(rest), n+32)], "\r\n \t")
		if bytes.HasPrefix(after, []byte("endstream")) {
			return rest[:n]
		}
	}
	n := bytes.Index(rest, []byte("endstream"))
	if n < 0 {
		return rest
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(rest[:n], []byte("\n")), []byte("\r"))
}

// contained reads an object of an object stream.
func (f *file) contained(number, wanted int) object {
	c, ok := f.packed[number]
	if !ok {
		c = f.container(number)
		f.packed[number] = c
	}
	if c == nil {
		return nil
	}
	offset, ok := c.offsets[wanted]
	if !ok || offset < 0 || offset > len(c.data) {
		return nil
	}
	l := &lexer{data: c.data, pos: offset, spent: &f.budget.objects, refs: true}
	o := l.next()
	if _, word := o.(keyword); word {
		return nil
	}
	return o
}

func (f *file) container(number int) *container {
	s := f.stream(ref{number: number})
	if s == nil || f.name(s.dict["Type"]) != "ObjStm" {
		return nil
	}
	data, err := f.unpack(s)
	if err != nil {
		return nil
	}
	c := &container{data: data, offsets: map[int]int{}}
	l := &lexer{data: data, spent: &f.budget.objects}
	first := whole(f.resolve(s.dict["First"]))
	for range min(whole(f.resolve(s.dict["N"])), len(data)) {
		number, ok := l.next().(int)
		offset, isInt := l.next().(int)
		if !ok || !isInt {
			break
		}
		if _, twice := c.offsets[number]; !twice {
			c.offsets[number] = first + offset
		}
	}
	return c
}
