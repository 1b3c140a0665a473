package pdf

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
)

// readTables reads where the objects are, from the end of the file back through its updates (7.5.4 to 7.5.8). It
// reports false when a table is not there or is none.
func (f *file) readTables() bool {
	tail := f.data[max(0, len(f.data)-2048):]
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		return false
	}
	l := f.at(len(f.data) - len(tail) + i + len("startxref"))
	next, ok := l.next().(int)
	for read := map[int]bool{}; ok && !read[next]; {
		read[next] = true
		trailer := f.readTable(next)
		if trailer == nil {
			return false
		}
		for key, value := range trailer {
			if _, newer := f.trailer[key]; !newer {
				f.trailer[key] = value
			}
		}
		if hybrid, is := trailer["XRefStm"].(int); is && !read[hybrid] {
			read[hybrid] = true
			f.readTable(hybrid)
		}
		next, ok = trailer["Prev"].(int)
	}
	return len(f.entries) > 0
}

// readTable reads one table or stream of references, and returns what it says of the file, nil when it is none.
func (f *file) readTable(offset int) dict {
	if offset < 0 || offset >= len(f.data) {
		return nil
	}
	l := f.at(offset)
	l.skipSpace()
	if !l.follows("xref") {
		_, o := f.object(l.pos)
		if s, ok := o.(*stream); ok {
			return f.readXrefStream(s)
		}
		return nil
	}
	l.pos += len("xref")
	l.refs = false
	for {
		first, ok := l.next().(int)
		if !ok {
			break // the word « trailer »
		}
		count, ok := l.next().(int)
		if !ok {
			return nil
		}
		for n := first; n < first+count && l.pos < len(l.data); n++ {
			offset, ok := l.next().(int)
			if _, isInt := l.next().(int); !ok || !isInt {
				return nil
			}
			if l.next() == keyword("n") {
				f.place(n, entry{offset: offset})
			}
		}
	}
	l.refs = true
	trailer, _ := l.next().(dict)
	return trailer
}

// place records where an object is, unless a later update has said so.
func (f *file) place(number int, e entry) {
	if _, newer := f.entries[number]; !newer && number > 0 {
		spend(&f.budget.objects, 1)
		f.entries[number] = e
	}
}

// readXrefStream reads a table that is a stream (7.5.8).
func (f *file) readXrefStream(s *stream) dict {
	data, err := f.unpack(s)
	if err != nil || f.name(s.dict["Type"]) != "XRef" {
		return nil
	}
	var widths [3]int
	row := 0
	for i, w := range f.array(s.dict["W"]) {
		if n := whole(w); i < len(widths) && n >= 0 && n <= 8 {
			widths[i] = n
			row += n
		}
	}
	index := f.array(s.dict["Index"])
	if index == nil {
		index = array{0, whole(s.dict["Size"])}
	}
	for i := 0; row > 0 && i+1 < len(index); i += 2 {
		first, count := whole(index[i]), whole(index[i+1])
		for n := first; n < first+count && len(data) >= row; n++ {
			kind, second := fields(data, widths)
			data = data[row:]
			switch kind {
			case 1:
				f.place(n, entry{offset: second})
			case 2:
				f.place(n, entry{container: second})
			}
		}
	}
	return s.dict
}

// fields reads a row of a table: a kind, which is 1 where it has no width, and the first of two numbers.
func fields(data []byte, widths [3]int) (kind, second int) {
	var values [3]int
	for i, w := range widths {
		for _, c := range data[:w] {
			values[i] = values[i]<<8 | int(c)
		}
		data = data[w:]
	}
	if widths[0] == 0 {
		values[0] = 1
	}
	return values[0], max(0, values[1])
}

// rebuild finds the objects by looking for them: a file whose table is lost still has them. Of two with the same
// number the later one counts, as it does in an update.
func (f *file) rebuild() {
	if f.rebuilt {
		return
	}
	f.rebuilt = true
	old := f.trailer
	f.reset()
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte(" obj"))
		if i < 0 {
			break
		}
		pos += i + len(" obj")
		if number, start, ok := f.before(pos - len(" obj")); ok {
			f.entries[number] = entry{offset: start}
			spend(&f.budget.objects, 1)
		}
	}
	f.rebuildTrailer(old)
	f.rebuildContainers()
}

// before reads « 12 0 » back from an offset.
func (f *file) before(at int) (number, start int, ok bool) {
	digits := func(stop int) int {
		for stop > 0 && f.data[stop-1] >= '0' && f.data[stop-1] <= '9' {
			stop--
		}
		return stop
	}
	generation := digits(at)
	if generation == at || generation == 0 || !isSpace(f.data[generation-1]) {
		return 0, 0, false
	}
	start = digits(generation - 1)
	number, err := strconv.Atoi(string(f.data[start : generation-1]))
	return number, start, err == nil && number > 0
}

// rebuildTrailer takes what trailers say, the last first, and looks for the catalog where none says.
func (f *file) rebuildTrailer(old dict) {
	for stop := len(f.data); ; {
		stop = bytes.LastIndex(f.data[:stop], []byte("trailer"))
		if stop < 0 {
			break
		}
		d, _ := f.at(stop + len("trailer")).next().(dict)
		for key, value := range d {
			if _, later := f.trailer[key]; !later {
				f.trailer[key] = value
			}
		}
	}
	for _, key := range []name{"Root", "Encrypt", "ID", "Info"} {
		if _, ok := f.trailer[key]; !ok && old[key] != nil {
			f.trailer[key] = old[key]
		}
	}
}

// rebuildContainers finds the objects in object streams, and what streams of references say of the file.
func (f *file) rebuildContainers() {
	catalog := 0
	for _, number := range f.numbers() {
		d := f.dict(ref{number: number})
		switch f.name(d["Type"]) {
		case "XRef":
			for _, key := range []name{"Root", "Encrypt", "ID", "Info"} {
				if d[key] != nil {
					f.trailer[key] = d[key]
				}
			}
		case "Catalog":
			catalog = number
		case "ObjStm":
			if f.trailer["Encrypt"] != nil && f.crypt == nil {
				continue // it can be read once the key is known
			}
			c := f.container(number)
			f.packed[number] = c
			if c == nil {
				continue
			}
			for inner := range c.offsets {
				if e, own := f.entries[inner]; !own || e.container > 0 {
					f.entries[inner] = entry{container: number}
				}
			}
		}
	}
	if f.dict(f.trailer["Root"]) == nil && catalog > 0 {
		f.trailer["Root"] = ref{number: catalog}
	}
	if f.dict(f.trailer["Root"]) == nil {
		for _, number := range f.numbers() {
			if f.name(f.dict(ref{number: number})["Type"]) == "Catalog" {
				f.trailer["Root"] = ref{number: number}
			}
		}
	}
}

// numbers are those of the objects, in order.
func (f *file) numbers() []int { return slices.Sorted(maps.Keys(f.entries)) }
