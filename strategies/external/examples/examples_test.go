package examples

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/strategies/external/kit"
)

// libraries is where npm has installed them for the tests of the kit.
const libraries = "../kit/testdata/libraries/node_modules"

// imports are the libraries of the examples that have some.
var imports = map[string][]string{
	"tanstack":  {"@tanstack/react-query", "react-dom", "jsdom"},
	"swr":       {"swr", "react-dom", "jsdom"},
	"rtk":       {"@reduxjs/toolkit"},
	"apollo":    {"@apollo/client"},
	"backbone":  {"backbone", "jquery", "jsdom"},
	"component": {"@testing-library/react", "react-dom", "jsdom"},
}

// world is a client that runs, its screen, and a server that holds one record.
type world struct {
	t      *testing.T
	in     io.WriteCloser
	out    *bufio.Reader
	does   []string
	record map[string]any
	screen map[string]any
	err    string // what stands on the screen
	told   []string
	sent   []request
	now    int
}

type request struct {
	N      int
	Method string
	URL    string
	JSON   map[string]any
	By     int
	Do     string
	Set    map[string]any
}

type turn struct {
	Hello *struct {
		Runs string
		Of   []string
	}
	Out []struct {
		Request *request
		Tell    string
		Block   int
		Unblock int
	}
	Screen map[string]any
	Error  string
	Does   []string
	Failed string
	Log    []string
}

// place puts a file beside libraries, as a user has it, and skips where
// something is missing that it needs.
func place(t *testing.T, filename string, data []byte, of ...string) (file string) {
	t.Helper()
	dir := t.TempDir()
	if there, err := filepath.Abs(libraries); err != nil {
		t.Fatal(err)
	} else if os.Symlink(there, filepath.Join(dir, "node_modules")) != nil && len(of) > 0 {
		t.Skip("libraries cannot be linked to here")
	}
	for _, library := range of {
		if _, err := os.Stat(filepath.Join(libraries, library)); err != nil {
			t.Skipf("%s is not installed (npm ci in strategies/external/kit/testdata/libraries): %s was not run", library, filename)
		}
	}
	file = filepath.Join(dir, "save"+filepath.Ext(filename))
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	switch filepath.Ext(file) {
	case ".py":
		// A distribution installs httpx for its own Python alone.
		if os.Getenv("PHOTOFINISH_PYTHON") == "" && exec.Command("python3", "-c", "import httpx").Run() != nil {
			t.Setenv("PHOTOFINISH_PYTHON", "/usr/bin/python3")
		}
		if python := os.Getenv("PHOTOFINISH_PYTHON"); python != "" && exec.Command(python, "-c", "import httpx").Run() != nil {
			t.Skipf("no Python with httpx: %s was not run", filename)
		}
	default:
		if os.Getenv("PHOTOFINISH_NODE") == "" && exec.Command("node", "--version").Run() != nil {
			t.Skipf("no node: %s was not run", filename)
		}
	}
	return file
}

// open runs a file.
func open(t *testing.T, filename string, data []byte, of ...string) *world {
	t.Helper()
	file := place(t, filename, data, of...)
	p, err := kit.Prepare(file, kit.Options{Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	cmd := exec.Command(p.Argv[0], p.Argv[1:]...)
	cmd.Dir, cmd.Env = p.Dir, p.Env
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		cmd.Wait()
	})
	w := &world{t: t, in: in, out: bufio.NewReader(out)}
	hello := w.turn(`{"hello":{"protocol":1}}`).Hello
	if made := fmt.Sprint(hello.Of); len(of) > 0 && !strings.Contains(made, of[0]+" ") {
		t.Errorf("it says that it is made of %s", made)
	}
	return w
}

func (w *world) turn(format string, args ...any) (got turn) {
	w.t.Helper()
	line := fmt.Sprintf(format, args...)
	if _, err := io.WriteString(w.in, line+"\n"); err != nil {
		w.t.Fatal(line, err)
	}
	text, err := w.out.ReadBytes('\n')
	if err != nil {
		w.t.Fatal(line, err)
	}
	if err := json.Unmarshal(text, &got); err != nil || got.Failed != "" || len(got.Log) > 0 {
		w.t.Fatalf("%s\n%s%v", line, text, err)
	}
	w.screen, w.err = got.Screen, got.Error
	for _, e := range got.Out {
		if e.Request != nil {
			w.sent = append(w.sent, *e.Request)
		}
		if e.Tell != "" {
			w.told = append(w.told, e.Tell)
		}
	}
	return got
}

// begin begins a trial, with Ada or with nobody.
func (w *world) begin(given map[string]any) {
	w.t.Helper()
	w.record, w.sent, w.told, w.now = given, nil, nil, 0
	w.does = w.turn(`{"t":0,"start":{"seed":1,"given":%s,"fields":["name"],"client":1,"clock":0,"lines":false}}`, text(given)).Does
}

func (w *world) click(n int, do, name string) {
	w.t.Helper()
	w.now += 10
	w.turn(`{"t":%d,"act":{"n":%d,"do":%q,"set":{"name":%q}}}`, w.now, n, do, name)
}

// serve answers all requests, in the order in which they were sent, until there
// are no more, and returns what saved.
func (w *world) serve(status int) (saves []request) {
	w.t.Helper()
	for range 20 {
		if len(w.sent) == 0 {
			return saves
		}
		q, answered := w.sent[0], status
		w.sent = w.sent[1:]
		set := q.Set
		if set == nil {
			set = q.JSON
		}
		w.now += 100
		if read := q.Method == "GET" || q.Do == "fetch"; read {
			answered = 200
		} else {
			saves = append(saves, q)
			if status < 400 {
				if w.record == nil {
					w.record, answered = map[string]any{"id": 1}, 201
				}
				w.record["name"] = set["name"]
			}
		}
		body := w.record
		if answered >= 400 {
			body = map[string]any{"error": fmt.Sprint("HTTP ", answered)}
		}
		w.turn(`{"t":%d,"answer":{"n":%d,"status":%d,"json":%s}}`, w.now, q.N, answered, text(body))
	}
	w.t.Fatal("it does not stop asking")
	return nil
}

