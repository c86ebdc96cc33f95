package kit

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// libraries is a folder with clients and, once npm ci has been run in it, with
// what they import.
const libraries = "testdata/libraries"

// library starts a client that stands there, if its libraries do.
func library(t testing.TB, file string) *session {
	t.Helper()
	if _, err := os.Stat(filepath.Join(libraries, "node_modules")); err != nil {
		t.Skipf("npm ci was not run in %s: clients with libraries were not run", libraries)
	}
	return openFile(t, filepath.Join(libraries, file))
}

// Each library sends what the click was, in its context and with its line, shows
// what it shows, and takes the answer; in the second trial as in the first,
// whatever its modules have kept.
func TestLibraries(t *testing.T) {
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
		})
	}
}

// An answer of another kind is a failure that the component shows as an alert:
// once, and it stands. The button is disabled while the save is under way, and
// what was clicked meanwhile is pressed as soon as it is not.
func TestComponent(t *testing.T) {
	s := library(t, "component.tsx")
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
