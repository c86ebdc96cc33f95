package external_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies/external"
)

// The tests are a program that speaks the protocol, too: "play HOW".
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "play" {
		play(os.Args[2])
		return
	}
	os.Exit(m.Run())
}

// play answers every turn with a screen, and at a click does what it is told.
func play(how string) {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<21)
	for in.Scan() {
		var m map[string]json.RawMessage
		json.Unmarshal(in.Bytes(), &m)
		switch {
		case m["hello"] != nil && how == "old":
			fmt.Println(`{"hello":{"protocol":0}}`)
		case m["hello"] != nil && how == "mute":
			fmt.Println(`{}`)
		case m["hello"] != nil && how == "early":
			os.Exit(2)
		case m["hello"] != nil && how == "fails":
			fmt.Println(`{"failed":"there is no save() in it"}`)
		case m["hello"] != nil:
			fmt.Println(`{"hello":{"protocol":1,"runs":"a test","of":["this 1.0"],"bundle":"sha256:1"}}`)
		case m["start"] != nil:
			fmt.Println(`{"screen":{"id":1,"name":"A"},"does":["update"],"log":["started\u001b[2J"],"used":["clock"]}`)
		case how == "loops":
			time.Sleep(time.Hour)
		case how == "exits":
			fmt.Fprintln(os.Stderr, "\n  boom\x07\nmore")
			os.Exit(3)
		case how == "memory":
			fmt.Fprintln(os.Stderr, "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory")
			os.Exit(134)
		case how == "long":
			fmt.Println(strings.Repeat(" ", 1<<20), `{"screen":{}}`)
		case how == "child": // holds the pipes, and outlives it
			c := exec.Command(os.Args[0], "play", "sleeps")
			c.Stdout, c.Stderr = os.Stdout, os.Stderr
			c.Start()
			os.Exit(3)
		case strings.HasPrefix(how, "{"):
			fmt.Println(how)
		default:
			fmt.Println(`{"screen":{"id":1,"name":"B"}}`)
		}
	}
	if how == "sleeps" {
		time.Sleep(time.Hour)
	}
}

// playing opens the tests as a client of that kind.
func playing(t *testing.T, how string, o external.Options) (*external.Client, error) {
	t.Helper()
	c, err := external.Open(t.Context(), external.Spec{Name: "mine", File: fmt.Sprintf("%s play '%s'", os.Args[0], how)}, o)
	if err == nil {
		t.Cleanup(func() { c.Close() })
	}
	return c, err
}

