package examples

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies/external"
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
		t.Setenv("PHOTOFINISH_PYTHON", testkit.Python(t, "httpx"))
	default:
		if os.Getenv("PHOTOFINISH_NODE") == "" && exec.Command("node", "--version").Run() != nil {
			t.Skipf("no node: %s was not run", filename)
		}
	}
	return file
}

// opened opens a client.
func opened(t *testing.T, file string) *external.Client {
	t.Helper()
	client, err := external.Open(t.Context(), external.Spec{Name: "ours", File: file}, external.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// explores says of a client how many of all orders of a scenario end badly.
func explores(t *testing.T, c *external.Client, s *scenarios.Scenario) string {
	t.Helper()
	r := new(explore.Explorer).Count(t.Context(), s.Script, c.Entry().For(s.Script), explore.Bounds{})
	if r.Failed != nil || !r.Complete {
		t.Fatalf("complete: %v, failed: %v", r.Complete, r.Failed)
	}
	return fmt.Sprintf("%d of %d orders", r.Bad(), r.Classes)
}

// TestExamples: each runs as it is, and in all orders does what it is known to do. A
// late answer writes over Apollo's cache and Backbone's model; revalidation and timeouts
// make more orders; a button that is disabled leaves one.
func TestExamples(t *testing.T) {
	orders := map[string]string{
		"plain": "2 of 5 orders", "rtk": "2 of 5 orders", "jsonapi": "2 of 5 orders", "rails": "2 of 5 orders",
		"apollo": "3 of 5 orders", "backbone": "4 of 5 orders", "component": "0 of 2 orders",
		"tanstack": "14 of 35 orders", "swr": "7 of 33 orders", "python": "7 of 32 orders",
	}
	overlapping, err := scenarios.Find("overlapping-updates")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range testkit.Some(Names(), 1) {
		t.Run(name, func(t *testing.T) {
			filename, data, _ := File(name)
			of := imports[name]
			client := opened(t, place(t, filename, data, of...))
			if made := fmt.Sprint(client.Entry().Own().Of); len(of) > 0 && !strings.Contains(made, of[0]+" ") {
				t.Errorf("it says that it is made of %s", made)
			}
			saves(t, client)
			if got := explores(t, client, overlapping); got != orders[name] {
				t.Errorf("it loses in %s, and not in %s", got, orders[name])
			}
		})
	}
}

// What each has to do: it shows who is there, saves what is changed, each change in its
// turn, and says that something was not saved. Who can create saves to whom it has created.
const (
	renames = `given: {name: Ada}
steps:
  - {at: 10ms, do: update, set: {name: Ada Byron}}
  - {at: 10s, do: update, set: {name: Ada Lovelace}}
  - {at: 30s, do: update, set: {name: Ada King}, status: 500}
`
	creates = `steps:
  - {at: 10ms, do: create, set: {name: Bea}}
  - {at: 30s, do: update, set: {name: Bob}}
`
)

// saves sees to it that a client does that.
func saves(t *testing.T, c *external.Client) {
	t.Helper()
	if got := played(t, c, renames); got != "u1 u2 u3: loud [failed]" {
		t.Errorf("renamed twice, and then in vain: %s", got)
	}
	if !slices.Contains(c.Does(), "create") {
		return
	}
	if got := played(t, c, creates); got != "c1 u2: ok []" {
		t.Errorf("created, and renamed: %s", got)
	}
}

// played says which clicks were saved one by one, and what became of a trial.
func played(t *testing.T, c *external.Client, steps string) string {
	t.Helper()
	s, err := scenarios.Parse("saves.yaml", []byte("name: saves\ntitle: Saves\nnetwork: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}\n"+steps))
	if err != nil {
		t.Fatal(err)
	}
	var w sim.World
	l, judged := new(judge.Judge).Run(&w, s.Script, c.Entry().For(s.Script), 1, sim.Options{Trace: true})
	if l.Failed != nil {
		t.Fatal(l.Failed)
	}
	var saved []string
	for _, e := range w.Trace().Events {
		if e.Kind == sim.EventSend && e.Request.Do != sim.Fetch {
			for _, n := range e.Request.Actions {
				saved = append(saved, s.Script.Action(n).Label())
			}
		}
	}
	return fmt.Sprintf("%s: %s", strings.Join(saved, " "), ending(judged))
}

// ending is a verdict, and the kinds of what was found.
func ending(j judge.Judgement) string {
	kinds := []string{}
	for _, a := range j.Anomalies {
		kinds = append(kinds, a.Kind.String())
	}
	return fmt.Sprintf("%v %v", j.Verdict, kinds)
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
	if !testkit.All() {
		t.Skip("the compiler takes 6 s of processor, and what is typed is run all the same: PHOTOFINISH_ALL=1 has it")
	}
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
