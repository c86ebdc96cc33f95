package kit_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/strategies/external/kit"
)

// lane is a program that speaks the protocol.
type lane struct {
	t       *testing.T
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	printed bytes.Buffer // on standard error
}

// start starts the Python kit with a client, which is one file or several:
// "-- app/api.py --" begins another.
func start(t *testing.T, source string, modules ...string) *lane {
	t.Helper()
	return startWith(t, exec.Command(testkit.Python(t, modules...), "lane.py", client(t, source)))
}

func startWith(t *testing.T, cmd *exec.Cmd) *lane {
	t.Helper()
	l := &lane{t: t, cmd: cmd}
	folder, err := kit.PythonKit()
	if err != nil {
		t.Fatal(err)
	}
	for i, arg := range cmd.Args {
		if arg == "lane.py" {
			cmd.Args[i] = filepath.Join(folder, arg)
		}
	}
	cmd.Env = append(os.Environ(), "PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1", "TZ=UTC")
	cmd.Stderr = &l.printed
	if l.in, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	l.out = bufio.NewReader(out)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		l.in.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	return l
}

// client writes a client's files, and returns the first.
func client(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	name := "save.py"
	for i, part := range strings.Split("\n"+source, "\n-- ") {
		if i > 0 {
			name, part, _ = strings.Cut(part, " --\n")
		}
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.TrimPrefix(part, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "save.py")
}

// line sends a line, and returns that which comes back.
func (l *lane) line(text string) string {
	l.t.Helper()
	if _, err := io.WriteString(l.in, text+"\n"); err != nil {
		l.t.Fatalf("%s: %v: %s", text, err, l.printed.String())
	}
	got, err := l.out.ReadString('\n')
	if err != nil {
		l.t.Fatalf("%s: %v: %s", text, err, l.printed.String())
	}
	return strings.TrimSuffix(got, "\n")
}

type object = map[string]any

func parse(t *testing.T, text string) (o object) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return o
}

// turns takes turns: a line that is sent, and that which is to come back; "" to
// take it as it comes. It returns the last one.
func (l *lane) turns(lines ...string) (last object) {
	l.t.Helper()
	for i := 0; i < len(lines); i += 2 {
		last = parse(l.t, l.line(lines[i]))
		if lines[i+1] == "" {
			continue
		}
		if diff := cmp.Diff(parse(l.t, lines[i+1]), last); diff != "" {
			l.t.Fatalf("%s\n(-want +got)\n%s", lines[i], diff)
		}
	}
	return last
}

const (
	hello = `{"hello":{"protocol":1}}`
	begin = `{"t":0,"start":{"seed":7,"given":{"id":1,"name":"Ada"},"fields":["name"],"client":1,"clock":0,"lines":false}}`
)

// update is a click, at a time, that sets the name.
func update(at, n int, name string) string {
	return fmt.Sprintf(`{"t":%d,"act":{"n":%d,"do":"update","set":{"name":%q}}}`, at, n, name)
}

// A class with a queue, which is emptied by one worker that tries again: what
// the kit offers where no HTTP library is used.
const sync = `
from photofinish import lane, http, sleep, spawn


class Sync:
    def __init__(self, given):
        self.person, self.queue, self.works, self.error = dict(given or {}), [], False, None

    def create(self, set):
        self.person.update(set)
        self.put("POST", "/people", set)

    def update(self, set):
        self.person.update(set)
        self.put("PATCH", "/people/%s" % self.person["id"], set)

    def delete(self, set):
        self.put("DELETE", "/people/%s" % self.person["id"])

    def put(self, *request):
        self.queue.append(request)
        if not self.works:
            self.works = True
            return spawn(self.work())

    async def work(self):
        while self.queue:
            for attempt in range(3):
                r = await http(*self.queue[0])
                if r.status < 500:
                    break
                await sleep(0.2 * 2 ** attempt)
            if not r.ok:
                self.error = "HTTP %d" % r.status
            elif r.status == 201:
                self.person["id"] = r.json()["id"]
            self.queue.pop(0)
        self.works = False

    def screen(self):
        return {**self.person, "busy": self.works, "error": self.error}


lane(Sync)
`

