package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"photofinish/strategies"
)

// module is the path that go.mod has: packaging/module.sh gives it another.
const module = "photofinish"

// layers is the import order: a package imports only what stands before it. The
// pages of the playground, which it lists, have their place by that: see [order].
var layers = []string{
	"photofinish/sim",
	"photofinish/sim/judge",
	"photofinish/sim/explore",
	"photofinish/strategies",
	"photofinish/strategies/external/kit",
	"photofinish/strategies/external",
	"photofinish/strategies/external/examples",
	"photofinish/scenarios/strict",
	"photofinish/scenarios",
	"photofinish/scenarios/lessons",
	"photofinish/exercises",
	"photofinish/report/disk",
	"photofinish/report/tell",
	"photofinish/report/diagram",
	"photofinish/report/latency",
	"photofinish/report",
	"photofinish/report/answer",
	"photofinish/report/terminal",
	"photofinish/report/explain",
	"photofinish/report/grade",
	"photofinish/report/markdown",
	"photofinish/report/chart",
	"photofinish/report/svg",
	"photofinish/report/export",
	"photofinish/report/diff",
	"photofinish/report/html",
	"photofinish/report/doctor",
	"photofinish/tui/clock",
	"photofinish/tui/ink",
	"photofinish/tui/race",
	"photofinish/tui/frame",
	"photofinish/tui/prose",
	"photofinish/tui/session",
	"photofinish/tui/desk",
	"photofinish/tui/exercise",
	"photofinish/tui/game",
	"photofinish/tui/page",
	"photofinish/tui/lesson",
	"photofinish/tui/lesson/paper",
	"photofinish/tui/slip",
	"photofinish/tui/learn",
	"photofinish/tui/plain",
	"photofinish/tui",
	"photofinish/tui/class/door",
	"photofinish/tui/class/host",
	"photofinish/tui/class",
	"photofinish/cli/machine",
	"photofinish/cli",
	module,
	"photofinish/docs/picture",
	"photofinish/tui/page/pagetest", // at the end: only tests may import it
	"photofinish/internal/testkit",  // at the end: only tests may import it
	"photofinish/internal/testkit/property",
	"photofinish/internal/testkit/schema",
}

// pure lists the packages in which nothing may come from outside of the
// arguments: no clock, file, goroutine, luck or order of a map.
var pure = []string{
	"photofinish/sim", "photofinish/sim/judge", "photofinish/sim/explore", "photofinish/strategies",
	"photofinish/scenarios", "photofinish/scenarios/strict", "photofinish/scenarios/lessons", "photofinish/exercises",
}

// starters are the packages that may start another program, and the one by which tests
// see whether it is there.
var starters = []string{"photofinish/strategies/external", "photofinish/strategies/external/kit", "photofinish/internal/testkit"}

// exceptions are what some of their files need all the same.
var exceptions = map[string][]string{
	"scenarios/catalogue.go":              {"sync"},                                       // a file is read once, whoever asks
	"scenarios/lessons/misconceptions.go": {"sync"},                                       // as above
	"scenarios/load.go":                   {"os"},                                         // it reads a file from the disk
	"sim/explore/parallel.go":             {"sync", "sync/atomic", "runtime/debug", "go"}, // what its workers count does not depend on them
	"sim/explore/pin.go":                  {"math/rand/v2"},                               // a generator of its own, with a fixed seed
}

// order returns the layers with the pages among them.
func order(t *testing.T, all []*pkg) []string {
	t.Helper()
	return slices.Insert(slices.Clone(layers), slices.Index(layers, "photofinish/tui"), pagesOf(t, all)...)
}

