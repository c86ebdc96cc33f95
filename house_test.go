package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// topLevel is all that lies at the top, beside what begins with a dot.
var topLevel = strings.Fields("action.yml CONTRIBUTING.md LICENSE README.md cli docs exercises go.mod go.sum house_test.go internal " +
	"layers_test.go main.go packaging report scenarios sim staticcheck.conf strategies testdata tui")

// TestTopLevel: somebody who comes to the project sees a card, and not its code.
// What is for tests alone, and for those of several packages, is internal.
func TestTopLevel(t *testing.T) {
	there, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range there {
		name := f.Name()
		built := name == "photofinish" || slices.Contains([]string{".test", ".prof"}, path.Ext(name)) // see .gitignore
		if !strings.HasPrefix(name, ".") && !built && !slices.Contains(topLevel, name) {
			t.Errorf("%s lies at the top level: a command is in cli, its test beside it", name)
		}
	}
	if n := lines(t, "main.go"); n > 60 {
		t.Errorf("main.go has %d lines, more than 60: what it does is in cli", n)
	}
}

// TestSize: a package is small enough to be read.
func TestSize(t *testing.T) {
	for _, p := range packages(t) {
		most, sum := 4500, 0
		switch p.path {
		case "photofinish/tui":
			most = 1500 // it only knows the pages
		case "photofinish/sim":
			most = 6600 // a world's parts share the state of a trial: the server, the network, and clients that come and go
		}
		prefixes := map[string][]string{}
		for _, f := range p.files {
			sum += lines(t, p.name(f))
			if prefix, _, is := strings.Cut(path.Base(p.name(f)), "_"); is && !slices.Contains(named, p.path) {
				prefixes[prefix] = append(prefixes[prefix], p.name(f))
			}
		}
		if sum >= most {
			t.Errorf("%s has %d lines without its tests, and is to stay below %d: what leaves it?", p.path, sum, most)
		}
		for prefix, files := range prefixes {
			if len(files) >= 3 {
				t.Errorf("%d files of %s begin with %s_: that is a package: %v", len(files), p.path, prefix, files)
			}
		}
	}
}

// named are packages whose files are called after what is in them, whatever
// that begins with: a strategy, of which learners read the file.
var named = []string{"photofinish/strategies"}

