package kit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// memory is the most that a program may keep, in MiB.
const memory = 512

// What the kits need at least.
const (
	LeastNode   = "20"
	LeastPython = "3.9"
)

// Node returns the path of Node: PHOTOFINISH_NODE names it, or it is in PATH. How old
// it is, is not asked.
func Node() (string, error) { return find("PHOTOFINISH_NODE", "node") }

// Python returns the path of Python: PHOTOFINISH_PYTHON names it, or it is in PATH. How
// old it is, is not asked.
func Python() (string, error) { return find("PHOTOFINISH_PYTHON", pythons()...) }

// javascript bundles a file, and has it run by Node with the kit. How old Node is
// the kit finds out: asking here would take as long as to start it.
func (p *Program) javascript(path string, o Options) error {
	b, err := bundle(path, o)
	if err != nil {
		return err
	}
	node, err := Node()
	if err != nil {
		return fmt.Errorf("Node 20 or later is needed to run %s, and %w. Install it, or say where: PHOTOFINISH_NODE=/path/to/node", p.Name, err)
	}
	c := openCache(o.Cache)
	files, err := assembled()
	if err != nil {
		return err
	}
	kit, err := c.folder("kit", files)
	if err != nil {
		return err
	}
	dir, err := c.folder("bundle", b.files())
	if err != nil {
		return err
	}
	p.Argv = []string{
		node, "--no-warnings", fmt.Sprintf("--max-old-space-size=%d", memory),
		"--min-semi-space-size=16", // what it begins with is 1 MiB, which is collected twenty times before a page is there
		filepath.Join(kit, "lane.cjs"), filepath.Join(dir, "bundle.js"), filepath.Join(dir, "about.json"),
	}
	p.Files, p.Sources, p.Close = b.own, b.source, c.close
	return nil
}

// find returns a program that a variable names, or the first of some names that
// is in PATH.
func find(variable string, names ...string) (string, error) {
	if path := os.Getenv(variable); path != "" {
		full, err := exec.LookPath(path)
		if err != nil {
			return "", fmt.Errorf("%s names %s, which cannot be run", variable, path)
		}
		return full, nil
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("PATH has none (looked for: %s)", strings.Join(names, ", "))
}

// python has a file run by Python with the kit, which reads it as it is: what it
// imports is found beside it, as Python does.
func (p *Program) python(path string, o Options) error {
	python, err := Python()
	if err != nil {
		return fmt.Errorf("Python 3.9 or later is needed to run %s, and %w. Install it, or say where: PHOTOFINISH_PYTHON=/path/to/python3", p.Name, err)
	}
	c := openCache(o.Cache)
	kit, err := c.folder("kit", embedded("python"))
	if err != nil {
		return err
	}
	p.Argv = []string{python, "-u", filepath.Join(kit, "lane.py"), path}
	if strings.EqualFold(filepath.Base(python), "py.exe") {
		p.Argv = slices.Insert(p.Argv, 1, "-3")
	}
	// The order of a set is not to depend on luck. Compiled code is kept of the kit alone
	// (lane.py), and not beside files of the user's own.
	p.Env = []string{"PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1"}
	beside, _ := filepath.Glob(filepath.Join(p.Dir, "*.py"))
	p.Files = slices.Compact(slices.Sorted(slices.Values(append(p.Files, beside...))))
	p.Sources = func(file string) ([]byte, bool) {
		file = filepath.FromSlash(file)
		if !filepath.IsLocal(file) || filepath.Ext(file) != ".py" {
			return nil, false
		}
		text, err := os.ReadFile(filepath.Join(p.Dir, file))
		return text, err == nil
	}
	p.Close = c.close
	return nil
}
