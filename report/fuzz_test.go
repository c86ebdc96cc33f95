package report_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/scenarios"
	"photofinish/strategies"
)

// What is read of a share can be written as a matrix, whatever was in the file.
func FuzzReadPartial(f *testing.F) {
	s, err := scenarios.Find("create-then-update")
	if err != nil {
		f.Fatal(err)
	}
	p := report.NewPartial([]*scenarios.Scenario{s}, find(f, "naive", "polling", "action-queue+hold"), report.Options{Seed: 1, Trials: 20}, 1, 1)
	if err := p.Run(context.Background(), nil); err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	if err := p.Write(&b, "v1"); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	testkit.Fuzz(f, func(t *testing.T, data []byte) {
		p, err := report.ReadPartial(bytes.NewReader(data), "v1", strategies.Catalogue)
		if err != nil {
			return
		}
		if err := export.WriteMatrixJSON(io.Discard, p.Matrix()); err != nil {
			t.Error(err)
		}
	})
}
