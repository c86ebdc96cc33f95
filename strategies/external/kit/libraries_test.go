package kit

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"photofinish/internal/testkit"
)

// libraries is a folder with clients and, once npm ci has been run in it, with
// what they import.
const libraries = "testdata/libraries"

// needLibraries skips a test where they are not there.
func needLibraries(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(libraries, "node_modules")); err != nil {
		t.Skipf("npm ci was not run in %s: clients with libraries were not run", libraries)
	}
}

// library starts a client that stands there.
func library(t testing.TB, file string) *session {
	t.Helper()
	needLibraries(t)
	return run(t, prepareFile(t, filepath.Join(libraries, file)))
}

// Each library sends what the click was, in its context and with its line, shows
// what it shows, and takes the answer; in the second trial as in the first,
// whatever its modules have kept. What more is asked of some, their program does next.
func TestLibraries(t *testing.T) {
	testkit.Long(t, "clients without libraries are run all the same")
	more := map[string][]func(*testing.T, *session){
		"component.tsx": {disables, isTheSame},
	}
	if testkit.All() { // what is left on a page without either, TestDocument sees
		more["rtk.ts"], more["swr.tsx"] = append(more["rtk.ts"], isTheSame), append(more["swr.tsx"], staysFlat)
	}
	patch := `{"by":1,"json":{"name":"Ada Byron"},"method":"PATCH","n":1,"url":"/people/1"}`
	for _, c := range []struct{ file, at, click, answer, after string }{
		{file: "apollo.ts", at: "apollo.ts:20", click: "do:update id:1", after: "Ada Byron"},
		{file: "axios.js", at: "axios.js:9", click: patch, answer: `{"clear":1}`, after: "Ada"},
		{file: "backbone.js", at: "backbone.js:12", click: patch, after: "Ada Byron"},
		{file: "component.tsx", at: "component.tsx:10", click: patch, after: "Ada Byron"},
		{file: "rtk.ts", click: patch, answer: `{"request":{"by":1,"method":"GET","n":2,"url":"/people/1"}}`, after: "Ada"},
		{file: "rxjs.ts", click: `{"after":500,"by":1,"timer":1}`, after: "Ada Byron"},
		{file: "swr.tsx", at: "swr.tsx:7", click: patch, answer: `{"request":{"at":"swr.tsx:7","by":1,"method":"GET","n":2,"url":"/people/1"}}`, after: "Ada Byron"},
		{file: "tanstack.ts", at: "tanstack.ts:10", click: patch, after: "Ada Byron"},
		{file: "testing.tsx", at: "testing.tsx:8", click: patch, after: "Ada Byron"},
	} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			s := library(t, c.file)
			var all []string
			for range 2 {
				first, click := s.start(), s.update(40, 1, "Ada Byron")
				answer := s.say(`{"t":200,"answer":{"n":1,"status":200,"do":"update","json":{"id":1,"name":"Ada Byron"}}}`)
				all = append(all, fmt.Sprintf("%+v", []any{first, click, answer}))
				if first.Failed != "" || first.Screen["name"] != "Ada" {
					t.Errorf("start: %+v", first)
				}
				is := click.text()
				if strings.HasPrefix(c.click, "do:") {
					is = fmt.Sprint(click.Out)
				} else if c.at != "" {
					is = strings.Replace(is, fmt.Sprintf(`"at":%q,`, c.at), "", 1)
				}
				if !strings.Contains(is, c.click) || !strings.Contains(click.text(), c.at) || click.Screen["name"] != c.after || click.Failed != "" {
					t.Errorf("click: %+v", click)
				}
				if c.answer == "" && len(answer.Out) > 0 || !strings.Contains(answer.text(), c.answer) || answer.Failed != "" {
					t.Errorf("answer: %+v", answer)
				}
			}
			if all[0] != all[1] {
				t.Errorf("the second trial is another:\n%s\n%s", all[0], all[1])
			}
			for _, test := range more[c.file] {
				test(t, s)
			}
		})
	}
}