func TestPythonClass(t *testing.T) {
	l := start(t, sync)
	if got := l.turns(hello, "")["hello"].(object); got["protocol"] != 1.0 || !strings.HasPrefix(got["runs"].(string), "python 3.") ||
		!strings.HasPrefix(got["bundle"].(string), "sha256:") || len(got["of"].([]any)) != 0 {
		t.Errorf("hello: %v", got)
	}
	l.turns(
		`{"t":0,"start":{"seed":7,"given":{"id":1,"name":"Ada"},"fields":["name","liked"],"client":1,"clock":0,"lines":true}}`,
		`{"out":[],"screen":{"id":1,"name":"Ada"},"does":["create","update","delete","set-permissions"]}`,
		update(40, 1, "Ada Byron"),
		`{"out":[{"request":{"n":1,"method":"PATCH","url":"/people/1","json":{"name":"Ada Byron"},"by":1,"at":"save.py:29"}}],"screen":{"id":1,"name":"Ada Byron"},"busy":true}`,
		update(50, 2, "Ada Lovelace"), // waits in the queue
		`{"out":[],"screen":{"id":1,"name":"Ada Lovelace"},"busy":true}`,
		`{"t":200,"answer":{"n":1,"status":500,"json":{"error":"HTTP 500"}}}`,
		`{"out":[{"timer":1,"after":200,"by":1}],"screen":{"id":1,"name":"Ada Lovelace"},"busy":true}`,
		`{"t":400,"wake":1}`,
		`{"out":[{"request":{"n":2,"method":"PATCH","url":"/people/1","json":{"name":"Ada Byron"},"by":1,"at":"save.py:29"}}],"screen":{"id":1,"name":"Ada Lovelace"},"busy":true}`,
		`{"t":500,"answer":{"n":2,"status":200,"json":{"id":1,"name":"Ada Byron"}}}`, // the worker is the first click's
		`{"out":[{"request":{"n":3,"method":"PATCH","url":"/people/1","json":{"name":"Ada Lovelace"},"by":1,"at":"save.py:29"}}],"screen":{"id":1,"name":"Ada Lovelace"},"busy":true}`,
		`{"t":600,"answer":{"n":3,"status":409,"json":{"error":"HTTP 409"}}}`,
		`{"out":[{"tell":"HTTP 409"}],"screen":{"id":1,"name":"Ada Lovelace"},"error":"HTTP 409"}`,
		`{"t":700,"act":{"n":3,"do":"delete","set":{}}}`, // the error still stands, and is no new one
		`{"out":[{"request":{"n":4,"method":"DELETE","url":"/people/1","by":3,"at":"save.py:29"}}],"screen":{"id":1,"name":"Ada Lovelace"},"busy":true,"error":"HTTP 409"}`,
		// Nobody is given in the next trial, and numbers begin anew.
		`{"t":0,"start":{"seed":8,"given":null,"fields":["name"],"client":1,"clock":0,"lines":false}}`,
		`{"out":[],"screen":{},"does":["create","update","delete","set-permissions"]}`,
		`{"t":0,"act":{"n":1,"do":"create","set":{"name":"B"}}}`,
		`{"out":[{"request":{"n":1,"method":"POST","url":"/people","json":{"name":"B"},"by":1}}],"screen":{"name":"B"},"busy":true}`,
		`{"t":9,"answer":{"n":1,"status":201,"json":{"id":5,"name":"B"}}}`,
		`{"out":[],"screen":{"id":5,"name":"B"}}`,
	)
	for _, line := range []string{`{"hello":{"protocol":1,"more":1}}`, `{"t":0,"stop":1}`, `{"t":0,"wake":1,"late":true}`, `{"t":0,"act":{"n":1,"do":"update","set":{},"more":1}}`} {
		if failed := parse(t, l.line(line))["failed"]; failed == nil || !strings.HasPrefix(failed.(string), "the kit does not know ") {
			t.Errorf("%s: %v", line, failed)
		}
	}
	if failed := parse(t, l.line(`{"hello":{"protocol":2}}`))["failed"]; failed != "this kit speaks protocol 1, and was asked for 2" {
		t.Errorf("protocol 2: %v", failed)
	}
}

