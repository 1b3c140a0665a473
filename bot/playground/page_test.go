package playground_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"verbatim/knowledge"
)

const whoReplaces = "Qui remplace Alexandr Wang ?"

// ask asks in the command's own field, and waits for the answer.
func (p *tab) ask(question, answer string) string {
	p.Helper()
	p.click("#entry")
	p.press(p.command(), question, kb.Enter)
	return p.awaits(answer)
}

// command begins the question's command, in the language of the page.
func (p *tab) command() string {
	if eval[string](p, "document.documentElement.lang") == "en" {
		return "/ask "
	}
	return "/demander "
}

// quotes are the block quotes that show, as they are read.
func (p *tab) quotes() []string {
	return eval[[]string](p, "[...document.querySelectorAll('.message blockquote')].map(q => q.textContent)")
}

// A member finds the command in the menu, picks a suggestion, and reads on from the answer.
func TestAskByMenu(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#entry")
	p.press("/")
	if got := eval[[]string](p, "[...document.querySelectorAll('.option b')].map(e => e.textContent)"); !slices.Equal(got, []string{
		"/demander", "/article", "/aide", "/articles ajouter", "/articles lister", "/articles retirer", "/articles actualiser", "/reglages", "/lacunes",
	}) {
		t.Errorf("the menu has %q", got)
	}
	p.shot("menu")
	p.press("dem", kb.Enter, "qui a")
	p.until("[...document.querySelectorAll('.option')].some(o => o.textContent.includes('28'))")
	p.shot("suggestions")
	p.press(kb.ArrowDown)
	chosen := eval[string](p, "document.querySelector('.option.active').textContent")
	p.press(kb.Enter)
	if got := eval[string](p, "document.activeElement.value"); got != chosen {
		t.Fatalf("the field holds %q, want the suggestion %q", got, chosen)
	}
	p.press(kb.Enter)
	if got := p.awaits("Réponse"); !strings.Contains(got, chosen) || !strings.Contains(got, "Camille\na utilisé\n/demander") {
		t.Errorf("asked %q, got %s", chosen, got)
	}
	for _, q := range p.quotes() {
		if !strings.Contains(knowledge.Shipped().Text, q) {
			t.Errorf("%q is not the article's text", q)
		}
	}
	p.shot("answer")
}

func TestReadOn(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.ask(whoReplaces, "Jason Droege")
	p.click(".message [data-custom-id^='1c']")
	got := p.awaits("Vous seul pouvez voir")
	if !strings.Contains(got, "Le nouvel investissement de Meta") || !strings.Contains(got, "Verbatim\n"+whoReplaces) {
		t.Errorf("the context is %s", got)
	}
	p.shot("context")

	// The next passages take the place of the answer, and the focus stays where it was.
	before := eval[string](p, "document.querySelector(\"[data-custom-id^='1p']\").closest('.message').dataset.id")
	p.click("[data-custom-id^='1p']")
	p.until("document.querySelector('[data-id=\"'+%s+'\"]').innerText.includes('Passages 2')", before)
	if !eval[bool](p, "document.activeElement.closest('.message')?.dataset.id === %s", before) {
		t.Errorf("the focus left the message for %s", eval[string](p, "document.activeElement.outerHTML"))
	}
	p.shot("passages")
	p.click(".row > [data-custom-id^='1p']:first-child")
	p.until("!document.body.innerText.includes('Passages 2 à')")

	p.click("[data-custom-id^='1u']")
	p.awaits("Merci")
	messages := len(p.messages())
	p.click(".privacy .link")
	p.until("document.querySelectorAll('.message').length === %s", messages-1)
}

// The question that nothing answers has no quote; the nearest passage is behind a button.
func TestAbstention(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.ask("Quelle est la capitale du Pérou ?", "autre chose")
	if got := p.quotes(); len(got) > 0 {
		t.Errorf("got the quotes %q", got)
	}
	p.shot("abstention")
	p.click(".message .button.primary")
	p.awaits("Vous seul")
	if got := p.quotes(); len(got) == 0 {
		t.Error("the question that was offered has no answer")
	}
}

// A private answer is its member's alone, until it is shown to all.
func TestPrivate(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#entry")
	p.press("/demander ", whoReplaces)
	p.click(".add:last-child")
	p.until("document.querySelectorAll('.option').length === 2")
	p.shot("options")
	p.press(kb.ArrowDown, kb.Enter, kb.Enter)
	p.awaits("Vous seul")
	p.shot("private")
	p.become("Dominique")
	if got := p.messages(); len(got) != 1 {
		t.Errorf("Dominique sees %q", got)
	}
	p.become("Camille")
	p.click("[data-custom-id^='1s']")
	p.until("document.querySelectorAll('.message:not(.private)').length === 2")
	p.become("Dominique")
	p.awaits("Jason Droege")
}

func (p *tab) become(name string) {
	p.Helper()
	p.eval("[...document.querySelectorAll('#members label')].find(l => l.innerText.includes(%s)).querySelector('input').click()", name)
}

// eval runs an expression for what it does.
func (p *tab) eval(expression string, args ...any) {
	p.Helper()
	eval[bool](p, "("+expression+", true)", args...)
}

// Whoever did not ask gets the next passages privately; the answer stays.
func TestWhoPresses(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.ask(whoReplaces, "Jason Droege")
	p.become("Dominique")
	p.click("[data-custom-id^='1p']")
	p.awaits("Passages 2 à")
	p.shot("dominique")
	if got := p.messages(); len(got) != 3 || !strings.Contains(got[1], "Réponse probable") {
		t.Errorf("Dominique sees %q", got)
	}
	p.become("Camille")
	if got := p.messages(); len(got) != 2 {
		t.Errorf("Camille sees %q", got)
	}
}

