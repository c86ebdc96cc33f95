package export_test

import (
	"bytes"
	"errors"
	"testing"

	"photofinish/exercises"
	"photofinish/internal/testkit"
	"photofinish/internal/testkit/schema"
	"photofinish/report/export"
	"photofinish/report/grade"
	"photofinish/strategies"
)

// TestGradeFollowsSchema: what is written of each exercise has the keys that the schema
// has, solved or not, and where it does not run.
func TestGradeFollowsSchema(t *testing.T) {
	valid := schema.Validator(t, export.Schema)
	met := 0
	for _, e := range exercises.All() {
		for _, name := range []string{"naive", "refuse", "hold-outgoing"} {
			client, err := strategies.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			g := grade.Of(e, "a.mjs", e.Wrong[0].Text)
			g.Run(t.Context(), client, grade.Options{})
			if g.Own = (&strategies.Own{Runs: "node 20.18.1"}); g.Met != nil {
				met++
			}
			for _, failed := range []error{nil, errors.New("a.mjs:1:1: \x1b[31m")} {
				var b bytes.Buffer
				if err := export.WriteGradeJSON(&b, g, failed); err != nil {
					t.Fatal(err)
				}
				if err := valid(b.Bytes()); err != nil {
					t.Errorf("%s, %s: %v\n%s", e.Name, name, err, b.Bytes())
				}
				testkit.Printable(t, e.Name, b.Bytes())
			}
		}
	}
	if met == 0 {
		t.Error("nobody meets a wrong idea: this looks at less than it says")
	}
}
