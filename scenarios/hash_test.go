package scenarios_test

import (
	"testing"

	"photofinish/scenarios"
)

func TestHash(t *testing.T) {
	hash := func(text string) string {
		t.Helper()
		s, err := scenarios.Parse("x.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return s.Hash()
	}
	const plain = `name: x
given: {name: G, mail: g}
clients: [{skew: 1s}, {skew: 0s}]
steps:
- {at: 0, do: update, set: {name: A, mail: "7"}, up: 20ms}
- {at: 1500ms, do: fetch, client: 2}
`
	was := hash(plain)
	// Reports are kept: what the hash is of must not change.
	if want := "0a02a975c9dcc0eb701e4c3dab4fd83676e34253e212c4c30e1bf5a7439eb591"; was != want {
		t.Errorf("the hash of a script is %s, and was %s", was, want)
	}
	for _, same := range []string{
		"# a comment\nname: y\ntitle: T\nabout: much\nsource: s\nseed: 7\nnetwork: lan\nexpect: {naive: {verdict: ok}}\n" + plain[len("name: x\n"):],
		"steps: [{do: update, at: 0s, up: 0.02s, set: {\"mail\": '7', name: A}},\n  {client: 2, at: 1.5s, do: fetch}]\nclients: [skew: 1000ms]\ngiven: {mail: g, name: G}\nname: x",
		"name: x\ngiven: {name: G, mail: g}\nclients: {\"1\": {skew: 1s}, ours: ./save.tsx}\n" + plain[len("name: x\ngiven: {name: G, mail: g}\nclients: [{skew: 1s}, {skew: 0s}]\n"):],
	} {
		if got := hash(same); got != was {
			t.Errorf("another hash, %s:\n%s", got, same)
		}
	}
	seen := map[string]bool{was: true}
	for _, other := range []string{
		`{name: x, steps: [{at: 0, do: create}]}`, `{name: x, steps: [{at: 1ms, do: create}]}`, `{name: x, steps: [{at: 0, do: create, down: 3ms}]}`,
		`{name: x, steps: [{at: 0, do: create, set: {a: 7}}]}`, `{name: x, steps: [{at: 0, do: create, set: {a: "7"}}]}`, `{name: x, steps: [{at: 0, do: create, set: {a: 7.5}}]}`,
		`{name: x, given: {}, steps: [{at: 0, do: create}]}`, `{name: x, given: {a: true}, steps: [{at: 0, do: create}]}`, `{name: x, given: {a: "true"}, steps: [{at: 0, do: create}]}`,
		`{name: x, clients: [{skew: 1ms}], steps: [{at: 0, do: create}]}`, `{name: x, steps: [{at: 0, do: create, status: 503}]}`,
		`{name: x, steps: [{at: 0, do: create}, {at: 0, do: set-permissions, to: read-only}]}`,
	} {
		h := hash(other)
		if seen[h] {
			t.Errorf("the hash of another: %s", other)
		}
		seen[h] = true
	}
	for _, s := range scenarios.All() {
		again, err := scenarios.Parse("", s.YAML())
		if err != nil {
			t.Fatal(err)
		}
		if again.Hash() != s.Hash() {
			t.Errorf("%s: another hash as it is written", s.Name)
		}
	}
}
