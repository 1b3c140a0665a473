package reader

import (
	"bytes"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
)

// A Format is what a file is written in.
type Format int

// The formats that are read. The zero value is none of them.
const (
	Text Format = iota + 1
	Markdown
	HTML
	PDF
	DOCX
)

func (f Format) String() string {
	return [...]string{"unknown", "text", "Markdown", "HTML", "PDF", "DOCX"}[max(0, min(int(f), int(DOCX)))]
}

// The formats of files whose bytes are text, by what is said of them. What is not named here is plain text.
var (
	byType = map[string]Format{
		"text/markdown":         Markdown,
		"text/x-markdown":       Markdown,
		"text/html":             HTML,
		"application/xhtml+xml": HTML,
	}
	byExtension = map[string]Format{
		".md":       Markdown,
		".markdown": Markdown,
		".htm":      HTML,
		".html":     HTML,
		".xhtml":    HTML,
	}
)

// pdfHeader is how far into a file a PDF may begin: readers take up to 1024 bytes before it
// (PDF 1.7, Adobe's implementation note 13).
const pdfHeader = 1024

// detect says what a file is. A server may call anything text/plain, and a name may lie: the bytes come first.
func detect(f File) (Format, error) {
	head := bytes.TrimLeft(f.Data, "\t\n\v\f\r ")
	stated, _, _ := mime.ParseMediaType(f.ContentType)
	said, ok := byType[stated]
	if !ok {
		said = byExtension[strings.ToLower(path.Ext(f.Name))]
	}
	switch sniffed := http.DetectContentType(f.Data); {
	case bytes.Contains(f.Data[:min(len(f.Data), pdfHeader)], []byte("%PDF-")):
		return PDF, nil
	case bytes.HasPrefix(f.Data, []byte("PK\x03\x04")), bytes.HasPrefix(f.Data, []byte("PK\x05\x06")):
		return DOCX, nil // or another archive, which its reader refuses
	case bytes.HasPrefix(f.Data, []byte(compoundFile)):
		return 0, refuseCompound(f.Data)
	case !strings.HasPrefix(sniffed, "text/") && !isText(f.Data):
		return 0, refuse(WrongType, "it looks like %s", sniffed)
	case strings.HasPrefix(sniffed, "text/html") && !(said == Markdown && !isPage.Match(head)), isXHTML(head):
		return HTML, nil
	}
	if said != 0 {
		return said, nil
	}
	return Text, nil
}

// isPage tells a page from a Markdown file that begins with a tag or a comment.
var isPage = regexp.MustCompile(`(?is)^(<!--.*?-->\s*)*<(!doctype|html|head|body|title)\b`)

// isXHTML reports whether a text that begins as XML is a page.
func isXHTML(head []byte) bool {
	head = head[:min(len(head), 1024)]
	return bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<html"))
}

// compoundFile is how Word's older files begin, and those that it has encrypted ([MS-CFB] 2.2, [MS-OFFCRYPTO] 2.3).
const compoundFile = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

func refuseCompound(data []byte) error {
	if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return refuse(Encrypted, "an Office document with a password")
	}
	return refuse(WrongType, "an Office document of before 2007")
}
