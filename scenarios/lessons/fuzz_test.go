package lessons

import (
	"testing"

	"photofinish/internal/testkit"
)

// FuzzParse checks that a file is refused with a short printable line that
// says where, or is a lesson that holds together.
func FuzzParse(f *testing.F) {
	for _, name := range catalogue {
		data, err := files.ReadFile(name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, test := range mistakes {
		if len(test.text) < 10_000 {
			f.Add([]byte(test.text))
		}
	}
	testkit.Fuzz(f, func(t *testing.T, data []byte) {
		l, err := Parse("f.yaml", data)
		if err != nil {
			checkMessage(t, err)
			return
		}
		for i := range l.Steps {
			s := &l.Steps[i]
			needs := s.Kind != Tell && s.Kind != Explain
			if needs && (s.Scenario == nil || len(s.Strategies) == 0) || s.Kind == Reveal && l.Steps[s.Of].Kind != Predict {
				t.Errorf("step %d: %+v", i, s)
			}
		}
	})
}
