package report_test

import (
	"bytes"
	"context"
	"testing"

	"go.uber.org/goleak"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/markdown"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(testkit.Tests{M: m}) }

func load(t testing.TB, name string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Load("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// find returns strategies, the six if no name is given.
func find(t testing.TB, names ...string) (es []strategies.Entry) {
	t.Helper()
	if names == nil {
		names = strategies.Default()
	}
	for _, name := range names {
		es = append(es, testkit.Strategy(t, name))
	}
	return es
}

// everyTrial calls do with the replay of scenarios of the catalogue, all or every sixth,
// and of everything.yaml, under every strategy: a test a scenario, as one a trial takes
// longer than most trials.
func everyTrial(t *testing.T, do func(t *testing.T, s *scenarios.Scenario, trial *report.Trial)) {
	es := find(t, append(testkit.Some(strategies.Names(), 1), "action-queue+hold")...)
	for _, s := range append(testkit.Part(scenarios.All(), 16), load(t, "everything.yaml")) {
		t.Run(s.Name, func(t *testing.T) {
			under := ""
			t.Cleanup(func() {
				if t.Failed() {
					t.Log("that is under", under)
				}
			})
			for i := 0; i < len(es) && !t.Failed(); i++ {
				under = es[i].Name
				do(t, s, report.Replay(s.Name, s.Script, es[i], 1))
			}
		})
	}
}

func written(t *testing.T, write func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inText writes a matrix for people, with its stories.
func inText(b *bytes.Buffer, m *report.Matrix, width int) error {
	return terminal.WriteMatrix(context.Background(), b, m, terminal.Layout{Width: width, Stories: true}, terminal.Palette{})
}

// inMarkdown writes a matrix for a pull request, with its stories.
func inMarkdown(b *bytes.Buffer, m *report.Matrix) error {
	return markdown.Write(context.Background(), b, m, markdown.Layout{Stories: true})
}