func parse(t *testing.T, text string) (o map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return o
}

func text(x any) string {
	data, err := json.Marshal(x)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func (w *world) shows(name string) {
	w.t.Helper()
	if w.screen["name"] != name {
		w.t.Errorf("the screen shows %v, and not %q", w.screen, name)
	}
}

// TestExamples: each runs as it is: it shows who is there, saves what is
// changed, and says that something was not saved.
func TestExamples(t *testing.T) {
	for _, name := range testkit.Some(Names(), 1) {
		t.Run(name, func(t *testing.T) {
			filename, data, _ := File(name)
			saves(t, open(t, filename, data, imports[name]...))
		})
	}
}

// saves lets Ada be renamed twice, then in vain, and somebody be created.
func saves(t *testing.T, w *world) {
	t.Helper()
	w.begin(map[string]any{"id": 1, "name": "Ada"})
	w.shows("Ada")
	w.click(1, "update", "Ada Byron")
	w.shows("Ada Byron")
	w.click(2, "update", "Ada Lovelace")
	saved := w.serve(200)
	w.shows("Ada Lovelace")
	if len(saved) != 2 || saved[0].By != 1 || saved[1].By != 2 || w.record["name"] != "Ada Lovelace" {
		t.Errorf("it saved %+v, and the server has %v", saved, w.record)
	}
	if w.err != "" || len(w.told) > 0 {
		t.Errorf("it says %q, and told %q", w.err, w.told)
	}
	w.click(3, "update", "Ada King")
	w.serve(500)
	if w.err == "" || len(w.told) != 1 {
		t.Errorf("nothing says that it was not saved: %q, told %q", w.err, w.told)
	}
	if !slices.Contains(w.does, "create") {
		return
	}
	w.begin(nil)
	if w.screen["name"] != nil {
		t.Errorf("it shows %v at the start", w.screen)
	}
	w.click(1, "create", "Bea")
	w.shows("Bea")
	created := w.serve(200)
	w.click(2, "update", "Bob")
	updated := w.serve(200)
	if len(created) != 1 || created[0].Method != "POST" || len(updated) != 1 || updated[0].Do != "update" && !strings.Contains(updated[0].URL, "/people/1") {
		t.Errorf("a create sends %+v, and an update then %+v", created, updated)
	}
}

// TestFiles: each is short, says what to change, and has its type where it is
// written in TypeScript.
func TestFiles(t *testing.T) {
	there, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range there {
		if ext := filepath.Ext(f.Name()); ext != ".go" && f.Name() != "photofinish.d.ts" {
			n++
		}
	}
	if names := Names(); n != len(names) {
		t.Errorf("%d files, and %d names: %v", n, len(names), names)
	}
	for _, name := range Names() {
		filename, data, ok := File(name)
		if !ok || !strings.HasPrefix(filename, name+".") {
			t.Errorf("%s is %q", name, filename)
		}
		text := string(data)
		if lines := strings.Count(text, "\n"); lines > 64 {
			t.Errorf("%s has %d lines", filename, lines)
		}
		for _, line := range strings.Split(text, "\n") {
			if len(line) > 160 {
				t.Errorf("%s: a line of %d: %s", filename, len(line), line)
			}
		}
		command := "photofinish replay overlapping-updates --client save" + filepath.Ext(filename)
		if !strings.Contains(text, command+"\n") || !strings.Contains(text, "Change: ") {
			t.Errorf("%s does not say %q, or what to change", filename, command)
		}
		if typed := strings.Contains(text, "from './photofinish'"); typed != strings.HasPrefix(filepath.Ext(filename), ".ts") {
			t.Errorf("%s has types: %v", filename, typed)
		}
	}
	if _, _, ok := File("angular"); ok {
		t.Error("there is no angular")
	}
	if !strings.Contains(string(Types()), "export type Client") {
		t.Error("there are no types")
	}
}

// TestTypes: an editor finds nothing wrong with those in TypeScript.
func TestTypes(t *testing.T) {
	testkit.Long(t, "short mode: what is typed is run all the same")
	compiler, err := filepath.Abs(filepath.Join(libraries, ".bin", "tsc"))
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []string{"typescript", "@types/react", "@types/react-dom", "@testing-library/react", "@reduxjs/toolkit", "@apollo/client", "@tanstack/react-query", "swr"} {
		if _, err := os.Stat(filepath.Join(libraries, of)); err != nil {
			t.Skipf("%s is not installed: the types of the examples were not checked", of)
		}
	}
	dir := t.TempDir()
	if err := os.Symlink(filepath.Dir(filepath.Dir(compiler)), filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("libraries cannot be linked to here")
	}
	config := `{"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, "jsx": "react-jsx", "target": "es2022",
		"module": "esnext", "moduleResolution": "bundler", "lib": ["es2022", "dom", "dom.iterable"]}}`
	written := map[string][]byte{"tsconfig.json": []byte(config), "photofinish.d.ts": Types()}
	for _, name := range Names() {
		if filename, data, _ := File(name); strings.HasPrefix(filepath.Ext(filename), ".ts") {
			written[filename] = data
		}
	}
	for filename, data := range written {
		if err := os.WriteFile(filepath.Join(dir, filename), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := exec.Command(compiler, "-p", dir).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
