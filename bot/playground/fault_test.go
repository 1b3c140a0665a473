package playground_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"verbatim/knowledge"
)

// When the program has gone, the page says so, and goes on.
func TestProgramGone(t *testing.T) {
	server := newServer(t)
	p := open(t, server.URL, desktop)
	server.Close()
	p.click(".example")
	p.awaits("L’application n’a pas répondu")
	p.shot("gone")
	p.forgive("net::ERR_CONNECTION_REFUSED")
}

// What is hostile in an article is read as it stands, and does nothing.
func TestHostileArticle(t *testing.T) {
	text, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	a, err := knowledge.NewArticle(knowledge.Meta{ID: "hostile", Title: "<img src=x onerror=alert(1)> **[gras](https://evil.example)**"}, string(text))
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, serve(t, a), desktop)
	p.click("#entry")
	p.press("/article", kb.Enter, kb.Enter)
	shown := p.awaits("page 1")
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); !strings.Contains(shown, line) {
			t.Errorf("%q is not shown as it stands in\n%s", line, shown)
		}
	}
	if !strings.Contains(shown, a.Title) {
		t.Errorf("the title %q is not shown as it stands in\n%s", a.Title, shown)
	}
	made := eval[[]string](p, "[...document.querySelectorAll('.container :is(img, script, a, code, pre, .mention, .spoiler, h3:not(:first-child), .text ~ .text h3, li, strong, em, s)')].map(e => e.outerHTML)")
	if len(made) > 0 {
		t.Errorf("the article's text made %q", made)
	}
	p.shot("hostile")
}
