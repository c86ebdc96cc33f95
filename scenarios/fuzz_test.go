package scenarios

import (
	"errors"
	"testing"

	"photofinish/internal/testkit"
)

// FuzzParse checks that whatever a file holds, it is either refused in one
// printable line that says where, or can be written and read again.
func FuzzParse(f *testing.F) {
	for _, name := range testkit.Some(Names(), 4) {
		data, err := files.ReadFile(name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(everything))
	for _, text := range nasty {
		f.Add([]byte(text))
		f.Add([]byte("name: " + text + "\nsteps: [{at: 0, do: create}]\n"))
		f.Add([]byte(step1(`at: 0, do: create, set: {x: ` + text + `}`)))
	}
	f.Add([]byte(`{"name":"a","steps":[{"at":"0ms","do":"update","set":{"x":1e3},"up":"1.5s"}]}`))
	testkit.Fuzz(f, func(t *testing.T, data []byte) {
		s, err := Parse("f.yaml", data)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Line < 0 || e.Line > 0 && e.Column < 1 {
				t.Errorf("%#v is not a mistake with a place", err)
			}
			checkMessage(t, err)
			return
		}
		s.Hash()
		c, err := again(s)
		if err != nil {
			t.Fatalf("%v\n%s", err, s.YAML())
		}
		if !same(c, s) {
			t.Fatalf("got %+v %+v\nwant %+v %+v\n%s", c, c.Script, s, s.Script, s.YAML())
		}
	})
}
