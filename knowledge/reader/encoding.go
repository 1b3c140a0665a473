package reader

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode turns a text into UTF-8, without a byte order mark. UTF-8 stays as it is, byte for byte.
//
// Bytes that are valid UTF-8 are UTF-8, whatever is said of them: other encodings of French practically never are.
// What is neither UTF-8 nor UTF-16 is what stated says, and Windows-1252 where it says nothing or something unknown:
// it holds Latin-1, and œ, ’ and € besides.
func decode(data []byte, stated string) (string, error) {
	e := unicodeOf(data)
	if e == nil && isUTF8(data) {
		return strings.ToValidUTF8(strings.TrimPrefix(string(data), "\ufeff"), string(utf8.RuneError)), nil
	}
	if e == nil {
		var name string
		if e, name = charset.Lookup(stated); e == nil || name == "utf-8" || name == "replacement" {
			e = charmap.Windows1252
		}
	}
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", refuse(Unreadable, "decode the text: %w", err)
	}
	return strings.TrimPrefix(string(text), "\ufeff"), nil
}

// isUTF8 reports whether data is UTF-8, but for a few bytes that a cut or a fault of a program has left.
func isUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	whole, broken := 0, 0 // letters of several bytes
	for len(data) > 0 {
		if whole > 0 && !utf8.FullRune(data) { // it was cut there
			break
		}
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		data = data[size:]
	}
	return whole > 20*broken
}

// statedCharset returns the charset of a content type, "" when it names none.
func statedCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// unicodeOf returns UTF-16 when data is that, by its byte order mark or by where its zeros are, and nil when it is not.
func unicodeOf(data []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	}
	switch even, odd := zeros(data); {
	case odd > mostly && even < hardly:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case even > mostly && odd < hardly:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		return nil
	}
}

// In UTF-16 the high byte of a Latin letter is zero; of ’ « œ and dashes some are not. No byte of an 8-bit text is.
const (
	mostly = 0.7
	hardly = 0.05
)

// zeros returns the shares of zero bytes at even and at odd places of the first bytes of a text.
func zeros(data []byte) (even, odd float64) {
	data = data[:min(len(data), 4096)]
	half := len(data) / 2
	if half == 0 {
		return 0, 0
	}
	var n [2]int
	for i, b := range data[:2*half] {
		if b == 0 {
			n[i%2]++
		}
	}
	return float64(n[0]) / float64(half), float64(n[1]) / float64(half)
}

// isText reports whether data is text in some encoding: UTF-16, UTF-8, or bytes with hardly any control among them.
func isText(data []byte) bool {
	switch {
	case unicodeOf(data) != nil:
		return true
	case bytes.IndexByte(data, 0) >= 0:
		return false
	case utf8.Valid(data):
		return true
	}
	controls := 0
	head := data[:min(len(data), 4096)]
	for _, b := range head {
		if b < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1b", rune(b)) || b == 0x7f {
			controls++
		}
	}
	return controls*100 <= len(head)
}