func TestPythonHTTPX(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	l := start(t, `
import asyncio
import httpx

api = httpx.AsyncClient(base_url="http://localhost/api")


class Client:
    def __init__(self, given):
        self.person, self.error = dict(given), None
        self.task = None

    async def update(self, set):
        self.person |= set
        if self.task and set["name"] == "stop":
            self.task.cancel()
            return
        self.task = asyncio.current_task()
        try:
            r = await api.patch(f"/people/{self.person['id']}", json=set)
            r.raise_for_status()
            self.person = r.json()
        except httpx.HTTPError as error:
            self.error = type(error).__name__

    async def delete(self):
        async with httpx.AsyncClient(timeout=None) as api:
            await api.delete("http://localhost/api/people/1")

    async def fetch(self):
        r = await api.post("/people/1", data={"name": "F"}, headers={"X-Photofinish-Actions": "2,3"})
        await api.post("/people/1", data={"name": "G"}, files={"photo": b"..."})
        await api.post("https://example.org/people/1?a=1", content=b"a=" + b"x" * 300)

    def create(self, set):
        httpx.get("http://localhost/people/1")

    def screen(self):
        return {**self.person, "error": self.error}
`, "httpx")
	if of := fmt.Sprint(l.turns(hello, "")["hello"].(object)["of"]); !strings.HasPrefix(of, "[httpx 0.") {
		t.Errorf("it is made of %s", of)
	}
	patch := func(n int, name string, by int) string {
		return fmt.Sprintf(`{"request":{"n":%d,"method":"PATCH","url":"/api/people/1","json":{"name":%q},"by":%d}},{"timer":%[1]d,"after":5000,"by":%[3]d}`, n, name, by)
	}
	l.turns(begin, "",
		update(10, 1, "B"), `{"out":[`+patch(1, "B", 1)+`],"screen":{"id":1,"name":"B"}}`,
		`{"t":20,"answer":{"n":1,"status":200,"json":{"id":1,"name":"b"}}}`, `{"out":[{"clear":1}],"screen":{"id":1,"name":"b"}}`,
		update(30, 2, "C"), `{"out":[`+patch(2, "C", 2)+`],"screen":{"id":1,"name":"C"}}`,
		`{"t":40,"answer":{"n":2,"status":409,"json":{"error":"HTTP 409"}}}`, `{"out":[{"clear":2},{"tell":"HTTPStatusError"}],"screen":{"id":1,"name":"C"},"error":"HTTPStatusError"}`,
		update(50, 3, "D"), "",
		`{"t":60,"answer":{"n":3,"status":0,"json":null}}`, `{"out":[{"clear":3},{"tell":"ReadError"}],"screen":{"id":1,"name":"D"},"error":"ReadError"}`,
		update(70, 4, "E"), "", // httpx gives up after 5 s
		`{"t":5070,"wake":4}`, `{"out":[{"abort":4},{"tell":"ReadTimeout"}],"screen":{"id":1,"name":"E"},"error":"ReadTimeout"}`,
		`{"t":5080,"answer":{"n":4,"status":200,"json":{"id":1,"name":"lie"}}}`, `{"out":[],"screen":{"id":1,"name":"E"},"error":"ReadTimeout"}`,
		update(6000, 5, "F"), "",
		update(6001, 6, "stop"), `{"out":[{"abort":5},{"clear":5}],"screen":{"id":1,"name":"stop"},"error":"ReadTimeout"}`,
		`{"t":7000,"act":{"n":7,"do":"delete","set":{}}}`, `{"out":[{"request":{"n":6,"method":"DELETE","url":"/api/people/1","by":7}}],"screen":{"id":1,"name":"stop"},"error":"ReadTimeout"}`,
		`{"t":7001,"act":{"n":8,"do":"fetch","set":{}}}`,
		`{"out":[{"request":{"n":7,"method":"POST","url":"/api/people/1","json":{"name":"F"},"by":8,"actions":[2,3]}},{"timer":6,"after":5000,"by":8}],"screen":{"id":1,"name":"stop"},"error":"ReadTimeout"}`,
		`{"t":7002,"answer":{"n":7,"status":200,"json":{}}}`,
		`{"out":[{"clear":6},{"request":{"n":8,"method":"POST","url":"/api/people/1","json":{"name":"G","photo":"upload"},"by":8}},{"timer":7,"after":5000,"by":8}],"screen":{"id":1,"name":"stop"},"error":"ReadTimeout"}`,
		`{"t":7003,"answer":{"n":8,"status":200,"json":{}}}`,
		`{"out":[{"clear":7},{"request":{"n":9,"method":"POST","url":"https://example.org/people/1?a=1","text":"a=`+strings.Repeat("x", 198)+`","by":8}},{"timer":8,"after":5000,"by":8}],"screen":{"id":1,"name":"stop"},"error":"ReadTimeout"}`,
		begin, "", `{"t":1,"act":{"n":1,"do":"create","set":{}}}`,
		`{"failed":"httpx.Client would stop everything until an answer comes (save.py:36): httpx.AsyncClient"}`,
	)
}

// Timers up to 16 ms fire in their turn, as they are due; others are told, and
// cleared. Whoever set one, what it leads to is that click's.
func TestPythonTimers(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	l := start(t, `
import asyncio


class Client:
    def __init__(self, given):
        self.seen = []
        self.free = asyncio.Event()

    def update(self, set):
        loop = asyncio.get_running_loop()
        what = set["name"]
        if what == "short":
            for ms in (16, 5, 10, 0):
                loop.call_later(ms / 1000, self.seen.append, ms)
            loop.call_soon(self.seen.append, "soon")
        elif what == "long":
            loop.call_at(loop.time() + 0.0161, self.seen.append, "at")
            loop.call_later(3, self.seen.append, "never").cancel()
            return self.wait()
        elif what == "free":
            self.free.set()
        else:
            return self.sleep()

    async def wait(self):
        try:
            await asyncio.wait_for(self.free.wait(), 2)
            self.seen.append("free")
        except asyncio.TimeoutError:
            self.seen.append("late")

    async def sleep(self):
        await asyncio.gather(asyncio.sleep(1), asyncio.sleep(0.3), asyncio.sleep(float("inf")))

    def screen(self):
        return {"name": repr(self.seen)}
`)
	l.turns(hello, "", begin, "",
		update(1, 1, "short"), `{"out":[],"used":["instant"],"screen":{"name":"['soon', 0, 5, 10, 16]"}}`,
		update(2, 2, "long"), `{"out":[{"timer":1,"after":16.1,"by":2},{"timer":3,"after":2000,"by":2}],"used":["clock"],"screen":{"name":"['soon', 0, 5, 10, 16]"}}`,
		`{"t":18.1,"wake":1}`, `{"out":[],"screen":{"name":"['soon', 0, 5, 10, 16, 'at']"}}`,
		update(20, 3, "free"), `{"out":[{"clear":3}],"screen":{"name":"['soon', 0, 5, 10, 16, 'at', 'free']"}}`,
		update(30, 4, "sleep"), `{"out":[{"timer":4,"after":1000,"by":4},{"timer":5,"after":300,"by":4}],"screen":{"name":"['soon', 0, 5, 10, 16, 'at', 'free']"}}`,
		begin, "", update(2, 1, "long"), "",
		`{"t":2002,"wake":3}`, `{"out":[],"screen":{"name":"['late']"}}`,
		`{"t":2003,"wake":3}`, `{"out":[],"screen":{"name":"['late']"}}`, // it has fired
	)
}

