package reader_test

import (
	"testing"

	"verbatim/knowledge/reader"
)

// A date that no calendar has costs a page its date, and nothing else.
func TestADateOutOfTheWorld(t *testing.T) {
	for _, date := range []string{"2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00-23:60", "0001-01-01T00:00:00+23:00"} {
		for name, data := range map[string]string{
			"page.html": `<!doctype html><meta property="article:published_time" content="` + date + `"><title>Le canal</title><p>Le canal a rouvert lundi.`,
			"page.md":   "---\ndate: " + date + "\n---\nLe canal a rouvert lundi.\n",
		} {
			if _, err := reader.Read(t.Context(), reader.File{Name: name, Data: []byte(data)}); err != nil {
				t.Errorf("%s, %s: %v", name, date, err)
			}
		}
	}
}
