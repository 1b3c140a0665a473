package french

// A Span is a half-open range of byte offsets, on rune boundaries, into a text.
type Span struct{ Start, End int }
