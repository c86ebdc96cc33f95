package sim_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/sim"
	"photofinish/strategies"
)

// drawScript draws a script in which anything can come together that a
// scenario file can say.
func drawScript(t *rapid.T) *sim.Script {
	exponential, _ := sim.NewLatency(sim.Exponential, 0, 100*ms)
	constant, _ := sim.NewLatency(sim.Constant, 0, 30*ms)
	chance := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 3 }
	value := func() sim.ValueID { return sim.ValueID(rapid.IntRange(1, 3).Draw(t, "value")) }
	latency := func(name string) time.Duration {
		return time.Duration(rapid.IntRange(-100, 300).Draw(t, name)) * ms // a quarter is left to chance
	}
	s := &sim.Script{
		Fields: []string{"name", "email", "slug"},
		Values: []any{"read-only", "a", "b", "c"},
		Given:  rapid.Bool().Draw(t, "given"),
		Network: sim.Network{
			Up: exponential, Down: rapid.SampledFrom([]sim.Latency{{}, constant, exponential}).Draw(t, "down"),
			Fifo: chance("fifo"),
		},
	}
	if chance("weather") {
		s.Network.Loss, s.Network.Errors, s.Network.Duplicates = 0.1, 0.1, 0.2
		s.Network.Processing = exponential
	}
	if chance("workers") {
		s.Network.Workers = rapid.IntRange(1, 3).Draw(t, "how many")
		s.Network.Processing = exponential
	}
	if chance("reads") {
		s.Network.Read = sim.Apart{Up: sim.Own{Said: true, Latency: constant}, Down: sim.Own{Said: true, Latency: exponential}}
		s.Network.Save.Processing = sim.Own{Said: chance("saves take longer"), Latency: exponential}
		s.Network.Paired = true
	}
	s.Network.Echo = chance("echo")
	if chance("timeout") {
		s.Network.Timeout = 250 * ms
	}
	if chance("connections") {
		s.Network.Connections = 2
	}
	if s.Given {
		s.GivenSets, s.GivenValues[0] = 1, value()
	}
	several := chance("several persons or clients")
	if s.Given && several && chance("given besides") {
		s.Beside = []sim.Gift{{Sets: 2}, {Sets: 3}}[:rapid.IntRange(1, 2).Draw(t, "how many besides")]
		s.Beside[0].Values[1] = value()
	}
	if several && chance("skew") {
		s.Skew[1] = 100 * ms
	}
	at := time.Duration(0)
	for n := range rapid.IntRange(1, 7).Draw(t, "actions") {
		at += time.Duration(rapid.IntRange(0, 200).Draw(t, "gap")) * ms
		a := sim.Action{
			Number: n + 1, At: at,
			Do: rapid.SampledFrom([]sim.Do{sim.Create, sim.Update, sim.Update, sim.Update, sim.Delete, sim.SetPermissions, sim.Fetch}).Draw(t, "do"),
			Up: max(latency("up"), sim.Unpinned), Down: max(latency("down"), sim.Unpinned),
		}
		if several {
			a.Client = uint8(rapid.IntRange(0, sim.MaxClients-1).Draw(t, "client"))
			a.Person = uint8(rapid.IntRange(0, 2).Draw(t, "person"))
		}
		switch a.Do {
		case sim.Create, sim.Update:
			a.Sets = sim.FieldSet(rapid.IntRange(1, 3).Draw(t, "sets"))
			a.Values[0], a.Values[1] = value(), value()
			if chance("the server has its own mind") {
				a.Saves = sim.FieldSet(rapid.IntRange(1, 7).Draw(t, "saves"))
				a.Saved[0], a.Saved[1], a.Saved[2] = value(), value(), value()
			}
		case sim.SetPermissions:
			a.Sets = 1 << sim.Permissions
			a.Values[sim.Permissions] = sim.ValueID(rapid.IntRange(0, 1).Draw(t, "to"))
		}
		switch rapid.IntRange(0, 19).Draw(t, "mishap") {
		case 14:
			a.Twice = true
		case 15:
			a.Processing = 100 * ms
		case 16:
			a.Skip = true
		case 17:
			a.Lose = sim.Uplink
		case 18:
			a.Lose = sim.Downlink
		case 19:
			a.Status = rapid.SampledFrom([]int{400, 403, 404, 500}).Draw(t, "status")
		}
		s.Actions = append(s.Actions, a)
	}
	if chance("a client is closed") {
		property.Closing(t, s)
	}
	return s
}

// severalViews is a script with more than one.
var severalViews = &sim.Script{Actions: []sim.Action{{Number: 1}, {Number: 2, Client: 1}}}

