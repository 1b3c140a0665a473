package bot

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"
)

// Encode returns a response as JSON, the one form in which it goes out: what HTTP answers inline is what
// the gateway posts as a callback. A type that Discord does not know and attached files are errors. It
// changes nothing of r and may be called by many goroutines.
//
// It does not leave the shape to discordgo's own struct, which has one form for every kind of
// response: there an empty list of choices is left out although autocomplete requires it, and allowed
// mentions may be null or missing, which lets a message mention people. Here every message says
// whom it may mention, and says nobody unless the conversation chose otherwise.
func Encode(r *discordgo.InteractionResponse) ([]byte, error) {
	data, err := wireData(r)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(struct {
		Type discordgo.InteractionResponseType `json:"type"`
		Data any                               `json:"data,omitempty"`
	}{r.Type, data})
	if err != nil {
		return nil, fmt.Errorf("encode a response of type %d: %w", r.Type, err)
	}
	return body, nil
}

// wireData returns the data that a response of r's type carries, nil when it carries none.
func wireData(r *discordgo.InteractionResponse) (any, error) {
	d := r.Data
	if d == nil {
		d = &discordgo.InteractionResponseData{}
	}
	if len(d.Files) > 0 {
		return nil, errors.New("encode a response: files cannot be sent with it")
	}
	switch r.Type {
	case discordgo.InteractionResponsePong, discordgo.InteractionResponseDeferredMessageUpdate:
		return nil, nil
	case discordgo.InteractionResponseDeferredChannelMessageWithSource:
		if d.Flags == 0 {
			return nil, nil
		}
		return wireFlags{d.Flags}, nil
	case discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseUpdateMessage:
		return wireMessageOf(d), nil
	case discordgo.InteractionApplicationCommandAutocompleteResult:
		return wireChoices{notNil(d.Choices)}, nil
	case discordgo.InteractionResponseModal:
		return wireModal{d.CustomID, d.Title, notNil(d.Components)}, nil
	}
	return nil, fmt.Errorf("encode a response: unknown type %d", r.Type)
}

type wireFlags struct {
	Flags discordgo.MessageFlags `json:"flags"`
}

type wireChoices struct {
	Choices []*discordgo.ApplicationCommandOptionChoice `json:"choices"`
}

type wireModal struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

// A wireMessage is a whole message. Where it updates one, what it lacks is cleared and not kept, so
// content and embeds are written even when empty; Components V2 allows neither, and they are nil.
type wireMessage struct {
	TTS             bool                            `json:"tts,omitempty"`
	Content         *string                         `json:"content,omitempty"`
	Embeds          *[]*discordgo.MessageEmbed      `json:"embeds,omitempty"`
	Components      []discordgo.MessageComponent    `json:"components"`
	AllowedMentions wireMentions                    `json:"allowed_mentions"`
	Attachments     *[]*discordgo.MessageAttachment `json:"attachments,omitempty"`
	Poll            *discordgo.Poll                 `json:"poll,omitempty"`
	Flags           discordgo.MessageFlags          `json:"flags,omitempty"`
}

type wireMentions struct {
	Parse       []discordgo.AllowedMentionType `json:"parse"`
	Roles       []string                       `json:"roles,omitempty"`
	Users       []string                       `json:"users,omitempty"`
	RepliedUser bool                           `json:"replied_user,omitempty"`
}

func wireMessageOf(d *discordgo.InteractionResponseData) wireMessage {
	m := wireMessage{
		TTS:             d.TTS,
		Components:      notNil(d.Components),
		AllowedMentions: mentionsOf(d.AllowedMentions),
		Attachments:     d.Attachments,
		Poll:            d.Poll,
		Flags:           d.Flags,
	}
	legacy := d.Flags&discordgo.MessageFlagsIsComponentsV2 == 0
	if legacy || d.Content != "" { // content beside V2 is the conversation's bug: Discord's to refuse, not ours to hide
		m.Content = &d.Content
	}
	if embeds := notNil(d.Embeds); legacy || len(embeds) > 0 {
		m.Embeds = &embeds
	}
	return m
}

// mentionsOf returns whom a message may mention: nobody, unless a says otherwise.
func mentionsOf(a *discordgo.MessageAllowedMentions) wireMentions {
	if a == nil {
		return wireMentions{Parse: []discordgo.AllowedMentionType{}}
	}
	return wireMentions{notNil(a.Parse), a.Roles, a.Users, a.RepliedUser}
}

// notNil returns s, or an empty slice in place of a nil one, which JSON would write as null.
func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
