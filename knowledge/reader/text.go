package reader

import (
	"errors"
	"strings"

	"verbatim/knowledge"
)

// readText reads a text without structure. Nothing of it is changed, so that places in it are places in the file.
func readText(f File) (*Result, error) {
	text, err := decode(f.Data, statedCharset(f.ContentType))
	if err != nil {
		return nil, err
	}
	if strings.ContainsRune(text, 0) {
		return nil, refuse(WrongType, "the text holds NUL bytes")
	}
	meta := knowledge.Meta{ID: f.ID, Title: titleFrom(f, text), Source: f.Source}
	return finish(Text, meta, "", text, nil)
}

// maxLines is how many lines a text may have: each may be a paragraph, which takes two hundred bytes beside its text.
// A file of [MaxSize] whose lines are cut at 26 characters has as many.
const maxLines = 200_000

// What a file says of itself is cut: no quota counts it, and a list of articles holds it of all of them.
const (
	maxName = 300 // of a title or of authors, in code points
	maxTag  = 35  // of a language, in bytes (RFC 5646, 4.4.1)
)

// finish makes an article of a text, and says what is to be known of it. stated is the language that the file says
// it is in, "" when it does not.
func finish(format Format, meta knowledge.Meta, stated, text string, headings []knowledge.Heading) (*Result, error) {
	if lines := strings.Count(text, "\n"); lines > maxLines {
		return nil, refuse(TooComplex, "%d lines, and %d are taken at most", lines, maxLines)
	}
	meta.Title, meta.Author = shortened(meta.Title, maxName), shortened(meta.Author, maxName)
	if len(stated) > maxTag {
		stated = ""
	}
	language, french := languageOf(text, stated)
	meta.Language = language
	a, err := knowledge.NewArticle(meta, text, headings...)
	var unfit *knowledge.ArticleError
	switch {
	case errors.As(err, &unfit):
		return nil, &RefusedError{Reason: Empty, Err: err}
	case err != nil:
		return nil, err
	}
	result := &Result{Article: a, Format: format}
	if !french {
		result.Warnings = append(result.Warnings, NotFrench)
	}
	return result, nil
}
