package discord

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

// An EditBody is an edit of a message as it goes out. It can be sent more than once.
type EditBody struct {
	content     []byte
	contentType string
}

func encodeEdit(e *discordgo.WebhookEdit) (EditBody, error) {
	content, contentType, err := bot.EncodeEdit(e)
	return EditBody{content, contentType}, err
}

// Edit changes the message that the first response to an interaction made or promised. It needs no bot
// token: the interaction's own allows it for 15 min. It gives up when ctx ends, and after 10 s in any
// case. An edit that may have arrived is sent again: it then changes nothing.
func (c *REST) Edit(ctx context.Context, i *discordgo.Interaction, e EditBody) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	path := "webhooks/" + url.PathEscape(i.AppID) + "/" + url.PathEscape(i.Token) + "/messages/@original"
	r := request{method: http.MethodPatch, path: path, body: e.content, contentType: e.contentType}
	err := retry(ctx, 200*time.Millisecond, func() error { return c.call(ctx, r, nil) })
	if err != nil {
		return fmt.Errorf("edit the reply to interaction %s: %w", i.ID, err)
	}
	return nil
}