func TestLayers(t *testing.T) {
	all := packages(t)
	layers := order(t, all)
	for _, p := range all {
		place := slices.Index(layers, p.path)
		if place < 0 {
			t.Errorf("%s has no place in the import order", p.path)
			continue
		}
		for _, f := range p.files {
			for _, imported := range imports(f) {
				own := imported == module || strings.HasPrefix(imported, module+"/")
				switch {
				case own && !slices.Contains(layers[:place], imported):
					t.Errorf("%s imports %s, which does not stand before it", p.name(f), imported)
				case !own && layers[place] == "photofinish/sim" && strings.Contains(imported, "."):
					t.Errorf("%s imports %s: sim is the standard library only", p.name(f), imported)
				}
			}
		}
	}
}

// TestOnlyTheCommandLineStartsPrograms: a client of the user's own is a program,
// which runs with the user's rights. Nothing else than the command line can reach
// what starts it: no class, nothing that comes over SSH, and no file by itself.
func TestOnlyTheCommandLineStartsPrograms(t *testing.T) {
	const external, site = "photofinish/strategies/external", "photofinish/cli"
	found := false
	for _, p := range packages(t) {
		for _, f := range p.files {
			for _, imported := range imports(f) {
				if imported != external && !strings.HasPrefix(imported, external+"/") || strings.HasPrefix(p.path, external) {
					continue
				}
				if found = true; p.path != site {
					t.Errorf("%s imports %s: only %s may", p.name(f), imported, site)
				}
			}
		}
	}
	if !found {
		t.Error("nobody imports it: this test looks at nothing")
	}
}

// TestPages: what the list of pages imports knows neither another page nor the
// playground that it is a page of. What opens it is a command, in the table that
// all share.
func TestPages(t *testing.T) {
	all := packages(t)
	pages := pagesOf(t, all)
	for _, p := range all {
		for _, f := range p.files {
			for _, imported := range imports(f) {
				if slices.Contains(pages, p.path) && (imported == "photofinish/tui" || slices.Contains(pages, imported)) {
					t.Errorf("%s imports %s", p.name(f), imported)
				}
			}
		}
	}
}

// pagesOf returns the packages that tui/pages.go lists.
func pagesOf(t *testing.T, all []*pkg) (pages []string) {
	t.Helper()
	for _, p := range all {
		for _, f := range p.files {
			if p.name(f) == "tui/pages.go" {
				pages = slices.DeleteFunc(imports(f), func(path string) bool {
					return !strings.HasPrefix(path, "photofinish/tui/") || path == "photofinish/tui/page"
				})
			}
		}
	}
	if len(pages) < 5 {
		t.Fatalf("the pages are %v", pages)
	}
	return pages
}

func TestPurity(t *testing.T) {
	banned := []string{"os", "os/*", "sync", "sync/*", "math/rand", "math/rand/*", "crypto/rand", "runtime/*", "unsafe"}
	clock := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}
	checked, used := checker{}, map[string]bool{}
	all := packages(t)
	last := slices.Index(order(t, all), pure[len(pure)-1])
	for _, p := range all[:last+1] { // what comes later none of them can import
		info := checked.check(p)
		if !slices.Contains(pure, p.path) {
			continue
		}
		for _, f := range p.files {
			bad := func(at ast.Node, thing, what string) {
				used[p.name(f)+" "+thing] = true
				if !slices.Contains(exceptions[p.name(f)], thing) {
					t.Errorf("%s %s", p.at(at), what)
				}
			}
			for i, imported := range imports(f) {
				if slices.ContainsFunc(banned, func(b string) bool { ok, _ := path.Match(b, imported); return ok }) {
					bad(f.Imports[i], imported, "imports "+imported)
				}
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					bad(n, "go", "starts a goroutine")
				case *ast.RangeStmt:
					if typ := info.TypeOf(n.X); typ != nil && isMap(typ) {
						bad(n, "map", "ranges over a map")
					}
				case *ast.SelectorExpr:
					switch x, _ := n.X.(*ast.Ident); {
					case x == nil:
					case x.Name == "time" && slices.Contains(clock, n.Sel.Name):
						bad(n, "clock", "reads the clock")
					case x.Name == "maps":
						bad(n, "map", "takes a map in its order, which is none")
					case n.Sel.Name == "Go":
						bad(n, "go", "starts a goroutine")
					}
				}
				return true
			})
		}
	}
	for file, things := range exceptions {
		for _, thing := range things {
			if !used[file+" "+thing] {
				t.Errorf("%s does not need its exception for %s", file, thing)
			}
		}
	}
}

