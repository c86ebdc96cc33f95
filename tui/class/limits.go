package class

import (
	"fmt"
	"time"
)

// Limits bound what sessions may cost, all together and each. A zero stands for
// the default.
type Limits struct {
	Sessions   int           // students at once; 200
	PerAddress int           // connections at once from one address; 200, for a class often shares one
	Memory     uint64        // bytes of this program beyond which nobody new is let in; 1 GiB
	Idle       time.Duration // without a key before a session ends; 30 minutes
	Handshake  time.Duration // until a connection must have become a session; 15 s
	Stall      time.Duration // that a client may take to read what was written; 10 s
	Width      int           // columns of a window that are used; 240
	Height     int           // rows; 70
	Keys       int           // keys and mouse events a second, more of which are dropped; 100
	Paste      int           // bytes of a paste that are taken; 4096
	Rate       int           // bytes a second that are read from a connection; 64 KiB
}

// waiting is how many connections may be there besides the sessions: on their
// way to become one, or to be told that there is no room.
const waiting = 100

// names is how many names a class remembers for each session that it has room
// for.
const names = 5

// Names returns how many names a class should remember, see [NewHub].
func (l Limits) Names() int { return l.filled().Sessions * names }

// filled returns the limits with their defaults.
func (l Limits) filled() Limits {
	fill(&l.Sessions, 200)
	fill(&l.PerAddress, 200)
	fill(&l.Memory, 1<<30)
	fill(&l.Idle, 30*time.Minute)
	fill(&l.Handshake, 15*time.Second)
	fill(&l.Stall, 10*time.Second)
	fill(&l.Width, 240)
	fill(&l.Height, 70)
	fill(&l.Keys, 100)
	fill(&l.Paste, 4096)
	fill(&l.Rate, 64<<10)
	return l
}

func fill[T comparable](v *T, to T) {
	var zero T
	if *v == zero {
		*v = to
	}
}

// clamp returns a window's size within the limits: nothing is drawn beyond
// them, and a window always has a cell.
func (l *Limits) clamp(w, h uint32) (width, height int) {
	return int(min(max(w, 1), uint32(l.Width))), int(min(max(h, 1), uint32(l.Height)))
}

// Full says why somebody cannot come in.
type Full struct{ Why string }

// Error says it.
func (f Full) Error() string { return fmt.Sprintf("there is no room: %s", f.Why) }
