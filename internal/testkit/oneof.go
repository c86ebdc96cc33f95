package testkit

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// OneOf writes a client that is one of several from trial to trial, so that a test of many
// needs one process: to start one takes longer than what most of them do. The files are
// texts by name, all of JavaScript or all of Python, and stand beside the client. It returns
// the client's file, and what says which it is from now on, by its name without extension,
// and which variables it sees. Until then it is the first, with env.
//
// That works since a client's modules are evaluated anew for every trial.
func OneOf(t testing.TB, files map[string]string, env map[string]string) (client string, choose func(name string, env map[string]string)) {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, []byte(text), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	choose = func(name string, env map[string]string) {
		text, err := json.Marshal(map[string]any{"name": name, "env": env})
		if err != nil {
			t.Fatal(err)
		}
		put("is.json", string(text))
	}
	names := slices.Sorted(maps.Keys(files))
	bare := func(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
	choose(bare(names[0]), env)
	requires := ""
	for _, name := range names {
		put(name, files[name])
		requires += fmt.Sprintf("  '%s': () => require('./%s'),\n", bare(name), name)
	}
	is := fmt.Sprintf("%q", filepath.ToSlash(filepath.Join(dir, "is.json")))
	if filepath.Ext(names[0]) == ".py" {
		return put("oneof.py", strings.Replace(oneOfPython, "IS", is, 1)), choose
	}
	return put("oneof.js", strings.NewReplacer("IS", is, "REQUIRES", requires).Replace(oneOfJavaScript)), choose
}

const oneOfJavaScript = `const is = JSON.parse(process.getBuiltinModule('fs').readFileSync(IS, 'utf8'));
Object.assign(process.env, is.env);
module.exports = {
REQUIRES}[is.name]();
`

const oneOfPython = `import importlib, json, os

with open(IS) as file:
    chosen = json.load(file)
os.environ.update(chosen["env"] or {})
globals().update({k: v for k, v in vars(importlib.import_module(chosen["name"])).items() if k[:2] != "__"})
`
