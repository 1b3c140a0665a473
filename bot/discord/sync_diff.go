package discord

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// A Diff is what changes when a list of commands replaces another. The zero value is no change.
type Diff struct {
	Added, Removed []string        // commands, as people name them: “/aide”
	Changed        []CommandChange // commands that are on both lists
}

// A CommandChange is the fields that differ in one command.
type CommandChange struct {
	Command string
	Fields  []FieldChange
}

// A FieldChange is a field with another value. Old is empty when the field is new, New when it goes.
type FieldChange struct{ Field, Old, New string }

// Empty reports whether nothing changes.
func (d Diff) Empty() bool { return len(d.Added)+len(d.Removed)+len(d.Changed) == 0 }

// String is the difference for people, a line for each command and each field that changes; empty
// when nothing does.
func (d Diff) String() string {
	var b strings.Builder
	for _, c := range d.Added {
		fmt.Fprintf(&b, "+ %s\n", c)
	}
	for _, c := range d.Changed {
		fmt.Fprintf(&b, "~ %s\n", c.Command)
		for _, f := range c.Fields {
			fmt.Fprintf(&b, "    %s: %s → %s\n", f.Field, cmp.Or(f.Old, "(none)"), cmp.Or(f.New, "(none)"))
		}
	}
	for _, c := range d.Removed {
		fmt.Fprintf(&b, "- %s\n", c)
	}
	return b.String()
}

// diffCommands returns what changes between two lists of commands, whose order means nothing.
func diffCommands(before, after []*discordgo.ApplicationCommand) (Diff, error) {
	old, err := flattenAll(before)
	if err != nil {
		return Diff{}, err
	}
	now, err := flattenAll(after)
	if err != nil {
		return Diff{}, err
	}
	var d Diff
	for _, name := range slices.Sorted(maps.Keys(now)) {
		was, ok := old[name]
		if !ok {
			d.Added = append(d.Added, name)
		} else if fields := diffFields(was, now[name]); len(fields) > 0 {
			d.Changed = append(d.Changed, CommandChange{name, fields})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if _, ok := now[name]; !ok {
			d.Removed = append(d.Removed, name)
		}
	}
	return d, nil
}

func diffFields(old, now fields) []FieldChange {
	if _, set := now["integration_types"]; !set {
		delete(old, "integration_types") // unset, Discord fills in how the application may be installed
	}
	every := maps.Clone(old)
	maps.Copy(every, now)
	var changes []FieldChange
	for _, field := range slices.Sorted(maps.Keys(every)) {
		if old[field] != now[field] {
			changes = append(changes, FieldChange{field, old[field], now[field]})
		}
	}
	return changes
}

// fields is a command as a flat map from a path, “options.question.required”, to JSON. A field that has
// Discord's default value is not in it, so a field left out, null or written back by Discord are equal.
type fields map[string]string

// flattenAll returns the fields of every command under the name that people give it. Discord tells
// commands apart by type and name.
func flattenAll(commands []*discordgo.ApplicationCommand) (map[string]fields, error) {
	all := make(map[string]fields, len(commands))
	for _, c := range commands {
		raw, err := json.Marshal(c)
		if err != nil {
			return nil, fmt.Errorf("encode the command %s: %w", c.Name, err)
		}
		var object map[string]any
		if err := json.Unmarshal(raw, &object); err != nil {
			return nil, fmt.Errorf("decode the command %s: %w", c.Name, err)
		}
		for _, discords := range []string{"id", "application_id", "guild_id", "version", "type", "name", "dm_permission", "default_permission"} {
			delete(object, discords) // Discord's own, in the map's key, or superseded by contexts
		}
		f := fields{}
		f.object("", object)
		if f["contexts"] == "[0,1,2]" {
			delete(f, "contexts") // everywhere, as when unset
		}
		all[title(c)] = f
	}
	return all, nil
}

func title(c *discordgo.ApplicationCommand) string {
	switch c.Type {
	case 0, discordgo.ChatApplicationCommand:
		return "/" + c.Name
	case discordgo.MessageApplicationCommand:
		return "message menu “" + c.Name + "”"
	case discordgo.UserApplicationCommand:
		return "member menu “" + c.Name + "”"
	}
	return fmt.Sprintf("%s (type %d)", c.Name, c.Type)
}

func (f fields) object(path string, object map[string]any) {
	for key, value := range object {
		f.value(path+key, key, value)
	}
}

func (f fields) value(path, key string, value any) {
	switch v := value.(type) {
	case map[string]any:
		f.object(path+".", v)
	case []any:
		f.list(path, v)
	default:
		if v != nil && v != false && v != "" && (key != "min_length" || v != 0.0) {
			f[path] = text(v)
		}
	}
}

// list adds the items of a list: objects, options and choices, under their names, whose order members
// see; numbers, which form a set, sorted.
func (f fields) list(path string, list []any) {
	var order []string
	for _, item := range list {
		object, ok := item.(map[string]any)
		if !ok {
			order = append(order, text(item))
			continue
		}
		name := fmt.Sprint(object["name"])
		order = append(order, text(name))
		delete(object, "name")
		f.object(path+"."+name+".", object)
	}
	if len(order) == 0 {
		return
	}
	if _, objects := list[0].(map[string]any); !objects {
		slices.Sort(order)
	}
	f[path] = "[" + strings.Join(order, ",") + "]"
}

// text is v as JSON, for people: letters and signs stand as they are.
func text(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Sprint(v) // not a value that JSON was decoded into
	}
	return strings.TrimSuffix(b.String(), "\n")
}
