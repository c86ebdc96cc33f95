package external_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies/external"
)

// small is a client of a dozen lines that is easily misjudged.
type small struct {
	client   string
	scenario string // "": of the client's name
	requests string // whose they are: the clicks, as "u1; u1 u2", and "create" before them where they are not what they ask for
	verdict  string // with its kinds, in order; of a client that cannot be understood "", and error
	error    string // how the error begins
}

var smalls = []small{
	{client: "toggle-back", requests: "u1; u2 u3", verdict: "ok"},
	{client: "retry-whole", requests: "u1; u1 u2; u1", verdict: "ok"},
	{client: "empty-value", requests: "u1", verdict: "ok"},
	{client: "null-for-empty", scenario: "empty-value", requests: "u1", verdict: "ok"},
	{client: "number-as-string", requests: "u1", verdict: "ok"},
	{client: "envelope", scenario: "edit", error: `PATCH /people/1 carries no field of the scenario (name): {"data":{"type":"people","id":"1","attributes":{"name":"B"}}}. Another name: map.fields. Another shape: route and answer (photofinish client new jsonapi|rails|apollo shows them)`},
	{client: "renamed", scenario: "edit", error: `PATCH /people/1 carries no field of the scenario (name): {"full_name":"B"}. Another name: map.fields.`},
	{client: "graphql-batch", error: "POST /graphql holds a list of operations. A request stands for one: turn batching off here (batchMax: 1)"},
	{client: "client-id", error: "PATCH /people/"},
	{client: "temp-id", requests: "c1; u2", verdict: "wrong failed-by-order[2]"},
	{client: "post-update", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "rpc-save", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "delete-body", requests: "d1", verdict: "ok"},
	{client: "two-tabs", requests: "u1; u2; u3", verdict: "ok"},
	{client: "upsert-after-404", requests: "d1; u2; create u2", verdict: "ok"},
	{client: "upsert-own", requests: "c1; u2; create u2", verdict: "wrong duplicate-record[1 2]"},
	{client: "mount", error: `GET /api/me is not about the record, as far as I can see (its path is not known yet). If it is not: export const route = r => r.path === "/api/me" ? null : undefined. If it is: export const map = { path: "/api/me" }`},
	{client: "mount-routed", scenario: "mount", requests: "c1", verdict: "ok"},
	{client: "abort-timeout", scenario: "own-timeout", requests: "u1", verdict: "loud indeterminate[1]"},
	{client: "abort-controller", scenario: "own-timeout", requests: "u1", verdict: "loud indeterminate[1]"},
	{client: "strict-status", scenario: "status", requests: "c1; d2", verdict: "ok"},
	{client: "answer-is-record", requests: "c1; u2", verdict: "ok"},
	{client: "told-late", requests: "u1; u2", verdict: "loud failed[1] failed[2]"},
	{client: "rides-along", requests: "u1; u1 u2", verdict: "wrong silent-failure[1] silent-failure[2]"},
	{client: "equal-retry", requests: "u1; u2; u3", verdict: "loud failed[3]"},
	{client: "split", requests: "u1; u1", verdict: "wrong silent-failure[1]"},
	{client: "list-refetch", scenario: "edit", requests: "u1; f·u1", verdict: "ok"},
	{client: "other-path", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "storage", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "real-timers", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "formdata", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "sticky-error", scenario: "told-late", requests: "u1; u2", verdict: "loud failed[1] failed[2]"},
	{client: "returns-false", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "beacon", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "null-screen", requests: "d1", verdict: "ok"},
	{client: "two-timers", requests: "u1; u2", verdict: "wrong unsent-write[2]"},
	{client: "clock", requests: "u1; u2", verdict: "ok"},
	{client: "autosave", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "poll", scenario: "edit", requests: "u1; f·1; f·2", verdict: "ok"},
	{client: "poll-after", scenario: "edit", requests: "u1; f·1", verdict: "ok"},
	{client: "countdown", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "two-pauses", scenario: "edit", requests: "u1", verdict: "ok"},
	{client: "defaults", requests: "c1; u2", verdict: "ok"},
	{client: "flush", requests: "u1; u2", verdict: "ok"},
}

