package kit

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
)

const empty = "export default () => ({ screen: () => ({}) });"

// What is wrong with a file is one sentence, with the file in front and the way out.
func TestPrepareErrors(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string // save.tsx is prepared
		want  string
	}{
		{"syntax", map[string]string{"save.tsx": "export default () => ({\n  update() { fetch( }"}, `save.tsx:2:21: Unexpected "}"`},
		{"syntax of another", map[string]string{"save.tsx": "import './api';", "api.ts": "let 1"}, `save.tsx: api.ts:1:5: Expected ";" but found "1"`},
		{"UTF-16", map[string]string{"save.tsx": "\xff\xfee\x00"}, "save.tsx: is in UTF-16: save it in UTF-8. For what photofinish writes there is --output, where > of a shell would change it"},
		{"a library", map[string]string{"save.tsx": "import useSWR from 'swr/mutation'; useSWR;"}, `save.tsx: cannot find "swr/mutation": npm install swr beside save.tsx`},
		{"a library with a scope", map[string]string{"save.tsx": "import '@tanstack/react-query';"}, `save.tsx: cannot find "@tanstack/react-query": npm install @tanstack/react-query beside save.tsx`},
		{"libraries, each said once", map[string]string{"save.tsx": "import 'swr'; import 'react-dom/client'; import './other';", "other.js": "import 'react'; import 'swr/infinite';"}, `save.tsx: cannot find "react": npm install react react-dom swr beside save.tsx`},
		{"an alias", map[string]string{"save.tsx": "\nimport '@/api';"}, `save.tsx: cannot find "@/api" (save.tsx:2): --alias @=./src, or paths in tsconfig.json`},
		{"a file", map[string]string{"save.tsx": "import './api';"}, `save.tsx: cannot find "./api" (save.tsx:1)`},
		{"Node's", map[string]string{"save.tsx": "\n\nimport fs from 'node:fs'; fs;"}, "save.tsx:3 imports node:fs, which works on the real machine and in real time. Put it behind a function that the file replaces"},
		{"Node's by its old name", map[string]string{"save.tsx": "import './api'", "api.ts": "import { readFile } from 'fs/promises'; readFile;"}, "save.tsx: api.ts:1 imports node:fs/promises, which works on the real machine and in real time. Put it behind a function that the file replaces"},
		{"Vue", map[string]string{"save.tsx": "import Card from './Card.vue'; Card;", "Card.vue": "<template/>"}, "save.tsx: ./Card.vue needs its own compiler: build it (vite build --lib) and pass the result (save.tsx:1)"},
		{"top-level await", map[string]string{"save.tsx": "\n\n\n\nawait fetch('/people');"}, "save.tsx:5: await outside a function: start it in the default function"},
		{"top-level await below", map[string]string{"save.tsx": "import './api';", "api.ts": "await null; export {};"}, "save.tsx: api.ts:1: await outside a function: start it in the default function"},
		{"glob", map[string]string{"save.tsx": "\nconst all = import.meta.glob('./*.ts');" + empty}, "save.tsx:2 uses import.meta.glob, which only Vite knows. Import the files by their names"},
		{"a worker", map[string]string{"save.tsx": "import W from './w?worker'; W;", "w.ts": ""}, "save.tsx:1 imports ./w?worker, and there are no workers and no WebAssembly here. Put it behind a function that the file replaces"},
		{"WebAssembly", map[string]string{"save.tsx": "import w from './w.wasm'; w;", "w.wasm": ""}, "save.tsx:1 imports ./w.wasm, and there are no workers and no WebAssembly here. Put it behind a function that the file replaces"},
		{"another file", map[string]string{"save.tsx": "import w from './w.xyz'; w;", "w.xyz": ""}, `save.tsx:1:15: No loader is configured for ".xyz" files: w.xyz`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := write(t, c.files)
			_, err := Prepare(filepath.Join(dir, "save.tsx"), Options{Cache: t.TempDir()})
			if err == nil || err.Error() != c.want {
				t.Errorf("it says %v\nwant    %s", err, c.want)
			}
		})
	}
	for file, want := range map[string]string{
		"none.js":  "none.js: there is no such file",
		"save.php": "save.php: a client is a file that ends in .js .mjs .cjs .ts .mts .cts .tsx .jsx or .py, or a command with a blank in it",
	} {
		dir := write(t, map[string]string{"save.php": ""})
		t.Chdir(dir)
		if _, err := Prepare(file, Options{}); err == nil || err.Error() != want {
			t.Errorf("%s: %v\nwant %s", file, err, want)
		}
	}
}

