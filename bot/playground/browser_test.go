package playground_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience bounds every wait of a browser test: what takes longer is broken.
const patience = 10 * time.Second

// browser starts one headless Chromium for all tests of this package; it ends with [TestMain].
var browser = sync.OnceValues(startBrowser)

var stopBrowser = func() {}

func TestMain(m *testing.M) {
	status := m.Run()
	stopBrowser()
	os.Exit(status)
}

// browsers are the programs that are looked for, in this order.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

func startBrowser() (context.Context, error) {
	var path string
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, fmt.Errorf("no browser: none of %s is installed", strings.Join(browsers, ", "))
	}
	profile, err := os.MkdirTemp("", "verbatim-chromium")
	if err != nil {
		return nil, err
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.Env("TMPDIR=" + profile), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("font-render-hinting", "none"),
		// Nothing of the page may come from elsewhere: elsewhere has no address.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	stopBrowser = func() {
		stop()
		stopAllocator()
		_ = os.RemoveAll(profile)
	}
	return ctx, chromedp.Do(ctx)
}

// A tab is a page of the browser, with no memory of other tabs.
type tab struct {
	*testing.T
	ctx context.Context

	mu     sync.Mutex
	faults []string // what the page complained about
}

// A view is how a tab shows the page.
type view struct {
	width, height int64
	scale         float64
	language      string // the browser's
	dark, touch   bool
}

var (
	desktop = view{width: 1280, height: 800, scale: 1, language: "fr"}
	phone   = view{width: 375, height: 740, scale: 2, language: "fr", touch: true}
)

// open shows a page. A machine without a browser skips the test, unless CI is set.
func open(t *testing.T, url string, v view) *tab {
	t.Helper()
	parent, err := browser()
	switch {
	case err != nil && os.Getenv("CI") == "true":
		t.Fatalf("CI=true needs a browser: %v", err)
	case err != nil:
		t.Skipf("%v (Debian has it as the package chromium)", err)
	}
	t.Parallel() // a page waits for keys and timers more than it computes
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, 6*patience)
	p := &tab{T: t, ctx: ctx}
	t.Cleanup(func() {
		if t.Failed() {
			p.shot("failed-" + strings.ReplaceAll(t.Name(), "/", "-"))
		}
		cancel()
		stop()
		for _, fault := range p.faults {
			t.Errorf("the page complained: %s", fault)
		}
	})
	p.do() // opens it
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatal(err)
	}
	p.emulate(v)
	p.do(chromedp.Navigate(url))
	p.until("document.body.dataset.ready !== undefined")
	return p
}

// reload loads the page again.
func (p *tab) reload() {
	p.Helper()
	p.do(chromedp.Reload())
	p.until("document.body.dataset.ready !== undefined")
}

// forgive takes away what the page complained about on purpose.
func (p *tab) forgive(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = slices.DeleteFunc(p.faults, func(fault string) bool { return strings.Contains(fault, text) })
}

// emulate makes the tab show pages as v says.
func (p *tab) emulate(v view) {
	p.Helper()
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	call(p, log.Enable, cdp.Empty{})
	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	call(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "verbatim-test", AcceptLanguage: v.language})
	call(p, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Europe/Paris"})
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: v.width, Height: v.height, DeviceScaleFactor: v.scale, Mobile: v.touch})
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: v.touch})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// listen notes exceptions, refusals of the content security policy and failed loads.
func (p *tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.faults = append(p.faults, fmt.Sprintf("%s: %+v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			p.faults = append(p.faults, fmt.Sprintf("%s: %s", e.Entry.URL, e.Entry.Text))
		}
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// call sends a command of the browser's protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		p.Fatal(err)
	}
}

// eval returns the value of an expression, once its promise is kept.
func eval[T any](p *tab, expression string, args ...any) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](js(expression, args...), chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatal(err)
	}
	return value
}

// js puts arguments into an expression as JavaScript's own values.
func js(expression string, args ...any) string {
	if len(args) == 0 {
		return expression
	}
	quoted := make([]any, len(args))
	for i, a := range args {
		text, err := json.Marshal(a)
		if err != nil {
			panic(err)
		}
		quoted[i] = text
	}
	return fmt.Sprintf(expression, quoted...)
}

// until waits for an expression to be true.
func (p *tab) until(expression string, args ...any) {
	p.Helper()
	expression = js(expression, args...)
	wait := fmt.Sprintf(`new Promise(done => {
		const end = Date.now() + %d;
		const look = () => (%s) ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 10);
		look();
	})`, patience.Milliseconds(), expression)
	if !eval[bool](p, wait) {
		p.Fatalf("after %v this is still false: %s\nthe page says:\n%s", patience, expression, eval[string](p, "document.body.innerText"))
	}
}

// click presses what a selector finds first that shows.
func (p *tab) click(selector string) {
	p.Helper()
	p.until("[...document.querySelectorAll(%s)].some(e => e.checkVisibility())", selector)
	type point struct{ X, Y float64 }
	at := eval[point](p, `(() => {
		const e = [...document.querySelectorAll(%s)].filter(e => e.checkVisibility()).at(-1);
		e.scrollIntoView({block: "nearest"});
		const r = e.getBoundingClientRect();
		return {X: r.x + r.width / 2, Y: r.y + r.height / 2};
	})()`, selector)
	p.do(chromedp.MouseClickXY(at.X, at.Y))
}

// press presses keys wherever the focus is. A text of several characters comes at once, as from a keyboard that
// completes words.
func (p *tab) press(keys ...string) {
	p.Helper()
	for _, text := range keys {
		if r, n := utf8.DecodeRuneInString(text); n == len(text) {
			p.key(r, 0)
		} else {
			call(p, input.InsertText, input.InsertTextParams{Text: text})
		}
	}
}

// key presses one key as a keyboard does: what it types is dropped where the page prevents it. (chromedp's own
// KeyEvent sends the character by itself, which a page cannot prevent: seen in v0.23.0.)
func (p *tab) key(r rune, modifiers int64) {
	p.Helper()
	k, known := kb.Keys[r]
	if !known {
		call(p, input.InsertText, input.InsertTextParams{Text: string(r)})
		return
	}
	event := input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeKeyDown, Key: k.Key, Code: k.Code, Modifiers: modifiers,
		NativeVirtualKeyCode: k.Native, WindowsVirtualKeyCode: k.Windows,
	}
	if k.Print {
		event.Text, event.UnmodifiedText = k.Text, k.Unmodified
	}
	call(p, input.DispatchKeyEvent, event)
	event.Type, event.Text, event.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
	call(p, input.DispatchKeyEvent, event)
}

// messages returns what is read in the messages that show, top to bottom.
func (p *tab) messages() []string {
	p.Helper()
	return eval[[]string](p, "[...document.querySelectorAll('.message')].map(m => m.innerText)")
}

// awaits waits for the last message to say something, and returns it.
func (p *tab) awaits(text string) string {
	p.Helper()
	p.until("[...document.querySelectorAll('.message')].at(-1)?.innerText.includes(%s)", text)
	all := p.messages()
	return all[len(all)-1]
}

// shot keeps a picture of the page under /screenshots, which Git ignores.
func (p *tab) shot(name string) []byte {
	p.Helper()
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	folder := filepath.Join("..", "..", "screenshots")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		p.Fatal(err)
	}
	return picture
}
