package playground_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestLook(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.shot("look-0")
	p.press("/")
	p.shot("look-1")
	p.press("demander ", "qui rem")
	p.until("document.querySelectorAll('.option').length > 0")
	p.shot("look-2")
	p.press("place Alexandr Wang ?", kb.Enter)
	p.awaits("Jason Droege")
	p.shot("look-3")
	p.click("#open-inspector")
	p.until("document.querySelectorAll('.sentences table').length > 0")
	p.shot("look-4")
	p.click(".button")
	t.Log(strings.Join(p.messages(), "\n---\n"))
}
