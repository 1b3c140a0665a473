package bot

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

func TestDecodeLeavesUnknownComponentsOut(t *testing.T) {
	const raw = `{"id":"1","type":2,"token":"scrubbed","data":{"name":"x","type":3,"target_id":"12345678901234567890","resolved":{"messages":{"2":{
		"id":"2","content":"Qui ?","components":[
			{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"a"},{"type":77}]},
			{"type":9,"components":[{"type":10,"content":"b"}],"accessory":{"type":78}},
			{"type":18,"label":"c","component":{"type":21}},
			{"type":99,"components":[]}, null, 3, "x", {"type":"1"}]}}}}}`
	i, err := Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	data, ok := i.Data.(discordgo.ApplicationCommandInteractionData)
	if !ok || data.TargetID != "12345678901234567890" || data.Resolved == nil || data.Resolved.Messages["2"] == nil {
		t.Fatalf("data: %+v", i.Data)
	}
	got := data.Resolved.Messages["2"].Components
	if len(got) != 3 {
		t.Fatalf("%d components, want the row, the section and the label", len(got))
	}
	if row, ok := got[0].(*discordgo.ActionsRow); !ok || len(row.Components) != 1 {
		t.Errorf("row: %+v", got[0])
	}
	if section, ok := got[1].(*discordgo.Section); !ok || section.Accessory != nil || len(section.Components) != 1 {
		t.Errorf("section: %+v", got[1])
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, raw := range []string{
		"", "null", "{}", "[]", "1", `"x"`, "{", `{"type":2}x`, `{"type":"2"}`, `{"type":-1}`, `{"type":300}`, `{"type":2,"data":[]}`,
		`{"type":3,"data":{"custom_id":1}}`, `{"type":2,"app_permissions":"many"}`, "\xff", strings.Repeat(`{"type":2,"data":`, 20000),
	} {
		if i, err := Decode([]byte(raw)); err == nil || !strings.HasPrefix(err.Error(), "decode an interaction: ") {
			t.Errorf("Decode(%.60q) = %+v, %v, want an error that says what was tried", raw, i, err)
		}
	}
}

// FuzzRespond decodes anything and answers what can be decoded.
func FuzzRespond(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "interaction", "*.json"))
	if err != nil || len(paths) == 0 {
		f.Fatalf("no recorded interactions: %v", err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	b, log := newBot(mustBuild(knowledge.Shipped()))
	f.Fuzz(func(t *testing.T, raw []byte) {
		i, err := Decode(raw)
		if err != nil {
			return
		}
		log.Reset()
		checkReply(t, b.Respond(t.Context(), i).Response)
		if strings.Contains(log.String(), "panic") {
			t.Errorf("%s\npanics: %.500s", raw, log)
		}
	})
}

// TestRespondToMutilatedInteractions takes each part out of the data of each recorded interaction in
// turn, and puts something of another type in its place; of one of them, each part of the whole.
func TestRespondToMutilatedInteractions(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "interaction", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	b, log := newBot(mustBuild(knowledge.Shipped()))
	answered := 0
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		whole := filepath.Base(path) == "chercher.json"
		for _, changed := range mutilations(t, raw, whole) {
			i, err := Decode(changed)
			if err != nil {
				continue
			}
			answered++
			log.Reset()
			checkReply(t, b.Respond(t.Context(), i).Response)
			if strings.Contains(log.String(), "panic") {
				t.Fatalf("%s\npanics: %.500s", changed, log)
			}
		}
	}
	if answered < 100 {
		t.Errorf("only %d of the mutilated interactions were answered", answered)
	}
}

// mutilations returns raw with each of its members, or of its data's, in turn left out, null, a
// number, a text, a list and an object.
func mutilations(t *testing.T, raw []byte, whole bool) (changed [][]byte) {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	add := func() {
		b, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		changed = append(changed, b)
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, old := range v {
				delete(v, key)
				add()
				for _, other := range []any{nil, 7, "x", []any{nil}, map[string]any{"type": nil}} {
					v[key] = other
					add()
				}
				v[key] = old
				walk(old)
			}
		case []any:
			for i, old := range v {
				v[i] = nil
				add()
				v[i] = old
				walk(old)
			}
		}
	}
	if whole {
		walk(root)
	} else {
		walk(root["data"])
	}
	return changed
}