// TestSmallClients: whose each request of small clients is, and what becomes of
// them. Each was misjudged once. And the same where they say themselves whose
// their requests are.
func TestSmallClients(t *testing.T) {
	node(t)
	few := testkit.Some(smalls, 4)
	var names []string
	for _, c := range few {
		names = append(names, c.client)
	}
	cases := openCases(t, names...)
	for _, c := range few {
		t.Run(c.client, func(t *testing.T) { c.judged(t, cases.client(c.client)) })
	}
	var carries map[int][][]int
	cases.Tag(func(client int) [][]int { return carries[client] })
	for _, c := range few {
		if c.error == "" {
			t.Run(c.client+", tagged", func(t *testing.T) {
				carries = c.tags(t)
				c.judged(t, cases.client(c.client))
			})
		}
	}
}

// openCases opens small clients as one.
func openCases(t *testing.T, names ...string) *chosen {
	t.Helper()
	var files []string
	for _, name := range names {
		files = append(files, filepath.Join("testdata", "cases", name+".mjs"))
	}
	return openOneOf(t, nil, files...)
}

// chosen is a client that is one of several, from trial to trial.
type chosen struct {
	*external.Client
	choose func(name string, env map[string]string)
}

func openOneOf(t *testing.T, env map[string]string, paths ...string) *chosen {
	t.Helper()
	files := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(text)
	}
	file, choose := testkit.OneOf(t, files, env)
	return &chosen{open(t, file), choose}
}

// client returns it as one of them.
func (c *chosen) client(name string) *external.Client {
	c.choose(name, nil)
	return c.Client
}

func (c *small) judged(t *testing.T, client *external.Client) {
	t.Helper()
	script := c.script(t)
	var w sim.World
	l, found := new(judge.Judge).Run(&w, script, client.Entry().For(script), 1, sim.Options{Trace: true})
	if c.error != "" {
		if _, says, _ := strings.Cut(fmt.Sprint(l.Failed), ".js: "); !strings.HasPrefix(says, c.error) {
			t.Errorf("it says %v, and not %s", l.Failed, c.error)
		}
		return
	}
	if l.Failed != nil {
		t.Fatal(l.Failed)
	}
	if got := requests(&w, l.Script(script)); got != c.requests {
		t.Errorf("the requests are %q, and not %q", got, c.requests)
	}
	if got := outcome(found); got != c.verdict {
		t.Errorf("it is %q, and not %q", got, c.verdict)
	}
}

func (c *small) script(t *testing.T) *sim.Script {
	t.Helper()
	return load(t, cmp.Or(c.scenario, c.client))
}

// tags are whose the requests are to be, by client.
func (c *small) tags(t *testing.T) map[int][][]int {
	t.Helper()
	tags, script := map[int][][]int{}, c.script(t)
	for request := range strings.SplitSeq(c.requests, "; ") {
		var carries []int
		client := 1
		for label := range strings.FieldsSeq(request) {
			if n, err := strconv.Atoi(label[1:]); err == nil {
				carries = append(carries, n)
				client = int(script.Action(n).Client) + 1
			}
		}
		tags[client] = append(tags[client], carries)
	}
	return tags
}

// requests says whose the requests of a trial were.
func requests(w *sim.World, s *sim.Script) string {
	var all []string
	for _, e := range w.Trace().Events {
		if e.Kind != sim.EventSend {
			continue
		}
		var labels []string
		for _, n := range e.Request.Actions {
			labels = append(labels, s.Action(n).Label())
		}
		if e.Request.Do != s.Action(e.Request.Actions[0]).Do {
			labels = append([]string{e.Request.Do.String()}, labels...)
		}
		all = append(all, strings.Join(labels, " "))
	}
	return strings.Join(all, "; ")
}

// outcome says what became of a trial.
func outcome(j judge.Judgement) string {
	out := []string{}
	for _, a := range j.Anomalies {
		out = append(out, fmt.Sprintf("%v%v", a.Kind, a.Actions))
	}
	slices.Sort(out)
	return strings.Join(append([]string{j.Verdict.String()}, out...), " ")
}

func load(t *testing.T, name string) *sim.Script {
	t.Helper()
	s, err := scenarios.Load(filepath.Join("testdata", "cases", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return s.Script
}

func open(t *testing.T, file string) *external.Client {
	t.Helper()
	spec, err := external.Parse("mine=" + file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := external.Open(context.Background(), spec, external.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// node skips a test, aloud, where there is no Node to run it.
func node(t *testing.T) {
	t.Helper()
	testkit.Needs(t, "no client in JavaScript was run", "node")
}