// drawTrial draws a script, one of all strategies, and a seed.
func drawTrial(t *rapid.T) (*sim.Script, sim.Strategy, uint64) {
	e := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
	s := drawScript(t)
	return s, e.For(s), rapid.Uint64().Draw(t, "seed")
}

// everyStrategy lists the catalogue, and each of it over the held post if it
// can be put there.
func everyStrategy() []strategies.Entry {
	var all []strategies.Entry
	for _, e := range strategies.Catalogue {
		all = append(all, e)
		if held, err := strategies.Find(e.Name + "+hold"); err == nil {
			all = append(all, held)
		}
	}
	return all
}

// differ says where two ledgers of a script differ; "" if nowhere. No list is an empty
// one, and fates that are no action's and no errand's are not looked at.
func differ(s *sim.Script, a, b *sim.Ledger) string {
	var out strings.Builder
	for n := range a.Fates {
		used := n <= len(s.Actions) || n > sim.MaxActions && n <= sim.MaxActions+max(len(a.Errands), len(b.Errands))
		if used && a.Fates[n] != b.Fates[n] {
			fmt.Fprintf(&out, "fate %d: %+v\nand %+v\n", n, a.Fates[n], b.Fates[n])
		}
	}
	x, y := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for i, field := range reflect.VisibleFields(x.Type()) {
		f, g := x.Field(i), y.Field(i)
		if field.Name == "Fates" || f.Kind() == reflect.Slice && f.Len()+g.Len() == 0 {
			continue
		}
		if !reflect.DeepEqual(f.Interface(), g.Interface()) {
			fmt.Fprintf(&out, "%s: %+v\nand %+v\n", field.Name, f, g)
		}
	}
	return out.String()
}

// TestDeterminism: a trial is a function of script, strategy and seed. It
// makes no difference whether it is traced, what the world or the strategy did
// before, nor which of them it is.
func TestDeterminism(t *testing.T) {
	testkit.Alone(t)
	var used sim.World
	for _, e := range everyStrategy() {
		one, many := e.For(nil), e.For(severalViews)
		t.Run(e.Name, property.MakeCheck(func(t *rapid.T) {
			script, seed := drawScript(t), rapid.Uint64().Draw(t, "seed")
			strategy := one
			if script.Views() != 1 {
				strategy = many
			}
			var w, silent sim.World
			first := w.Run(script, e.For(script), seed, sim.Options{Trace: true})
			again := used.Run(script, strategy, seed, sim.Options{Trace: true})
			if differ(script, first, again) != "" || !reflect.DeepEqual(w.Trace(), used.Trace()) {
				t.Fatalf("once:  %s\nagain: %s", tell(script, w.Trace().Events), tell(script, used.Trace().Events))
			}
			if diff := differ(script, first, silent.Run(script, strategy, seed, sim.Options{})); diff != "" {
				t.Fatalf("traced, and not:\n%s", diff)
			}
			if len(silent.Trace().Events) != 0 {
				t.Fatal("a trial that is not traced has a trace")
			}
		}))
	}
}

// TestSameLuck: what is drawn for an attempt at an action does not depend on
// the strategy, nor on what was sent before it.
func TestSameLuck(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		script := drawScript(t).Unpinned()
		script.Network.Fifo, script.Network.Duplicates, script.Network.Processing, script.Network.Workers = false, 0, sim.Latency{}, 0
		for i := range script.Actions {
			script.Actions[i].Twice = false
		}
		seed := rapid.Uint64().Draw(t, "seed")
		type attempt struct {
			action string // its label: under others the client may go on more errands, or on fewer
			n      int
			leg    sim.Leg
		}
		met := map[attempt]time.Duration{}
		for _, e := range everyStrategy() {
			if e.Name == "sequenced" {
				continue // what arrives early is not seen to arrive
			}
			var w sim.World
			all := w.Run(script, e.For(script), seed, sim.Options{Trace: true}).Script(script)
			tries := map[string]int{} // by action
			keys := map[int]attempt{}
			left := map[int]time.Duration{}
			meet := func(request int, leg sim.Leg, d time.Duration) {
				k := keys[request]
				k.leg = leg
				if before, ok := met[k]; ok && before != d {
					t.Fatalf("%s: %s, attempt %d, takes %v %v, under another strategy %v", e.Name, k.action, k.n, d, leg, before)
				}
				met[k] = d
			}
			for _, e := range w.Trace().Events {
				if e.Request == nil {
					continue
				}
				r := e.Request.Number
				switch e.Kind {
				case sim.EventSend:
					a := all.Action(e.Request.Actions[0]).Label()
					tries[a]++
					keys[r], left[r] = attempt{action: a, n: tries[a]}, e.At
				case sim.EventArrive:
					meet(r, sim.Uplink, e.At-left[r])
					left[r] = e.At
				case sim.EventReply:
					meet(r, sim.Downlink, e.At-left[r])
				case sim.EventLost:
					if script.Habits()&(sim.Offlines|sim.Closes) == 0 { // else it may be no matter of luck
						meet(r, e.Leg, -1)
					}
				}
			}
		}
	})
}

