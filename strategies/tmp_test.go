package strategies

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
	"bufio"
	"fmt"
	"sort"

	"photofinish/sim"
)

type jstep struct {
	At, Do, To, Up, Down, Lose string
	Set                        map[string]any
	Status                     int
}
type jsc struct {
	Name    string
	Given   map[string]any
	Network struct{ Timeout string }
	Steps   []jstep
}

func dur(s string) time.Duration { d, err := time.ParseDuration(s); if err != nil { panic(err) }; return d }

func tmpScript(j jsc) *sim.Script {
	s := &sim.Script{}
	val := func(v any) sim.ValueID {
		for i, x := range s.Values {
			if x == v {
				return sim.ValueID(i)
			}
		}
		s.Values = append(s.Values, v)
		return sim.ValueID(len(s.Values) - 1)
	}
	fld := func(n string) int {
		for i, x := range s.Fields {
			if x == n {
				return i
			}
		}
		s.Fields = append(s.Fields, n)
		return len(s.Fields) - 1
	}
	s.ReadOnly = val("read-only")
	if j.Given != nil {
		s.Given = true
		for k, v := range j.Given {
			f := fld(k)
			s.GivenSets |= 1 << f
			s.GivenValues[f] = val(v)
		}
	}
	if j.Network.Timeout != "" {
		s.Network.Timeout = dur(j.Network.Timeout)
	}
	l, _ := sim.NewLatency(sim.Constant, 0, 50*time.Millisecond)
	s.Network.Up, s.Network.Down = l, l
	dos := map[string]sim.Do{"create": 0, "update": 1, "delete": 2, "set-permissions": 3, "fetch": 4}
	for i, st := range j.Steps {
		a := sim.Action{Number: i + 1, Do: dos[st.Do], At: dur(st.At), Up: -1, Down: -1, Status: st.Status}
		if st.Up != "" {
			a.Up = dur(st.Up)
		}
		if st.Down != "" {
			a.Down = dur(st.Down)
		}
		if st.Lose == "up" {
			a.Lose = sim.Uplink
		} else if st.Lose == "down" {
			a.Lose = sim.Downlink
		}
		for k, v := range st.Set {
			f := fld(k)
			a.Sets |= 1 << f
			a.Values[f] = val(v)
		}
		if st.To != "" {
			a.Sets |= 1 << sim.Permissions
			a.Values[sim.Permissions] = val(st.To)
		}
		s.Actions = append(s.Actions, a)
	}
	return s
}

func TestTmpTraces(t *testing.T) {
	f, _ := os.Open("/work/shared/conformance/traces.jsonl")
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	n, bad := 0, map[string]int{}
	var w sim.World
	for sc.Scan() {
		var l struct {
			Scenario jsc
			Traces   map[string]struct {
				Wire   []map[string]any
				Server []map[string]any
				Client map[string]any
			}
		}
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		s := tmpScript(l.Scenario)
		for name, want := range l.Traces {
			e, err := Find(name)
			if err != nil {
				continue
			}
			n++
			led := w.Run(s, e.New(), 1, sim.Options{Trace: true})
			state := func(st sim.State, sets sim.FieldSet, perm bool) map[string]any {
				m := map[string]any{}
				for f, by := range st {
					if by == sim.Nobody {
						continue
					}
					if f == sim.Permissions {
						if perm {
							m["permissions"] = s.Values[s.Value(by, f)]
						}
						continue
					}
					m[s.Fields[f]] = s.Values[s.Value(by, f)]
				}
				return m
			}
			var got []string
			line := func(m map[string]any) string { b, _ := json.Marshal(m); return string(b) }
			for _, ev := range w.Trace().Events {
				if ev.Request == nil || ev.Kind == sim.EventLost || ev.Kind == sim.EventTell {
					continue
				}
				m := map[string]any{"t": float64(ev.At) / 1e6, "event": ev.Kind.String(), "actions": ev.Request.Actions, "do": ev.Request.Do.String(), "id": nil}
				if ev.ID != 0 {
					m["id"] = ev.ID
				}
				if ev.Kind == sim.EventSend {
					if ev.Request.Do <= sim.Update || ev.Request.Do == sim.SetPermissions {
						m["body"] = state(ev.Request.Body, 0, true)
					}
				} else {
					m["status"] = ev.Status
				}
				got = append(got, line(m))
			}
			var exp []string
			for _, m := range want.Wire {
				exp = append(exp, line(m))
			}
			sort.SliceStable(got, func(i, j int) bool { return tt(got[i]) < tt(got[j]) })
			sort.SliceStable(exp, func(i, j int) bool { return tt(exp[i]) < tt(exp[j]) })
			for i, r := range led.Records {
				if !r.Deleted {
					m := map[string]any{"id": i + 1, "attributes": state(r.State, 0, false), "permissions": nil}
					if by := r.State[sim.Permissions]; by != 0 {
						m["permissions"] = s.Values[s.Value(by, sim.Permissions)]
					}
					got = append(got, line(m))
				}
			}
			for _, m := range want.Server {
				exp = append(exp, line(m))
			}
			c := led.Client
			m := map[string]any{"id": nil, "attributes": state(c.State, 0, false), "permissions": nil}
			if c.ID != 0 {
				m["id"] = c.ID
			}
			if by := c.State[sim.Permissions]; by != 0 {
				m["permissions"] = s.Values[s.Value(by, sim.Permissions)]
			}
			got = append(got, line(m))
			exp = append(exp, line(want.Client))
			if strings.Join(got, "\n") != strings.Join(exp, "\n") {
				bad[name]++
				if bad[name] <= 2 {
					fmt.Println("DIFF", l.Scenario.Name, name, l.Scenario.Steps, "\n got", strings.Join(got, "\n     "), "\n want", strings.Join(exp, "\n     "))
				}
			}
		}
	}
	fmt.Println(n, bad)
}

func tt(s string) string {
	i := strings.Index(s, `"t":`)
	var x float64
	fmt.Sscanf(s[i+4:], "%f", &x)
	return fmt.Sprintf("%015.5f", x)
}
