package kit

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
)

// A client in an endless loop is halted, and it is said where. Which of two things
// it has used up first, on a busy machine, is not ours to say.
func TestEndlessLoop(t *testing.T) {
	testkit.Long(t, "a loop runs for seconds until it is halted")
	const slow = "after the click u2 it did not come to rest in 2 s: an endless loop? (save.js:%d)"
	const full = "it ran out of memory (512 MiB) after the click u2: an endless loop? (save.js:%d)"
	for _, c := range []struct {
		name string
		line int
		look string // after which part of its time it is looked at
		want []string
	}{
		{"loop", 7, "20", []string{slow}},
		{"microtasks", 5, "20", []string{slow}},
		{"memory", 6, "5", []string{full, slow}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := changed(t, `
export default () => ({
  async update({ name }) {
    const kept = [];
    while (name === 'microtasks') await null;
    if (name === 'memory') for (let i = 0; ; i++) if (i < 58) kept.push(new Array(1e6).fill(i));
    for (;;);
  },
  screen: () => ({}),
});`, "LATER = 5", "LATER = 2", "EVERY = 100", "EVERY = 20", "patience / 2", "patience / "+c.look, "if (now - since > patience", "if (line || now - since > patience") // so that it does not take so long
			s.start()
			a := s.update(40, 2, c.name)
			if !slices.ContainsFunc(c.want, func(want string) bool { return a.Failed == fmt.Sprintf(want, c.line) }) {
				t.Errorf("failed: %q\nwant    %q, line %d", a.Failed, c.want, c.line)
			}
		})
	}
}

// A program in an endless loop ends with the one that has started it, which
// cannot end it any more.
func TestParentGone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it needs a shell")
	}
	testkit.Long(t, "other clients are run all the same")
	p := prepared(t, `export default () => ({ update() { for (;;); }, screen: () => ({}) });`)
	out, child, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.Command("sh", append([]string{"-c", `exec 3<&0; "$@" <&3 & wait`, "sh"}, p.Argv...)...)
	parent.Env, parent.Dir, parent.Stdout = p.Env, p.Dir, child
	in, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	child.Close()
	fmt.Fprintln(in, `{"hello":{"protocol":1}}`)
	fmt.Fprintln(in, `{"t":0,"start":{"seed":7,"given":null,"fields":["name"],"client":1}}`)
	greetings := make([]byte, 10)
	if _, err := io.ReadFull(out, greetings); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in, `{"t":1,"act":{"n":1,"do":"update","set":{"name":"B"}}}`)
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	_ = out.SetReadDeadline(time.Now().Add(time.Minute)) // it has 100 ms
	if rest, err := io.ReadAll(out); err != nil || strings.Contains(string(rest), "failed") {
		t.Errorf("it goes on without its parent: %s, %v", rest, err)
	}
}

// What a client does wrong is one sentence, which says where. The trial after it
// is as good as any.
func TestFailures(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	alone := []struct{ name, code, want string }{
		{"no default", `export const x = 1`, "save.js has no default export: export default ({ given }) => ({ … })"},
		{"a module throws", `
			throw new Error('at once'); export default () => {};`, "its modules threw while they were loaded: at once (save.js:2)"},
	}
	for _, c := range alone {
		open(t, c.code).fails(t, c.name, "Ada", c.want)
	}
	// All others are modules of one client, which takes the one that the person is called after.
	files, all := map[string]string{}, ""
	entry := "export const route = ({ path, json }) => { if (path === '/routed') return json.data.id; };\n"
	for i, c := range failing {
		file := fmt.Sprintf("client%d.js", i)
		files[file] = c.code
		entry += fmt.Sprintf("import client%d from './%s';\n", i, file)
		all += fmt.Sprintf("client%d, ", i)
	}
	files["save.js"] = entry + "export default o => [" + all + "][o.given.name](o);"
	s := run(t, prepareFile(t, filepath.Join(write(t, files), "save.js")))
	for i, c := range failing {
		s.fails(t, c.name, fmt.Sprint(i), strings.ReplaceAll(c.want, "FILE", fmt.Sprintf("client%d.js", i)))
	}
}

// fails sees to it that two trials fail with these words.
func (s *session) fails(t *testing.T, name, given, want string) {
	t.Helper()
	for range 2 {
		a := s.say(`{"t":0,"start":{"seed":7,"given":{"id":1,"name":%q},"fields":["name"],"client":1,"clock":0,"lines":true}}`, given)
		if a.Failed == "" {
			a = s.update(40, 2, "B")
		}
		if a.Failed != want {
			t.Errorf("%s failed: %q\nwant    %q", name, a.Failed, want)
		}
	}
}