// TestFifo: on a client's fifo link no message overtakes another.
func TestFifo(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		script, strategy, seed := drawTrial(t)
		script.Network.Fifo, script.Network.Processing, script.Network.Workers = true, sim.Latency{}, 1
		var w sim.World
		whole := w.Run(script, strategy, seed, sim.Options{Trace: true}).Script(script)
		var sent, arrived []int // requests, in order
		var lastUp, lastDown [sim.MaxClients]int
		for _, e := range w.Trace().Events {
			c := e.ClientOf(whole)
			switch e.Kind {
			case sim.EventSend:
				sent = append(sent, e.Request.Number)
			case sim.EventArrive:
				at := slices.Index(sent, e.Request.Number)
				if at < lastUp[c] {
					t.Fatalf("a request overtook another: %s", tell(script, w.Trace().Events))
				}
				lastUp[c] = at
				if !slices.Contains(arrived, e.Request.Number) {
					arrived = append(arrived, e.Request.Number)
				}
			case sim.EventReply:
				at := slices.Index(arrived, e.Request.Number)
				if at < lastDown[c] {
					t.Fatalf("an answer overtook another: %s", tell(script, w.Trace().Events))
				}
				lastDown[c] = at
			}
		}
	})
}

// TestConnections: no more requests of a client are under way than it has
// connections.
func TestConnections(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		script, strategy, seed := drawTrial(t)
		script.Network.Connections = rapid.IntRange(1, 3).Draw(t, "connections")
		var w sim.World
		whole := w.Run(script, strategy, seed, sim.Options{Trace: true}).Script(script)
		var underWay [sim.MaxClients]int
		for _, e := range w.Trace().Events {
			c := e.ClientOf(whole)
			switch {
			case e.Kind == sim.EventSend && !e.Beacon:
				underWay[c]++
			case e.Kind == sim.EventReply && !e.Late, e.Kind == sim.EventTimeout:
				underWay[c]--
			case e.Kind == sim.EventAct && script.Action(e.Action).Do == sim.Close:
				underWay[c] = 0
			}
			if underWay[c] > script.Network.Connections {
				t.Fatalf("%d requests under way at %v: %s", underWay[c], e.At, tell(script, w.Trace().Events))
			}
		}
	})
}

// TestCertain: to pin what chance does to the first attempts changes nothing, and
// leaves chance nothing to do where there are no others.
func TestCertain(t *testing.T) {
	chanced := 0
	property.Check(t, func(t *rapid.T) {
		script, strategy, seed := drawTrial(t)
		var w, v sim.World
		w.Run(script, strategy, seed, sim.Options{Trace: true})
		certain := script.Certain(seed)
		certain.Network.Loss, certain.Network.Errors, certain.Network.Duplicates = 0, 0, 0
		ledger := v.Run(certain, strategy, seed, sim.Options{Trace: true})
		for i := range script.Actions {
			if ledger.Fates[i+1].Attempts > 1 {
				return
			}
		}
		if len(ledger.Errands) > 0 {
			return // nothing pins what chance does to them
		}
		if !reflect.DeepEqual(w.Trace(), v.Trace()) {
			t.Fatalf("by chance: %s\ncertain: %s", tell(script, w.Trace().Events), tell(script, v.Trace().Events))
		}
		if net := &script.Network; net.Loss+net.Errors+net.Duplicates > 0 {
			chanced++
		}
	})
	if chanced == 0 {
		t.Error("chance did nothing in any script")
	}
}

// TestDrawn: to pin what luck draws changes nothing.
func TestDrawn(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		script, strategy, seed := drawTrial(t)
		var w, v sim.World
		w.Run(script, strategy, seed, sim.Options{Trace: true})
		v.Run(script.Drawn(seed), strategy, seed, sim.Options{Trace: true})
		if !reflect.DeepEqual(w.Trace(), v.Trace()) {
			t.Fatalf("drawn:  %s\npinned: %s", tell(script, w.Trace().Events), tell(script, v.Trace().Events))
		}
	})
}
