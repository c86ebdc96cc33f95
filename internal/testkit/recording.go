package testkit

import (
	"cmp"
	"encoding/json"
	"iter"
	"os"
	"slices"
	"testing"

	"photofinish/sim"
)

// Recording is what a trial shows from outside: its messages, and what stands
// at the end.
type Recording struct {
	Wire   []Message
	Server []Holder
	Client Holder
}

// Message is an event of a message: send, arrive or reply.
type Message struct {
	T       float64 // in milliseconds
	Event   string
	Actions []int
	Do      string
	ID      *int
	Status  int
	Body    map[string]any
}

// Holder is a person as a client or a server has them.
type Holder struct {
	ID          *int
	Attributes  map[string]any
	Permissions any
}

// Record runs a trial and keeps what a recording has.
func Record(s *sim.Script, strategy sim.Strategy) Recording {
	var w sim.World
	var out Recording
	end := w.Run(s, strategy, 1, sim.Options{Trace: true})
	for _, e := range w.Trace().Events {
		m := Message{T: float64(e.At) / 1e6, Event: e.Kind.String(), ID: id(e.ID)}
		switch e.Kind {
		case sim.EventSend:
			if e.Request.Do != sim.Delete && e.Request.Do != sim.Fetch {
				m.Body = values(s, &e.Request.Body)
			}
		case sim.EventArrive, sim.EventReply:
			m.Status = e.Status
		default:
			continue
		}
		m.Actions, m.Do = e.Request.Actions, e.Request.Do.String()
		out.Wire = append(out.Wire, m)
	}
	out.Sort()
	for i, r := range end.Records {
		if !r.Deleted {
			out.Server = append(out.Server, describe(s, i+1, &r.State))
		}
	}
	out.Client = describe(s, end.Views[0].ID, &end.Views[0].State)
	return out
}

// Sort puts the messages in the order of time.
func (r *Recording) Sort() {
	slices.SortStableFunc(r.Wire, func(a, b Message) int { return cmp.Compare(a.T, b.T) })
}

// describe puts values in the place of writers.
func describe(s *sim.Script, n int, state *sim.State) Holder {
	all := values(s, state)
	permissions := all["permissions"]
	delete(all, "permissions")
	return Holder{id(n), all, permissions}
}

func values(s *sim.Script, state *sim.State) map[string]any {
	out := map[string]any{}
	for f, by := range state {
		if by != sim.Nobody {
			out[s.FieldName(f)] = s.Values[s.Value(by, f)]
		}
	}
	return out
}

func id(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// JSONLines yields the lines of a file, decoded.
func JSONLines[T any](t *testing.T, path string) iter.Seq[T] {
	return func(yield func(T) bool) {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for in := json.NewDecoder(f); in.More(); {
			var line T
			if err := in.Decode(&line); err != nil {
				t.Fatal(err)
			}
			if !yield(line) {
				return
			}
		}
	}
}
