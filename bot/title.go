package bot

import (
	"net/url"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

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
	if size(address) > maxURL {
		return nil
	}
	return []discordgo.MessageComponent{discordgo.Button{Style: discordgo.LinkButton, Label: c.source, URL: address}}
}
