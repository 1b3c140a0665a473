package playground_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

const pool = "La piscine municipale ouvre à 9 heures. L’entrée coûte 4 euros.\n\nMarie Dupont, directrice de la piscine, occupera le poste de maire en 2027."

// A moderator pastes an article, and a member asks about it.
func TestPasteAnArticle(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#entry")
	p.press("/articles aj", kb.Enter, kb.Enter)
	p.until("document.querySelector('dialog').open && document.activeElement.tagName === 'INPUT'")
	p.shot("paste")
	p.checkAccessible("paste")
	p.press("La piscine", kb.Tab, kb.Tab, pool, kb.Tab, kb.Tab)
	p.until("document.activeElement.type === 'submit'")
	p.press(kb.Enter)
	got := p.awaits("Article ajouté")
	if !strings.Contains(got, "Vous seul pouvez voir") || !strings.Contains(got, "Il commence ainsi") {
		t.Errorf("got %s", got)
	}
	p.shot("learned")
	p.checkAccessible("learned")
	p.ask("Combien coûte l’entrée de la piscine ?", "Réponse ") // the message before holds the quote too
	if quotes := p.quotes(); !slices.ContainsFunc(quotes, func(q string) bool { return strings.Contains(pool, q) && strings.Contains(q, "4 euros") }) {
		t.Errorf("quoted %q", quotes)
	}

	p.click("#entry")
	p.press("/articles ret", kb.Enter, "pis")
	p.until("document.querySelectorAll('.option').length === 1")
	p.press(kb.ArrowDown, kb.Enter, kb.Enter)
	p.awaits("Retirer La piscine")
	p.click(".message:last-child .button.danger")
	p.awaits("est retiré et oublié")
}

// A file goes by its option, and its article is listed.
func TestSendAFile(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#entry")
	p.press("/articles ajouter ")
	p.click(".add:last-of-type")
	p.setFile("input[type=file]", "piscine.txt", pool)
	p.click(".send")
	p.awaits("Article ajouté")
	p.click("#entry")
	p.press("/articles lister", kb.Enter, kb.Enter)
	if got := p.awaits("Bibliothèque de ce serveur"); !strings.Contains(got, "1 sur 200") {
		t.Errorf("listed %s", got)
	}
}

// A file of nearly the 5 MiB that are taken gets there.
func TestSendALargeFile(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#entry")
	p.press("/articles ajouter ")
	p.click(".add:last-of-type")
	eval[bool](p, `(() => {
		const chosen = new DataTransfer();
		chosen.items.add(new File(["La piscine ouvre à huit heures du matin.", " ".repeat(5 * 1024 * 1024 - 100)], "piscine.txt", { type: "text/plain" }));
		document.querySelector("input[type=file]").files = chosen.files;
		return true;
	})()`)
	p.click(".send")
	p.awaits("Article ajouté")
}

// The panel of settings changes as it is used, and what it says takes effect.
func TestSettings(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#entry")
	p.press("/reglages", kb.Enter, kb.Enter)
	p.awaits("Réglages de ce serveur")
	p.checkAccessible("settings")
	p.click(".select[data-custom-id^='1V']")
	p.press(kb.ArrowDown, kb.Enter)
	p.until("document.querySelector('[data-busy]') === null && document.querySelector(\".select[data-custom-id^='1V']\").innerText.includes('qui demande seulement')")
	p.click(".button[data-custom-id^='1Q']")
	p.until("document.querySelector(\".button[data-custom-id^='1Q']\").innerText === 'Ne plus garder' ")
	p.click(".select[data-custom-id^='1H']")
	p.press(kb.ArrowDown, kb.ArrowDown, kb.Enter, kb.Escape)
	p.until("document.querySelector('[data-busy]') === null && document.querySelector(\".select[data-custom-id^='1H']\").innerText.includes('#annonces')")
	p.shot("settings")
	p.ask(whoReplaces, "Sur ce serveur, je réponds dans #annonces.")

	// Who may not manage the server is not offered its commands, and is answered in private now.
	p.click(".select[data-custom-id^='1H']")
	p.press(kb.Enter, kb.Escape) // what is chosen is where the list begins
	p.until("document.querySelector('[data-busy]') === null && !document.querySelector(\".select[data-custom-id^='1H']\").innerText.includes('#annonces')")
	p.click("#members label:last-of-type")
	p.click("#entry")
	p.press("/")
	if got := eval[[]string](p, "[...document.querySelectorAll('.option b')].map(e => e.textContent)"); !slices.Equal(got, []string{"/demander", "/article", "/aide"}) {
		t.Errorf("a member is offered %q", got)
	}
	p.press(kb.Backspace)
	if got := p.ask(whoReplaces, "Jason Droege"); !strings.Contains(got, "Vous seul pouvez voir") {
		t.Errorf("answered %s", got)
	}

	// Where questions are kept, a 👎 asks what was expected; and the moderator reads it.
	p.click(".message:last-child .button[data-custom-id^='1d']")
	p.until("document.querySelector('dialog').open && document.activeElement.tagName === 'TEXTAREA'")
	p.shot("expected")
	p.press("Le nom de son adjoint", kb.Tab, kb.Tab, kb.Enter)
	p.awaits("sans votre nom")
	p.ask("Quelle est la recette de la tarte aux pommes ?", "gardée pour la modération")
	p.click("#members label:first-of-type")
	eval[bool](p, "(() => { const make = URL.createObjectURL; URL.createObjectURL = (b) => { b.text().then((text) => { window.saved = text; }); return make.call(URL, b); }; return true; })()")
	p.click("#entry")
	p.press("/lacunes", kb.Enter, kb.Enter)
	got := p.awaits("lacunes.csv")
	if !strings.Contains(got, "Le nom de son adjoint") || !strings.Contains(got, "tarte aux pommes") {
		t.Errorf("the gaps are %s", got)
	}
	p.shot("gaps")
	if name := eval[string](p, `document.querySelector(".message:last-child a.file[href^='blob:']").download`); name != "lacunes.csv" {
		t.Errorf("the file is named %q", name)
	}
	if saved := eval[string](p, "window.saved"); !strings.HasPrefix(saved, "Nombre;Question;") || !strings.Contains(saved, "Quelle est la recette") {
		t.Errorf("the file holds %q", saved)
	}
}

// setFile chooses a file of that name and content in a file input.
func (p *tab) setFile(selector, name, content string) {
	p.Helper()
	eval[bool](p, `(() => {
		const chosen = new DataTransfer();
		chosen.items.add(new File([%s], %s, { type: "text/plain" }));
		document.querySelector(%s).files = chosen.files;
		return true;
	})()`, content, name, selector)
}
