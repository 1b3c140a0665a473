package reader

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxPart is how long an unpacked part of a DOCX file may be, in bytes: ten times what a text of [MaxSize] takes in it.
const maxPart = 50 << 20

// readDOCX reads a document of Word's (ECMA-376, part 1): an archive of XML, of which three parts matter here. Entities
// are none of encoding/xml's business, so that no file can unfold in it.
func readDOCX(f File) (*document, error) {
	archive, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		return nil, refuse(Unreadable, "%w", err)
	}
	parts := map[string]*zip.File{}
	for _, part := range archive.File {
		parts[strings.TrimPrefix(part.Name, "/")] = part
	}
	main := parts["word/document.xml"]
	if main == nil {
		return nil, refuse(WrongType, "an archive without word/document.xml")
	}
	doc := &document{}
	styles := &styleSheet{doc: doc}
	for _, part := range []struct {
		file *zip.File
		read func(*xml.Decoder) error
	}{
		{parts["docProps/core.xml"], doc.coreProperties},
		{parts["word/styles.xml"], styles.read},
		{main, (&wordBody{doc: doc, styles: styles}).read},
	} {
		if err := readPart(part.file, part.read); err != nil {
			return nil, err
		}
	}
	return doc, nil
}

// readPart unpacks one part into what reads it. A part that is not there has nothing to say.
func readPart(part *zip.File, read func(*xml.Decoder) error) error {
	if part == nil {
		return nil
	}
	r, err := part.Open()
	if err != nil {
		return refuse(Unreadable, "%s: %w", part.Name, err)
	}
	defer func() { _ = r.Close() }() // it was only read
	limited := &io.LimitedReader{R: r, N: maxPart}
	err = read(xml.NewDecoder(limited))
	switch {
	case limited.N <= 0:
		return refuse(TooBig, "%s unpacks to more than %d MiB", part.Name, maxPart>>20)
	case err != nil && !errors.Is(err, io.EOF):
		return refuse(Unreadable, "%s: %w", part.Name, err)
	}
	return nil
}

// coreProperties reads what the document says of itself.
func (d *document) coreProperties(x *xml.Decoder) error {
	var core struct {
		Title    string `xml:"title"`
		Creator  string `xml:"creator"`
		Language string `xml:"language"`
		Created  string `xml:"created"`
	}
	if err := x.Decode(&core); err != nil {
		return err
	}
	d.Title, d.Author, d.Language = core.Title, core.Creator, core.Language
	d.Date = parseDate(core.Created)
	return nil
}