// disables: an answer of another kind is a failure that the component shows as an alert:
// once, and it stands. The button is disabled while the save is under way, and
// what was clicked meanwhile is pressed as soon as it is not.
func disables(t *testing.T, s *session) {
	for range 2 {
		s.start()
		s.update(0, 1, "B")
		if a := s.update(10, 2, "C"); a.text() != `[{"block":2}]` || a.Screen["name"] != "B" {
			t.Errorf("a click on a disabled button: %+v", a)
		}
		a := s.say(`{"t":200,"answer":{"n":1,"status":500,"json":{"error":"HTTP 500"}}}`)
		if !strings.HasPrefix(a.text(), `[{"tell":"HTTP 500"},{"unblock":2},`) || a.Error != "HTTP 500" || !strings.Contains(a.text(), `"by":2,"json":{"name":"C"}`) {
			t.Errorf("an answer that enables it: %+v", a)
		}
		a = s.say(`{"t":300,"answer":{"n":2,"status":409,"json":{"error":"HTTP 409"}}}`)
		if a.text() != `[{"tell":"HTTP 409"}]` || a.Error != "HTTP 409" || a.Screen["name"] != "C" {
			t.Errorf("a failure: %+v", a)
		}
	}
}

// The lock file is what it is for everybody: it names no place.
func TestLockFile(t *testing.T) {
	text, err := os.ReadFile(libraries + "/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "://") {
		t.Errorf("%s/package-lock.json has an address in it: npm install --package-lock-only --omit-lockfile-registry-resolved --no-fund", libraries)
	}
}

// beside writes a client beside the libraries, so that jsdom is found, and starts it.
func beside(t *testing.T, code string) *session {
	t.Helper()
	needLibraries(t)
	dir, err := filepath.Abs(libraries)
	if err != nil {
		t.Fatal(err)
	}
	away := write(t, map[string]string{"save.js": code})
	if err := os.Symlink(filepath.Join(dir, "node_modules"), filepath.Join(away, "node_modules")); err != nil {
		t.Skip(err)
	}
	return run(t, prepareFile(t, filepath.Join(away, "save.js")))
}

// Nothing that a trial does to a document is there in the next, whether the
// window is kept or had to be made anew.
func TestDocument(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := beside(t, `
export default ({ given }) => {
  const said = [], say = (...all) => said.push(all.join(' '));
  say(document.body.innerHTML, document.head.children.length, document.documentElement.lang, document.title, document.cookie, location.pathname, history.length, document.readyState,
    localStorage.length, sessionStorage.length, window.left, globalThis.other, document.left, typeof window.fetch, typeof HTMLElement, document.body.className, navigator.onLine, window.onresize, document.activeElement.tagName, typeof customElements.get('x-a'), typeof HTMLElement.prototype.focus.left);
  for (const target of [window, document, document.body]) target.addEventListener('probe', () => say('heard', target.nodeName ?? 'window'));
  addEventListener('probe', () => { say('heard too'); globalThis.heard = (globalThis.heard ?? 0) + 1; }); // by those of earlier trials too, if they stay
  new MutationObserver(() => say('observed')).observe(document, { attributes: true, subtree: true });
  document.body.dispatchEvent(new Event('probe', { bubbles: true }));
  say('heard by', globalThis.heard);
  document.body.innerHTML = '<input autofocus><form><input name="a" value="1"></form>'; document.querySelector('input').focus();
  document.head.append(document.createElement('style'));
  document.documentElement.lang = 'en'; document.title = 'x'; document.cookie = 'a=1'; document.body.className = 'x';
  localStorage.a = 1; sessionStorage.b = 1; window.left = 1; globalThis.other = 1; document.left = 1; window.fetch = 1; window.onresize = () => {};
  HTMLElement.prototype.focus = Object.assign(() => {}, { left: 1 });
  const id = setTimeout(() => {}, 100);
  say(typeof id, new FormData(document.querySelector('form')).get('a'), new Event('x') instanceof window.Event, Object.keys(window).includes('left'), left, typeof missing);
  if (given.name === 'history') history.pushState(1, '', '/x');
  if (given.name === 'elements') customElements.define('x-' + 'a', class extends HTMLElement {});
  return { update: () => say('clicked'), screen: () => ({ name: said.join('; ') }) };
};`)
	want := `<div id="root"></div> 0    / 1 complete 0 0    function function  true  BODY undefined undefined; heard BODY; heard #document; heard window; heard too; heard by 1; number 1 true true 1 undefined; observed`
	for _, spoils := range []string{"nothing", "history", "elements"} {
		for i := range 3 {
			a := s.say(`{"t":0,"start":{"seed":7,"given":{"id":1,"name":%q},"fields":["name"],"client":1,"clock":0,"lines":true}}`, spoils)
			if a.Failed != "" || a.Screen["name"] != want || a.text() != `[{"after":100,"by":0,"timer":4}]` { // three are of storage events
				t.Errorf("%s: trial %d shows %q\nwant             %q\n%s %s", spoils, i, a.Screen["name"], want, a.text(), a.Failed)
			}
		}
	}
}

