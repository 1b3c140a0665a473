package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"fmt"
	"io"
)

// errFilter says that a stream is packed as only pictures are, or in no way that is known.
var errFilter = errors.New("unknown filter")

// unpack returns the bytes of a stream. What is broken is unpacked up to the fault.
func (f *file) unpack(s *stream) ([]byte, error) {
	data := f.crypt.stream(s)
	filters := f.list(s.dict["Filter"])
	parameters := f.list(s.dict["DecodeParms"])
	for i, filter := range filters {
		var parameter dict
		if i < len(parameters) {
			parameter = f.dict(parameters[i])
		}
		var err error
		if data, err = f.filter(f.name(filter), data, parameter); err != nil {
			return nil, err
		}
		if spend(&f.budget.unpacked, len(data)); len(data) > maxStream {
			panic(ErrBudget)
		}
	}
	return data, nil
}

// list returns an array, or what stands where one may, as an array of one.
func (f *file) list(o object) array {
	switch o := f.resolve(o).(type) {
	case nil:
		return nil
	case array:
		return o
	default:
		return array{o}
	}
}

func (f *file) filter(filter name, data []byte, parameter dict) ([]byte, error) {
	switch filter {
	case "FlateDecode", "Fl":
		r, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("unpack a stream: %w", err)
		}
		return f.unpredict(f.readAll(r), parameter), nil
	case "LZWDecode", "LZW":
		early := 1
		if e, ok := f.resolve(parameter["EarlyChange"]).(int); ok {
			early = e
		}
		return f.unpredict(unlzw(data, early, maxStream), parameter), nil
	case "ASCII85Decode", "A85":
		data, _, _ = bytes.Cut(bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~")), []byte("~"))
		return f.readAll(ascii85.NewDecoder(bytes.NewReader(data))), nil
	case "ASCIIHexDecode", "AHx":
		data, _, _ = bytes.Cut(data, []byte(">"))
		return unhex(data), nil
	case "RunLengthDecode", "RL":
		return unrun(data, maxStream), nil
	case "Crypt":
		return data, nil
	}
	return nil, fmt.Errorf("%w %q", errFilter, filter)
}

// readAll reads what there is before a fault, and one byte more than a stream may have at most.
func (f *file) readAll(r io.Reader) []byte {
	data, _ := io.ReadAll(io.LimitReader(r, maxStream+1)) // a file cut short still has a beginning
	return data
}

// unpredict undoes what makes rows of numbers pack better (7.4.4.4).
func (f *file) unpredict(data []byte, parameter dict) []byte {
	predictor := whole(f.resolve(parameter["Predictor"]))
	if predictor < 2 {
		return data
	}
	colors := max(1, whole(f.resolve(parameter["Colors"])))
	bits := whole(f.resolve(parameter["BitsPerComponent"]))
	if bits == 0 {
		bits = 8
	}
	columns := max(1, whole(f.resolve(parameter["Columns"])))
	if colors > 64 || bits < 0 || bits > 32 || columns > 1<<20 {
		return nil
	}
	pixel, row := max(1, colors*bits/8), (colors*bits*columns+7)/8
	if predictor == 2 {
		return untiff(data, row, pixel)
	}
	return unpng(data, row, pixel)
}

func untiff(data []byte, row, pixel int) []byte {
	for start := 0; start < len(data); start += row {
		line := data[start:min(start+row, len(data))]
		for i := pixel; i < len(line); i++ {
			line[i] += line[i-pixel]
		}
	}
	return data
}

// unpng undoes PNG's filters (PNG, 9), the number of which is the first byte of each row.
func unpng(data []byte, row, pixel int) []byte {
	out := make([]byte, 0, len(data))
	above := make([]byte, row)
	for len(data) > 1 {
		kind, line := data[0], data[1:min(1+row, len(data))]
		data = data[1+len(line):]
		for i := range line {
			var left, upper, corner byte
			upper = above[i]
			if i >= pixel {
				left, corner = line[i-pixel], above[i-pixel]
			}
			switch kind {
			case 1:
				line[i] += left
			case 2:
				line[i] += upper
			case 3:
				line[i] += byte((int(left) + int(upper)) / 2)
			case 4:
				line[i] += paeth(left, upper, corner)
			}
		}
		out = append(out, line...)
		copy(above, line)
	}
	return out
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	default:
		return c
	}
}

func abs(n int) int { return max(n, -n) }

// unrun undoes run lengths (7.4.5).
func unrun(data []byte, limit int) (out []byte) {
	for len(data) > 1 && len(out) <= limit {
		n := int(data[0])
		data = data[1:]
		switch {
		case n == 128:
			return out
		case n < 128:
			n = min(n+1, len(data))
			out = append(out, data[:n]...)
			data = data[n:]
		default:
			out = append(out, bytes.Repeat(data[:1], 257-n)...)
			data = data[1:]
		}
	}
	return out
}

// unlzw undoes LZW (7.4.4), whose codes grow one code early unless early is 0.
func unlzw(data []byte, early, limit int) (out []byte) {
	const again, stop = 256, 257
	type entry struct{ start, end int } // in out
	var table []entry
	bits, acc, width := 0, uint32(0), 9
	last := entry{-1, -1}
	for _, c := range data {
		acc, bits = acc<<8|uint32(c), bits+8
		if bits < width {
			continue
		}
		code := int(acc >> (bits - width) & (1<<width - 1))
		bits -= width
		start := len(out)
		switch {
		case code == stop || len(out) > limit:
			return out
		case code == again:
			table, width, last = table[:0], 9, entry{-1, -1}
			continue
		case code < again:
			out = append(out, byte(code))
		case code-258 < len(table):
			e := table[code-258]
			out = append(out, out[e.start:e.end]...)
		case code-258 == len(table) && last.start >= 0:
			out = append(out, out[last.start:last.end]...)
			out = append(out, out[start])
		default:
			return out
		}
		if last.start >= 0 && len(table) < 4096-258 {
			table = append(table, entry{last.start, last.end + 1}) // what follows last in out is its next byte
		}
		last = entry{start, len(out)}
		switch n := len(table) + 259 + early - 1; {
		case n >= 2048:
			width = 12
		case n >= 1024:
			width = 11
		case n >= 512:
			width = 10
		default:
			width = 9
		}
	}
	return out
}
