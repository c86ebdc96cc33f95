package kit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// memory is the most that a program may keep, in MiB.
const memory = 512

// javascript bundles a file, and has it run by Node with the kit. How old Node is
// the kit finds out: asking here would take as long as to start it.
func (p *Program) javascript(path string, o Options) error {
	b, err := bundle(path, o)
	if err != nil {
		return err
	}
	node, err := find("PHOTOFINISH_NODE", "node")
	if err != nil {
		return fmt.Errorf("Node 20 or later is needed to run %s, and %w. Install it, or say where: PHOTOFINISH_NODE=/path/to/node", p.Name, err)
	}
	c := openCache(o.Cache)
	kit, err := c.folder("kit", embedded("js"))
	if err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	dir, err := c.folder("bundle", b.files())
	if err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	p.Argv = []string{
		node, "--no-warnings", fmt.Sprintf("--max-old-space-size=%d", memory),
		filepath.Join(kit, "lane.mjs"), filepath.Join(dir, "bundle.js"), filepath.Join(dir, "about.json"),
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

// python has a file run by Python with the kit.
func (p *Program) python(path string, o Options) error {
	return fmt.Errorf("%s: Python cannot be run yet", p.Name)
}
