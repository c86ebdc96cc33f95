package diagram_test

import (
	"testing"
	"time"

	"photofinish/report/diagram"
)

// What a closed screen shows is nothing, which is not held against the server, until
// the read of its opening has been shown.
func TestClosedScreen(t *testing.T) {
	l := laneOf(t, "flow-left", "naive") // u1, closed, opened at 5 s, shown at 5.1 s
	s := l.Script
	for _, tt := range []struct {
		at       time.Duration
		absent   string // "": it shows somebody
		compared bool
	}{
		{s.Actions[1].At - 1, "", true},
		{s.Actions[1].At, "closed", false},
		{s.Actions[2].At - 1, "closed", false},
		{s.Actions[2].At, "nothing yet", false},
		{diagram.Forever, "", true},
	} {
		h := diagram.At(l.Screen(), tt.at)
		if h.Exists != (tt.absent == "") || h.Compared() != tt.compared {
			t.Errorf("at %v: exists %v, compared %v", tt.at, h.Exists, h.Compared())
		}
		if got := diagram.Absent(diagram.Until(l.Screen(), tt.at)); tt.absent != "" && got != tt.absent {
			t.Errorf("at %v it is %q, want %q", tt.at, got, tt.absent)
		}
		if differ := l.Differ(h, diagram.At(l.Server(), tt.at)); !tt.compared && differ != 0 {
			t.Errorf("at %v it differs in %b", tt.at, differ)
		}
	}
	if is := l.Ending(); !is.Clean() {
		t.Errorf("a client is closed and opened, and it says %q", is.Says(l))
	}
}
