package reader

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// titleFrom names a text that does not name itself: by its file, else by how it begins, else by where it is from.
func titleFrom(f File, text string) string {
	if name := FileTitle(f.Name); name != "" {
		return name
	}
	if first := opening(text); first != "" {
		return first
	}
	if u, err := url.Parse(f.Source); err == nil && u.Host != "" {
		return u.Host
	}
	return "Article"
}

// FileTitle makes a file's name readable: "reglement_du-club.pdf" becomes « Reglement du club ». A name without a
// letter or digit stays as it is.
func FileTitle(name string) string {
	if ext := path.Ext(name); isExtension(ext) && len(ext) < len(name) {
		name = strings.TrimSuffix(name, ext)
	}
	words := strings.FieldsFunc(name, func(r rune) bool {
		return r == '-' || r == '_' || unicode.IsSpace(r) || unicode.IsControl(r)
	})
	if len(words) == 0 {
		return strings.TrimSpace(name)
	}
	first, size := utf8.DecodeRuneInString(words[0])
	words[0] = string(unicode.ToUpper(first)) + words[0][size:]
	return strings.Join(words, " ")
}

// isExtension tells the end of a file's name from that of a title: « .docx », not « .0 » or « . Dupont ».
func isExtension(ext string) bool {
	if len(ext) < 2 || len(ext) > len(".markdown") || '0' <= ext[1] && ext[1] <= '9' {
		return false
	}
	return !strings.ContainsFunc(ext[1:], func(r rune) bool {
		return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// maxOpening is how much of a text's beginning may name it, in code points.
const maxOpening = 60

// opening returns the first words of a text, with an ellipsis where they go on.
func opening(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")), "\n")
	return shortened(clean(line), maxOpening)
}

// shortened returns the first words of a line, with an ellipsis where they go on beyond most code points.
func shortened(line string, most int) string {
	if utf8.RuneCountInString(line) <= most {
		return line
	}
	cut := 0
	n := 0
	for i, r := range line {
		if n++; n > most {
			break
		}
		if r == ' ' {
			cut = i
		}
	}
	if cut == 0 {
		return string([]rune(line)[:most-1]) + "…"
	}
	return strings.TrimRight(line[:cut], " ,;:") + "…"
}
