package session

// History holds the sessions that undo and redo go back and forth in.
type History struct {
	past, undone []Session
}

// most is how many edits can be taken back.
const most = 1000

// Did notes that s was left by an edit.
func (h *History) Did(s Session) {
	h.past = append(h.past, s)
	if len(h.past) > most {
		h.past = append(h.past[:0], h.past[1:]...)
	}
	h.undone = nil
}

// Unmoved forgets the last edit if it has come to nothing, as a drag there and back.
func (h *History) Unmoved(now Session) {
	if n := len(h.past); n > 0 && h.past[n-1].Same(&now) {
		h.past = h.past[:n-1]
	}
}

// Any reports whether there is an edit to take back.
func (h *History) Any() bool { return len(h.past) > 0 }

// Undo returns the session before the last edit, and false if there is none.
// now is kept for [History.Redo].
func (h *History) Undo(now Session) (Session, bool) { return step(&h.past, &h.undone, now) }

// Redo returns the session after the edit that was taken back last, and false
// if there is none.
func (h *History) Redo(now Session) (Session, bool) { return step(&h.undone, &h.past, now) }

func step(from, to *[]Session, now Session) (Session, bool) {
	n := len(*from)
	if n == 0 {
		return now, false
	}
	s := (*from)[n-1]
	*from, *to = (*from)[:n-1], append(*to, now)
	return s, true
}