func edit(t *testing.T) *sim.Script {
	t.Helper()
	s, err := scenarios.Parse("", []byte("name: a\ntitle: a\ngiven: {name: A}\nsteps: [{at: 0ms, do: update, set: {name: B}}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	return s.Script
}

// TestMisbehaviour: whatever a program does, a trial has one clear line for it,
// and the next trial has another process.
func TestMisbehaviour(t *testing.T) {
	for _, c := range []struct{ how, want string }{
		{"loops", "after the click u1 it did not come to rest in 0.2 s: an endless loop?"},
		{"exits", `it ended (exit 3) after the click u1: boom\a`},
		{"child", "it ended (exit 3) after the click u1"},
		{"memory", "it ran out of memory (512 MiB) after the click u1"},
		{"long", "it said more than 1 MiB in one line after the click u1"},
		{`{"scren":{}}`, `after the click u1 it said {"scren":{}}, which is no answer: unknown field "scren"`},
		{`{"screen":{}} {}`, `after the click u1 it said {"screen":{}} {}, which is no answer: more than one value stands in the line`},
		{`{"out":[]}`, `after the click u1 it said {"out":[]}, which is no answer: it has no screen`},
		{`{"screen":{},"out":[{"timer":1,"tell":"x"}]}`, `which is no answer: what is out is one of request, timer,`},
		{`{"screen":{},"out":[{"timer":1,"after":-1}]}`, `which is no answer: a timer of -1 ms`},
		{`{"screen":{},"out":[{"abort":7}]}`, `it aborts request 7, which it has not sent`},
		{`{"screen":{},"out":[{"drop":7}]}`, `it speaks of click 7, and no click of that number has been done on this screen`},
		{`{"screen":{},"used":["disk"]}`, `used "disk": it is none of clock, random, instant, skipped`},
		{`{"failed":"it waits for something real"}`, `it waits for something real`},
	} {
		t.Run(c.how, func(t *testing.T) {
			t.Parallel()
			patience := 5 * time.Second
			if c.how == "loops" {
				patience /= 25
			}
			client, err := playing(t, c.how, external.Options{Turn: patience})
			if err != nil {
				t.Fatal(err)
			}
			var w sim.World
			for range 2 { // the second has a process of its own, or the same
				l := w.Run(edit(t), client.Entry().New(), 1, sim.Options{})
				if got := fmt.Sprint(l.Failed); !strings.Contains(got, c.want) || !strings.HasPrefix(got, os.Args[0]) {
					t.Errorf("it says %s, and not %s", got, c.want)
				}
			}
		})
	}
}

// TestTwin: a twin is the same program, though its file has changed, in a process of its own.
func TestTwin(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	node(t)
	file := filepath.Join(t.TempDir(), "save.js")
	write := func(name string) {
		code := fmt.Sprintf("let n = 0; export default () => ({ update() {}, screen: () => ({ id: 1, name: %q + process.pid }) });", name)
		if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("A")
	first := open(t, file)
	write("B")
	twin, err := first.Twin()
	if err != nil {
		t.Fatal(err)
	}
	defer twin.Close()
	if a, b := first.Entry().Own(), twin.Entry().Own(); a == b || a.Bundle != b.Bundle {
		t.Errorf("the twin of %s is %s", a.Bundle, b.Bundle)
	}
	shown := func(c *external.Client) string { // in an error, since nobody wrote that
		var w sim.World
		if l := w.Run(edit(t), c.Entry().New(), 1, sim.Options{}); l.Failed != nil {
			return l.Failed.Error()
		}
		return ""
	}
	if a, b := shown(first), shown(twin); !strings.Contains(a, `name = "A`) || !strings.Contains(b, `name = "A`) || a == b {
		t.Errorf("they show %s, and %s", a, b)
	}
}

// TestGreeting: who does not introduce itself is not opened.
func TestGreeting(t *testing.T) {
	for how, want := range map[string]string{
		"old":   "it speaks version 0 of the protocol, and this is version 1",
		"mute":  "to hello it said {}, which has no hello",
		"early": "it ended (exit 2) at hello",
		"fails": "there is no save() in it",
	} {
		if _, err := playing(t, how, external.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: it says %v, and not %s", how, err, want)
		}
	}
}

// TestOpen: what is known of a client, and that nothing of it is left.
func TestOpen(t *testing.T) {
	before := goleak.IgnoreCurrent()
	var wire bytes.Buffer
	c, err := playing(t, "well", external.Options{Trace: &wire})
	if err != nil {
		t.Fatal(err)
	}
	entry := c.Entry()
	own := entry.Own()
	if own != c.Entry().Own() {
		t.Error("what stands behind it is another value each time")
	}
	if got := fmt.Sprintln(own.Runs, own.Of, own.Bundle, own.Used(), c.Does()); got != "a test [this 1.0] sha256:1 [] []\n" {
		t.Errorf("before a trial it is %s", got)
	}
	var w sim.World
	strategy := entry.For(edit(t))
	for range 3 {
		if l := w.Run(edit(t), strategy, 1, sim.Options{}); l.Failed != nil {
			t.Fatal(l.Failed)
		}
	}
	if got := fmt.Sprint(own.Used(), c.Does(), c.Printed(), c.Hidden()); got != `[with the clock at the clicks' own times] [update] [started\x1b[2J] []` {
		t.Errorf("after trials it is %s", got)
	}
	if n := strings.Count(wire.String(), `"hello"`); n != 2 {
		t.Errorf("%d lines have a hello: three trials are one process, which is asked once and answers once", n)
	}
	if n := strings.Count(wire.String(), `"act":{"n":1,"do":"update","set":{"name":"B"}}`); n != 3 {
		t.Errorf("three trials have %d clicks", n)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if l := w.Run(edit(t), strategy, 1, sim.Options{}); l.Failed == nil || !strings.Contains(l.Failed.Error(), "its programs have been ended") {
		t.Errorf("after its end a trial says %v", l.Failed)
	}
	goleak.VerifyNone(t, before)
}

// TestNotAgain: who has failed in one trial is not in the next.
func TestNotAgain(t *testing.T) {
	for _, how := range []string{`{"failed":"an endless loop"}`, `{"scren":{}}`} {
		var wire bytes.Buffer
		c, err := playing(t, how, external.Options{Trace: &wire})
		if err != nil {
			t.Fatal(err)
		}
		var w sim.World
		for range 3 {
			w.Run(edit(t), c.Entry().New(), 1, sim.Options{})
		}
		if n := strings.Count(wire.String(), `→ {"hello"`); n != 3 {
			t.Errorf("%s: three trials that fail have %d processes", how, n)
		}
	}
}

// TestUnable: what a scenario asks for, and a client cannot do, is said before
// anything happens.
func TestUnable(t *testing.T) {
	c, err := playing(t, "well", external.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Parse("", []byte("name: a\ntitle: a\ngiven: {name: A}\nsteps: [{at: 0ms, do: update, set: {name: B}}, {at: 1ms, do: delete}, {at: 2ms, do: delete}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	var w sim.World
	l := w.Run(s.Script, c.Entry().New(), 1, sim.Options{})
	if got := fmt.Sprint(l.Failed); !strings.HasSuffix(got, " has no delete(), and the scenario needs it at d2, d3") || l.Fates[1].Pressed != 0 {
		t.Errorf("it says %s, after %d events", got, l.Events)
	}
}

// TestAtOnce: trials that run at once have a process each, and the context ends
// them all.
func TestAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, err := external.Open(ctx, external.Spec{Name: "mine", File: os.Args[0] + " play well"}, external.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	script := edit(t)
	trials := func() (failed int) {
		var all sync.WaitGroup
		var mu sync.Mutex
		for i := range 4 {
			all.Go(func() {
				var w sim.World
				for k := range 50 {
					if l := w.Run(script, c.Entry().New(), uint64(50*i+k), sim.Options{}); l.Failed != nil {
						mu.Lock()
						failed++
						mu.Unlock()
					}
				}
			})
		}
		all.Wait()
		return failed
	}
	if n := trials(); n != 0 {
		t.Errorf("%d trials failed", n)
	}
	cancel()
	for range 100 { // until the last one has heard of it
		if trials() == 200 {
			return
		}
	}
	t.Error("programs outlive their context")
}

// TestFamily: what a program has started ends with it.
func TestFamily(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SKIPPED: only /proc says what is left of a family")
	}
	c, err := playing(t, "child", external.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var w sim.World
	w.Run(edit(t), c.Entry().New(), 1, sim.Options{})
	c.Close()
	all, _ := os.ReadDir("/proc")
	for _, p := range all {
		line, _ := os.ReadFile("/proc/" + p.Name() + "/cmdline")
		state, _ := os.ReadFile("/proc/" + p.Name() + "/stat")
		if strings.Contains(string(line), os.Args[0]) && strings.Contains(string(line), "sleeps") && !strings.Contains(string(state), ") Z ") {
			t.Errorf("process %s is left: %q", p.Name(), line)
		}
	}
}

// TestParse: what --client takes.
func TestParse(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"our client/save.tsx", "node run.tsx"} { // with a blank, and no commands
		os.Mkdir(filepath.Dir(name), 0o700)
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for arg, want := range map[string]string{
		"save.tsx":                 "save save.tsx",
		"./src/save.tsx":           "save ./src/save.tsx",
		"ours=./save.tsx":          "ours ./save.tsx",
		"node run.js --x=1":        "node node run.js --x=1",
		"mine=node run.js":         "mine node run.js",
		"naive.js":                 `"naive" is a strategy of the catalogue: give the client another name, as in --client my-naive=naive.js`,
		"naive=x.js":               `"naive" is a strategy of the catalogue: give the client another name, as in --client my-naive=x.js`,
		"a+b=x.js":                 `"a+b" is no name for a lane: letters, digits, dots, dashes and underscores make one, as in --client ours=./save.tsx`,
		"":                         `--client "" names no file: --client save.tsx, or --client ours=./save.tsx`,
		"ours=":                    `--client "ours=" names no file: --client save.tsx, or --client ours=./save.tsx`,
		"./a=b/save.tsx":           "save ./a=b/save.tsx",
		"our client/save.tsx":      "save our client/save.tsx",
		"ours=our client/save.tsx": "ours our client/save.tsx",
		"ours=node run.tsx":        "ours node run.tsx",
		"node run.tsx":             `"node run" is no name for a lane: letters, digits, dots, dashes and underscores make one, as in --client ours=./save.tsx`,
	} {
		s, err := external.Parse(arg)
		got := s.Name + " " + s.File
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q is %s, and not %s", arg, got, want)
		}
	}
}
