package bot

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/net/idna"

	"verbatim/knowledge"
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

// sourceButton returns a link to the article's source, nothing when it has none that Discord takes.
func (c *catalogue) sourceButton(a *knowledge.Article) []discordgo.MessageComponent {
	address := link(a.Source)
	if address == "" || size(address) > maxURL {
		return nil
	}
	return []discordgo.MessageComponent{discordgo.Button{Style: discordgo.LinkButton, Label: c.source, URL: address}}
}

// webAddress reads an address of http or https, with a host; nil for any other.
func webAddress(source string) *url.URL {
	u, err := url.Parse(source)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil
	}
	return u
}

// link returns an address as Discord takes it, "" when it takes none such: for a link to « http://wiki/ », whose host has no
// dot, it refuses the whole message (seen in https://github.com/bugsink/bugsink/issues/280). A host with accents is
// written as in the web's names; one with a password is shown to nobody.
func link(source string) string {
	u := webAddress(source)
	if u == nil || u.User != nil {
		return ""
	}
	host := u.Hostname()
	if strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII }) {
		plain, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return ""
		}
		u.Host = strings.Replace(u.Host, host, plain, 1)
	}
	if !strings.Contains(host, ":") && !strings.Contains(strings.Trim(host, "."), ".") {
		return ""
	}
	return u.String()
}