// Clocks are those of the trial, and luck is that of the seed: in two processes
// the same.
func TestPythonClockAndLuck(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	const source = `
import datetime, os, random, secrets, time, uuid
from datetime import date, datetime as moment


class Client:
    def __init__(self, given):
        self.shown = ""

    def update(self, set):
        now = [time.time(), time.time_ns(), time.monotonic(), time.perf_counter(), time.strftime("%Y-%m-%d %H:%M"), date.today().isoformat(),
               moment.now().isoformat(), datetime.datetime.now(datetime.timezone.utc).isoformat(), moment.utcnow().isoformat()]
        assert isinstance(moment.now(), date) and isinstance(moment(2020, 1, 1), datetime.datetime) and not isinstance(date.today(), moment)
        luck = [random.random(), random.randrange(9**9), random.Random().random(), random.SystemRandom().random(), secrets.token_hex(), str(uuid.uuid4()), str(uuid.uuid1()), os.urandom(4).hex(), list({"a", "b", "c", "d"})]
        self.shown = repr(now if set["name"] == "now" else luck)

    def screen(self):
        return {"name": self.shown}
`
	with := func(seed, clock int) string {
		return fmt.Sprintf(`{"t":0,"start":{"seed":%d,"given":null,"fields":["name"],"client":1,"clock":%d,"lines":false}}`, seed, clock)
	}
	shows := func(o object) string { return fmt.Sprint(o["screen"]) }
	a, b := start(t, source), start(t, source)
	if got := shows(a.turns(hello, "", with(1, 0), "", update(1500, 1, "now"), "")); got !=
		"map[name:[1704067201.5, 1704067201500000000, 100001.5, 100001.5, '2024-01-01 00:00', '2024-01-01', '2024-01-01T00:00:01.500000', '2024-01-01T00:00:01.500000+00:00', '2024-01-01T00:00:01.500000']]" {
		t.Errorf("it is %s", got)
	}
	if got := shows(a.turns(with(1, 60_000), "", update(1500, 1, "now"), "")); !strings.Contains(got, "1704067261.5,") || !strings.Contains(got, " 100001.5,") {
		t.Errorf("a clock that is a minute ahead: %s", got)
	}
	one := shows(a.turns(with(1, 0), "", update(0, 1, "luck"), ""))
	again := shows(a.turns(with(1, 0), "", update(0, 1, "luck"), ""))
	two := shows(a.turns(with(2, 0), "", update(0, 1, "luck"), ""))
	elsewhere := b.turns(hello, "", with(2, 0), "", update(0, 1, "luck"), "")
	if one != again || shows(elsewhere) != two || one == two {
		t.Errorf("the luck of a seed:\n%s\n%s\nof another:\n%s\n%s", one, again, two, shows(elsewhere))
	}
	if used := fmt.Sprint(elsewhere["used"]); used != "[clock random]" {
		t.Errorf("it used %s", used)
	}
}

// What is kept at the top of a module, in a library's logger or in the
// environment, is of one trial.
func TestPythonFreshModules(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	l := start(t, `
import logging, os, contextvars
import wire  # the kit has one too
from app import api, deep

name = contextvars.ContextVar("name", default="")
logging.getLogger().addHandler(logging.StreamHandler())
logging.getLogger("save").addHandler(logging.StreamHandler())


class Client:
    def __init__(self, given):
        name.set(name.get() + "x")

    def update(self, set):
        wire.n += 1
        api.seen.append(1)
        deep.m.seen.append(1)
        os.environ["SEEN"] = os.environ.get("SEEN", "") + "x"
        logging.getLogger("save").error("once")

    def screen(self):
        return {"name": f"{wire.n} {len(api.seen)} {len(deep.m.seen)} {os.environ.get('SEEN')} {name.get()}"}
-- wire.py --
n = 0
-- app/api.py --
seen = []
-- app/deep/__init__.py --
from . import m
-- app/deep/m.py --
seen = []
`)
	l.turns(hello, "")
	for range 3 {
		l.turns(begin, `{"out":[],"screen":{"name":"0 0 0 None x"},"does":["update","set-permissions"]}`,
			update(0, 1, "B"), `{"out":[],"screen":{"name":"1 1 1 x x"},"log":["once","once"]}`)
	}
}

