package bot

import (
	"context"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/french"
)

// search answers the message menu: the message's text is the question. The answer is private, for its
// author did not ask the bot; a button shows it to the channel.
func (b *Bot) search(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	q := asked{text: questionIn(r.target()), unkept: true} // its author asked nothing
	if q.text == "" {
		return whisper(r.words.noText), nil
	}
	return b.reply(ctx, r, q, true)
}

// target returns the text of the message that a menu was opened on, "" when it has none.
func (r *request) target() string {
	data := r.command()
	if data.Resolved == nil || data.Resolved.Messages[data.TargetID] == nil {
		return ""
	}
	m := data.Resolved.Messages[data.TargetID]
	if m.Content != "" {
		return m.Content
	}
	return strings.Join(displayed(m), "\n")
}

// notWords are what a message holds for Discord or a browser to read: mentions, emoji, timestamps, links.
var notWords = regexp.MustCompile(`<(?:@[!&]?|#|a?:\w+:|t:|/[^<>]*:|id:)[^<>\s]*>|https?://\S+`)

// questionIn returns what to ask of a message: its text, or only its questions when it is long.
func questionIn(message string) string {
	text := oneLine(notWords.ReplaceAllString(message, " "))
	if size(text) <= maxQuestion {
		return text
	}
	var questions []string
	for _, s := range french.Sentences(text) {
		if strings.HasSuffix(text[s.Start:s.End], "?") {
			questions = append(questions, text[s.Start:s.End])
		}
	}
	if len(questions) > 0 {
		text = strings.Join(questions, " ")
	}
	return askable(text)
}
