package reader

import (
	"errors"
	"regexp"
	"strings"

	"verbatim/knowledge/reader/pdf"
)

// readPDF reads the text layer of a PDF. A file of pictures has none: its text would have to be recognized, and that
// would be no quote.
func readPDF(f File) (*document, error) {
	file, err := pdf.Read(f.Data)
	switch {
	case errors.Is(err, pdf.ErrEncrypted):
		return nil, refuse(Encrypted, "%w", err)
	case errors.Is(err, pdf.ErrBudget):
		return nil, refuse(TooComplex, "%w", err)
	case err != nil:
		return nil, refuse(Unreadable, "%w", err)
	}
	doc := &document{Title: statedTitle(file.Title), Author: file.Author, Language: file.Language, Date: file.Created}
	pages := make([][]pdf.Line, 0, len(file.Pages))
	for _, page := range file.Pages {
		switch {
		case page.Unknown && len(page.Lines) > 0, len(page.Lines) == 0 && page.Pictures:
			doc.Warnings = []Warning{MissingPages}
			pages = append(pages, nil)
		default:
			pages = append(pages, page.Lines)
		}
	}
	doc.Blocks = newLayout(pages).blocks()
	return doc, nil
}

// fileLike is what programs put where the title would stand: the name of a file, or their own.
var fileLike = regexp.MustCompile(`(?i)^(microsoft word - .*|.*\.(docx?|odt|indd|qxd|tex|dvi|pdf|rtf|pages|html?)|untitled.*|sans titre.*|` +
	`document ?\d*|slide ?\d*|print|layout ?\d*|présentation powerpoint)$`)

func statedTitle(s string) string {
	if s = clean(s); fileLike.MatchString(s) || strings.Contains(s, "://") {
		return ""
	}
	return s
}
