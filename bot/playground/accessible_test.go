package playground_test

import (
	"os"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

// A finding is what axe-core finds wrong.
type finding struct {
	ID, Impact, Help string
	Nodes            []string // the elements, and why
}

// checkAccessible runs axe-core, which is vendored for tests only, over what shows. Findings that it calls serious
// or critical fail the test; of the lesser ones only those of good style are left alone.
func (p *tab) checkAccessible(state string) {
	p.Helper()
	script, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		p.Fatal(err)
	}
	if !eval[bool](p, "typeof axe === 'object'") {
		eval[bool](p, string(script)+"\n;true")
	}
	found := eval[[]finding](p, `axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(v => ({
		ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map(n => n.html.slice(0, 160) + " " + n.failureSummary)})))`)
	for _, f := range found {
		if f.Impact == "serious" || f.Impact == "critical" {
			p.Errorf("%s: %s (%s): %s\n%q", state, f.ID, f.Impact, f.Help, f.Nodes)
		} else {
			p.Logf("%s: %s (%s): %s\n%q", state, f.ID, f.Impact, f.Help, f.Nodes)
		}
	}
}

func TestAccessible(t *testing.T) {
	dark := desktop
	dark.dark, dark.language = true, "en-US"
	url := serve(t)
	for name, v := range map[string]view{"light, French": desktop, "dark, English": dark, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			p := open(t, url, v)
			call(p, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
			p.reload() // axe-core writes HTML, which the page's own policy forbids
			p.checkAccessible("start")
			p.click("#entry")
			p.press("/")
			p.checkAccessible("menu")
			p.press(kb.Tab)
			p.until("document.querySelectorAll('.option').length > 3")
			p.press(kb.ArrowDown)
			p.checkAccessible("suggestions")
			p.press(kb.Escape)
			p.press(kb.Escape)
			p.ask(whoReplaces, "Jason Droege")
			p.click("[data-custom-id^='1c']")
			p.awaits("Le nouvel investissement")
			p.checkAccessible("answers")
			p.click(".message:last-child .toolbar button")
			p.checkAccessible("message menu")
			p.press(kb.Escape)
			p.click("#entry")
			p.press("/article", kb.Enter, kb.Enter)
			p.awaits("page 1")
			p.click(".select")
			p.checkAccessible("article")
			p.press(kb.Escape)
			p.click("#open-inspector")
			p.until("document.querySelectorAll('.sentences table').length > 0")
			p.checkAccessible("reasons")
			p.click("#tab-response")
			p.checkAccessible("response")
			p.press(kb.Escape)
			if v.touch {
				p.click("#open-sidebar")
				p.checkAccessible("sidebar")
			}
		})
	}
}
