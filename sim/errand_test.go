package sim

import (
	"slices"
	"testing"
	"time"
)

// postsAll posts what it gets, and takes what comes.
type postsAll struct{}

func (postsAll) Act(c *Client, a *Action)  { c.Post(a) }
func (postsAll) Reply(c *Client, r *Reply) { c.Take(r) }
func (postsAll) Wake(*Client, Timer)       {}
func (postsAll) Reset()                    {}

// looksOn is one that does not take what errands bring.
type looksOn struct {
	postsAll
	read []string
}

func (s *looksOn) Read(_ *Client, r *Reply) { s.read = append(s.read, r.First().Label()) }

// withHabits returns a script of a given person on a network whose legs take 50 ms.
func withHabits(n Network, steps ...Action) *Script {
	n.Up, n.Down = Latency{A: 50 * time.Millisecond}, Latency{A: 50 * time.Millisecond}
	for i := range steps {
		steps[i].Number, steps[i].Up, steps[i].Down = i+1, Unpinned, Unpinned
	}
	return &Script{Actions: steps, Fields: []string{"a", "b"}, Values: []any{"0", "1"}, Given: true, GivenSets: 3, Network: n}
}

// happened returns the events of a trial, each as its time, kind and label.
func happened(s *Script, strategy Strategy) (events []string) {
	var w World
	l := w.Run(s, strategy, 1, Options{Trace: true})
	all := l.Script(s)
	for _, e := range w.Trace().Events {
		events = append(events, e.At.String()+" "+e.Kind.String()+" "+all.Action(e.First()).Label())
	}
	return events
}

func TestReread(t *testing.T) {
	s := withHabits(Network{Reread: true}, Action{Do: Update, Sets: 1})
	want := []string{
		"0s act u1", "0s send u1", "50ms arrive u1", "100ms reply u1",
		"100ms ask f·u1", "100ms send f·u1", "150ms arrive f·u1", "200ms reply f·u1",
	}
	if got := happened(s, postsAll{}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	one := &looksOn{}
	if happened(s, one); !slices.Equal(one.read, []string{"f·u1"}) {
		t.Errorf("it was handed %q", one.read)
	}
}

func TestErrandsCostNothing(t *testing.T) {
	s := withHabits(Network{Reread: true}, Action{Do: Update, Sets: 1})
	var w World
	l := w.Run(s, postsAll{}, 1, Options{})
	if l.Requests != 1 || l.Settled != 100*time.Millisecond || len(l.Reads) != 1 {
		t.Errorf("%d requests, settled at %v, %d reads", l.Requests, l.Settled, len(l.Reads))
	}
}

func TestPoll(t *testing.T) {
	s := withHabits(Network{Poll: time.Second}, Action{Do: Update, Sets: 1, At: 980 * time.Millisecond})
	s.Network.Up, s.Network.Down = Latency{A: 100 * time.Millisecond}, Latency{A: 50 * time.Millisecond}
	want := []string{
		"980ms act u1", "980ms send u1", "1s ask f·1", "1s send f·1", "1.08s arrive u1", "1.1s arrive f·1", "1.13s reply u1", "1.15s reply f·1",
		"2s ask f·2", "2s send f·2", "2.1s arrive f·2", "2.15s reply f·2",
	}
	if got := happened(s, postsAll{}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestPush(t *testing.T) {
	s := withHabits(Network{Push: true}, Action{Do: Update, Sets: 1}, Action{Do: Update, Sets: 2, Client: 1, At: 200 * time.Millisecond})
	want := []string{
		"0s act u1", "0s send u1", "50ms arrive u1", "100ms reply u1", "100ms push <u1@2",
		"200ms act u2", "200ms send u2", "250ms arrive u2", "300ms reply u2", "300ms push <u2@1",
	}
	if got := happened(s, postsAll{}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// postsTwice posts all that it gets once more.
type postsTwice struct{ postsAll }

func (postsTwice) Act(c *Client, a *Action) {
	c.Post(a)
	c.Post(a)
}

// News are no second attempt, whatever the requests were of which the world has made
// them.
func TestPushInAUsedWorld(t *testing.T) {
	s := withHabits(Network{Push: true}, Action{Do: Update, Sets: 1}, Action{Do: Update, Sets: 2, Client: 1, At: time.Second})
	var w World
	w.Run(s, postsTwice{}, 1, Options{})
	labels := &labelled{}
	w.Run(s, postsAll{}, 1, Options{Chooser: labels})
	if want := []string{"u1", "u1>", "<u1", "<u1@2", "u2", "u2>", "<u2", "<u2@1"}; !slices.Equal(labels.all, want) {
		t.Errorf("got  %q\nwant %q", labels.all, want)
	}
}

// labelled chooses by time, and notes what happens.
type labelled struct {
	ByTime
	all []string
}

func (l *labelled) Choose(w *World, pending []Pending) int {
	i := l.ByTime.Choose(w, pending)
	l.all = append(l.all, w.Label(&pending[i]))
	return i
}

func TestCancel(t *testing.T) {
	for _, c := range []struct {
		name  string
		at    time.Duration // when the second edit is pressed
		taken bool          // what the first one has let read
	}{{"before the read was asked", 80 * time.Millisecond, true}, {"while it is under way", 120 * time.Millisecond, false}} {
		t.Run(c.name, func(t *testing.T) {
			s := withHabits(Network{Reread: true, Cancel: true}, Action{Do: Update, Sets: 1}, Action{Do: Update, Sets: 2, At: c.at})
			var w World
			l := w.Run(s, postsAll{}, 1, Options{Trace: true})
			taken := slices.ContainsFunc(l.Reads, func(r Read) bool { return r.Action == MaxActions+1 })
			if taken != c.taken {
				t.Errorf("taken: %v, want %v", taken, c.taken)
			}
			for _, e := range w.Trace().Events {
				if e.Kind == EventReply && e.First() == MaxActions+1 && e.Ignored == c.taken {
					t.Errorf("the trace says otherwise")
				}
			}
		})
	}
}

// Polls as often as an answer takes keep no trial going: while nothing but they are under
// way, each client polls once more.
func TestPollWhilePolling(t *testing.T) {
	s := withHabits(Network{Poll: 100 * time.Millisecond}, Action{Do: Update, Sets: 1})
	want := []string{
		"0s act u1", "0s send u1", "50ms arrive u1", "100ms ask f·1", "100ms send f·1", "100ms reply u1",
		"150ms arrive f·1", "200ms ask f·2", "200ms send f·2", "200ms reply f·1", "250ms arrive f·2", "300ms reply f·2",
	}
	if got := happened(s, postsAll{}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
