package playground_test

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
)

// The pictures of the READMEs are made by
//
//	apt-get install --no-install-recommends chromium fonts-inter fonts-noto-color-emoji
//	go test ./bot/playground -run Screenshots -update
var update = flag.Bool("update", false, "take the pictures of the READMEs again")

const (
	pictures   = "../../docs/images"
	maxPicture = 200 << 10 // of one picture, in bytes: a README is read over slow lines too
)

// noon stops the page's clock, so that a picture taken again is the same.
const noon = `{
	const now = Date.parse("2025-06-13T10:00:00Z"), D = Date;
	globalThis.Date = class extends D {
		constructor(...a) { if (a.length) super(...a); else super(now); }
		static now() { return now; }
	};
}`

// TestScreenshots takes the pictures again with -update. Without, it checks that they are there, of a size
// that suits a README, and shown by the one in their language.
func TestScreenshots(t *testing.T) {
	url := ""
	if *update {
		url = serve(t)
	}
	readmes := map[string]string{"fr": "README.fr.md", "en": "README.md"}
	for language, readme := range readmes {
		text, err := os.ReadFile(filepath.Join("../..", readme))
		if err != nil {
			t.Fatal(err)
		}
		for _, theme := range []string{"light", "dark"} {
			name := "playground." + language + "." + theme + ".png"
			if !strings.Contains(string(text), "docs/images/"+name) {
				t.Errorf("%s does not show %s", readme, name)
			}
			t.Run(name, func(t *testing.T) {
				if *update {
					takePicture(t, url, name, language, theme == "dark")
				}
				checkPicture(t, name)
			})
		}
	}
}

func takePicture(t *testing.T, url, name, language string, dark bool) {
	t.Helper()
	p := open(t, url, view{width: 1240, height: 720, scale: 1.5, language: language, dark: dark})
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: noon})
	p.reload()
	p.click("#open-inspector")
	p.ask(whoReplaces, "Jason Droege")
	p.until("document.querySelectorAll('.sentences table').length > 0")
	p.eval("document.activeElement.blur()")
	call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: 1, Y: 1}) // nothing is hovered
	picture := shrink(t, p.shot(strings.TrimSuffix(name, ".png")))
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(pictures, name), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

func checkPicture(t *testing.T, name string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(pictures, name))
	if err != nil {
		t.Fatal(err)
	}
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width < 1000 || len(data) > maxPicture {
		t.Errorf("%d bytes, %d by %d, %v; want a PNG that is wide enough to be read, and under %d bytes", len(data), c.Width, c.Height, err, maxPicture)
	}
}