// A task that a trial leaves behind sends nothing in the next, not even while
// it is closed, and timers of it are gone.
func TestPythonLeftBehind(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	l := start(t, `
import asyncio
from photofinish import http


class Client:
    def __init__(self, given):
        pass

    async def update(self, set):
        try:
            await asyncio.sleep(1)
        finally:
            print("left")
            http("POST", "/late")
            await asyncio.sleep(1)

    async def dispose(self):
        http("POST", "/disposed")
        while True:
            await asyncio.sleep(0)

    def screen(self):
        return {}
`)
	l.turns(hello, "")
	for range 2 {
		l.turns(begin, `{"out":[],"screen":{},"does":["update","set-permissions"]}`,
			update(0, 1, "B"), `{"out":[{"timer":1,"after":1000,"by":1}],"screen":{}}`)
	}
}

func TestPythonHooks(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	l := start(t, `
import photofinish
from photofinish import http

MAP = {"path": "/api/people", "fields": {"fullName": "name"}, "id": str}


def route(request):
    if request.path == "/api/me":
        return False
    if request.path == "/rpc":
        return {"do": "set_permissions", "id": request.json["id"], "set": {"fullName": request.json["who"]["fullName"].strip()}}


def answer(request, status, record):
    if request.path == "/api/me":
        return {"me": request.query["who"]}
    if request.path == "/rpc":
        return {"error": request.do} if record is None else photofinish.Response({"data": record}, 203, {"x-by": request.headers["x-test"]})
    if request.method == "DELETE":
        return photofinish.Response(None, 204)


class Client:
    def __init__(self, start=None, *, given, fields, client):
        self.shown = [given, fields, client]

    async def update(self, set):
        self.shown = [set]
        r = await http("PATCH", "/api/people/1", set)
        self.shown = [r.status, r.json()]

    async def set_permissions(self, to):
        self.shown = [to]
        r = await http("POST", "/rpc", {"id": "1", "who": {"fullName": " Ada "}}, {"X-Test": "yes"})
        self.shown = [r.status, r.headers, r.json()]

    async def delete(self):
        r = await http("DELETE", "/api/people/1")
        self.shown = [r.status, r.text]

    async def fetch(self):
        r = await http("GET", "/api/me?who=ada")
        self.shown = [r.json(), (await http("GET", "/api/people")).json()]

    def screen(self):
        return {"fullName": repr(self.shown), "another": 1}
`)
	l.turns(hello, "",
		`{"t":0,"start":{"seed":7,"given":{"id":1,"name":"Ada"},"fields":["name","permissions"],"client":2,"clock":0,"lines":false}}`,
		`{"out":[],"screen":{"name":"[{'id': '1', 'fullName': 'Ada'}, ['fullName', 'permissions'], 2]"},"does":["update","delete","set-permissions","fetch"],"path":"/api/people"}`,
		update(0, 1, "B"),
		`{"out":[{"request":{"n":1,"method":"PATCH","url":"/api/people/1","json":{"name":"B"},"by":1}}],"screen":{"name":"[{'fullName': 'B'}]"}}`,
		`{"t":1,"answer":{"n":1,"status":200,"json":{"id":1,"name":"B"}}}`,
		`{"out":[],"screen":{"name":"[200, {'id': '1', 'fullName': 'B'}]"}}`,
		`{"t":2,"act":{"n":2,"do":"set-permissions","set":{"permissions":"all"}}}`,
		`{"out":[{"request":{"n":2,"method":"POST","url":"/rpc","json":{"id":"1","who":{"fullName":" Ada "}},"by":2,"do":"set-permissions","id":"1","set":{"name":"Ada"}}}],"screen":{"name":"['all']"}}`,
		`{"t":3,"answer":{"n":2,"status":200,"json":{"id":1,"name":"B"}}}`,
		`{"out":[],"screen":{"name":"[203, {'x-by': 'yes'}, {'data': {'id': '1', 'fullName': 'B'}}]"}}`,
		`{"t":4,"act":{"n":3,"do":"fetch","set":{}}}`, // the first is answered by the kit
		`{"out":[{"request":{"n":3,"method":"GET","url":"/api/people","by":3}}],"used":["skipped"],"screen":{"name":"[203, {'x-by': 'yes'}, {'data': {'id': '1', 'fullName': 'B'}}]"}}`,
		`{"t":5,"answer":{"n":3,"status":200,"json":[{"id":1,"name":"B"}]}}`,
		`{"out":[],"screen":{"name":"[{'me': 'ada'}, [{'id': '1', 'fullName': 'B'}]]"}}`,
		`{"t":6,"act":{"n":4,"do":"delete","set":{}}}`, "",
		`{"t":7,"answer":{"n":4,"status":200,"do":"delete","id":1,"json":{}}}`,
		`{"out":[],"screen":{"name":"[204, '']"}}`,
	)
}

