package playground_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// A tape keeps the interactions that a page sends.
type tape struct {
	next http.Handler
	mu   sync.Mutex
	sent []map[string]any
}

func (r *tape) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err == nil && req.URL.Path == "/interactions" {
		var i map[string]any
		if json.Unmarshal(body, &i) == nil {
			r.mu.Lock()
			r.sent = append(r.sent, i)
			r.mu.Unlock()
		}
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	r.next.ServeHTTP(w, req)
}

// of returns the last interaction of a type that was sent.
func (r *tape) of(t *testing.T, kind float64) map[string]any {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, i := range slices.Backward(r.sent) {
		if i["type"] == kind {
			return i
		}
	}
	t.Fatalf("no interaction of type %v was sent", kind)
	return nil
}

// TestPayloads compares what the page sends with what Discord sends, as it was recorded: the same members of the
// same types, at every depth.
func TestPayloads(t *testing.T) {
	server := newServer(t)
	r := &tape{next: server.Config.Handler}
	taped := httptest.NewServer(r)
	t.Cleanup(taped.Close)
	p := open(t, taped.URL, desktop)

	p.ask(whoReplaces, "Jason Droege")
	sameShape(t, "demander", r.of(t, 2))
	sameShape(t, "completer_question", r.of(t, 4))
	p.click("[data-custom-id^='1c']")
	p.awaits("Le nouvel investissement")
	sameShape(t, "bouton_inconnu", r.of(t, 3))
	pressed := r.of(t, 3)["message"].(map[string]any)
	by, _ := pressed["interaction_metadata"].(map[string]any)
	if user, _ := by["user"].(map[string]any); user["username"] != "camille" || by["name"] != "demander" {
		t.Errorf("the message says that it answers %v", by)
	}
	checkIDs(t, pressed["components"])

	p.click(".message:first-child .toolbar button")
	p.press(kb.Enter)
	p.awaits("pour renforcer ses efforts")
	sameShape(t, "chercher", r.of(t, 2))
	p.click("#room-direct")
	p.ask(whoReplaces, "Jason Droege")
	sameShape(t, "direct", r.of(t, 2), "guild", "guild_id", "guild_locale", "member")
	if direct := r.of(t, 2); direct["context"] != 1.0 || direct["user"] == nil {
		t.Errorf("a direct message comes from %v in the context %v", direct["user"], direct["context"])
	}
}

// sameShape compares an interaction to a recorded one, but for some members.
func sameShape(t *testing.T, name string, got map[string]any, without ...string) {
	t.Helper()
	file := name
	if name == "direct" {
		file = "demander"
	}
	data, err := os.ReadFile("../testdata/interaction/" + file + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	have := shape(map[string]string{}, "", got)
	for path, kind := range shape(map[string]string{}, "", want) {
		if slices.ContainsFunc(without, func(w string) bool { return path == "."+w || strings.HasPrefix(path, "."+w+".") }) || recorded(path) {
			continue
		}
		if name == "direct" && strings.HasPrefix(path, ".channel.") && have[path] == "" {
			continue // of a channel of a server
		}
		if have[path] == "" || have[path] != kind && have[path] != "null" && kind != "null" {
			t.Errorf("%s: %s is %q, where Discord sends %s", name, path, have[path], kind)
		}
	}
	for _, w := range without {
		if got[w] != nil {
			t.Errorf("%s: %s is sent", name, w)
		}
	}
}

// recorded tells of what only the recorded message has: the components that it holds.
func recorded(path string) bool {
	return strings.Contains(path, ".components[]") || strings.Contains(path, "authorizing_integration_owners.")
}

// shape notes the type of everything in v by its path.
func shape(into map[string]string, path string, v any) map[string]string {
	kind := "null"
	switch v := v.(type) {
	case map[string]any:
		kind = "object"
		for key, member := range v {
			if len(key) > 15 && strings.Trim(key, "0123456789") == "" {
				key = "ID"
			}
			shape(into, path+"."+key, member)
		}
	case []any:
		kind = "array"
		for _, member := range v {
			shape(into, path+"[]", member)
		}
	case nil:
	default:
		kind = fmt.Sprintf("%T", v)
	}
	if path != "" && (into[path] == "" || into[path] == "null") {
		into[path] = kind
	}
	return into
}

// checkIDs checks that components are numbered as Discord numbers them: each once, from 1 on.
func checkIDs(t *testing.T, components any) {
	t.Helper()
	ids := map[float64]bool{}
	var walk func(any)
	walk = func(v any) {
		list, _ := v.([]any)
		for _, member := range list {
			c := member.(map[string]any)
			id, _ := c["id"].(float64)
			ids[id] = true
			walk(c["components"])
			if c["accessory"] != nil {
				walk([]any{c["accessory"]})
			}
		}
	}
	walk(components)
	for n := range len(ids) {
		if !ids[float64(n+1)] {
			t.Errorf("no component has the ID %d: %v", n+1, slices.Collect(maps.Keys(ids)))
		}
	}
}
