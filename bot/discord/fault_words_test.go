package discord_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
	"verbatim/knowledge"
)

// What the servers of a fault run say, and how it is read.

// rulesTitle names the article of each server.
const rulesTitle = "Règlement du club"

// rules is one version of a server's article, longer than a page of a database.
func rules(t *testing.T, guild string, version int) *knowledge.Article {
	t.Helper()
	text := fmt.Sprintf("Le règlement du club %s en est à sa version %d.\n", guild, version)
	for n := range 20 {
		text += fmt.Sprintf("L’article %d de la version %d dit ce que les membres du club %s peuvent faire le soir.\n", n+1, version, guild)
	}
	a, err := knowledge.NewArticle(knowledge.Meta{ID: knowledge.Slug(rulesTitle), Title: rulesTitle}, strings.TrimSpace(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// pasted is the window that a moderator sends, as Discord does.
func pasted(id, guild, window, text string) []byte {
	field := func(name, value string) map[string]any {
		return map[string]any{"type": 18, "component": map[string]any{"type": 4, "custom_id": name, "value": value}}
	}
	return interactionOf(id, guild, discordgo.InteractionModalSubmit, map[string]any{
		"custom_id": window, "components": []any{field("title", rulesTitle), field("source", ""), field("text", text)},
	}, nil)
}

// pressed is a 👍 under an answer.
func pressed(id, guild string, s screenful) []byte {
	return interactionOf(id, guild, discordgo.InteractionMessageComponent, map[string]any{"custom_id": s.thumb, "component_type": 2},
		map[string]any{"id": "300000000000000009", "channel_id": "300000000000000002", "flags": 1 << 15, "components": s.components})
}

// asks is a /demander.
func asks(id, guild, question string) []byte {
	return interactionOf(id, guild, discordgo.InteractionApplicationCommand, map[string]any{"id": "300000000000000004", "name": "demander",
		"type": 1, "options": []any{map[string]any{"name": "question", "type": 3, "value": question}}}, nil)
}

// opens is an /articles ajouter with nothing to add, which opens the window to paste in.
func opens(id, guild string) []byte {
	return interactionOf(id, guild, discordgo.InteractionApplicationCommand, map[string]any{"id": "300000000000000005", "name": "articles",
		"type": 1, "options": []any{map[string]any{"name": "ajouter", "type": 1}}}, nil)
}

// interactionOf is a [question] with other data, in reply to a message where that is not nil.
func interactionOf(id, guild string, kind discordgo.InteractionType, data, message map[string]any) []byte {
	i := map[string]any{}
	if err := json.Unmarshal(question(id, guild), &i); err != nil {
		panic(err) // it is a literal of the tests
	}
	i["type"], i["data"] = kind, data
	if message != nil {
		i["message"] = message
	}
	raw, err := json.Marshal(i)
	if err != nil {
		panic(err) // it is made of values of JSON
	}
	return raw
}

func read(t *testing.T, raw []byte) *discordgo.Interaction {
	t.Helper()
	i, err := bot.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// windowOf is the custom ID of the window that a response opens.
func windowOf(t *testing.T, r *discordgo.InteractionResponse) string {
	t.Helper()
	if r.Type != discordgo.InteractionResponseModal {
		t.Fatalf("no window is opened: %s", textOf(t, r.Data.Components))
	}
	return r.Data.CustomID
}

// screenOf is what a response shows.
func screenOf(t *testing.T, components []discordgo.MessageComponent) screenful {
	t.Helper()
	raw, err := json.Marshal(components)
	if err != nil {
		t.Error(err)
	}
	s := screenful{components: raw}
	walk(raw, func(c map[string]any) {
		if emoji, _ := c["emoji"].(map[string]any); emoji["name"] == "👍" {
			s.thumb, _ = c["custom_id"].(string)
		}
	})
	return s
}

// textOf is the text of components, without its Markdown.
func textOf(t *testing.T, components []discordgo.MessageComponent) string {
	t.Helper()
	raw, err := json.Marshal(components)
	if err != nil {
		t.Error(err)
	}
	var all []string
	walk(raw, func(c map[string]any) {
		if content, ok := c["content"].(string); ok {
			all = append(all, content)
		}
	})
	return strings.NewReplacer("*", "", "_", "", `\`, "").Replace(strings.Join(all, "\n"))
}

// walk visits each object of a value in JSON.
func walk(raw json.RawMessage, visit func(map[string]any)) {
	var value any
	_ = json.Unmarshal(raw, &value) // it was just marshalled
	var down func(any)
	down = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				down(item)
			}
		case map[string]any:
			visit(v)
			for _, key := range []string{"components", "component", "accessory"} {
				down(v[key])
			}
		}
	}
	down(value)
}

// versionOf reads the version that a text tells, 0 where it tells none.
func versionOf(text string) int {
	quoted := saysVersion.FindStringSubmatch(text)
	if quoted == nil {
		return 0
	}
	version, _ := strconv.Atoi(quoted[1])
	return version
}
