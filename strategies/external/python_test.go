package external_test

import (
	"strings"
	"testing"

	"photofinish/internal/testkit"
)

// TestRulesInPython holds rules that are written in Python, and run by the kit
// for that, against the same rules as they are here.
func TestRulesInPython(t *testing.T) {
	testkit.Alone(t)
	testkit.Long(t, "small clients are run all the same")
	t.Setenv("PHOTOFINISH_PYTHON", testkit.Python(t))
	over := overFetch(t, "testdata/rules/rules.py")
	for _, rule := range []string{"naive", "mutation-scope"} {
		t.Run(rule, func(t *testing.T) { over.again(t, rule, "", 0) })
	}
}

// Each has PATCH, which saves, and a p, which is shown.
const base = `
import asyncio, time
from photofinish import HTTPError, http

last = -1e9


class Client:
    def __init__(self, given):
        self.p, self.error, self.name, self.dirty = dict(given), None, "", False
        self.begin()

    def begin(self):
        pass

    def patch(self, set):
        return http("PATCH", "/people/1", set)

    def screen(self):
        return {**self.p, "error": self.error}

`

// TestSmallClientsInPython: a few of the small clients once more, in Python.
func TestSmallClientsInPython(t *testing.T) {
	t.Setenv("PHOTOFINISH_PYTHON", testkit.Python(t))
	files := map[string]string{}
	for _, c := range inPython {
		files[c.client+".py"] = base + strings.ReplaceAll(c.code, "\n", "\n    ") + "\n"
	}
	file, choose := testkit.OneOf(t, files, nil)
	client := open(t, file)
	for _, c := range inPython {
		t.Run(c.client, func(t *testing.T) {
			choose(c.client, nil)
			c.judged(t, client)
		})
	}
}

var inPython = []struct {
	small
	code string
}{
	{small{client: "own-timeout", requests: "u1", verdict: "loud indeterminate[1]"}, `
async def update(self, set):
    was, self.p = self.p, {**self.p, **set}
    try:
        await asyncio.wait_for(self.patch(set), 1)
    except asyncio.TimeoutError as e:
        self.p, self.error = was, e
`},
	{small{client: "told-late", requests: "u1; u2", verdict: "loud failed[1] failed[2]"}, `
async def update(self, set):
    was = {k: self.p[k] for k in set}
    self.p.update(set)
    if not (await self.patch(set)).ok:
        await asyncio.sleep(0.1)
        self.p.update(was)
        self.error = ValueError("not saved: %s" % list(set))
`},
	{small{client: "sticky", scenario: "told-late", requests: "u1; u2", verdict: "loud failed[1] failed[2]"}, `
async def update(self, set):
    self.p.update(set)
    if not (await self.patch(set)).ok:
        self.error = "not saved"
`},
	{small{client: "clock", requests: "u1; u2", verdict: "ok"}, `
def update(self, set):
    global last
    self.p.update(set)
    if time.monotonic() - last >= 1:
        last = time.monotonic()
        self.patch(set)
`},
	{small{client: "autosave", scenario: "edit", requests: "u1", verdict: "ok"}, `
def begin(self):
    asyncio.create_task(self.save())

async def save(self):
    while True:
        await asyncio.sleep(60)
        if self.dirty:
            self.dirty = False
            await http("PUT", "/people/1", {"name": self.p["name"]})

def update(self, set):
    self.p.update(set)
    self.dirty = True
`},
	{small{client: "split", requests: "u1; u1", verdict: "wrong silent-failure[1]"}, `
async def update(self, set):
    self.p.update(set)
    for k in set:
        await self.patch({k: set[k]})
`},
	{small{client: "unsent", scenario: "edit", requests: "", verdict: "wrong unsent-write[1]"}, `
async def update(self, set):
    self.p.update(set)
    await asyncio.Event().wait()
    await self.patch(set)
`},
	{small{client: "thrown", scenario: "own-timeout", requests: "u1", verdict: "wrong lost-write[1]"}, `
async def update(self, set):
    self.p.update(set)
    asyncio.get_running_loop().call_later(1, asyncio.current_task().cancel)
    await self.patch(set)
`},
}
