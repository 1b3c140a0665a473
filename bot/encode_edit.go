package bot

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// EncodeEdit returns an edit of a message as it goes out, and its content type: JSON, or a form of several
// parts when files come with it. As in [Encode], whom the message may mention is always written. It reads
// the files of e, so it can be called once for each edit that has some.
func EncodeEdit(e *discordgo.WebhookEdit) (body []byte, contentType string, err error) {
	m := wireEdit{Content: e.Content, Components: e.Components, Embeds: e.Embeds, AllowedMentions: mentionsOf(e.AllowedMentions), Flags: e.Flags}
	if len(e.Files) == 0 {
		if body, err = json.Marshal(m); err != nil {
			return nil, "", fmt.Errorf("encode an edit: %w", err)
		}
		return body, "application/json", nil
	}
	for i, f := range e.Files {
		m.Attachments = append(m.Attachments, wireAttachment{strconv.Itoa(i), f.Name})
	}
	contentType, body, err = discordgo.MultipartBodyWithJSON(m, e.Files)
	if err != nil {
		return nil, "", fmt.Errorf("encode an edit with files: %w", err)
	}
	return body, contentType, nil
}

// A wireEdit is what changes of a message. What it lacks stays: [discordgo.WebhookEdit.Attachments], which
// would take files away, has no use here and is left out.
type wireEdit struct {
	Content         *string                       `json:"content,omitempty"`
	Embeds          *[]*discordgo.MessageEmbed    `json:"embeds,omitempty"`
	Components      *[]discordgo.MessageComponent `json:"components,omitempty"`
	AllowedMentions wireMentions                  `json:"allowed_mentions"`
	Attachments     []wireAttachment              `json:"attachments,omitempty"`
	Flags           discordgo.MessageFlags        `json:"flags,omitempty"`
}

// A wireAttachment names a file that comes with a message, so that a component may refer to it.
type wireAttachment struct {
	ID       string `json:"id"` // its number among the files
	Filename string `json:"filename"`
}
