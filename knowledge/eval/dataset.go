package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"verbatim/knowledge"
)

// A Set is an article with questions on it.
type Set struct {
	Article   *knowledge.Article
	Questions []Question
}

// A Question has the places of the article that answer it, none when the article does not say.
type Question struct {
	ID   string
	Text string
	Gold []knowledge.Span
}

// Load reads question sets from a file of JSON lines, in either of two forms: an article with its
// questions a line (`paragraphs`, `questions` with `answers`), or a question a line (`question`,
// `gold`), which are then on the given article. An error names the file and the line.
func Load(path string, article *knowledge.Article) ([]Set, error) {
	data, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	var sets []Set
	loose := Set{Article: article}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, n, err)
		}
		switch {
		case len(l.Paragraphs) > 0:
			set, err := l.set()
			if err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", path, n, err)
			}
			sets = append(sets, set)
		case l.Question != "" && l.Gold != nil:
			loose.Questions = append(loose.Questions, l.question(article))
		default:
			return nil, fmt.Errorf("%s, line %d: neither an article with questions nor a question with gold answers", path, n)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	if len(loose.Questions) > 0 {
		sets = append(sets, loose)
	}
	if len(sets) == 0 {
		return nil, fmt.Errorf("%s holds no question", path)
	}
	return sets, nil
}

// maxLine is the longest line that is read, in bytes: an article of some 3,000 pages.
const maxLine = 16 << 20

// A line is what either form may hold.
type line struct {
	ID         string
	Title      string
	Paragraphs []string
	Questions  []struct {
		ID       string
		Question string
		Answers  []struct {
			Paragraph int
			Start     int // in code points, into the paragraph
			Text      string
		}
	}
	Question string
	Gold     []string
}

// set makes an article of a line's paragraphs, one a line, and finds the answers' places in its text.
func (l line) set() (Set, error) {
	starts := make([]int, len(l.Paragraphs))
	var text strings.Builder
	for i, p := range l.Paragraphs {
		starts[i] = text.Len()
		text.WriteString(strings.ReplaceAll(p, "\n", " "))
		text.WriteByte('\n')
	}
	article, err := knowledge.NewArticle(knowledge.Meta{ID: l.ID, Title: l.Title}, text.String())
	if err != nil {
		return Set{}, err
	}
	set := Set{Article: article}
	for _, q := range l.Questions {
		question := Question{ID: q.ID, Text: q.Question}
		for _, a := range q.Answers {
			if a.Paragraph < 0 || a.Paragraph >= len(l.Paragraphs) {
				return Set{}, fmt.Errorf("question %s: there is no paragraph %d", q.ID, a.Paragraph)
			}
			start := starts[a.Paragraph] + byteOffset(l.Paragraphs[a.Paragraph], a.Start)
			question.Gold = append(question.Gold, knowledge.Span{Start: start, End: start + len(a.Text)})
		}
		set.Questions = append(set.Questions, question)
	}
	return set, nil
}

// question finds every place of the article that holds a gold text.
func (l line) question(article *knowledge.Article) Question {
	q := Question{ID: l.ID, Text: l.Question}
	for _, gold := range l.Gold {
		for at := 0; gold != ""; {
			i := strings.Index(article.Text[at:], gold)
			if i < 0 {
				break
			}
			q.Gold = append(q.Gold, knowledge.Span{Start: at + i, End: at + i + len(gold)})
			at += i + len(gold)
		}
	}
	return q
}

// byteOffset turns a place in code points into one in bytes.
func byteOffset(text string, points int) int {
	at := 0
	for ; points > 0 && at < len(text); points-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// Part says which part of the data an article belongs to: "fit" (six in ten), "choose" (two) or
// "report" (two). It depends on the article's ID alone, so that no article is ever in two parts.
func Part(id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	switch h.Sum32() % 10 {
	case 6, 7:
		return "choose"
	case 8, 9:
		return "report"
	}
	return "fit"
}
