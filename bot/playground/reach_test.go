package playground_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// At the width of a phone nothing runs out of the page, in any state.
func TestPhone(t *testing.T) {
	p := open(t, serve(t), phone)
	fits := func(state string) {
		t.Helper()
		wide := eval[[]string](p, `[...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && !e.closest(".sr-only, .skip, .sidebar, pre")
			&& (e.getBoundingClientRect().right > innerWidth + 0.5 || e.matches("button, .button") && e.scrollWidth > e.clientWidth)).map(e => e.outerHTML.slice(0, 120))`)
		if len(wide) > 0 || eval[bool](p, "document.documentElement.scrollWidth > innerWidth") {
			t.Errorf("%s: these are wider than the page, or than their own box: %q", state, wide)
		}
		p.shot("phone-" + state)
	}
	fits("start")
	p.click("#entry")
	p.press("/")
	fits("menu")
	p.press("demander ")
	p.until("document.querySelectorAll('.option').length > 0")
	fits("suggestions")
	p.press(whoReplaces)
	p.click(".add")
	p.click(".add")
	fits("options")
	p.click(".send")
	p.awaits("Jason Droege")
	fits("answer")
	p.click("[data-custom-id^='1p']")
	p.awaits("Passages 2 à")
	fits("passages")
	p.click("#open-sidebar")
	p.until("document.activeElement.id === 'close-sidebar'")
	fits("sidebar")
	p.press(kb.Escape)
	p.until("document.activeElement.id === 'open-sidebar'")
	p.click("#open-inspector")
	p.until("document.querySelectorAll('.sentences table').length > 0")
	fits("reasons")
	p.click("#tab-request")
	fits("request")
	p.press(kb.Escape)
	p.click("#entry")
	p.press("/article", kb.Enter, kb.Enter)
	p.awaits("page 1 sur")
	p.click(".select")
	fits("article")
	p.press(kb.Escape)
	p.click("#entry")
	p.press("/reglages", kb.Enter, kb.Enter)
	p.awaits("Réglages de ce serveur")
	p.click(".message:last-child .select[data-custom-id^='1H']")
	fits("settings")
	p.press(kb.Escape)
	p.click("#entry")
	p.press("/articles ajouter ")
	p.click(".add:last-of-type")
	fits("file")
	p.click(".remove")
	p.click(".send")
	p.until("document.querySelector('dialog').open")
	fits("paste")
}

// All of it works with keys alone, from the moment that the page is there.
func TestKeyboard(t *testing.T) {
	p := open(t, serve(t), desktop)
	focus := func(want string) {
		t.Helper()
		p.until("document.activeElement?.matches(%s)", want)
	}
	focus("#entry")
	p.press("/", kb.Tab)
	focus(".option-field input")
	p.press(whoReplaces, kb.Tab)
	focus(".add")
	p.press(kb.Tab, kb.Enter) // the option « prive »
	p.until("document.querySelectorAll('.option').length === 2")
	p.press(kb.ArrowDown, kb.Enter, kb.Enter)
	p.awaits("Vous seul")
	focus("#entry")
	p.tabBack("[data-custom-id^='1c']", 20)
	p.press(kb.Enter)
	p.awaits("Le nouvel investissement")
	focus("[data-custom-id^='1c']")
	p.press("b") // typing goes to the message box
	focus("#entry")
	p.press(kb.Backspace)
	p.tabBack(".privacy .link", 20)
	p.press(kb.Enter)
	p.until("document.querySelectorAll('.message').length === 2")
	focus("#entry")
	p.tabBack(".toolbar button", 20)
	p.press(kb.Enter)
	focus("[role=menuitem]")
	p.press(kb.Escape)
	focus(".toolbar button")
	p.tabBack("#open-inspector", 40)
	p.press(" ")
	focus(".inspector .bar button")
	p.press(kb.Tab, kb.Tab)
	focus("[role=tab]")
	p.press(kb.ArrowRight)
	p.until("document.activeElement.id === 'tab-request' && document.querySelector('.json') !== null")
	p.press(kb.Escape)
	focus("#open-inspector")
	p.press("/", "demander ")
	focus(".option-field input")
	p.until("document.querySelectorAll('.option').length > 0")
	p.press(kb.Escape) // the suggestions
	focus(".option-field input")
	p.press(kb.Escape) // the command
	focus("#entry")
}

// tabBack goes back from control to control until one that a selector finds has the focus.
func (p *tab) tabBack(selector string, most int) {
	p.Helper()
	for range most {
		p.key('\t', int64(kb.ModifierShift))
		if eval[bool](p, "document.activeElement.matches(%s)", selector) {
			if !eval[bool](p, "getComputedStyle(document.activeElement).outlineStyle !== 'none'") {
				p.Errorf("%s shows no focus", selector)
			}
			return
		}
	}
	p.Fatalf("%s was not reached in %d steps", selector, most)
}
