package bot

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// A screen is a message that the bot sent, as Discord gives it back with each press of a button.
type screen struct {
	reply *discordgo.InteractionResponse
	asker string // the ID of the member who got it
}

// controls returns the custom IDs on a screen, each with the value to choose, "" for a button.
func (s screen) controls() (found [][2]string) {
	for _, c := range everyComponent(s.reply) {
		switch c := c.(type) {
		case discordgo.Button:
			if c.CustomID != "" {
				found = append(found, [2]string{c.CustomID})
			}
		case discordgo.SelectMenu:
			if c.MenuType == discordgo.ChannelSelectMenu {
				found = append(found, [2]string{c.CustomID, "1420000000000000003 1420000000000000033"})
			}
			for _, o := range c.Options {
				found = append(found, [2]string{c.CustomID, o.Value})
			}
		}
	}
	return found
}

// act returns the custom ID of the first control of that act, "" when the screen has none.
func (s screen) act(a act) string {
	for _, c := range s.controls() {
		if st, err := parseState(c[0]); err == nil && st.act == a {
			return c[0]
		}
	}
	return ""
}

// press returns the interaction that Discord sends when a member uses a control of the screen, by the
// way that all interactions come: as JSON.
func (s screen) press(t testing.TB, member, customID, value string) *discordgo.Interaction {
	t.Helper()
	data := map[string]any{"custom_id": customID, "component_type": 2}
	if value != "" {
		data["component_type"], data["values"] = 3, strings.Fields(value)
	}
	raw, err := json.Marshal(map[string]any{
		"id": "1420000000000000099", "application_id": "1420000000000000001", "type": 3, "token": "scrubbed", "version": 1,
		"guild_id": "1420000000000000002", "locale": "fr", "member": map[string]any{"user": map[string]any{"id": member}, "permissions": "32"}, // may manage the server
		"data": data,
		"message": map[string]any{
			"id": "1420000000000000098", "flags": s.reply.Data.Flags, "components": s.reply.Data.Components,
			"interaction_metadata": map[string]any{"id": "1", "type": 2, "user": map[string]any{"id": s.asker}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	i, err := Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// after returns the screen that a member sees once the bot replied: the same message, as private as it
// was, when it was updated.
func (s screen) after(member string, reply *discordgo.InteractionResponse) screen {
	if reply.Type == discordgo.InteractionResponseUpdateMessage {
		data := *reply.Data
		data.Flags |= s.reply.Data.Flags
		return screen{&discordgo.InteractionResponse{Type: reply.Type, Data: &data}, s.asker}
	}
	return screen{reply, member}
}

// crawl uses every control of every screen that can be reached from the first ones, at most n times,
// each on a bot that has just started, and returns how often each act was served.
func crawl(t testing.TB, x *world, n int, first ...*discordgo.Interaction) map[act]int {
	t.Helper()
	const member = "1420000000000000004"
	served, seen := map[act]int{}, map[string]bool{}
	var open []screen
	for _, i := range first {
		b, _ := newBot(x)
		open = append(open, moderate(t, b, i))
	}
	for ; len(open) > 0 && n > 0; open = open[1:] {
		for _, c := range open[0].controls() {
			key := fmt.Sprint(c, append(texts(open[0].reply), "")[0])
			if seen[key] || n == 0 {
				continue
			}
			seen[key] = true
			n--
			b, _ := newBot(x)
			reply := b.Respond(t.Context(), open[0].press(t, member, c[0], c[1])).Response
			checkReply(t, reply)
			if got := append(texts(reply), "")[0]; got == inFrench.stale || got == inFrench.changed || got == inFrench.removed || got == inFrench.failed {
				t.Fatalf("%q on %q says %q", c, texts(open[0].reply), got)
			}
			s, err := parseState(c[0])
			if err != nil {
				t.Fatal(err)
			}
			served[s.act]++
			open = append(open, open[0].after(member, reply))
		}
	}
	return served
}
