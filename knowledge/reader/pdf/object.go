package pdf

// An object is nil, bool, int, float64, string, name, keyword, array, dict, ref or *stream (7.3).
type object any

type (
	name    string
	keyword string // an operator, or a word that the format uses between objects
	array   []object
	dict    map[name]object
)

// A ref names an object that stands elsewhere in the file.
type ref struct{ number, generation int }

// A stream is a dictionary and the bytes that it describes, packed as they stand in the file.
type stream struct {
	dict
	raw  []byte
	self ref // what its bytes are encrypted for
}

// number returns a number as a float, and whether o is one.
func number(o object) (float64, bool) {
	switch n := o.(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// float returns a number, 0 for anything else.
func float(o object) float64 {
	f, _ := number(o)
	return f
}

// whole returns an integer, 0 for anything else.
func whole(o object) int {
	switch n := o.(type) {
	case int:
		return n
	case float64:
		if n > -1e9 && n < 1e9 {
			return int(n)
		}
	}
	return 0
}
