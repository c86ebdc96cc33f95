package examples

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies/external"
)

// blocks returns the code of a page that stands below a line of its own.
func blocks(t *testing.T, page, marked string) (code []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../docs", page))
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(string(data), "<!-- "+marked+" -->\n```") {
		if i == 0 {
			continue
		}
		_, part, _ = strings.Cut(part, "\n")
		part, _, ok := strings.Cut(part, "```")
		if !ok {
			t.Fatalf("%s: code without an end", page)
		}
		code = append(code, part)
	}
	if len(code) == 0 {
		t.Fatalf("%s has nothing marked %q", page, marked)
	}
	return code
}

func parse(t *testing.T, text string) (o map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return o
}

// TestClientPage: the files that docs/YOUR-CLIENT.md shows do what it says.
func TestClientPage(t *testing.T) {
	testkit.Long(t, "an example is run all the same")
	for i, code := range blocks(t, "YOUR-CLIENT.md", "a test runs this file") {
		name := "save.js"
		if !strings.Contains(code, "export default") {
			name = "save.py"
		}
		t.Run(fmt.Sprint(i, name), func(t *testing.T) { saves(t, opened(t, place(t, name, []byte(code)))) })
	}
}

// TestProtocolPage: photofinish and the program of docs/PROTOCOL.md say what its
// session says.
func TestProtocolPage(t *testing.T) {
	if exec.Command("python3", "--version").Run() != nil {
		t.Skip("no python3: the program of docs/PROTOCOL.md was not run")
	}
	const page, held = "PROTOCOL.md", "a test holds this session with it"
	file := filepath.Join(t.TempDir(), "kit.py")
	if err := os.WriteFile(file, []byte(blocks(t, page, "a test runs this program")[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Parse("again.yaml", []byte(blocks(t, page, held+": scenario")[0]))
	if err != nil {
		t.Fatal(err)
	}
	var wire strings.Builder
	client, err := external.Open(t.Context(), external.Spec{Name: "ours", File: "python3 -u " + file}, external.Options{Trace: &wire})
	if err != nil {
		t.Fatal(err)
	}
	var w sim.World
	l, judged := new(judge.Judge).Run(&w, s.Script, client.Entry().For(s.Script), s.ReplaySeed(), sim.Options{Trace: true})
	if l.Failed != nil || len(judged.Anomalies) != 1 || judged.Anomalies[0].Kind != judge.MonotonicWrites {
		t.Errorf("it is %v, %v", judged, l.Failed)
	}
	client.Close()
	want := strings.Split(strings.TrimSpace(blocks(t, page, held)[0]), "\n")
	got := strings.Split(strings.TrimSpace(wire.String()), "\n")
	if len(got) != len(want) {
		t.Fatalf("a session of %d lines, and not %d:\n%s", len(got), len(want), wire.String())
	}
	for i := range want {
		if said, is := strings.CutPrefix(want[i], "← "); is {
			w, g := parse(t, said), parse(t, strings.TrimPrefix(got[i], "← "))
			if hello, is := g["hello"].(map[string]any); is {
				hello["runs"] = w["hello"].(map[string]any)["runs"] // another Python
			}
			if diff := cmp.Diff(w, g); diff != "" {
				t.Errorf("line %d (-page +program)\n%s", i+1, diff)
			}
		} else if got[i] != want[i] {
			t.Errorf("line %d: it says\n%s\nand not\n%s", i+1, got[i], want[i])
		}
	}
}

// TestTicket: the ticket that docs/YOUR-CLIENT.md retells shows itself with the
// library of then, and not with that of today.
func TestTicket(t *testing.T) {
	testkit.Long(t, "an example is run all the same")
	code := blocks(t, "YOUR-CLIENT.md", "a test runs this ticket: toggle.tsx")[0]
	s, err := scenarios.Parse("toggle.yaml", []byte(blocks(t, "YOUR-CLIENT.md", "a test runs this ticket: toggle.yaml")[0]))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ library, ending, orders string }{
		{"swr-0.2", "wrong [clobbered-edit]", "4 of 5 orders"},
		{"swr", "ok []", "2 of 5 orders"},
	} {
		t.Run(c.library, func(t *testing.T) {
			file := place(t, "toggle.tsx", []byte(strings.ReplaceAll(code, "'swr'", "'"+c.library+"'")), c.library, "react-dom", "jsdom")
			client := opened(t, file)
			if got := explores(t, client, s); got != c.orders {
				t.Errorf("it loses in %s, and not in %s", got, c.orders)
			}
			var w sim.World
			l, judged := new(judge.Judge).Run(&w, s.Script, client.Entry().For(s.Script), 1, sim.Options{})
			if got := ending(judged); l.Failed != nil || got != c.ending {
				t.Errorf("it is %s, and not %s: %v", got, c.ending, l.Failed)
			}
		})
	}
}
