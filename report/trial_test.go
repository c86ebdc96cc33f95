package report_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/terminal"
	"photofinish/scenarios"
)

func TestTrialGoldens(t *testing.T) {
	s := load(t, "everything.yaml")
	var trials []*report.Trial
	var lines bytes.Buffer
	for _, e := range find(t) {
		trial := report.Replay(s.Name, s.Script, e, 1)
		trials = append(trials, trial)
		if err := export.WriteTrialJSON(&lines, trial); err != nil {
			t.Fatal(err)
		}
	}
	testkit.Golden(t, "everything.jsonl", lines.Bytes())
	testkit.Golden(t, "everything.txt", written(t, func(b *bytes.Buffer) error {
		return terminal.WriteStories(b, s, trials, terminal.Palette{})
	}))
}

// What a reader of the JSON may rely on.
func TestTrialJSON(t *testing.T) {
	everyTrial(t, func(t *testing.T, s *scenarios.Scenario, trial *report.Trial) {
		write := func(b *bytes.Buffer) error { return export.WriteTrialJSON(b, trial) }
		line := written(t, write)
		if again := written(t, write); !bytes.Equal(line, again) {
			t.Error("written twice, it differs")
		}
		if n := bytes.Count(line, []byte("\n")); n != 1 || line[len(line)-1] != '\n' {
			t.Errorf("%d line ends", n)
		}
		var got struct {
			Version int
			Events  []struct {
				T             float64
				Event, Errand string
			}
			Server    []map[string]any
			Client    map[string]any
			Verdict   string
			Anomalies []struct {
				Kind            string
				Actions, Events []int
			}
			Settled float64
		}
		if err := json.Unmarshal(line, &got); err != nil {
			t.Fatal(err)
		}
		if got.Version != 1 || got.Verdict != trial.Verdict.String() || got.Server == nil || got.Anomalies == nil {
			t.Errorf("wrong head: %s", line)
		}
		settled := 0.0
		for i, e := range got.Events {
			if i > 0 && e.T < got.Events[i-1].T {
				t.Errorf("event %d is earlier than the one before", i)
			}
			if passing := []string{"wake", "ask", "push", "visible", "offline", "online"}; e.Errand == "" && !slices.Contains(passing, e.Event) {
				settled = e.T
			}
		}
		if settled != got.Settled {
			t.Errorf("settled at %v, but the last event is at %v", got.Settled, settled)
		}
		for _, a := range got.Anomalies {
			if a.Actions == nil || len(a.Events) == 0 {
				t.Errorf("%s lacks actions or proof", a.Kind)
			}
			for i, e := range a.Events {
				if e < 0 || e >= len(got.Events) || i > 0 && e <= a.Events[i-1] {
					t.Errorf("%s: bad proof %v", a.Kind, a.Events)
				}
			}
		}
	})
}
