package bot

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// heading begins the first text of an answer: the question, which Discord does not show otherwise,
// and which buttons read back from there.
const heading = "### "

// answered lays out an answer: the question, the quote, how sure it is, and where it stands.
func (c *catalogue) answered(a knowledge.Answer) *page {
	q := a.Quotes[0]
	p := newPage(confidenceColor(a.Confidence))
	p.write(heading + escape(a.Question))
	place := c.place(q.Paragraph, q.Sentences)
	small := fmt.Sprintf("-# **%s** · %s · %s", c.confidence(a.Confidence), place, title(q.Article))
	quote := quoteMarkdown(q)
	if size(quote)+size(small) > p.room() {
		quote = fmt.Sprintf(c.tooLong, place, c.number(len([]rune(q.Text()))))
	}
	p.write(quote)
	p.write(small)
	return p
}

func confidenceColor(p float64) int {
	switch {
	case p >= sureFrom:
		return green
	case p >= likelyFrom:
		return blue
	}
	return amber
}

// abstained lays out the outcome of a question that no quote answers. only is the article that was
// asked, nil when all were.
func (c *catalogue) abstained(a knowledge.Answer, only *knowledge.Article) *page {
	p := newPage(silver)
	p.write(heading + escape(a.Question))
	p.write(c.abstention(a.Outcome, only))
	return p
}

// abstention says why there is no answer.
func (c *catalogue) abstention(o knowledge.Outcome, only *knowledge.Article) string {
	one, all := c.unanswered, c.unansweredAll
	switch o {
	case knowledge.NoTerms:
		return c.noTerms
	case knowledge.Foreign:
		one, all = c.foreign, c.foreignAll
	}
	if only == nil {
		return all
	}
	return fmt.Sprintf(one, title(only))
}

// title returns an article's title for a message.
func title(a *knowledge.Article) string { return escape(plainTitle(a)) }

// plainTitle returns an article's title for a place where Markdown is not read, its ID when it has no
// title to be seen.
func plainTitle(a *knowledge.Article) string {
	if t := shorten(oneLine(a.Title), maxTitle); t != "" {
		return t
	}
	return shorten(oneLine(a.ID), maxTitle)
}

// sourceButton returns a link to the article's source, nothing when it has none that Discord takes.
func (c *catalogue) sourceButton(a *knowledge.Article) []discordgo.MessageComponent {
	u, err := url.Parse(a.Source)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	address := u.String()
	if size(address) > maxURL || strings.ContainsAny(address, " \t\r\n") {
		return nil
	}
	return []discordgo.MessageComponent{discordgo.Button{Style: discordgo.LinkButton, Label: c.source, URL: address}}
}