// TestImportsInOrder: the standard library, other modules, then our own
// packages, with a blank line between them.
func TestImportsInOrder(t *testing.T) {
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".go" {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		kind, line := 0, 0 // of the last import
		for i, imported := range imports(f) {
			k := 0
			switch first, _, _ := strings.Cut(imported, "/"); {
			case imported == module || strings.HasPrefix(imported, module+"/"):
				k = 2
			case strings.Contains(first, "."):
				k = 1
			}
			at := fset.Position(f.Imports[i].Pos()).Line
			if i > 0 && (k < kind || (k > kind) != (at > line+1)) {
				t.Errorf("%s:%d: imports are those of Go, of others, our own, with a blank line between", file, at)
			}
			kind, line = k, at
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMap: docs/ARCHITECTURE.md has every package, in the order of imports, and where to
// start reading it. The pages of the playground have a row together.
func TestMap(t *testing.T) {
	text, err := os.ReadFile("docs/ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	told, last := map[string]bool{"": true}, -1
	for _, row := range regexp.MustCompile("(?m)^\\| `(.*?)` \\|").FindAllStringSubmatch(string(text), -1) {
		told[row[1]] = true
		if place := slices.Index(layers, module+"/"+row[1]); place >= 0 {
			if place < last {
				t.Errorf("docs/ARCHITECTURE.md has %s below %s, which may import it: put its row where layers, in layers_test.go, has it",
					row[1], strings.TrimPrefix(layers[last], module+"/"))
			}
			last = max(last, place)
		}
	}
	all := packages(t)
	for _, p := range pagesOf(t, all) {
		told[strings.TrimPrefix(p, module+"/")] = true
	}
	for _, p := range all {
		name := strings.TrimPrefix(strings.TrimPrefix(p.path, module), "/")
		if !strings.HasSuffix(name, "/pagetest") && !told[name] {
			t.Errorf("docs/ARCHITECTURE.md has no row for %s. Add\n| `%s` | what it holds | `where to start.go` |", name, name)
		}
	}
}

// TestPageScreens: every page has screens as golden files of its own.
func TestPageScreens(t *testing.T) {
	ofRoot := []string{"lanes", "dialogs"} // drawn with all around them, in tui/testdata
	for _, p := range pagesOf(t, packages(t)) {
		if slices.Contains(ofRoot, path.Base(p)) {
			continue
		}
		dir := strings.TrimPrefix(p, module+"/")
		var missing []string
		for _, size := range []string{"60x16", "80x24", "120x40", "200x50"} {
			if files, _ := filepath.Glob(dir + "/testdata/*" + size + ".txt"); len(files) == 0 {
				missing = append(missing, size)
			}
		}
		if name := path.Base(p); len(missing) > 0 {
			t.Errorf("%s has no golden screen of %s. Compare some, as\n%s\nand\n\tgo test ./%s -update",
				dir, strings.Join(missing, ", "), strings.NewReplacer("NAME", name, "TYPE", strings.ToUpper(name[:1])+name[1:]).Replace(screensOf), dir)
		}
	}
}

// screensOf is a test of a page NAME, whose TYPE has a method Open.
const screensOf = `package NAME

import (
	"fmt"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/tui/page"
	"photofinish/tui/page/pagetest"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var alone = pagetest.Maker[*TYPE](func(b page.Base) *TYPE { return &TYPE{Base: b} })

func TestScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}} {
		m := alone.Open(t, "create-then-two-updates", size[0], size[1], 268*time.Millisecond)
		m.Own.Open()
		pagetest.Fits(t, m.Host)
		testkit.Golden(t, fmt.Sprintf("NAME-%dx%d.txt", size[0], size[1]), m.Canvas.String())
	}
}
`

// TestContributing: whatever CONTRIBUTING.md names is there.
func TestContributing(t *testing.T) {
	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("`([a-z_./]+(\\.(go|md|json|jsonl|yaml)|/))`").FindAllStringSubmatch(string(text), -1) {
		named[m[1]] = true
	}
	if len(named) < 15 {
		t.Errorf("CONTRIBUTING.md names only %d files", len(named))
	}
	for name := range named {
		if _, err := os.Stat(name); err != nil {
			t.Errorf("CONTRIBUTING.md sends the reader to %s: %v", name, err)
		}
	}
	tests := testNames(t)
	for _, m := range regexp.MustCompile(`\b(Test[A-Z]\w+)`).FindAllString(string(text), -1) {
		if !slices.Contains(tests, m) {
			t.Errorf("CONTRIBUTING.md names %s, and there is no such test", m)
		}
	}
}

// TestLinks: no link from a page leads to a file, or a heading, that is not there.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	followed := 0
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md") {
		for _, m := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(prose(t, page), -1) {
			file, heading, _ := strings.Cut(m[1], "#")
			if strings.Contains(file, "://") || file == "../../releases" { // the latter is a page of the host
				continue
			}
			followed++
			to := page
			if file != "" {
				to = path.Join(path.Dir(page), file)
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s leads to %s: %v", page, m[1], err)
			} else if heading != "" && !slices.Contains(headings(prose(t, to)), heading) {
				t.Errorf("%s leads to %s, and %s has no such heading: %v", page, m[1], to, headings(prose(t, to)))
			}
		}
	}
	if followed < 50 {
		t.Errorf("only %d links were found: are they written another way now?", followed)
	}
}

// prose returns a page without its blocks of code.
func prose(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile("(?ms)^```.*?^```$").ReplaceAllString(string(text), "")
}

// headings returns what links call the headings of a page.
func headings(text string) (names []string) {
	for _, m := range regexp.MustCompile("(?m)^#+ (.*)").FindAllStringSubmatch(text, -1) {
		name := regexp.MustCompile(`[^\pL\pN _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

// testNames returns the names of all tests.
func testNames(t *testing.T) (names []string) {
	t.Helper()
	test := regexp.MustCompile(`(?m)^func (Test\w+)`)
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(file)
		for _, m := range test.FindAllStringSubmatch(string(text), -1) {
			names = append(names, m[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func lines(t *testing.T, file string) int {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(text), "\n")
}
