package scenarios

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/sim/judge"
)

func ExampleParse() {
	s, err := Parse("rename.yaml", []byte(`
name: rename
title: Two names in a row
given: {name: Ada}
network: {uplink: {exponential: 120ms}, downlink: {exponential: 80ms}}
steps:
  - {at: 0, do: update, set: {name: Ada Byron}, up: 150ms}
  - {at: 90ms, do: update, set: {name: Ada Lovelace}, up: 20ms}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Title)
	for _, a := range s.Script.Actions {
		fmt.Println(a.Label(), "at", a.At, "sets", s.Script.Values[a.Values[0]])
	}
	_, err = Parse("rename.yaml", []byte("name: rename\nsteps:\n  - {at: 0, do: updte}\n"))
	fmt.Println(err)
	// Output:
	// Two names in a row
	// u1 at 0s sets Ada Byron
	// u2 at 90ms sets Ada Lovelace
	// rename.yaml:3:17: unknown action "updte" (did you mean "update"?)
}

// everything is a file with every key.
const everything = `# A comment.
name: everything
title: All of it
about: >
  One sentence
  in two lines.
source: ours
seed: 9007199254740991
given: {name: Ada, age: 36, alive: false}
network:
  uplink: {lognormal: {median: 80ms, p99: 900ms}}
  downlink: {pareto: {min: 20ms, alpha: 1.5}}
  processing: {uniform: {from: 1ms, to: 5ms}}
  workers: 4
  echo: true
  fifo: true
  connections: 6
  timeout: 30s
  loss: 2%
  duplicates: 0.01
  errors: 0.5%
steps:
  - {at: 0, do: create, set: {name: Ada, mail: "1"}, saved: {mail: "2", slug: ada}, up: 120ms, down: 80ms, status: 500}
  - at: 40ms
    do: update
    set:
      age: 1.0
    processing: 15ms
    lose: up
  - {at: 40ms, do: set-permissions, to: read-only, lose: down}
  - {at: 1s, do: fetch}
  - {at: 1m, do: delete, twice: true}
expect:
  naive: {verdict: wrong, anomalies: [unsent-write, orphan-record]}
  action-queue+hold: {verdict: ok, anomalies: [], odds: {below: 1%}, orders: race-free}
`

func TestParseEverything(t *testing.T) {
	s, err := Parse("e.yaml", []byte(everything))
	if err != nil {
		t.Fatal(err)
	}
	latency := func(d sim.Distribution, alpha float64, p ...time.Duration) sim.Latency {
		l, err := sim.NewLatency(d, alpha, p...)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	const ms = time.Millisecond
	values := func(v ...sim.ValueID) (all [sim.NumFields]sim.ValueID) {
		copy(all[:], v)
		return all
	}
	locked := sim.Action{Number: 3, Do: sim.SetPermissions, At: 40 * ms, Sets: 1 << sim.Permissions, Up: -1, Down: -1, Lose: sim.Downlink}
	locked.Values[sim.Permissions] = 0
	wrong, ok := judge.Wrong, judge.OK
	want := &Scenario{
		Name: "everything", Title: "All of it", About: "One sentence in two lines.", Source: "ours", File: "e.yaml", Seed: MaxSeed,
		Script: &sim.Script{
			Actions: []sim.Action{
				{Number: 1, Do: sim.Create, Sets: 0b1001, Values: values(1, 0, 0, 4), Saves: 0b11000, Saved: values(0, 0, 0, 5, 6), Up: 120 * ms, Down: 80 * ms, Status: 500},
				{Number: 2, Do: sim.Update, At: 40 * ms, Sets: 0b10, Values: values(0, 7), Up: -1, Down: -1, Processing: 15 * ms, Lose: sim.Uplink},
				locked,
				{Number: 4, Do: sim.Fetch, At: time.Second, Up: -1, Down: -1},
				{Number: 5, Do: sim.Delete, At: time.Minute, Up: -1, Down: -1, Twice: true},
			},
			Fields:      []string{"name", "age", "alive", "mail", "slug"},
			Values:      []any{"read-only", "Ada", 36.0, false, "1", "2", "ada", 1.0},
			Given:       true,
			GivenSets:   0b111,
			GivenValues: values(1, 2, 3),
			ReadOnly:    0,
			Network: sim.Network{
				Up:         latency(sim.Lognormal, 0, 80*ms, 900*ms),
				Down:       latency(sim.Pareto, 1.5, 20*ms),
				Processing: latency(sim.Uniform, 0, 1*ms, 5*ms),
				Workers:    4, Echo: true, Fifo: true, Connections: 6, Timeout: 30 * time.Second,
				Loss: 0.02, Duplicates: 0.01, Errors: 0.005,
			},
		},
		Expect: []Expectation{
			{Strategy: "naive", Line: 34, Column: 3, Verdict: &wrong, AnomaliesSet: true,
				Anomalies: []judge.Kind{judge.UnsentWrite, judge.OrphanRecord}},
			{Strategy: "action-queue+hold", Line: 35, Column: 3, Verdict: &ok, AnomaliesSet: true,
				HasOdds: true, OddsBelow: 0.01, Orders: RaceFree},
		},
		steps: []place{{23, 5}, {24, 5}, {30, 5}, {31, 5}, {32, 5}},
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got\n%+v %+v\nwant\n%+v %+v", s, s.Script, want, want.Script)
	}
}

// What only some requests take for themselves is the rest of what all take; and the
// old word for what reads take is still read, and written as the new one.
func TestApart(t *testing.T) {
	const text = `
name: a
network: {uplink: {constant: 9ms}, save: {processing: {constant: 3s}}, reads: {uplink: {constant: 5ms}}}
steps: [{at: 0, do: create}]
`
	s, err := Parse("a.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	n := &s.Script.Network
	if up := n.Read.Up; !up.Said || up.A != 5*time.Millisecond || n.Read.Down.Said || n.Save.Up.Said || n.Save.Processing.A != 3*time.Second {
		t.Errorf("%+v, %+v", n.Save, n.Read)
	}
	if saved := string(s.YAML()); !strings.Contains(saved, "read: {uplink: {constant: 5ms}}") || strings.Contains(saved, "reads") {
		t.Error(saved)
	}
}

func TestValues(t *testing.T) {
	for _, test := range []struct {
		word string
		want any
	}{
		{`Ada`, "Ada"},
		{`"1"`, "1"},
		{`'it''s'`, "it's"},
		{`""`, ""},
		{`"\e[31m\0"`, "\x1b[31m\x00"},
		{`"\ud83d\ude00"`, "😀"},
		{`2026-10-01`, "2026-10-01"},
		{`12:30`, "12:30"},
		{`1.2.3`, "1.2.3"},
		{`yes`, "yes"},
		{`1`, 1.0},
		{`1.0`, 1.0},
		{`+1`, 1.0},
		{`010`, 10.0},
		{`-0.5`, -0.5},
		{`1e3`, 1000.0},
		{`1E+2`, 100.0},
		{`99999999999999999999`, 1e20},
		{`true`, true},
		{`False`, false},
	} {
		s, err := Parse("", []byte(step1("at: 0, do: update, set: {x: "+test.word+"}")))
		if err != nil {
			t.Errorf("%s: %v", test.word, err)
		} else if got := s.Script.Values[s.Script.Actions[0].Values[0]]; got != test.want {
			t.Errorf("%s is read as %T %[2]v, want %T %[3]v", test.word, got, test.want)
		}
	}
}

func TestSeed(t *testing.T) {
	for _, test := range []struct {
		line         string
		seed, replay uint64
	}{
		{"", 0, 1},
		{"seed: 1", 1, 1},
		{"seed: 7.0", 7, 7},
		{"seed: 9007199254740991", MaxSeed, MaxSeed},
	} {
		s, err := Parse("", []byte(fine+test.line))
		if err != nil || s.Seed != test.seed || s.ReplaySeed() != test.replay {
			t.Errorf("%q: %v, seed %d, replayed with %d", test.line, err, s.Seed, s.ReplaySeed())
		}
	}
	for _, seed := range []string{"0", "-1", "1.5", "9007199254740992", `"1"`, "x", "true", "[1]", "null"} {
		_, err := Parse("s.yaml", []byte("name: a\nseed: "+seed+"\nsteps: [{at: 0, do: create}]"))
		if err == nil || !strings.HasPrefix(err.Error(), "s.yaml:2:7: seed must be a whole number from 1 to 9007199254740991, not ") {
			t.Errorf("%s: %v", seed, err)
		}
	}
}

func TestEqualValuesAreOne(t *testing.T) {
	s, err := Parse("", []byte(step1(`at: 0, do: create, set: {a: 1, b: 1.0, c: 1e0, d: "1", e: "1", f: read-only}`)))
	if err != nil {
		t.Fatal(err)
	}
	if want := []any{"read-only", 1.0, "1"}; !reflect.DeepEqual(s.Script.Values, want) {
		t.Errorf("values are %v, want %v", s.Script.Values, want)
	}
	v := s.Script.Actions[0].Values
	if v[0] != v[1] || v[1] != v[2] || v[2] == v[3] || v[3] != v[4] || v[5] != s.Script.ReadOnly {
		t.Errorf("numbers of the values are %v", v[:6])
	}
}

func TestFileForms(t *testing.T) {
	want, err := Parse("", []byte("name: a\ntitle: b c\nsteps:\n  - {at: 0, do: create, set: {x: y}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, text string }{
		{"JSON", `{"name":"a","title":"b c","steps":[{"at":"0ms","do":"create","set":{"x":"y"}}]}`},
		{"JSON in lines", "{\n\t\"name\": \"a\",\n\t\"title\": \"b c\",\n\t\"steps\": [\n\t\t{\"at\": 0, \"do\": \"create\", \"set\": {\"x\": \"y\"}}\n\t]\n}\n"},
		{"Windows", "\ufeffname: a\r\ntitle: b c\r\nsteps:\r\n  - {at: 0, do: create, set: {x: y}}\r\n"},
		{"a single document, marked", "---\nname: a\ntitle: b c\nsteps:\n  - {at: 0, do: create, set: {x: y}}\n...\n"},
		{"list at the margin", "name: a\ntitle: b c\nsteps:\n- at: 0\n  do: create\n  set: {x: y}\n"},
		{"every default said", "name: a\ntitle: b c\nnetwork: 4g\nsteps:\n  - {at: 0, do: create, set: {x: y}}\nexpect: {}\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := Parse("", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if !same(s, want) {
				t.Errorf("got %+v %+v", s, s.Script)
			}
		})
	}
}

func TestBoundsAreReached(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"64 steps", "name: a\nsteps:\n" + strings.Repeat("  - {at: 24h, do: create}\n", 64)},
		{"16 fields", manyFields(16)},
		{"1 MiB", fine + strings.Repeat("#", MaxSize-len(fine))},
		{"1 MiB in lines", fine + strings.Repeat("# x\n", (MaxSize-len(fine))/4)},
		{"a large value", fine + "given: {x: " + strings.Repeat("x", MaxSize-100) + "}"},
		{"long name", "name: " + strings.Repeat("é", 100) + "\nsteps: [{at: 0, do: create}]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if len(test.text) > MaxSize/2 {
				testkit.Long(t, "files as large as they can be: not in short mode")
			}
			if _, err := Parse("", []byte(test.text)); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestHostileFiles is over soon, or else the library's parser has been let
// loose on what it cannot bear.
func TestHostileFiles(t *testing.T) {
	parse := func(text string) {
		if _, err := Parse("", []byte(text)); err != nil {
			checkMessage(t, err)
		}
	}
	deep, part := testkit.Sample(1, 16, 64), testkit.Sample(16, 64, 256)
	parse(strings.Repeat("[", MaxSize/testkit.Sample(1, 4, 16))) // as deep as a file can be
	for _, text := range []string{"{a: ", "- ", "? "} {
		parse(strings.Repeat(text, MaxSize/deep/len(text)))
	}
	for _, text := range []string{"[", "{", "{a: ", "- ", "? ", "a: ", "a: 1\n", "\n", " \n", `"`, "|\n", "&a ", "*a ", "---\n", "<<: ", "\x00", "\xff"} {
		for _, prefix := range []string{"", fine, "name: [", `name: "`, "about: |\n x\n"} {
			parse(prefix + strings.Repeat(text, MaxSize/part/len(text)))
		}
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for name, text := range map[string]string{
		"fine.yaml": fine, "broken.yaml": "name: [", "large.yaml": fine + strings.Repeat("#", 2*MaxSize),
	} {
		if err := os.WriteFile(path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := Load(path("fine.yaml")); err != nil || s.File != path("fine.yaml") {
		t.Errorf("got %+v, %v", s, err)
	}
	for _, test := range []struct{ file, want string }{
		{"broken.yaml", path("broken.yaml") + ":1:7: not valid YAML: sequence end token ']' not found"},
		{"large.yaml", path("large.yaml") + ": is larger than 1 MiB, the most that a scenario file may have"},
		{"missing.yaml", path("missing.yaml") + ": no such file or directory"},
		{"", path("") + ": is a directory, not a scenario file"},
		{"a\nb", `"` + dir + `/a\nb": no such file or directory`},
	} {
		if _, err := Load(path(test.file)); err == nil || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
	}
}

// TestReadStops checks that no more is read of a stream without an end than
// tells that it is too large.
func TestReadStops(t *testing.T) {
	r := &endless{}
	data, err := Read("-", r)
	if err == nil {
		_, err = Parse("-", data)
	}
	if err == nil || err.Error() != "-: is larger than 1 MiB, the most that a scenario file may have" {
		t.Error(err)
	}
	if r.read != MaxSize+1 {
		t.Errorf("read %d bytes", r.read)
	}
}

type endless struct{ read int }

func (r *endless) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte("#"), len(p)))
	r.read += len(p)
	return len(p), nil
}
