package session

import (
	"errors"
	"testing"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// at returns the session with the cursor at so many milliseconds.
func at(s Session, ms int) Session {
	s.Now = time.Duration(ms) * time.Millisecond
	return s
}

// A create where the person in view exists is for somebody new, or a double click.
func TestWhomACreateMeans(t *testing.T) {
	opening := at(begin(t, "create-then-two-updates"), 420) // c1 at 0, u2 at 40, u3 at 70
	press := func(s Session, keys ...any) Session {
		for _, k := range keys {
			switch k := k.(type) {
			case sim.Do:
				s, _, _ = s.Press(k)
			case int:
				s = at(s, k)
			}
		}
		return s
	}
	for _, tt := range []struct {
		name   string
		s      Session
		meant  Meant
		person uint8 // counted from 0
	}{
		{"at the end", opening, Somebody, 1},
		{"at once", at(opening, 0), Twice, 0},
		{"50 ms later", at(opening, 50), Twice, 0},
		{"51 ms later", at(opening, 51), Somebody, 1},
		{"twice at the end", press(opening, sim.Create), Twice, 1},
		{"again, 60 ms later", press(opening, sim.Create, 480), Somebody, 2},
		{"who was deleted", press(opening, sim.Delete, 430), InView, 0},
		{"who is deleted later", press(opening, 300, sim.Delete, 200), Somebody, 1},
		{"who was deleted and created anew", press(opening, sim.Delete, sim.Create), Twice, 0},
		{"who was given", at(begin(t, "two-tabs"), 5000), Somebody, 1},
		{"before anybody is created", press(at(begin(t, "create-then-update"), 0), 600, sim.Create, 0), InView, 1},
	} {
		next, meant, err := tt.s.Press(sim.Create)
		if err != nil || meant != tt.meant {
			t.Errorf("%s: meant %v, %v, want %v", tt.name, meant, err, tt.meant)
			continue
		}
		var a *sim.Action
		for i := range next.Script.Actions {
			if b := &next.Script.Actions[i]; b.Do == sim.Create && b.At == tt.s.Now && (a == nil || b.Number > a.Number) {
				a = b
			}
		}
		if a == nil || a.Person != tt.person || next.View != a.View() {
			t.Errorf("%s: %+v, in view %d, want person %d", tt.name, a, next.View, tt.person)
		}
	}
}

// Who acts as the network says, like a script, whom it means.
func TestActMeansWhoIsInView(t *testing.T) {
	s, err := at(begin(t, "create-then-two-updates"), 420).Act(sim.Create)
	if err != nil || s.Script.Action(4).Do != sim.Create || s.Script.Action(4).Person != 0 || s.View != 0 {
		t.Errorf("%+v, %v", s.Script.Action(4), err)
	}
}

func TestFourPersons(t *testing.T) {
	s := begin(t, "create-then-update")
	for i := range 3 {
		s = at(s, 1000*(i+1))
		s, _, _ = s.Press(sim.Create)
	}
	if _, _, err := at(s, 5000).Press(sim.Create); !errors.Is(err, ErrCrowd) {
		t.Errorf("a fifth person: %v", err)
	}
	gone, _, _ := at(s, 5000).Press(sim.Delete) // the fourth
	gone.View = 0
	if next, meant, err := at(gone, 6000).Press(sim.Create); err != nil || meant != Somebody || next.View != 3 {
		t.Errorf("who was deleted is free: %v, %v, view %d", meant, err, next.View)
	}
}

// P goes on to whom there is, and back.
func TestAroundThePersons(t *testing.T) {
	s := begin(t, "create-then-update")
	if one := s.Person(); one.View != 1 || one.Person().View != 0 {
		t.Errorf("from the only person to %d, and back to %d", one.View, one.Person().View)
	}
	s, _, _ = at(s, 1000).Press(sim.Create)
	if s.View != 1 || s.Person().View != 0 || s.Person().Person().View != 1 {
		t.Errorf("from person %d to %d, and on to %d", s.View, s.Person().View, s.Person().Person().View)
	}
	if name := s.Name(0); name != "Ada" {
		t.Errorf("the first is called %q", name)
	}
	s.View = sim.MaxPersons
	if s.Person().View != sim.MaxPersons+1 {
		t.Errorf("on the second client, from the first person to %d", s.Person().View)
	}
}

// What is called a double click is one: in the file that is saved, every client that
// posts it makes two records.
func TestDoubleClickIsOne(t *testing.T) {
	s, _, _ := at(begin(t, "create-then-two-updates"), 1000).Press(sim.Create)
	s, meant, err := at(s, 1030).Press(sim.Create)
	if err != nil || meant != Twice {
		t.Fatalf("%v, %v", meant, err)
	}
	f, err := s.AsFile("twice.yaml", strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range f.Scenario.Expect {
		if x.Strategy == "naive" && (len(x.Anomalies) == 0 || x.Anomalies[len(x.Anomalies)-1] != judge.DuplicateRecord) {
			t.Errorf("naive: %v", x.Anomalies)
		}
	}
}

// Texts from a file never reach the screen as they are, nor does what is no name.
func TestNameIsSafe(t *testing.T) {
	for text, want := range map[string]string{"\x1b[31mAda": "·[31mAda", " ": "person 1", "": "person 1"} {
		s := begin(t, "create-then-update").Select(1)
		s = s.Set(0, text)
		if got := s.Name(0); got != want {
			t.Errorf("%q is called %q, want %q", text, got, want)
		}
	}
}