// What @testing-library is in is bundled as it is tested, and not as it ships, whoever
// imports that; a file that only names it is none.
func TestMode(t *testing.T) {
	dir := write(t, map[string]string{
		"node_modules/@testing-library/dom/index.js": "exports.x = 1;",
		"imports.js": "import '@testing-library/dom';", "through.js": "import './imports';", "names.js": "// without @testing-library/dom",
	})
	for name, want := range map[string]string{"imports.js": "test", "through.js": "test", "names.js": "production"} {
		b, err := bundle(filepath.Join(dir, name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(b.about), fmt.Sprintf(`"mode": %q`, want)) {
			t.Errorf("%s is no %s: %s", name, want, b.about)
		}
	}
}

// Where there is no Node, or not the one that was named, it is said what to do.
func TestNoNode(t *testing.T) {
	file := filepath.Join(write(t, map[string]string{"save.tsx": empty}), "save.tsx")
	t.Setenv("PATH", t.TempDir())
	t.Setenv("PHOTOFINISH_NODE", "")
	_, err := Prepare(file, Options{Cache: t.TempDir()})
	if want := "save.tsx: Node 20 or later is needed to run save.tsx, and PATH has none (looked for: node). Install it, or say where: PHOTOFINISH_NODE=/path/to/node"; err == nil || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
	t.Setenv("PHOTOFINISH_NODE", "/nowhere/node")
	_, err = Prepare(file, Options{Cache: t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "and PHOTOFINISH_NODE names /nowhere/node, which cannot be run.") {
		t.Error(err)
	}
}

// Types, JSX, aliases, files that are no code, environment: what a project has.
func TestProject(t *testing.T) {
	t.Setenv("VITE_API", "/people")
	t.Setenv("SECRET", "no")
	t.Setenv("NODE_OPTIONS", "--no-such-option")
	dir := write(t, map[string]string{
		"tsconfig.json":                    `{"compilerOptions": {"jsx": "react", "jsxFactory": "h", "paths": {"~api": ["./src/api.ts"]}}}`,
		"src/api.ts":                       `export enum Kind { A = 'a' } export const api: string = import.meta.env.VITE_API;`,
		"src/theme.ts":                     `export default 'theme';`,
		"logo.svg":                         `<svg/>`,
		"note.txt":                         `a note`,
		"page.html":                        `<p>`,
		"a.css":                            `p {}`,
		"a.module.css":                     `.card {}`,
		"data.json":                        `{"n": 1}`,
		"node_modules/old/index.js":        `exports.old = true; try { require('fs'); } catch (e) { exports.why = e.message; }`,
		"node_modules/old/package.json":    `{"name": "old", "version": "1.2.3"}`,
		"node_modules/events/package.json": `{"name": "events", "version": "3.3.0"}`,
		"node_modules/events/index.js":     `module.exports = 'events of npm';`,
		"save.tsx": `
import { Kind, api } from '~api';
import theme from '@/theme';
import again from '$/theme';
void again;
import logo from './logo.svg';
import url from './a.css?url';
import raw from './page.html?raw';
import note from './note.txt';
import './a.css';
import styles from './a.module.css';
import data from './data.json';
import { old, why } from 'old';
import events from 'events';
import { format } from 'node:util';
import path from 'path';
function h(name: string) { return name; }
const { MODE, PROD, DEV, BASE_URL } = import.meta.env;
export default () => {
  const all = [Kind.A, api, theme, logo, url, raw, note, styles.card, data.n, old, why, events, format('%d', 1), path.join('a', 'b'), <b/>,
    MODE, PROD, DEV, BASE_URL, process.env.NODE_ENV, process.env.SECRET, process.env.VITE_API, process.env.TZ, import.meta.url];
  return { screen: () => ({ name: all.join('|') }) };
};`,
	})
	needNode(t)
	p, err := Prepare(filepath.Join(dir, "save.tsx"), Options{Alias: map[string]string{"@": "./src", "$/*": "./src/*"}, Env: []string{"VITE_API", "NONE"}})
	if err != nil {
		t.Fatal(err)
	}
	s := run(t, p)
	want := "a|/people|theme|logo.svg|a.css|<p>|a note|card|1|true|node:fs works on the real machine and in real time, and cannot be had here|events of npm|1|a/b|b|" +
		"production|true|false|/|production||/people|UTC|http://localhost/"
	if a := s.start(); a.Screen["name"] != want || a.Failed != "" {
		t.Errorf("%s\nwant %s\n%s", a.Screen["name"], want, a.Failed)
	}
	if s.hello.Hello == nil || !slices.Equal(s.hello.Hello.Of, []string{"events 3.3.0", "old 1.2.3"}) || !strings.HasPrefix(s.hello.Hello.Bundle, "sha256:") {
		t.Errorf("greeting: %+v", s.hello.Hello)
	}
	var files []string
	for _, f := range p.Files {
		files = append(files, filepath.Base(f))
	}
	if want := []string{"a.css", "a.module.css", "data.json", "logo.svg", "note.txt", "page.html", "save.tsx", "api.ts", "theme.ts"}; !slices.Equal(files, want) {
		t.Errorf("its files are %v\nwant          %v", files, want)
	}
	if text, is := p.Sources("src/theme.ts"); !is || string(text) != "export default 'theme';" {
		t.Errorf("a source is %q", text)
	}
}

// module.exports is a default export, and so is exports.default.
func TestCommonJS(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	needNode(t)
	files := map[string]string{
		"a.cjs": "module.exports = () => ({ screen: () => ({ name: 'a' }) });",
		"b.cjs": "exports.default = () => ({ screen: () => ({ name: 'b' }) });",
		"c.cjs": "exports.__esModule = true; exports.default = () => ({ screen: () => ({ name: 'c' }) });",
		"d.cjs": "module.exports = function () { return { screen: () => ({ name: 'd' }) } }; module.exports.map = { path: '/x' };",
	}
	client, choose := testkit.OneOf(t, files, nil)
	s := run(t, prepareFile(t, client))
	for _, name := range []string{"a", "b", "c", "d"} {
		choose(name, nil)
		if a := s.start(); a.Screen["name"] != name || a.Failed != "" || (a.Path == "/x") != (name == "d") {
			t.Errorf("%s: %+v", files[name+".cjs"], a)
		}
	}
}

// What lies in the cache is not believed: who finds it changed writes it again.
func TestCache(t *testing.T) {
	root := filepath.Join(t.TempDir(), "cache")
	file := filepath.Join(write(t, map[string]string{"save.js": empty}), "save.js")
	t.Setenv("PHOTOFINISH_NODE", os.Args[0]) // it is not started
	prepare := func() *Program {
		t.Helper()
		p, err := Prepare(file, Options{Cache: root})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := prepare()
	paths := p.Argv[len(p.Argv)-3:]
	for _, path := range append(paths, filepath.Join(filepath.Dir(paths[0]), "pipe.cjs")) {
		good, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(path, root) {
			t.Fatal(path, err)
		}
		if err := os.WriteFile(path, []byte("evil()"), 0o600); err != nil {
			t.Fatal(err)
		}
		if again := prepare().Argv; !slices.Equal(again, p.Argv) {
			t.Errorf("the same is elsewhere: %v, %v", again, p.Argv)
		}
		if text, _ := os.ReadFile(path); string(text) != string(good) {
			t.Errorf("%s is believed, though it is not what was written", path)
		}
	}
	if left, _ := filepath.Glob(root + "/*/new-*"); len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if is, _ := os.Stat(root); is.Mode().Perm() != 0o700 {
		t.Errorf("the cache is %v", is.Mode())
	}
	if err := os.Chmod(root, 0o777); err != nil {
		t.Fatal(err)
	}
	p = prepare()
	if strings.HasPrefix(p.Argv[len(p.Argv)-1], root) {
		t.Error("a folder that everybody can write to is believed")
	}
	p.Close()
	if _, err := os.Stat(p.Argv[len(p.Argv)-1]); err == nil {
		t.Error("what was written for this program alone is left behind")
	}
}

// A command is words, which quotes keep together.
func TestCommand(t *testing.T) {
	if got, err := words(`python3  "my lane.py" --x='a b'c ''`); err != nil || !slices.Equal(got, []string{"python3", "my lane.py", "--x=a bc", ""}) {
		t.Errorf("%q %v", got, err)
	}
	if _, err := words(`a "b`); err == nil || err.Error() != `" is never closed` {
		t.Error(err)
	}
	if _, err := Command("no-such-program x", Options{}); err == nil || !strings.HasPrefix(err.Error(), "no-such-program x: no-such-program cannot be run: ") {
		t.Error(err)
	}
}
