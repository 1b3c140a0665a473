package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"
)

// Decode reads an interaction as Discord sends it: the body of a webhook, or the `d` of an
// INTERACTION_CREATE. Components of a type that is not known here are left out, with what they hold:
// Discord adds types, and other bots' messages carry them. An interaction of an unknown type is
// decoded without its data, and [Bot.Respond] answers it. It never panics; what is not an interaction
// is an error.
//
// Where it comes from a thread, its ChannelID is that of the channel that the thread is in, as in a server's
// settings: discordgo leaves out the rest of what Discord tells of the channel.
func Decode(raw []byte) (i *discordgo.Interaction, err error) {
	defer func() {
		if p := recover(); p != nil { // discordgo's decoders are not ours to trust with any input
			i, err = nil, fmt.Errorf("decode an interaction: %v", p)
		}
	}()
	i, err = decode(raw)
	if err == nil {
		return i, nil
	}
	known, stripErr := stripComponents(raw)
	if stripErr != nil {
		return nil, fmt.Errorf("decode an interaction: %w", stripErr)
	}
	if i, err = decode(known); err != nil {
		return nil, fmt.Errorf("decode an interaction: %w", err)
	}
	return i, nil
}

func decode(raw []byte) (*discordgo.Interaction, error) {
	var i discordgo.Interaction
	if err := json.Unmarshal(raw, &i); err != nil {
		return nil, err
	}
	if i.Type == 0 {
		return nil, errors.New("it has no type")
	}
	if parent := threadParent(raw); parent != "" {
		i.ChannelID = parent
	}
	return &i, nil
}

// threadParent returns the ID of the channel that an interaction's thread is in, "" when it is in none.
func threadParent(raw []byte) string {
	var place struct {
		Channel struct {
			Type     discordgo.ChannelType `json:"type"`
			ParentID string                `json:"parent_id"`
		} `json:"channel"`
	}
	if json.Unmarshal(raw, &place) != nil {
		return "" // of another shape than Discord's: it says nothing of a thread
	}
	switch place.Channel.Type {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return place.Channel.ParentID
	}
	return ""
}

// stripComponents returns raw without the components that discordgo cannot decode.
func stripComponents(raw []byte) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	return json.Marshal(strip(v))
}

// strip returns v with the members "components", "component" and "accessory" of its objects free of
// unknown components.
func strip(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = strip(v[i])
		}
	case map[string]any:
		for key, member := range v {
			switch list, isList := member.([]any); {
			case key == "components" && isList:
				v[key] = knownComponents(list)
			case (key == "component" || key == "accessory") && !knownComponent(member):
				delete(v, key)
			default:
				v[key] = strip(member)
			}
		}
	}
	return v
}

func knownComponents(list []any) []any {
	known := make([]any, 0, len(list))
	for _, c := range list {
		if knownComponent(c) {
			known = append(known, strip(c))
		}
	}
	return known
}

// knownComponent reports whether discordgo decodes c: whether it is an object of a type it knows.
func knownComponent(c any) bool {
	object, _ := c.(map[string]any)
	number, _ := object["type"].(json.Number)
	if number == "" {
		return false
	}
	_, err := discordgo.MessageComponentFromJSON([]byte(`{"type":` + number.String() + `}`))
	return err == nil
}