// failing are clients that stand in a FILE each.
var failing = []struct{ name, code, want string }{
	{"a promise", `export default async () => ({ screen() {} })`, "the default export returned a promise: it must be ready at once"},
	{"no client", `export default () => {}`, "the default export returned no client: ({ given }) => ({ update(set) { … }, screen: () => ({ … }) })"},
	{"no screen", `export default () => ({ update() {} })`, "screen() is missing: screen: () => ({ … })"},
	{"a promise of a screen", `export default () => ({ update() {}, screen: async () => ({}) })`, "screen() returned a promise: it must say at once what is on the screen"},
	{"a screen throws", `export default () => ({
		update() {},
		screen: () => undefined.name })`, "screen() threw, after the start: Cannot read properties of undefined (reading 'name') (FILE:3)"},
	{"what it shows throws", `export default () => ({ update() {}, screen: () => ({ get name() { throw new Error('not yet'); } }) })`, "screen() threw, after the start: not yet (FILE:1)"},
	{"a list on the screen", `export default () => ({ update() {}, screen: () => [1] })`, "screen() returned a list, and not an object or null, after the start"},
	{"a screen throws since something else has", `export default () => {
		let p; queueMicrotask(() => { p = null.name; });
		return { update() {}, screen: () => ({ name: p.name }) }; }`, "screen() threw, after the start: Cannot read properties of undefined (reading 'name') (FILE:3). Before that: threw: Cannot read properties of null (reading 'name') (FILE:2)"},
	{"the default throws", `
		export default () => { throw new Error('nobody to show'); }`, "the default export threw: nobody to show (FILE:2)"},
	{"disabled throws", `export default () => ({ update() {}, disabled: () => { throw new Error('no'); }, screen: () => ({}) })`, "disabled() threw, at the click u2: no (FILE:1)"},
	{"no function", `export default () => ({ screen: () => ({}) })`, "save.js has no update(), which u2 needs"},
	{"endless timers", `export default () => ({
		update() { const f = () => setTimeout(f, 0); f(); },
		screen: () => ({}) })`, "more than 10,000 immediate tasks after the click u2, the last from FILE:2"},
	{"endless frames", `export default () => ({
		update() { const f = () => requestAnimationFrame(f); f(); },
		screen: () => ({}) })`, "more than 10,000 immediate tasks after the click u2, the last from FILE:2"},
	{"another thread", `export default () => ({ update() { crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']); }, screen: () => ({}) })`,
		"it waits for something real (crypto.subtle.generateKey) after the click u2 (FILE:1)"},
	{"a file", `export default () => ({ update() { process.getBuiltinModule('fs').promises.readFile('save.js'); }, screen: () => ({}) })`,
		"it waits for something real (FSReqPromise) after the click u2"},
	{"a socket", `export default () => ({
		update() { try { new WebSocket('ws://localhost'); } catch {} },
		screen: () => ({}) })`, "WebSocket cannot be had here, and is used after the click u2 (FILE:2). Put it behind a function that the file replaces"},
	{"a database", `export default () => ({ update() { indexedDB.open('people'); }, screen: () => ({}) })`,
		"indexedDB cannot be had here, and is used after the click u2 (FILE:1). Put it behind a function that the file replaces"},
	{"a synchronous request", `export default () => ({ update() { new XMLHttpRequest().open('GET', '/people/1', false); }, screen: () => ({}) })`,
		"a synchronous XMLHttpRequest (GET /people/1) cannot be waited for: open it with async"},
	{"route throws", `export default () => ({ update() { fetch('/routed'); }, screen: () => ({}) })`, "route() threw: Cannot read properties of undefined (reading 'data') (save.js:1), at GET /routed"},
}

// A client that ends its own process is not there any more.
func TestExit(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := open(t, `export default () => ({ update() { process.exit(3); }, screen: () => ({}) })`)
	s.start()
	if a, err := s.try(`{"t":1,"act":{"n":2,"do":"update","set":{}}}`); err != io.EOF {
		t.Errorf("%+v %v", a, err)
	}
	if err := s.cmd.Wait(); err == nil || err.Error() != "exit status 3" {
		t.Errorf("it ended with %v", err)
	}
}

// What is printed, thrown or rejected is logged, and the trial goes on.
func TestLog(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := open(t, `
export default () => ({
  update({ name }) {
    console.log('hello', { a: 1 }, new Error('unhappy'));
    process.stdout.write('raw\nprint\n');
    console.error('x'.repeat(500));
    fetch('/people/1', { method: 'PATCH', body: JSON.stringify({ name }) });
    setTimeout(() => { throw new Error('late'); });
    process.nextTick(() => { throw new Error('tick'); });
    queueMicrotask(() => { throw new Error('micro'); });
    Promise.reject(new Error('nobody'));
    new Promise((_, no) => no('a text'));
    throw new Error('boom');
  },
  screen: () => ({}),
});`)
	s.start()
	a := s.update(40, 2, "B")
	want := []string{"hello { a: 1 } Error: unhappy (save.js:4)", "raw", "print", strings.Repeat("x", 300)}
	caught := []string{
		"threw: boom (save.js:13)", "threw: tick (save.js:9)", "threw: micro (save.js:10)",
		"unhandled rejection: nobody (save.js:11)", "unhandled rejection: a text", "threw: late (save.js:8)",
	}
	if fmt.Sprint(a.Log) != fmt.Sprint(want) || fmt.Sprint(a.Uncaught) != fmt.Sprint(caught) || len(a.Out) != 1 {
		t.Errorf("log %s\nuncaught %s\nout %s, %s", strings.Join(a.Log, "\n"), a.Uncaught, a.text(), a.Failed)
	}
	s.say(`{"t":50,"act":{"n":3,"do":"set-permissions","set":{"permissions":"x"}}}`)
	for range 13 {
		a = s.update(60, 4, "C")
	}
	if len(a.Log) > 0 || len(a.Uncaught) != len(caught) {
		t.Errorf("more than 50 lines are logged in a trial, or an error is not noted behind them: %q, %q", a.Log, a.Uncaught)
	}
	if s.start(); len(s.update(1, 1, "B").Log) != len(want) {
		t.Error("the next trial has no log of its own")
	}
}
