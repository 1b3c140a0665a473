package discord

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"verbatim/bot/discordtest"
)

// FuzzSignedBody sends bodies that Discord signed, whatever is in them: the program's own conversation
// must not panic, and what it says must be a reply that Discord takes, or a refusal in words.
func FuzzSignedBody(f *testing.F) {
	recorded, err := filepath.Glob("../testdata/interaction/*.json")
	if err != nil || len(recorded) == 0 {
		f.Fatalf("no recorded interactions: %v", err)
	}
	for _, file := range recorded {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, seed := range []string{"", "null", "[]", ping, question, question[:60], `{"type":3,"data":{"custom_id":"x","component_type":2}}`,
		`{"type":5,"data":{"custom_id":"x","components":[{"type":99}]}}`, `{"type":4,"data":{"name":"demander","type":1,"options":[{"focused":true}]}}`} {
		f.Add([]byte(seed))
	}
	endpoint := newEndpoint(f, newBot(f))
	f.Fuzz(func(t *testing.T, body []byte) {
		w := serve(endpoint, signed(string(body), time.Now()))
		if !slices.Contains([]int{200, 400, 413}, w.Code) {
			t.Fatalf("got status %d: %s", w.Code, w.Body)
		}
		checkAnswer(t, w)
		if w := serve(endpoint, signed(question, time.Now())); w.Code != 200 {
			t.Fatalf("the next question: got status %d", w.Code)
		}
	})
}

// checkAnswer wants a reply to be one that Discord takes, and a refusal to be text.
func checkAnswer(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code == 200 {
		discordtest.CheckResponse(t, w.Body.Bytes())
		return
	}
	if json.Valid(w.Body.Bytes()) || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("a refusal in %s: %s", w.Header().Get("Content-Type"), w.Body)
	}
}
