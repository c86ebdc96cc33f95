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
		want []string
	}{
		{"loop", 7, []string{slow}},
		{"microtasks", 5, []string{slow}},
		{"memory", 6, []string{full, slow}},
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
});`, "LATER = 5", "LATER = 2", "patience / 2", "patience / 5") // so that it does not take so long
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
	needNode(t)
	file := filepath.Join(write(t, map[string]string{"save.js": `
export default () => ({ update() { for (;;); }, screen: () => ({}) });`}), "save.js")
	p, err := Prepare(file, Options{Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
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
	for _, c := range testkit.Some([]struct{ name, code, want string }{
		{"no default", `export const x = 1`, "save.js has no default export: export default ({ given }) => ({ … })"},
		{"a promise", `export default async () => ({ screen() {} })`, "the default export returned a promise: it must be ready at once"},
		{"no client", `export default () => {}`, "the default export returned no client: ({ given }) => ({ update(set) { … }, screen: () => ({ … }) })"},
		{"no screen", `export default () => ({ update() {} })`, "screen() is missing: screen: () => ({ … })"},
		{"a promise of a screen", `export default () => ({ update() {}, screen: async () => ({}) })`, "screen() returned a promise: it must say at once what is on the screen"},
		{"a screen throws", `export default () => ({
			update() {},
			screen: () => undefined.name })`, "screen() threw, after the start: Cannot read properties of undefined (reading 'name') (save.js:3)"},
		{"what it shows throws", `export default () => ({ update() {}, screen: () => ({ get name() { throw new Error('not yet'); } }) })`, "screen() threw, after the start: not yet (save.js:1)"},
		{"a list on the screen", `export default () => ({ update() {}, screen: () => [1] })`, "screen() returned a list, and not an object or null, after the start"},
		{"a screen throws since something else has", `export default () => {
			let p; queueMicrotask(() => { p = null.name; });
			return { update() {}, screen: () => ({ name: p.name }) }; }`, "screen() threw, after the start: Cannot read properties of undefined (reading 'name') (save.js:3). Before that: threw: Cannot read properties of null (reading 'name') (save.js:2)"},
		{"the default throws", `
			export default () => { throw new Error('nobody to show'); }`, "the default export threw: nobody to show (save.js:2)"},
		{"a module throws", `
			throw new Error('at once'); export default () => {};`, "its modules threw while they were loaded: at once (save.js:2)"},
		{"disabled throws", `export default () => ({ update() {}, disabled: () => { throw new Error('no'); }, screen: () => ({}) })`, "disabled() threw, at the click u2: no (save.js:1)"},
		{"no function", `export default () => ({ screen: () => ({}) })`, "save.js has no update(), which u2 needs"},
		{"endless timers", `export default () => ({
			update() { const f = () => setTimeout(f, 0); f(); },
			screen: () => ({}) })`, "more than 10,000 immediate tasks after the click u2, the last from save.js:2"},
		{"endless frames", `export default () => ({
			update() { const f = () => requestAnimationFrame(f); f(); },
			screen: () => ({}) })`, "more than 10,000 immediate tasks after the click u2, the last from save.js:2"},
		{"another thread", `export default () => ({ update() { crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']); }, screen: () => ({}) })`,
			"it waits for something real (crypto.subtle.generateKey) after the click u2 (save.js:1)"},
		{"a file", `export default () => ({ update() { process.getBuiltinModule('fs').promises.readFile('save.js'); }, screen: () => ({}) })`,
			"it waits for something real (FSReqPromise) after the click u2"},
		{"a socket", `export default () => ({
			update() { try { new WebSocket('ws://localhost'); } catch {} },
			screen: () => ({}) })`, "WebSocket cannot be had here, and is used after the click u2 (save.js:2). Put it behind a function that the file replaces"},
		{"a database", `export default () => ({ update() { indexedDB.open('people'); }, screen: () => ({}) })`,
			"indexedDB cannot be had here, and is used after the click u2 (save.js:1). Put it behind a function that the file replaces"},
		{"a synchronous request", `export default () => ({ update() { new XMLHttpRequest().open('GET', '/people/1', false); }, screen: () => ({}) })`,
			"a synchronous XMLHttpRequest (GET /people/1) cannot be waited for: open it with async"},
		{"route throws", `
			export const route = ({ json }) => json.data.id;
			export default () => ({ update() { fetch('/people/1'); }, screen: () => ({}) })`, "route() threw: Cannot read properties of undefined (reading 'data') (save.js:2), at GET /people/1"},
	}, 4) {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, c.code)
			for range 2 {
				a := s.start()
				if a.Failed == "" {
					a = s.update(40, 2, "B")
				}
				if a.Failed != c.want {
					t.Errorf("failed: %q\nwant    %q", a.Failed, c.want)
				}
			}
		})
	}
}

// A client that ends its own process is not there any more.
func TestExit(t *testing.T) {
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

// Unknown keys are errors: the other side is another version.
func TestUnknownKey(t *testing.T) {
	s := open(t, plain)
	if a := s.say(`{"t":0,"start":{"seed":1,"colour":"red"}}`); a.Failed != "the kit does not know start.colour, which photofinish sent" {
		t.Errorf("%+v", a)
	}
}