func TestPythonScreen(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	l := start(t, `
import asyncio


class Client:
    def __init__(self, tell, refuse):
        self.tell, self.refuse = tell, refuse
        self.error, self.locked, self.gone, self.name = None, False, False, ""

    async def update(self, set):
        self.name = set["name"]
        if self.name == "no":
            await asyncio.sleep(0)
            self.refuse("not today")
        elif self.name == "tell":
            self.tell("a toast")
        elif self.name == "lock":
            self.locked = True
            await asyncio.sleep(1)
            self.locked = False
        elif self.name == "gone":
            self.gone = True
        elif self.name == "throw":
            raise ValueError("boom")
        else:
            self.error = {"e": "text", "E": ValueError("wrong"), "K": KeyError()}.get(self.name)

    def disabled(self, what):
        assert what == "update"
        return self.locked

    def screen(self):
        return None if self.gone else {"id": 1, "name": self.name, "error": self.error, "busy": self.locked}
`)
	l.turns(hello, "", begin, `{"out":[],"screen":{"id":1,"name":""},"does":["update","set-permissions"]}`,
		update(1, 1, "no"), `{"out":[{"refuse":1,"reason":"not today"}],"screen":{"id":1,"name":"no"}}`,
		update(2, 2, "tell"), `{"out":[{"tell":"a toast","by":2}],"screen":{"id":1,"name":"tell"}}`,
		update(3, 3, "tell"), `{"out":[{"tell":"a toast","by":3}],"screen":{"id":1,"name":"tell"}}`, // another call
		update(4, 4, "e"), `{"out":[{"tell":"text"}],"screen":{"id":1,"name":"e"},"error":"text"}`,
		update(5, 5, "e"), `{"out":[],"screen":{"id":1,"name":"e"},"error":"text"}`, // the same text
		update(6, 6, "E"), `{"out":[{"tell":"wrong"}],"screen":{"id":1,"name":"E"},"error":"wrong"}`,
		update(7, 7, "E"), `{"out":[{"tell":"wrong"}],"screen":{"id":1,"name":"E"},"error":"wrong"}`, // another object
		update(8, 8, "K"), `{"out":[{"tell":"KeyError"}],"screen":{"id":1,"name":"K"},"error":"KeyError"}`,
		update(9, 9, "throw"), `{"out":[],"screen":{"id":1,"name":"throw"},"error":"KeyError","uncaught":[{"what":"update() at u9 threw","says":"ValueError: boom","at":"save.py:24"}]}`,
		update(10, 10, "lock"), `{"out":[{"timer":1,"after":1000,"by":10}],"screen":{"id":1,"name":"lock"},"error":"KeyError","busy":true}`,
		update(11, 11, "x"), `{"out":[{"block":11}],"screen":{"id":1,"name":"lock"},"error":"KeyError","busy":true}`,
		update(12, 12, "gone"), `{"out":[{"block":12}],"screen":{"id":1,"name":"lock"},"error":"KeyError","busy":true}`,
		`{"t":1010,"wake":1}`, `{"out":[{"unblock":11},{"unblock":12}],"screen":null}`,
	)
}

// What it prints is no line of the protocol, and what it reads is none.
func TestPythonPrints(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	l := start(t, `
import logging, os, sys, warnings


class Client:
    def __init__(self, given):
        pass

    def update(self, set):
        print("one\ntwo", end="")
        sys.stdout.write(" and\n")
        print("x" * 400, file=sys.stderr)
        os.write(1, b"below Python\n")
        print(repr(sys.stdin.read()))
        logging.warning("careful")
        for i in range(99):
            print(i)

    def screen(self):
        return {}
`)
	got := l.turns(hello, "", begin, "", update(0, 1, "B"), "")["log"].([]any)
	if len(got) != 50 || got[0] != "one" || got[1] != "two and" || got[2] != strings.Repeat("x", 300) || got[3] != "''" || got[4] != "WARNING:root:careful" {
		t.Errorf("it printed %d lines: %q", len(got), got)
	}
	if got := l.turns(update(1, 2, "B"), "")["log"]; got != nil {
		t.Errorf("it printed more than 50 lines: %q", got)
	}
	if got := l.turns(begin, "", update(0, 1, "B"), "")["log"].([]any); len(got) != 50 {
		t.Errorf("it printed %d lines in the next trial: %q", len(got), got)
	}
}

// What is wrong before anybody clicks is one sentence, and so is what a library would do
// that is there for one Python only.
func TestPythonFails(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	const none = "class Client:\n    def __init__(self, given):\n        pass\n\n    def update(self, set):\n        pass\n\n"
	cases := []struct{ name, source, fails string }{
		{"syntax", "class Client:\n    def update(self set): pass\n", "invalid syntax (FILE:2)"},
		{"missing", "import os\nimport no_such_module.deep\n", "cannot find 'no_such_module' (FILE:2): python -m pip install no_such_module, for "},
		{"throws", "import os\nos.environ['NO SUCH NAME']\n", "it threw while it was imported: KeyError: 'NO SUCH NAME' (FILE:2)"},
		{"no Client", "class Person: pass\n", "it has no Client: class Client: def __init__(self, given): …"},
		{"asks", "class Client:\n    def __init__(self, person): pass\n", "Client asks for 'person', and there are: given, fields, client, tell, refuse"},
		{"async Client", "async def Client(given): pass\n", "Client returned a coroutine: it must be ready at once"},
		{"MAP", "MAP = {'field': {}}\n" + none, "MAP is {'field': {}}: it may have path, fields and id, as MAP = {'path': '/people', 'fields': {'full_name': 'name'}, 'id': str}"},
		{"no screen", none, "screen() is missing: def screen(self): return {…}"},
		{"no update", "class Client:\n    def screen(self):\n        return {}\n", "it has no update(), and u1 needs it"},
	}
	files := map[string]string{}
	for i, c := range cases {
		files[fmt.Sprintf("client%d.py", i)] = c.source
	}
	file, choose := testkit.OneOf(t, files, nil)
	l := startWith(t, exec.Command(testkit.Python(t), "lane.py", file))
	l.turns(hello, "")
	for i, c := range cases {
		name := fmt.Sprint("client", i)
		choose(name, nil)
		l.fails(c.name, "Ada", strings.Replace(c.fails, "FILE", name+".py", 1))
	}
}

