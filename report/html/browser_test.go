package html_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/svg"
)

// browser is a page in a real browser, and what the browser complained of.
type browser struct {
	*testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

// TestBrowser opens pages in one tab of a headless Chromium, where there is one.
func TestBrowser(t *testing.T) {
	testkit.Long(t, "the page in a real browser: not in short mode")
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no chromium is installed: the page was not tried in a browser")
	}
	o := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), o...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {})) // it complains of what newer browsers add
	defer stop()
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		do   func(t *testing.T, open open)
	}{
		{"sorts and filters", sortsAndFilters}, {"keyboard and tooltips", keyboardAndTooltips}, {"sizes", sizes}, {"phone", phone}, {"paper", paper}, {"axe", axe},
		{"hostile", harmless}, {"SVG", drawing}, {"Porcupine", porcupine},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.do(t, func(name string, data []byte) *browser {
				file := filepath.Join(t.TempDir(), name)
				if err := os.WriteFile(file, data, 0o644); err != nil {
					t.Fatal(err)
				}
				ctx, stop := context.WithTimeout(ctx, 5*patience)
				t.Cleanup(stop)
				b := &browser{T: t, ctx: ctx}
				b.do(chromedp.Navigate("about:blank")) // what is still said of the last page is not of this
				chromedp.ListenTarget(ctx, b.listen)
				b.do(network.Enable(), log.Enable(), runtime.Enable(), chromedp.EmulateViewport(1280, 900), emulation.SetEmulatedMedia(), chromedp.Navigate("file://"+file))
				return b
			})
		})
	}
}

// open opens a page, under that name.
type open func(name string, data []byte) *browser

// listen notes what must not happen.
func (b *browser) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, "console: "+e.Type.String())
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "exception: "+e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		b.complaints = append(b.complaints, "log: "+e.Entry.Text)
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme != "file" && u.Scheme != "data" {
			b.complaints = append(b.complaints, "it asks for "+e.Request.URL)
		}
	case *page.EventJavascriptDialogOpening:
		b.complaints = append(b.complaints, "a dialog: "+e.Message)
	}
}

