package session

import (
	"slices"
	"testing"
	"time"

	"photofinish/sim"
)

// A span without network begins and ends at the cursor, is moved between its
// neighbours, and is deleted whole.
func TestOffline(t *testing.T) {
	at := func(s Session, ms int) Session { s.Now = time.Duration(ms) * time.Millisecond; return s }
	press := func(s Session, ms int) Session {
		next, err := at(s, ms).ToggleOffline()
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	want := func(s Session, ends ...int) {
		t.Helper()
		var got []int
		for _, o := range s.Script.Offline {
			got = append(got, int(o.From/time.Millisecond), int(o.To/time.Millisecond))
		}
		if !slices.Equal(got, ends) {
			t.Errorf("%v, want %v", got, ends)
		}
	}
	s := press(begin(t, "create-then-update"), 100)
	want(s, 100, 0)
	s = press(s, 300)
	want(s, 100, 300)
	s = press(press(s, 500), 600)
	want(s, 100, 300, 500, 600)
	s = s.Select(EndNumber(1, false)).Move(-time.Second)
	want(s, 100, 300, 300, 600)
	s = s.Move(time.Second)
	want(s, 100, 300, 599, 600)
	want(s.Select(EndNumber(0, true)).Move(time.Second), 100, 599, 599, 600)
	want(s.Delete(), 100, 300)
	want(press(s, 100), 599, 600) // taken back where it began
	want(press(s, 400), 100, 300, 400, 600)
	if n := s.Select(EndNumber(2, false)).Selected; n != len(s.Script.Actions) {
		t.Errorf("a span that there is not is selected as %d", n)
	}
}

// A client that is closed stays so until the next thing that is done there, before
// which it is opened; nothing can be pressed on it, or moved there.
func TestClosed(t *testing.T) {
	s := begin(t, "create-then-update") // c1 at 0, u2 at 40 ms
	s.Now = 20 * time.Millisecond
	s, err := s.ToggleClosed()
	if err != nil {
		t.Fatal(err)
	}
	words := func(s Session) (words []string) {
		for i := range s.Script.Actions {
			words = append(words, s.Script.Actions[i].Label())
		}
		return words
	}
	if got := words(s); !slices.Equal(got, []string{"c1", "x2", "o3", "u4"}) {
		t.Fatalf("%v", got)
	}
	s.Now = 30 * time.Millisecond
	if _, err := s.Act(sim.Update); err != ErrClosed {
		t.Errorf("pressed on a closed client: %v", err)
	}
	if next := s.Select(4).Move(-15 * time.Millisecond); next.Script != s.Script {
		t.Errorf("moved to where it is closed: %v", words(next))
	}
	if got := words(s.Select(2).Delete()); !slices.Equal(got, []string{"c1", "u2"}) {
		t.Errorf("without what closed it: %v", got)
	}
	open, err := s.ToggleClosed()
	if err != nil || !slices.Equal(words(open), []string{"c1", "x2", "o3", "u4"}) || open.Script.Action(3).At != s.Now {
		t.Errorf("opened earlier: %v %v", words(open), err)
	}
}
