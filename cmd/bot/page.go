package main

import (
	"io"
	"strings"

	"verbatim/bot"
	"verbatim/knowledge"
)

// A page prints answers for people: the question, the quotes with their places, and how sure they are.
type page struct {
	w        io.Writer
	width    int // in columns
	colors   bool
	words    bot.Words
	articles []*knowledge.Article // those that are asked

	// prompted is set where the question was typed above its answer, and need not be repeated.
	prompted bool
}

func newPage(p *program, articles []*knowledge.Article) *page {
	words := bot.French()
	if wantsEnglish(p.getenv) {
		words = bot.English()
	}
	return &page{
		w:        p.stdout,
		width:    columns(p.stdout),
		colors:   wantsColors(p.getenv, p.stdout),
		words:    words,
		articles: articles,
	}
}

// print prints one answer, in one write, with an empty line after each of its parts.
func (p *page) print(a knowledge.Answer) error {
	var b strings.Builder
	if !p.prompted {
		p.paragraph(&b, "", a.Question, bold)
		b.WriteByte('\n')
	}
	if !a.Found() {
		p.paragraph(&b, "", p.words.Abstention(a.Outcome, p.articles), plain)
		b.WriteByte('\n')
		if len(a.Quotes) > 0 {
			p.paragraph(&b, "", p.words.Nearest(), plain)
		}
	}
	for i, q := range a.Quotes {
		sure := ""
		if i == 0 && a.Found() {
			sure = p.words.Confidence(a.Confidence) + " · "
		}
		p.quote(&b, q, sure)
		b.WriteByte('\n')
	}
	_, err := io.WriteString(p.w, b.String())
	return err
}

// What stands before each line of a quote, and of what is told of it.
const (
	bar    = "  │ "
	indent = "    "
)

// quote prints a quote and, below it, how sure it is and where it stands.
func (p *page) quote(b *strings.Builder, q knowledge.Quote, sure string) {
	text := q.Text()
	styles := make([]style, len(text))
	paint(styles, q.Start, q.Matches, bold)
	paint(styles, q.Start, q.Answers, answering)
	p.write(b, bar, text, styles)
	p.paragraph(b, indent, sure+p.words.Place(q), faint)
	if q.Article.Source != "" {
		p.paragraph(b, indent, q.Article.Source, faint)
	}
}

// paragraph prints a text in one style, each line after prefix.
func (p *page) paragraph(b *strings.Builder, prefix, text string, s style) {
	styles := make([]style, len(text))
	for i := range styles {
		styles[i] = s
	}
	p.write(b, prefix, text, styles)
}

// write prints a text whose bytes have the given styles, broken into lines that fit.
func (p *page) write(b *strings.Builder, prefix, text string, styles []style) {
	for _, line := range wrap(text, p.width-len([]rune(prefix))) {
		b.WriteString(prefix)
		if p.colors {
			writeStyled(b, text[line.Start:line.End], styles[line.Start:line.End])
		} else {
			writePrintable(b, text[line.Start:line.End])
		}
		b.WriteByte('\n')
	}
}
