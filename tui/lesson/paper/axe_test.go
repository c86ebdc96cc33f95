package paper_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"photofinish/internal/testkit"
	"photofinish/tui/lesson/paper"
)

// TestAxe: axe finds nothing on a page that would keep somebody from reading it, light and
// dark, at a desk and on a phone; and no slide is cut on paper. It is tried where there is
// a Chromium, and PHOTOFINISH_READERS names a folder with the node module axe-core.
func TestAxe(t *testing.T) {
	testkit.Long(t, "pages in a real browser: not in short mode")
	code, err := os.ReadFile(filepath.Join(os.Getenv("PHOTOFINISH_READERS"), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("PHOTOFINISH_READERS names no folder with axe-core: the pages were not checked by it")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium is installed: the pages were not tried in a browser")
	}
	o := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), o...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {})) // it complains of what newer browsers add
	defer stop()
	for k, name := range paper.Kinds() {
		b := shelved("real-ticket") // with most lanes on a slide
		if paper.Kind(k) != paper.Slides && !testkit.All() {
			b = shelved("lost-click") // half as long
		}
		file := filepath.Join(t.TempDir(), name+".html")
		if err := os.WriteFile(file, []byte(page(t, b, paper.Kind(k))), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Run(ctx, chromedp.Navigate("file://"+file), chromedp.Evaluate(string(code)+";1", nil)); err != nil {
			t.Fatal(err)
		}
		for i, scheme := range []string{"light", "dark"} {
			wide := []int64{1280, 390}[i]
			if i != k%2 && !testkit.All() {
				continue // each page one way, and with PHOTOFINISH_ALL both
			}
			var found []string
			if err := chromedp.Run(ctx, chromedp.EmulateViewport(wide, 900),
				emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
				chromedp.Evaluate(`axe.run({resultTypes: ["violations"]}).then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ": " + n.html.slice(0, 200) + " " + n.failureSummary)))`, &found,
					func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })); err != nil {
				t.Fatal(err)
			}
			for _, what := range found {
				t.Errorf("%s, %d wide, %s: %s", name, wide, scheme, what)
			}
		}
		var cut []string
		if err := chromedp.Run(ctx, chromedp.EmulateViewport(1032, 703), emulation.SetEmulatedMedia().WithMedia("print"),
			chromedp.Evaluate(`[...document.querySelectorAll(".slide")].filter(s => s.scrollHeight > s.clientHeight + 2).map(s => s.textContent)`, &cut)); err != nil {
			t.Fatal(err)
		}
		for _, what := range cut {
			t.Errorf("%s: a slide is cut where it is printed: %.80q", name, what)
		}
	}
}
