package knowledge

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/knowledge/french"
)

// A Span is a half-open range of byte offsets, on rune boundaries, into [Article.Text].
type Span = french.Span

// An Article is a text to quote from, with what is known of where it comes from. It is made by
// [NewArticle], never changes afterwards, and may be shared between goroutines.
type Article struct {
	Meta

	// Text is the article as it was read. Every span counts in its bytes, every quote is a part of it.
	Text string

	// Paragraphs are in reading order. There is at least one, and each holds at least one sentence.
	Paragraphs []Paragraph
}

// Meta says what an article is and where it comes from. Only ID and Title are always set; what the
// source does not say stays empty and is never guessed.
type Meta struct {
	ID     string    `json:"id"`               // names the article to programs: lower-case letters, digits, hyphens
	Title  string    `json:"title"`            // names it to people
	Author string    `json:"author,omitempty"` // "" when the source names none
	Source string    `json:"source,omitempty"` // an http(s) address, "" when there is none
	Date   time.Time `json:"date,omitzero"`    // publication; zero when unknown
}

// A Paragraph is a part of an article that its author kept together.
type Paragraph struct {
	Span
	Sentences []Span // in reading order, within the paragraph, with nothing but white space between
}

// An ArticleError says why a text cannot be an article.
type ArticleError struct {
	ID  string // the article's ID, as given
	Why string // in words, for the operator
}

func (e *ArticleError) Error() string { return fmt.Sprintf("article %q: %s", e.ID, e.Why) }

// NewArticle cuts text into paragraphs and sentences. A paragraph is a line, or the lines up to an
// empty one when the text has empty lines. A byte order mark at the start is dropped. It fails with
// an [*ArticleError] when text is not UTF-8 or holds no sentence.
func NewArticle(meta Meta, text string) (*Article, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if !utf8.ValidString(text) {
		return nil, &ArticleError{ID: meta.ID, Why: "the text is not valid UTF-8; save it as UTF-8 and try again"}
	}
	if strings.ContainsRune(text, 0) {
		return nil, &ArticleError{ID: meta.ID, Why: "the text holds NUL bytes: it looks like a binary file, not a text"}
	}
	a := &Article{Meta: meta, Text: text}
	for _, p := range french.Paragraphs(text) {
		sentences := french.Sentences(text[p.Start:p.End])
		if len(sentences) == 0 {
			continue
		}
		for i := range sentences {
			sentences[i].Start += p.Start
			sentences[i].End += p.Start
		}
		a.Paragraphs = append(a.Paragraphs, Paragraph{Span: p, Sentences: sentences})
	}
	if len(a.Paragraphs) == 0 {
		return nil, &ArticleError{ID: meta.ID, Why: "the text is empty: there is no sentence to quote"}
	}
	if a.ID == "" {
		a.ID = Slug(a.Title)
	}
	return a, nil
}

// Quote returns the text of a span of the article, or "" when s is not within it.
func (a *Article) Quote(s Span) string {
	if s.Start < 0 || s.End > len(a.Text) || s.Start > s.End {
		return ""
	}
	return a.Text[s.Start:s.End]
}

// Slug turns a title or a file's name into an article's ID: « L’été à Nice » becomes "l-ete-a-nice".
// A title with no letter or digit gives "article".
func Slug(title string) string {
	var b bytes.Buffer
	for _, r := range french.Fold(title) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && b.Bytes()[b.Len()-1] != '-':
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) > maxID {
		slug = strings.Trim(slug[:maxID], "-")
	}
	if slug == "" {
		return "article"
	}
	return slug
}

// maxID is the longest [Meta.ID] that [Slug] makes, in bytes. An ID stands in Discord's custom IDs,
// which hold 100 characters beside everything else that a button must remember.
const maxID = 40