// fails sees to it that a trial does, before or at its click, and with these words. The
// person is called so, and so is what the click sets.
func (l *lane) fails(name, given, want string) {
	l.t.Helper()
	var got object
	for _, line := range []string{strings.Replace(begin, "Ada", given, 1), update(0, 1, given)} {
		if got = parse(l.t, l.line(line)); got["failed"] != nil {
			break
		}
	}
	failed, _ := got["failed"].(string)
	if !strings.Contains(failed, want) {
		l.t.Fatalf("%s: it says %v, and not %q", name, got, want)
	}
	if again := parse(l.t, l.line(`{"t":1,"wake":9}`))["failed"]; again != failed && again != "nothing has been started" {
		l.t.Errorf("%s: and then %v", name, again)
	}
}

// Whatever is wrong in a trial is one sentence, and the next trial begins all the same.
// One client does it all: what the one is called that is given, and what the click sets.
func TestPythonTrialFails(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	const behind = ". Put it behind a function that the file replaces"
	cases := []struct{ name, code, fails string }{ // code of a method; in what it is to say, LINE is that of its last line
		{"begin_key", "given['no']", "Client threw: KeyError: 'no' (LINE)"},
		{"screen_async", "return asyncio.sleep(0)", "screen() returned a coroutine: it must say at once what is on the screen"},
		{"screen_throws", "return {'name': self.name}", "(LINE), after the start"},
		{"screen_list", "return [1]", "screen() returned [1], and not a dict or None, after the start"},
		{"screen_no_text", "return {'error': E()}", "the kit threw: AttributeError: 'E' object has no attribute 'no' (save.py:6), after the start"},
		{"screen_in_itself", "s = {}; s['name'] = s; return s", "screen() or a request has a value that is none in JSON: Circular reference detected"},
		{"screen_of_objects", "return {'name': self}", "screen() or a request has a value that is none in JSON: Object of type Client is not JSON serializable"},
		{"disabled_throws", "self.no", "(LINE), at the click u1"},
		{"sleeps", "time.sleep(0.5)", "time.sleep(0.5) would stop everything, in real time (LINE): await asyncio.sleep(0.5)"},
		{"own_loop", "asyncio.run(asyncio.sleep(1))", "a loop of its own (asyncio.run) would wait in real time (LINE): make the method async"},
		{"thread", "threading.Thread(target=print).start()", "it waits for something real (threading.Thread) after the click u1 (LINE)" + behind},
		{"executor", "await asyncio.to_thread(print)", "it waits for something real (run_in_executor) after the click u1 (LINE)" + behind},
		{"socket", "await asyncio.open_connection('localhost', 9)", "it waits for something real (create_connection) after the click u1 (LINE)" + behind},
		{"urllib", "socket.create_connection(('localhost', 9))", "it waits for something real (socket.getaddrinfo) after the click u1 (LINE)" + behind},
		{"program", "subprocess.run(['true'])", "it waits for something real (subprocess.Popen) after the click u1 (LINE)" + behind},
		{"caught", "with contextlib.suppress(BaseException): time.sleep(1)", "time.sleep(1) would stop everything, in real time (LINE): await asyncio.sleep(1)"},
		{"spins", "while True: await asyncio.sleep(0)", "more than 10,000 immediate tasks after the click u1, the last from LINE"},
		{"too_long", "http('POST', '/people', {'name': 'x' * 2**20})", "its answer after the click u1 is longer than 1 MiB"},
		{"route_throws", "http('GET', '/zzz')", "route() threw: AttributeError: 'Request' object has no attribute 'zzz' (save.py:9), at GET /zzz"},
		{"route_text", "http('GET', '/text')", "route() returned 'create' for GET /text: a dict of do, id and set; None: by convention; False: not about the record"},
		{"route_no_kind", "http('GET', '/kind')", "route() returned do: 'save' for GET /kind: one of create, update, delete, set-permissions, fetch"},
		{"tag", "http('GET', '/a', headers={'X-Photofinish-Actions': 'u1'})", "X-Photofinish-Actions: 'u1' has no numbers of clicks, as 2,3 (LINE)"},
		{"memory", "self.held = [bytearray(2**20) for _ in range(2000)]", "it ran out of memory (512 MiB) after the click u1"},
	}
	source := `import asyncio, contextlib, socket, subprocess, threading, time
from photofinish import http


class E:
    def __str__(self): return self.no

def route(request):
    return {'/zzz': lambda: request.zzz, '/text': lambda: 'create', '/kind': lambda: {'do': 'save'}}.get(request.path, lambda: None)()

class Client:
    def __init__(self, given):
        self.how = given['name']
        if self.how.startswith('begin'): self.begin_key(given)

    def update(self, set):
        if not self.how.startswith(('screen', 'disabled', 'begin', 'Ada')): return getattr(self, self.how)()

    def disabled(self, what):
        if self.how.startswith('disabled'): self.disabled_throws()

    def screen(self):
        return getattr(self, self.how)() if self.how.startswith('screen') else {}
`
	for i, c := range cases {
		def := "\n    async def %s(self):\n        %s\n"
		switch word, _, _ := strings.Cut(c.name, "_"); word {
		case "begin":
			def = strings.Replace(def, "async def %s(self)", "def %s(self, given)", 1)
		case "screen", "disabled":
			def = strings.Replace(def, "async ", "", 1)
		}
		source += fmt.Sprintf(def, c.name, c.code)
		cases[i].fails = strings.Replace(c.fails, "LINE", fmt.Sprint("save.py:", strings.Count(source, "\n")), 1)
	}
	l := start(t, source)
	l.turns(hello, "")
	for _, c := range cases {
		if c.name == "memory" && runtime.GOOS != "linux" {
			continue // only Linux limits what a program may hold
		}
		l.fails(c.name, c.name, c.fails)
		if next := parse(t, l.line(begin)); next["failed"] != nil {
			t.Errorf("%s: the next trial does not begin: %v", c.name, next)
		}
	}
}

