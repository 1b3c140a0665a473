package knowledge

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"
	"unicode"
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

	// Headings are in reading order, between the paragraphs; none where the source has none.
	Headings []Heading
}

// Meta says what an article is and where it comes from. Only ID and Title are always set; what the
// source does not say stays empty and is never guessed.
type Meta struct {
	ID     string    `json:"id"`               // names the article to programs: lower-case letters, digits, hyphens
	Title  string    `json:"title"`            // names it to people
	Author string    `json:"author,omitempty"` // "" when the source names none
	Source string    `json:"source,omitempty"` // an http(s) address, "" when there is none
	Date   time.Time `json:"date,omitzero"`    // publication; zero when unknown

	Language string `json:"language,omitempty"` // BCP 47, as "fr"; "" when unknown
}

// A Paragraph is a part of an article that its author kept together.
type Paragraph struct {
	Span
	Sentences []Span // in reading order, within the paragraph, with nothing but white space between
}

// A Heading names the part of an article that follows it. It is part of [Article.Text], in no paragraph, and
// never quoted: it names what the sentences say, and says nothing itself.
type Heading struct {
	Span
	Level int // 1 for the article's main parts, 2 for a part of those, and so on
}

// An ArticleError says why a text cannot be an article.
type ArticleError struct {
	ID  string // the article's ID, as given
	Why string // in words, for the operator
}

func (e *ArticleError) Error() string { return fmt.Sprintf("article %q: %s", e.ID, e.Why) }

// NewArticle cuts text into paragraphs and sentences. A paragraph is a line, or the lines up to an
// empty one when the text has empty lines. A byte order mark at the start is dropped. Each heading is a whole
// paragraph of the text that remains, which is then none; headings are in order, and their levels at least 1.
// It fails with an [*ArticleError] when text is not UTF-8, holds no sentence, or its headings are not so.
func NewArticle(meta Meta, text string, headings ...Heading) (*Article, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if !utf8.ValidString(text) {
		return nil, &ArticleError{ID: meta.ID, Why: "the text is not valid UTF-8; save it as UTF-8 and try again"}
	}
	if strings.ContainsRune(text, 0) {
		return nil, &ArticleError{ID: meta.ID, Why: "the text holds NUL bytes: it looks like a binary file, not a text"}
	}
	a := &Article{Meta: meta, Text: text, Headings: slices.Clone(headings)}
	left := a.Headings // those that no paragraph has been found to be yet
	for _, p := range french.Paragraphs(text) {
		if len(left) > 0 && left[0].Span == p && left[0].Level > 0 {
			left = left[1:]
			continue
		}
		if sentences := french.Sentences(text[p.Start:p.End]); len(sentences) > 0 {
			a.Paragraphs = append(a.Paragraphs, Paragraph{Span: p, Sentences: shifted(sentences, p.Start)})
		}
	}
	if len(left) > 0 {
		return nil, &ArticleError{ID: meta.ID, Why: fmt.Sprintf("the heading at bytes %d to %d is no paragraph of the text, "+
			"or is out of order, or its level is not positive", left[0].Start, left[0].End)}
	}
	if len(a.Paragraphs) == 0 {
		return nil, &ArticleError{ID: meta.ID, Why: "the text is empty: there is no sentence to quote"}
	}
	if a.ID == "" {
		a.ID = Slug(a.Title)
	}
	return a, nil
}

// shifted moves spans by an offset, in place.
func shifted(spans []Span, by int) []Span {
	for i := range spans {
		spans[i].Start += by
		spans[i].End += by
	}
	return spans
}

// Quote returns the text of a span of the article, or "" when s is not within it.
func (a *Article) Quote(s Span) string {
	if s.Start < 0 || s.End > len(a.Text) || s.Start > s.End {
		return ""
	}
	return a.Text[s.Start:s.End]
}

// Slug turns a title or a file's name into an article's ID: « L’été à Nice » becomes "l-ete-a-nice". What an ID
// cannot hold of a title, as it is long, in another alphabet or told apart by signs (« C++ », an emoji), is told apart
// by a hash at its end. A title with nothing of all that gives "article".
func Slug(title string) string {
	whole := strings.Join(strings.FieldsFunc(french.Fold(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !sign(r) }), "-")
	var b bytes.Buffer
	foreign := false
	for _, r := range whole {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
			continue
		case b.Len() > 0 && b.Bytes()[b.Len()-1] != '-':
			b.WriteByte('-')
		}
		foreign = foreign || unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) || sign(r)
	}
	slug := cmp.Or(strings.Trim(b.String(), "-"), "article")
	if !foreign && len(slug) <= maxID {
		return slug
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(whole))
	tail := fmt.Sprintf("-%08x", hash.Sum32())
	return strings.Trim(slug[:min(len(slug), maxID-len(tail))], "-") + tail
}

// sign reports whether r is no punctuation, and may be all that tells two titles apart.
func sign(r rune) bool {
	return r == '+' || r == '#' || unicode.Is(unicode.Sc, r) || unicode.IsSymbol(r) && r > unicode.MaxLatin1
}

// maxID is the longest [Meta.ID] that [Slug] makes, in bytes. An ID stands in Discord's custom IDs,
// which hold 100 characters beside everything else that a button must remember.
const maxID = 40