func TestArticle(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#entry")
	p.press("/article", kb.Enter, kb.Enter)
	p.awaits("page 1 sur")
	p.click(".select")
	p.until("document.querySelectorAll('.select-box .option').length === %s", len(knowledge.Shipped().Paragraphs))
	p.shot("contents")
	p.press(kb.End, kb.Enter)
	p.awaits("page 2 sur")
	p.click("[data-custom-id^='1t']")
	p.awaits("page 1 sur")
	if got := eval[bool](p, "document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('.container *')].every(e => e.getBoundingClientRect().right <= e.closest('.container').getBoundingClientRect().right)"); !got {
		t.Error("the article runs out of its box")
	}
	p.shot("article")
}

// The menu of a message asks what the message says.
func TestMessageMenu(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#entry")
	p.press("Dis, qui remplace Alexandr Wang ?", kb.Enter)
	p.awaits("Dis, qui remplace")
	p.click(".message:last-child .toolbar button")
	p.until("document.activeElement.role === 'menuitem' || document.activeElement.getAttribute('role') === 'menuitem'")
	p.shot("message-menu")
	p.press(kb.Enter)
	if got := p.awaits("Vous seul"); !strings.Contains(got, "Jason Droege") || !strings.Contains(got, "Camille\nDis, qui remplace") {
		t.Errorf("got %s", got)
	}
}

// In direct messages there is no server, and all the same an answer.
func TestDirectMessages(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#room-direct")
	p.until("document.querySelectorAll('.message').length === 0")
	p.ask(whoReplaces, "Jason Droege")
	p.click("[data-custom-id^='1p']")
	p.awaits("Passages 2 à")
	p.click("#room-guild")
	p.until("document.querySelectorAll('.message').length === 1")
	p.click("#room-direct")
	p.awaits("Passages 2 à")
	p.shot("direct")
}

func TestEnglish(t *testing.T) {
	v := desktop
	v.language = "en-GB"
	p := open(t, serve(t), v)
	p.click("#entry")
	p.press("/ask ", whoReplaces, kb.Enter)
	got := p.awaits("Jason Droege")
	for _, want := range []string{"used", "/ask", "Likely answer", "Context", "Next passages"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
	if lang := eval[string](p, "document.documentElement.lang"); lang != "en" {
		t.Errorf("the page says that it is in %q", lang)
	}
	p.shot("english")
	p.eval("document.querySelector('#locales input[value=fr]').click()")
	p.until("document.querySelector('#entry').placeholder.startsWith('Écrire')")
	p.click(".message [data-custom-id^='1c']")
	p.awaits("Vous seul pouvez voir")
}

func (p *tab) background() string {
	return eval[string](p, "getComputedStyle(document.body).backgroundColor")
}

// The page follows the system until it is told otherwise, and remembers that.
func TestThemes(t *testing.T) {
	const dark, light = "rgb(49, 51, 56)", "rgb(255, 255, 255)"
	url := serve(t)
	for name, tt := range map[string]struct{ system, chosen string }{"light": {light, dark}, "dark": {dark, light}} {
		t.Run(name, func(t *testing.T) {
			v := desktop
			v.dark = tt.system == dark
			p := open(t, url, v)
			if got := p.background(); got != tt.system {
				t.Errorf("the system's theme gives %s, want %s", got, tt.system)
			}
			choice := map[string]string{dark: "dark", light: "light"}[tt.chosen]
			p.eval("document.querySelector('#themes input[value=' + %s + ']').click()", choice)
			p.ask(whoReplaces, "Jason Droege")
			p.shot("theme-" + choice)
			p.reload()
			if got := p.background(); got != tt.chosen {
				t.Errorf("%s gives %s, want %s", choice, got, tt.chosen)
			}
		})
	}
}

// The panel shows what went out and came back, and why.
func TestInspector(t *testing.T) {
	p := open(t, serve(t), desktop)
	p.click("#open-inspector")
	p.ask(whoReplaces, "Jason Droege")
	p.until("document.querySelector('.asked')?.textContent === %s", whoReplaces)
	if rows := eval[int](p, "document.querySelectorAll('.sentences > li').length"); rows < 2 {
		t.Errorf("%d sentences are compared", rows)
	}
	if first := eval[string](p, "document.querySelector('.sentences table').innerText"); !strings.Contains(first, "+") || !strings.Contains(first, "« remplace »") {
		t.Errorf("no reason speaks for the first sentence, or none is the question's word: %s", first)
	}
	if all := eval[string](p, "document.querySelector('.sentences').innerText"); strings.Contains(all, "-0") || !strings.Contains(all, "−0") {
		t.Errorf("less than nothing is not written with a minus sign: %s", all)
	}
	p.shot("reasons")
	p.click("#tab-response")
	if got := eval[string](p, "document.querySelector('.json').textContent"); !strings.Contains(got, `"flags": 32768`) || !strings.Contains(got, "Jason Droege") {
		t.Errorf("the response is %s", got)
	}
	p.press(kb.ArrowLeft)
	if got := eval[string](p, "document.querySelector('.json').textContent"); !strings.Contains(got, `"token": "playground"`) || !strings.Contains(got, whoReplaces) {
		t.Errorf("the request is %s", got)
	}
	p.shot("request")
}
