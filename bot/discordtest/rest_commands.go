package discordtest

import (
	"encoding/json"
	"net/http"
)

// readCommands lists the commands as Discord does: without localizations unless they are asked for.
func (r *REST) readCommands(req *http.Request, _ []byte) answer {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := deepCopy(r.commands[req.PathValue("guild")])
	if req.URL.Query().Get("with_localizations") != "true" {
		dropLocalizations(list)
	}
	return answer{http.StatusOK, list}
}

// writeCommands replaces the commands. A command keeps its ID when its type and name stay.
func (r *REST) writeCommands(req *http.Request, body []byte) answer {
	if problems := commandsProblems(reporter{r.s}, body); len(problems) > 0 {
		return r.refuse("the commands", body, problems)
	}
	var list []map[string]any
	_ = json.Unmarshal(body, &list) // already checked
	guild := req.PathValue("guild")
	var kept []any
	r.set(func() {
		ids := map[[2]any]any{}
		for _, c := range r.commands[guild] {
			c := c.(map[string]any)
			ids[[2]any{c["type"], c["name"]}] = c["id"]
		}
		kept = make([]any, 0, len(list))
		for _, c := range list {
			full := asRead(c, guild)
			full["id"], full["version"] = ids[[2]any{full["type"], full["name"]}], r.newID()
			if full["id"] == nil {
				full["id"] = r.newID()
			}
			kept = append(kept, full)
		}
		r.commands[guild] = kept
	})
	return answer{http.StatusOK, deepCopy(kept)}
}

// asRead returns a command as Discord writes it back: every field there, with the defaults that it
// fills in, and without what it does not keep.
func asRead(c map[string]any, guild string) map[string]any {
	full := map[string]any{
		"application_id":             ApplicationID,
		"type":                       or(c["type"], 1.0),
		"name":                       c["name"],
		"name_localizations":         c["name_localizations"],
		"description":                or(c["description"], ""),
		"description_localizations":  c["description_localizations"],
		"default_member_permissions": c["default_member_permissions"],
		"nsfw":                       or(c["nsfw"], false),
		"contexts":                   nil,
		"integration_types":          []any{0.0},
	}
	if guild != "" {
		full["guild_id"] = guild
	} else {
		full["dm_permission"] = or(c["dm_permission"], true)
		full["contexts"] = c["contexts"]
		full["integration_types"] = or(c["integration_types"], []any{0.0})
	}
	if options := optionsAsRead(c["options"]); options != nil {
		full["options"] = options
	}
	return full
}

// optionsAsRead returns options as Discord writes them back: fields that are null, false or empty are
// left out, except localizations, which are null. nil stays nil.
func optionsAsRead(v any) []any {
	list, _ := v.([]any)
	var out []any
	for _, item := range list {
		o, _ := item.(map[string]any)
		full := map[string]any{"name_localizations": nil, "description_localizations": nil}
		for key, value := range o {
			switch v := value.(type) {
			case nil:
			case bool:
				if v {
					full[key] = v
				}
			case []any:
				if len(v) > 0 {
					full[key] = v
				}
			default:
				full[key] = v
			}
		}
		if nested := optionsAsRead(o["options"]); nested != nil {
			full["options"] = nested
		}
		out = append(out, full)
	}
	return out
}

func or(v, otherwise any) any {
	if v == nil {
		return otherwise
	}
	return v
}

// dropLocalizations takes the localizations out of v, wherever they are.
func dropLocalizations(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			dropLocalizations(item)
		}
	case map[string]any:
		delete(v, "name_localizations")
		delete(v, "description_localizations")
		for _, member := range v {
			dropLocalizations(member)
		}
	}
}

// deepCopy returns a copy of decoded JSON that shares nothing with it.
func deepCopy(list []any) []any {
	raw, err := json.Marshal(list)
	if err != nil {
		panic(err) // it was decoded from JSON
	}
	copied := []any{}
	if err := json.Unmarshal(raw, &copied); err != nil {
		panic(err)
	}
	if copied == nil {
		copied = []any{}
	}
	return copied
}
