package external

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies/external/kit"
)

// fake is a program that does what it is told: at "start", at a click ("u2"), at
// an answer to a request of its own ("answer 1") or at a timer ("timer 1") it says
// these members of an answer. Where it says no screen, the screen is what the
// clicks make of it.
type fake struct {
	says  map[string]string
	shows map[string]any
	heard []string // every line that it got
	bad   string   // what it says instead, at every turn
	ended int
}

func (f *fake) end() { f.ended++ }

func (f *fake) turn(line []byte) ([]byte, error) {
	f.heard = append(f.heard, string(line))
	var m struct {
		Hello any
		Start *struct{ Given map[string]any }
		Act   *struct {
			N   int
			Do  string
			Set map[string]any
		}
		Answer *struct{ N int }
		Wake   int
	}
	if err := json.Unmarshal(line, &m); err != nil {
		return nil, err
	}
	moment := ""
	switch {
	case m.Hello != nil:
		return []byte(`{"hello":{"protocol":1,"runs":"a test"}}`), nil
	case m.Start != nil:
		moment, f.shows = "start", m.Start.Given
		if f.shows == nil {
			f.shows = map[string]any{}
		}
	case m.Act != nil:
		moment = fmt.Sprintf("%c%d", sim.Do(slices.Index(sim.Dos(), m.Act.Do)).Key()[0], m.Act.N)
		for name, v := range m.Act.Set {
			f.shows[name] = v
		}
	case m.Answer != nil:
		moment = fmt.Sprint("answer ", m.Answer.N)
	default:
		moment = fmt.Sprint("timer ", m.Wake)
	}
	if f.bad != "" && moment != "start" {
		return []byte(f.bad), nil
	}
	members := []string{f.says[moment]}
	if moment == "start" {
		members = append(members, `"does":["create","update","delete","set-permissions","fetch"]`)
	}
	if !strings.Contains(f.says[moment], `"screen"`) {
		screen, _ := json.Marshal(f.shows)
		members = append(members, `"screen":`+string(screen))
	}
	members = slices.DeleteFunc(members, func(s string) bool { return s == "" })
	return []byte("{" + strings.Join(members, ",") + "}"), nil
}

// open makes a client of a fake.
func (f *fake) open(t *testing.T) *Client {
	t.Helper()
	c := &Client{spec: Spec{Name: "fake", File: "fake.js"}, made: &kit.Program{Name: "fake", Close: func() {}}}
	c.speaks = speaks(c.spec)
	first := true
	start := func() (program, error) {
		if first {
			first = false
			return f, nil
		}
		return &fake{says: f.says}, nil // of another client
	}
	if err := c.open(start, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// trial is one that a fake has played.
type trial struct {
	script *sim.Script
	ledger *sim.Ledger
	events []sim.Event
	found  judge.Judgement
}

// play runs a fake on the steps of a scenario. Messages take 50 ms each.
func (f *fake) play(t *testing.T, steps string, o sim.Options) trial {
	t.Helper()
	if !strings.Contains(steps, "network:") {
		steps = "network: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}\n" + steps
	}
	s, err := scenarios.Parse("", []byte("name: a\ntitle: a\n"+steps))
	if err != nil {
		t.Fatal(err)
	}
	var w sim.World
	o.Trace = true
	l := w.Run(s.Script, f.open(t).Entry().For(s.Script), 1, o)
	script := l.Script(s.Script)
	return trial{script, l, w.Trace().Events, new(judge.Judge).Judge(s.Script, l)}
}

// requests says whose its requests were: "u1; u2 u3". A create of edits, and a
// value that rides along, are said: "create u2", "u2 +u1".
func (tr *trial) requests() string {
	var all []string
	for _, e := range tr.events {
		if e.Kind != sim.EventSend {
			continue
		}
		var labels []string
		for _, n := range e.Request.Actions {
			labels = append(labels, tr.script.Action(n).Label())
		}
		for f := range e.Request.Sets.All {
			by := e.Request.Body[f]
			if n := by.Action(); n > 0 && !slices.Contains(e.Request.Actions, n) {
				labels = append(labels, "+"+tr.script.Action(n).Label())
			} else if n == 0 {
				labels = append(labels, "+given")
			}
			if by.ByServer() {
				labels[len(labels)-1] += "'"
			}
		}
		if len(e.Request.Or) > 0 {
			labels = append(labels, fmt.Sprint("or ", e.Request.Or))
		}
		if e.Request.Do != tr.script.Action(e.Request.Actions[0]).Do {
			labels = append([]string{e.Request.Do.String()}, labels...)
		}
		all = append(all, strings.Join(labels, " "))
	}
	return strings.Join(all, "; ")
}

// marks says what else it did: whom it told, dropped, merged, refused, blocked.
func (tr *trial) marks() string {
	var all []string
	for _, e := range tr.events {
		switch e.Kind {
		case sim.EventTell, sim.EventDrop, sim.EventMerge, sim.EventRefuse, sim.EventBlock, sim.EventTimeout:
			all = append(all, fmt.Sprint(e.Kind, " ", tr.script.Action(e.First()).Label()))
		}
	}
	return strings.Join(all, "; ")
}

// request writes one of a program's.
func patch(n, by int, body string) string { return send(n, by, "PATCH", "/people/1", body) }

func send(n, by int, method, url, body string) string {
	more := ""
	if body != "" {
		more = `,"json":` + body
	}
	return fmt.Sprintf(`{"request":{"n":%d,"by":%d,"method":%q,"url":%q%s}}`, n, by, method, url, more)
}

func out(deeds ...string) string { return `"out":[` + strings.Join(deeds, ",") + `]` }
