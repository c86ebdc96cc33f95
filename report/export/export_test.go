package export_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func load(t testing.TB, name string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Load("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func replay(t testing.TB, s *scenarios.Scenario, names ...string) (trials []*report.Trial) {
	t.Helper()
	for _, name := range names {
		e := testkit.Strategy(t, name)
		trials = append(trials, report.Replay(s.Name, s.Script, e, s.ReplaySeed()))
	}
	return trials
}

var files = []string{"everything.yaml", "hostile.yaml"}

// What the description of the format asks for: every event has a phase, a
// process and a thread; what begins ends, under the same name and id, and not
// before it began; slices of one thread do not overlap.
func TestPerfetto(t *testing.T) {
	for _, file := range files {
		s := load(t, file)
		var b bytes.Buffer
		if err := export.WritePerfetto(&b, s.Name, replay(t, s, strategies.Default()...)); err != nil {
			t.Fatal(err)
		}
		testkit.Printable(t, file, b.Bytes())
		if file == "hostile.yaml" {
			testkit.Golden(t, "hostile.perfetto.json", b.Bytes())
		}
		var got struct {
			DisplayTimeUnit string
			TraceEvents     []struct {
				Name, Cat, Ph, ID, S string
				TS, Dur              float64
				PID, TID             int
				Args                 map[string]any
			}
		}
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		began, until := map[string]float64{}, map[[2]int]float64{}
		for _, e := range got.TraceEvents {
			key := e.Cat + e.ID + e.Name
			switch at, open := began[key]; {
			case e.Name == "" || e.PID == 0 || e.TS < 0 || e.TID == 0 && e.Name != "process_name":
				t.Errorf("%+v", e)
			case e.Ph == "M" && e.Args["name"] == "":
				t.Errorf("no name: %+v", e)
			case e.Ph == "i" && e.S != "t":
				t.Errorf("an instant of no thread: %+v", e)
			case e.Ph == "b":
				began[key] = e.TS
			case e.Ph == "e" && (!open || e.TS < at):
				t.Errorf("it ends without having begun: %+v", e)
			case e.Ph == "e":
				delete(began, key)
			case e.Ph == "X":
				if e.TS < until[[2]int{e.PID, e.TID}] {
					t.Errorf("it overlaps: %+v", e)
				}
				until[[2]int{e.PID, e.TID}] = e.TS + e.Dur
			case e.Ph != "M" && e.Ph != "i":
				t.Errorf("an unknown phase: %+v", e)
			}
		}
		if len(began) > 0 {
			t.Errorf("no end: %v", began)
		}
	}
}

// The log is read as ShiViz reads it: by the expressions of its own first two
// lines. Clocks of a host count by one, and an event knows all that what it
// heard of knows.
func TestShiViz(t *testing.T) {
	for _, file := range files {
		s := load(t, file)
		trials := replay(t, s, strategies.Default()...)
		var b bytes.Buffer
		if err := export.WriteShiViz(&b, trials); err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, strings.TrimSuffix(file, ".yaml")+".shiviz", b.Bytes())
		testkit.Printable(t, file, b.Bytes())
		head := strings.SplitN(b.String(), "\n", 3)
		read := func(expression string) *regexp.Regexp { return regexp.MustCompile("(?m)" + expression) }
		parts := read(head[1]).Split(head[2], -1)
		if len(parts) != 1+len(trials) {
			t.Fatalf("%d trials", len(parts)-1)
		}
		for i, part := range parts[1:] {
			events := read(head[0]).FindAllStringSubmatch(part, -1)
			if 2*len(events) != strings.Count(strings.TrimSpace(part), "\n")+1 {
				t.Errorf("trial %d: %d events in\n%s", i, len(events), part)
			}
			own, known := map[string]int{}, map[string]int{}
			for _, e := range events {
				var clock map[string]int
				if err := json.Unmarshal([]byte(e[2]), &clock); err != nil {
					t.Fatal(err)
				}
				host := e[1]
				other := map[string]string{"client": "server", "server": "client"}[host]
				if clock[host] != own[host]+1 || clock[other] < known[host] || clock[other] > own[other] {
					t.Errorf("trial %d: %v after %v, %v", i, e, own, known)
				}
				own[host], known[host] = clock[host], clock[other]
			}
		}
	}
}

func TestPorcupine(t *testing.T) {
	for _, file := range files {
		s := load(t, file)
		for _, trial := range replay(t, s, strategies.Default()...) {
			var b bytes.Buffer
			if err := export.WritePorcupine(&b, trial); err != nil {
				t.Fatal(err)
			}
			page := b.String()
			if !strings.Contains(page, "This history is linearizable. That is not the same as right") {
				t.Errorf("%s, %s: not linearizable, as a server that handles one request at a time is", file, trial.Strategy)
			}
			data := regexp.MustCompile(`(?m)^ *const data = (.*)$`).FindStringSubmatch(page)
			if data == nil || !json.Valid([]byte(data[1])) {
				t.Fatalf("%s, %s: no data", file, trial.Strategy)
			}
			if file == "hostile.yaml" && trial.Strategy == "naive" {
				testkit.Golden(t, "hostile.porcupine.json", data[1])
			}
			if strings.Contains(data[1], "<") || strings.Contains(data[1], `\u003c`) || strings.Count(page, "</script>") != 1 {
				t.Errorf("%s, %s: markup in the data", file, trial.Strategy)
			}
		}
	}
}

// Every history of the catalogue is linearizable, also the wrong ones: a
// checker of linearizability passes both flagship races.
func TestEveryHistoryIsLinearizable(t *testing.T) {
	wrong := 0
	for _, s := range scenarios.All() {
		if s.Script.Habits()&(sim.Lags|sim.Torn|sim.Adds) != 0 {
			continue // no register: the export refuses it
		}
		for _, trial := range replay(t, s, strategies.Default()...) {
			if !export.Linearizable(trial) {
				t.Errorf("%s, %s: no order explains the answers", s.Name, trial.Strategy)
			}
			if trial.Verdict.Bad() {
				wrong++
			}
		}
	}
	if wrong < 20 {
		t.Errorf("only %d of them are wrong", wrong)
	}
}

// A checker that lets everything pass would prove nothing.
func TestTheModelCanSayNo(t *testing.T) {
	s, err := scenarios.Find("save-then-fetch")
	if err != nil {
		t.Fatal(err)
	}
	trial := replay(t, s, "naive")[0]
	changed := false
	for i := range trial.Events {
		if e := &trial.Events[i]; e.Request != nil && e.Kind.String() == "arrive" && e.Request.Do.String() == "fetch" {
			e.Record.State[0] += 100 // it reads what nobody wrote
			changed = true
		}
	}
	if !changed || export.Linearizable(trial) {
		t.Error("a fetch that reads what nobody wrote is taken for linearizable")
	}
}