// answer() does not decide what fails.
func TestPythonAnswerFails(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	l := start(t, `
import photofinish


def answer(request, status, record):
    return photofinish.Response({}, 500 if status < 400 else 200)


class Client:
    def __init__(self, given):
        pass

    def update(self, set):
        photofinish.http("PATCH", "/people/1", set)

    def screen(self):
        return {}
`)
	const way = ". What fails is the scenario's to say: status: 500 at the step"
	l.turns(hello, "", begin, "", update(0, 1, "B"), "",
		`{"t":1,"answer":{"n":1,"status":200,"json":{}}}`, `{"failed":"answer() made a failure of a success (200 → 500)`+way+`"}`,
		begin, "", update(0, 1, "B"), "",
		`{"t":1,"answer":{"n":1,"status":500,"json":{}}}`, `{"failed":"answer() made a success of a failure (500 → 200)`+way+`"}`)
}

// An endless loop is named where it is, and sys.exit ends the program.
func TestPythonEnds(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	class := "import sys\n\n\nclass Client:\n    def __init__(self, given):\n        pass\n\n    def update(self, set):\n        %s\n\n    def screen(self):\n        return {}\n"
	t.Run("loop", func(t *testing.T) {
		l := startWith(t, exec.Command(testkit.Python(t), "lane.py", client(t, fmt.Sprintf(class, "while True: pass")), "0.1"))
		l.turns(hello, "", begin, "", update(0, 1, "B"), `{"failed":"after the click u1 it did not come to rest in 1 s: an endless loop? (save.py:9)"}`)
	})
	t.Run("exit", func(t *testing.T) {
		l := start(t, fmt.Sprintf(class, "sys.exit(3)"))
		l.turns(hello, "", begin, "")
		io.WriteString(l.in, update(0, 1, "B")+"\n")
		if line, err := l.out.ReadString('\n'); err != io.EOF {
			t.Errorf("it answers %q, %v", line, err)
		}
		if l.cmd.Wait(); l.cmd.ProcessState.ExitCode() != 3 {
			t.Errorf("it ends with %v", l.cmd.ProcessState)
		}
	})
}

// A program that loops ends when its parent is gone.
func TestPythonParentGone(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	// The first turn may take 30 s: it is its parent's end that ends it.
	file := client(t, "import os\nos.write(2, b'here\\n')\nwhile True: pass\n")
	cmd := exec.Command("sh", "-c", `"$0" "$1" "$2" <&3 2>&1 & wait`, testkit.Python(t), "lane.py", file)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer write.Close()
	cmd.ExtraFiles = []*os.File{read}
	l := startWith(t, cmd)
	read.Close()
	if _, err := io.WriteString(write, hello+"\n"); err != nil {
		t.Fatal(err)
	}
	if line, err := l.out.ReadString('\n'); line != "here\n" {
		t.Fatalf("it says %q, %v", line, err)
	}
	cmd.Process.Kill()
	// The pipe ends with the last who could write to it. Who is ended by its own
	// patience says so.
	if said, err := io.ReadAll(l.out); err != nil || len(said) > 0 {
		t.Errorf("it says %q, %v", said, err)
	}
}

func TestPythonTooOld(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	old := "import runpy, sys; sys.version_info = (3, 8, 1); sys.version = '3.8.1 (main)'; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
	cmd := exec.Command(testkit.Python(t), "-c", old, "lane.py", "save.py")
	l := startWith(t, cmd)
	got, _ := l.turns(hello, "")["failed"].(string)
	if !strings.HasPrefix(got, "Python 3.9 or later is needed to run save.py, and this is 3.8.1 (") || !strings.HasSuffix(got, "). Install it, or say where: PHOTOFINISH_PYTHON=/path/to/python3") {
		t.Errorf("it says %q", got)
	}
}