// A file that names document cannot do without one.
func TestNoDocument(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := begin(t, prepared(t, `export default () => ({ screen: () => document.title });`))
	a := s.say(`{"hello":{"protocol":1}}`)
	if want := "save.js uses document, and jsdom cannot be loaded (it is not there): npm install --save-dev jsdom beside save.js"; a.Failed != want {
		t.Errorf("%+v", a)
	}
}

// isTheSame: trials do not depend on those before them, nor on the process: the same
// ones in another process, in another order, say the same.
func isTheSame(t *testing.T, s *session) {
	other := run(t, s.program)
	said := map[int]string{}
	for run, s := range []*session{s, other} {
		for i := range 3 {
			if run > 0 {
				i = 2 - i
			}
			var all strings.Builder
			for _, line := range []string{
				fmt.Sprintf(`{"t":0,"start":{"seed":%d,"given":{"id":1,"name":"Ada"},"fields":["name"],"client":1}}`, i),
				`{"t":40,"act":{"n":1,"do":"update","set":{"name":"B"}}}`,
				fmt.Sprintf(`{"t":%d,"act":{"n":2,"do":"update","set":{"name":"C"}}}`, 50+i),
				`{"t":200,"answer":{"n":1,"status":500,"json":{"error":"HTTP 500"}}}`,
				`{"t":300,"answer":{"n":2,"status":200,"json":{"id":1,"name":"C"}}}`,
				`{"t":400,"answer":{"n":3,"status":200,"json":{"id":1,"name":"C"}}}`,
			} {
				fmt.Fprintf(&all, "%+v\n", s.say("%s", line))
			}
			if said[i] == "" {
				said[i] = all.String()
			} else if said[i] != all.String() {
				t.Errorf("trial %d was\n%s\nand is\n%s", i, said[i], all.String())
			}
		}
	}
}

// staysFlat: memory does, though modules are evaluated anew and leave their listeners
// on the one window.
func staysFlat(t *testing.T, s *session) {
	size := func(trials int) (pages int) {
		for range trials {
			s.start()
			s.update(40, 1, "B")
		}
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", s.cmd.Process.Pid))
		if err != nil {
			t.Skip(err)
		}
		if _, err := fmt.Sscan(string(text), new(int), &pages); err != nil {
			t.Fatal(err)
		}
		return pages * os.Getpagesize() >> 20
	}
	before := size(150)
	if after := size(150); after > before+20 { // it would be 30 MiB more, if listeners stayed
		t.Errorf("the program has %d MiB after 150 trials, and %d after 300", before, after)
	}
}
