package desk

import (
	"testing"
	"time"
)

// Who has looked elsewhere comes back to where they were; after an edit there is no
// such place any more.
func TestReturn(t *testing.T) {
	for _, playing := range []bool{false, true} {
		d := open(t)
		d.Pause()
		d.Session.Now = 70 * time.Millisecond
		d.Clock.Playing = playing
		was := d.Place()
		d.MoveTo(d.Settled)
		if d.Return(was); d.Session.Now != 70*time.Millisecond || d.Clock.Playing != playing {
			t.Errorf("back at %v, playing %v", d.Session.Now, d.Clock.Playing)
		}
	}
	d := open(t)
	d.Pause()
	d.MoveTo(d.Settled)
	was := d.Place()
	d.MoveTo(0)
	if d.Return(was); !d.atRest() {
		t.Errorf("settled, and back at %v of %v", d.Session.Now, d.Settled)
	}
	d.MoveTo(50 * time.Millisecond)
	d.Edit(d.Session.Reseed(1))
	if d.Return(was); d.Session.Now != 50*time.Millisecond {
		t.Errorf("edited, and back at %v", d.Session.Now)
	}
	d.Return(Place{})
	if d.Session.Now != 50*time.Millisecond {
		t.Errorf("from nowhere back at %v", d.Session.Now)
	}
}