func (b *browser) do(actions ...chromedp.Action) {
	b.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// patience is how long a test waits for what must come. It is only waited out
// where it does not.
const patience = time.Minute

// ask evaluates an expression until it is what it must be: what a key or an
// address brings about comes when the browser has the time for it.
func ask[T comparable](b *browser, js string, want T) {
	b.Helper()
	end := time.Now().Add(patience)
	if b.Failed() {
		end = time.Now() // what has gone wrong is not waited out by everybody
	}
	for {
		var got T
		switch err := chromedp.Run(b.ctx, chromedp.Evaluate(js, &got)); {
		case errors.Is(err, chromedp.ErrJSUndefined): // not yet there
		case err != nil:
			b.Fatal(err)
		case got == want:
			return
		}
		if time.Now().After(end) {
			b.Errorf("%s: %v, want %v", js, got, want)
			return
		}
		b.frame()
	}
}

// again does something until an expression is what it must be: a busy browser may
// scroll once more after the mouse has moved, which hides what it shows.
func again(b *browser, js string, do func()) {
	b.Helper()
	for range 30 {
		do()
		for range 10 {
			var is bool
			if chromedp.Run(b.ctx, chromedp.Evaluate(js, &is)); is {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	ask(b, js, true)
}

// frame waits until the browser has drawn once more, and has done what it had
// put off until it had the time.
func (b *browser) frame() {
	b.Helper()
	var drawn bool
	b.do(chromedp.Evaluate(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => r(true), 0))))`, &drawn,
		func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
}

// quiet fails if the browser complained of anything.
func (b *browser) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.Error(c)
	}
}

// shot keeps a picture, if somebody wants to look.
func (b *browser) shot(name string) {
	dir := os.Getenv("PHOTOFINISH_SHOTS")
	if dir == "" {
		return
	}
	var png []byte
	b.do(chromedp.CaptureScreenshot(&png))
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.Fatal(err)
	}
}

func (b *browser) size(w, h int64, dark bool) {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.do(chromedp.EmulateViewport(w, h), emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
}

const shown = `document.querySelectorAll("#grid tbody tr:not(.off)").length`

func sortsAndFilters(t *testing.T, open open) {
	b := open("report.html", cataloguePage(t))
	all := len(many(t))
	ask(b, shown, all)
	ask(b, `document.getElementById("tools").open`, false)
	b.do(chromedp.KeyEvent("/"))
	ask(b, `document.activeElement.id`, "filter")
	b.do(chromedp.Evaluate(`filter.value = "", 1`, nil), chromedp.KeyEvent("create then-delete")) // a real key press leaves no slash
	ask(b, shown, 1)
	ask(b, `document.querySelectorAll("details.scenario:not(.off)").length`, 1)
	b.do(chromedp.KeyEvent(kb.Escape))
	ask(b, shown, all)

	ask(b, `document.querySelectorAll("#which option").length`, 3)
	b.do(chromedp.Evaluate(`which = document.getElementById("which"), which.value = "bad", which.dispatchEvent(new Event("change")), 1`, nil))
	var bad int
	b.do(chromedp.Evaluate(shown, &bad))
	if bad == 0 || bad == all {
		t.Errorf("%d of %d scenarios have somebody who goes wrong", bad, all)
	}
	b.do(chromedp.Evaluate(`which.value = "all", which.dispatchEvent(new Event("change")), 1`, nil))

	// Sorted by a strategy, its worst scenario comes first.
	b.do(chromedp.Evaluate(`head = i => document.querySelectorAll("#grid th button")[i], head(1).click(), 1`, nil))
	ask(b, `(() => { const v = [...document.querySelectorAll("#grid tbody tr")].map(r => /^~?[✗…]/.test(r.cells[1].textContent.trim()) ? parseFloat(r.cells[1].textContent.match(/[\d.]+/)) : -1);
		return v[0] > 0 && v[v.length-1] === -1 && v.every((x, i) => i === 0 || v[i-1] >= x); })()`, true)
	ask(b, `head(1).parentNode.getAttribute("aria-sort")`, "descending")
	b.do(chromedp.Evaluate(`head(1).click(), 1`, nil))
	ask(b, `head(1).parentNode.getAttribute("aria-sort")`, "ascending")

	// So are the strategies, by what a click waits, those last that are safe nowhere.
	b.do(chromedp.Evaluate(`(s => { s.value = "8"; s.dispatchEvent(new Event("change")); })(document.querySelector("select[data-of=main]"))`, nil))
	ask(b, `(() => { const v = [...document.querySelectorAll("#main tbody tr")].map(r => +r.cells[8].textContent || 1e9); return v.every((x, i) => i === 0 || v[i-1] <= x); })()`, true)

	b.do(chromedp.Evaluate(`document.querySelector("input[value=t1]").click(), 1`, nil))
	ask(b, `document.querySelector("#grid tbody td").offsetWidth`, 0)
	ask(b, `document.querySelector("#main .t1").offsetWidth`, 0)
	b.quiet()
}

// focused is the story whose head has the focus.
const focused = `(document.activeElement.nextElementSibling || {}).id || ""`

func keyboardAndTooltips(t *testing.T, open open) {
	b := open("report.html", written(t, 200, catalogue(t, "create-then-update", "create-then-two-updates")...))
	b.do(chromedp.KeyEvent(kb.Escape))
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	ask(b, `document.activeElement.hash`, "#s2-t3")
	b.shot("matrix")
	// What the press opens its end does not close again, though the focus is there then.
	down, char, up := kb.Encode('\r')[0], kb.Encode('\r')[1], kb.Encode('\r')[2]
	b.do(down)
	ask(b, focused, "s2-t3")
	b.do(char, up)
	b.frame()
	ask(b, `document.getElementById("s2-t3").closest("details").open`, true)
	ask(b, `document.querySelectorAll("#s2-t3 svg .m").length > 3`, true)

	// The first message, by the keyboard and by the mouse. To scroll hides what
	// is shown.
	b.frame()
	b.do(chromedp.KeyEvent(kb.Tab))
	for range 20 {
		var at string
		b.do(chromedp.Evaluate(`document.activeElement.getAttribute("class") || ""`, &at))
		if strings.HasPrefix(at, "m ") {
			break
		}
		b.do(chromedp.KeyEvent(kb.Tab))
	}
	ask(b, `document.getElementById("tip").hidden`, false)
	ask(b, `/^c1 to the server, request 1: leaves at 0 ms, arrives at/.test(document.getElementById("tip").textContent)`, true)
	b.shot("tooltip")
	b.do(chromedp.KeyEvent(kb.Escape))
	ask(b, `document.activeElement.hash`, "#s2-t3")
	ask(b, `document.getElementById("tip").hidden`, true)

	// What the address names already is gone to again.
	b.do(chromedp.KeyEvent(kb.Enter))
	ask(b, focused, "s2-t3")
	b.frame() // the browser goes there, and then the page
	b.do(chromedp.KeyEvent(kb.Escape))
	ask(b, `document.activeElement.hash`, "#s2-t3")
	again(b, `!document.getElementById("tip").hidden`, func() {
		var at []float64
		b.do(chromedp.Evaluate(`(() => { const m = document.querySelectorAll("#s2-t3 svg .m")[0]; m.scrollIntoView({block: "center"});
			const r = m.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`, &at))
		b.frame()
		b.do(input.DispatchMouseEvent(input.MouseMoved, 1, 1), input.DispatchMouseEvent(input.MouseMoved, at[0], at[1]))
	})

	b.do(chromedp.KeyEvent(kb.Enter))
	ask(b, focused, "s2-t3")
	b.do(chromedp.KeyEvent("x"))
	ask(b, `[...document.querySelectorAll("details.scenario[open] .story")].every(d => d.open)`, true)
	b.quiet()
}

func sizes(t *testing.T, open open) {
	b := open("report.html", cataloguePage(t))
	ground := map[bool]string{}
	for _, size := range []struct {
		name string
		w, h int64
		dark bool
	}{{"phone", 390, 844, false}, {"tablet", 820, 1100, true}, {"desk", 1280, 900, false}} {
		b.size(size.w, size.h, size.dark)
		ask(b, noSideways, true)
		b.do(chromedp.Evaluate(`location.hash = "", window.scrollTo(0, 0)`, nil))
		b.shot(size.name + "-top")
		b.do(chromedp.Evaluate(`location.hash = "#s4-t3", 1`, nil))
		ask(b, `document.getElementById("s4-t3").closest("details").open`, true)
		ask(b, `document.querySelectorAll("#s4-t3 svg").length`, 2) // it was packed
		b.frame()
		b.shot(size.name + "-cell")
		ask(b, noSideways, true)
		var colour string
		b.do(chromedp.Evaluate(`getComputedStyle(document.body).backgroundColor`, &colour))
		ground[size.dark] = colour
	}
	if ground[false] == ground[true] {
		t.Errorf("light and dark have the same ground %s", ground[true])
	}
	b.quiet()
}

const noSideways = `document.documentElement.scrollWidth <= window.innerWidth`

// Everything in a phone's charts and drawings can be read, and on its first screen are
// the answer and the first figures.
func phone(t *testing.T, open open) {
	b := open("report.html", onePage(t))
	b.size(390, 844, false)
	b.do(chromedp.Evaluate(`document.querySelectorAll("details").forEach(d => { d.open = true; }), 1`, nil))
	ask(b, noSideways, true)
	ask(b, `[...document.querySelectorAll("svg")].filter(s => s.getBoundingClientRect().width > 0).length > 3`, true)
	ask(b, `Math.min(...[...document.querySelectorAll("svg text")].filter(e => e.getBoundingClientRect().width > 0).map(e => {
		const s = e.ownerSVGElement; return parseFloat(getComputedStyle(e).fontSize) * s.getBoundingClientRect().width / s.viewBox.baseVal.width; })) >= 11`, true)
	b.do(chromedp.Evaluate(`document.querySelectorAll("details.more").forEach(d => { d.open = false; }), 1`, nil))
	b.shot("phone-one")
	ask(b, `[...document.querySelectorAll("p.lead, .card")].every(e => e.getBoundingClientRect().bottom + scrollY < 844)`, true)
	ask(b, `document.querySelector(".cards").getBoundingClientRect().bottom < document.getElementById("tools").getBoundingClientRect().top`, true)
	b.quiet()
}

// On paper are the answer, the summary, and what is open.
func paper(t *testing.T, open open) {
	b := open("report.html", cataloguePage(t))
	b.do(chromedp.Evaluate(`location.hash = "#s4-t3", 1`, nil))
	ask(b, `document.querySelectorAll("#s4-t3 svg").length`, 2)
	b.do(chromedp.EmulateViewport(794, 1123), emulation.SetEmulatedMedia().WithMedia("print"))
	b.frame()
	ask(b, noSideways, true)
	ask(b, `[...document.querySelectorAll("h1, .card, #main, #grid, #s4, #s4-t3 svg, #made > summary")].every(e => e.getBoundingClientRect().height > 0 || e.closest("figure"))`, true)
	ask(b, `[...document.querySelectorAll("details.scenario, .story, .strategy, #tools")].filter(d => d.offsetHeight > 0).length`, 2)
	b.shot("print")
	b.do(emulation.SetEmulatedMedia().WithMedia(""))
	var pdf []byte
	b.do(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPrintBackground(false).Do(ctx)
		return err
	}))
	if len(pdf) < 10_000 {
		t.Errorf("the print has %d bytes", len(pdf))
	}
	if dir := os.Getenv("PHOTOFINISH_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "print.pdf"), pdf, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.quiet()
}

// axe finds nothing that would keep somebody from reading, light and dark, at a desk and
// on a phone, with some of each part open. It is tried where PHOTOFINISH_READERS names a folder
// with the node module axe-core.
func axe(t *testing.T, open open) {
	modules := os.Getenv("PHOTOFINISH_READERS")
	code, err := os.ReadFile(filepath.Join(modules, "node_modules", "axe-core", "axe.min.js"))
	if modules == "" || errors.Is(err, fs.ErrNotExist) {
		t.Skip("PHOTOFINISH_READERS names no folder with axe-core: the page was not checked by it")
	}
	const opens = `;document.querySelectorAll("details.more, .scenario[data-row=s2], .story:nth-of-type(-n+2), .strategy:first-of-type").forEach(d => { d.open = true; });1`
	const closed = `document.querySelectorAll("details:not([open]) > :not(summary), .strategy:nth-of-type(n+3), .scenario:nth-of-type(n+4), #grid tbody tr:nth-child(n+5)").forEach(e => e.remove());1` // what nobody sees, or is there again, takes axe's time
	for _, c := range []struct {
		name string
		data []byte
		in   []look
	}{
		{"one", onePage(t), []look{{1280, false}, {390, true}}},
		{"several", packedPage(t), []look{{1280, true}, {390, false}}},
	} {
		b := open("report.html", c.data)
		b.do(chromedp.Evaluate(string(code)+opens, nil))
		b.frame()
		b.do(chromedp.Evaluate(closed, nil))
		for _, l := range c.in {
			b.size(l.w, 900, l.dark)
			var found []string
			b.do(chromedp.Evaluate(`axe.run({resultTypes: ["violations"]}).then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ": " + n.html.slice(0, 200) + " " + n.failureSummary)))`, &found,
				func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
			for _, what := range found {
				t.Errorf("%s, %d wide, dark %v: %s", c.name, l.w, l.dark, what)
			}
		}
		b.quiet()
	}
}

// look is how wide a window is, and whether its ground is dark.
type look struct {
	w    int64
	dark bool
}

func harmless(t *testing.T, open open) {
	b := open("report.html", hostilePage(t))
	ask(b, `typeof pwned`, "undefined")
	ask(b, `document.querySelectorAll("script").length`, 1)
	ask(b, `document.querySelectorAll("img, iframe, a[href^=javascript]").length`, 0)
	ask(b, `document.querySelector("#scenario h2").textContent.startsWith("</script><script>pwned()</script>")`, true)
	b.do(chromedp.KeyEvent("x"))
	b.shot("hostile")
	b.quiet()

	b = open("packed.html", packedPage(t))
	b.do(chromedp.Evaluate(`location.hash = "#s2-t2", 1`, nil))
	ask(b, `document.querySelectorAll("#s2-t2 svg .m").length > 3`, true)
	ask(b, `document.querySelector("#s2-t2").textContent.includes("<script>pwned()</script>")`, true)
	ask(b, `document.querySelectorAll("#s2-t2 :is(script, img, iframe)").length`, 0)
	b.size(390, 844, false)
	ask(b, `document.querySelector("#grid .cell").offsetHeight > 0`, true)
	ask(b, noSideways, true)
	ask(b, `typeof pwned`, "undefined")
	b.quiet()
}

// A drawing is a file of its own as well, that a browser shows as it is.
func drawing(t *testing.T, open open) {
	s := parse(t, hostile)
	var b bytes.Buffer
	var trials []*report.Trial
	for _, e := range find(t, "naive", "action-queue") {
		trials = append(trials, report.Replay(s.Name, s.Script, e, 1))
	}
	if err := svg.WriteDocument(&b, s, trials, report.Made{Command: "photofinish replay <b>"}); err != nil {
		t.Fatal(err)
	}
	page := open("race.svg", b.Bytes())
	ask(page, `document.documentElement.nodeName`, "svg")
	ask(page, `document.querySelectorAll("script, img, foreignObject, parsererror").length`, 0)
	ask(page, `document.querySelectorAll(".m").length > 4`, true)
	ask(page, `document.querySelectorAll("svg, svg *").length`, strings.Count(b.String(), "<")-strings.Count(b.String(), "</"))
	page.shot("svg")
	page.quiet()
}

// Porcupine's page of a hostile history does nothing but show it, whatever is
// pointed at.
func porcupine(t *testing.T, open open) {
	s := parse(t, hostile)
	e := find(t, "action-queue")[0]
	var b bytes.Buffer
	if err := export.WritePorcupine(&b, report.Replay(s.Name, s.Script, e, 1)); err != nil {
		t.Fatal(err)
	}
	page := open("history.html", b.Bytes())
	ask(page, `document.querySelectorAll("#canvas svg rect").length > 3`, true)
	page.do(chromedp.Evaluate(`for (const e of document.querySelectorAll("#canvas svg *"))
		for (const type of ["mouseover", "mousemove", "click"]) e.dispatchEvent(new MouseEvent(type, {bubbles: true, clientX: 200, clientY: 200}))`, nil))
	ask(page, `document.querySelectorAll("img, body script:not(:last-of-type)").length`, 0)
	ask(page, `typeof pwned`, "undefined")
	page.shot("porcupine")
	page.quiet()
}
