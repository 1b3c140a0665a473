package bot

import (
	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/reader"
)

// title returns an article's title for a message.
func title(a *knowledge.Article) string { return escape(plainTitle(a)) }

// plainTitle returns an article's title for a place where Markdown is not read: its ID, or the ID's
// hash, when there is nothing to be seen of it.
func plainTitle(a *knowledge.Article) string {
	for _, t := range []string{a.Title, a.ID} {
		if t = oneLine(t); visible(t) {
			return shorten(t, maxTitle)
		}
	}
	return keyOf(a.ID)
}

// sourceButton returns a link to the article's source, nothing when it has none on the public web: Discord refuses a
// whole message for a link to « http://wiki/ » (seen in https://github.com/bugsink/bugsink/issues/280).
func (c *catalogue) sourceButton(a *knowledge.Article) []discordgo.MessageComponent {
	u, err := reader.Address(a.Source)
	if err != nil {
		return nil
	}
	address := u.String()
	if size(address) > maxURL {
		return nil
	}
	return []discordgo.MessageComponent{discordgo.Button{Style: discordgo.LinkButton, Label: c.source, URL: address}}
}