// TestStarters: only where clients of others are run may a program be started.
func TestStarters(t *testing.T) {
	used := 0
	for _, p := range packages(t) {
		for _, f := range p.files {
			for _, imported := range imports(f) {
				switch {
				case imported != "os/exec":
				case slices.Contains(starters, p.path):
					used++
				default:
					t.Errorf("%s imports os/exec", p.name(f))
				}
			}
		}
	}
	if used == 0 {
		t.Error("nobody starts a program")
	}
}

func isMap(t types.Type) bool {
	_, is := t.Underlying().(*types.Map)
	return is
}

// TestStrategyWidth: the code of a strategy fits beside the race on screen.
func TestStrategyWidth(t *testing.T) {
	for _, e := range strategies.Catalogue {
		code, err := strategies.Code(e.File)
		if err != nil {
			t.Error(err)
		}
		file, script := strategies.JavaScript(e.Name)
		for name, text := range map[string]string{e.File: code, file: script} {
			for i, line := range strings.Split(text, "\n") {
				if n := utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "  ")); n > 48 {
					t.Errorf("strategies/%s:%d is %d columns wide, more than 48", name, i+1, n)
				}
			}
		}
		if n := utf8.RuneCountInString(e.Rule); n > 52 {
			t.Errorf("the rule of %s is %d columns wide, more than 52", e.Name, n)
		}
	}
}

// pkg is the code of a package, without its tests.
type pkg struct {
	path  string
	fset  *token.FileSet
	files []*ast.File
}

// name returns the path of a file from here.
func (p *pkg) name(f *ast.File) string { return filepath.ToSlash(p.fset.Position(f.Package).Filename) }

func (p *pkg) at(n ast.Node) string {
	at := p.fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", filepath.ToSlash(at.Filename), at.Line)
}

func imports(f *ast.File) (paths []string) {
	for _, i := range f.Imports {
		p, _ := strconv.Unquote(i.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

// packages returns all that is in this folder and those below, in the order of
// the layers.
func packages(t *testing.T) []*pkg {
	t.Helper()
	all := parsed
	if all == nil {
		all = parse(t)
	}
	if len(all) < len(layers) {
		t.Fatalf("found %d packages, want %d", len(all), len(layers))
	}
	layers := order(t, all)
	slices.SortFunc(all, func(a, b *pkg) int { return slices.Index(layers, a.path) - slices.Index(layers, b.path) })
	parsed = all
	return all
}

var parsed []*pkg // by the first test that asks

func parse(t *testing.T) (all []*pkg) {
	t.Helper()
	byDir := map[string]*pkg{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && (name == "testdata" || strings.HasPrefix(name, ".") && file != "."):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		dir := filepath.ToSlash(filepath.Dir(file))
		p := byDir[dir]
		if p == nil {
			p = &pkg{path: path.Join(module, dir), fset: token.NewFileSet()}
			byDir[dir] = p
			all = append(all, p)
		}
		f, err := parser.ParseFile(p.fset, file, nil, parser.SkipObjectResolution)
		p.files = append(p.files, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// checker finds out the types of expressions, of packages that come in the
// order of the layers. Types of other modules stay unknown.
type checker map[string]*types.Package

func (c checker) check(p *pkg) *types.Info {
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: c, Error: func(error) {}}
	c[p.path], _ = config.Check(p.path, p.fset, p.files, info)
	return info
}

// Import returns a package that has been checked already.
func (c checker) Import(path string) (*types.Package, error) {
	if p := c[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("%s is not known", path)
}
