package class

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/class/host"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// Hub is a class: who is there, what is asked, where the teacher is. All of it
// may be used by several goroutines at once; nothing in it waits for anybody.
type Hub struct {
	mu      sync.Mutex
	most    int // names
	members []*member
	byName  map[string]*member // in small letters
	changed chan struct{}      // for the teacher
	ballots []*ballot          // all that there were
	now     *ballot            // nil: nothing is asked
	step    learn.At           // where the teacher is
	locked  bool               // nobody has a playground

	console  *link                // the one that is open; nil: none is
	pressed  chan tea.KeyPressMsg // keys of the console, for the wall
	doing    map[*member]does     // of the break or mend in view
	began    time.Time            // when the first step was gone to
	since    time.Time            // and the one in view
	closedAt time.Time            // when a vote was closed last
}

// member is a name, whether or not somebody sits under it now.
type member struct {
	name  string
	seat  *Seat  // nil: gone
	voted bool   // ever
	who   string // eight hexadecimal digits, drawn for the class
}

// newHub returns an empty class that remembers at most so many names.
func newHub(most int) *Hub {
	return &Hub{most: most, byName: map[string]*member{}, changed: make(chan struct{}, 1), pressed: make(chan tea.KeyPressMsg, 16)}
}

// errFull says that no more names are taken.
var errFull = errors.New("the class is full")

// Join seats somebody under a name like the one that they say: cleaned, and
// with a number if somebody sits there already. Who comes again under a name
// whose owner has left has that one's votes: a lost connection costs none, and
// gives none twice.
func (h *Hub) Join(user string) (*Seat, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	clean := cleanName(user)
	name := clean
	for n := 2; ; n++ {
		m := h.byName[strings.ToLower(name)]
		if m == nil && len(h.members) >= h.most {
			return nil, errFull
		}
		if m == nil {
			m = &member{name: name, who: h.draw()}
			h.members = append(h.members, m)
			h.byName[strings.ToLower(name)] = m
		}
		if m.seat == nil {
			m.seat = &Seat{hub: h, member: m, changed: make(chan struct{}, 1), gone: make(chan struct{})}
			h.ringTeacher()
			return m.seat, nil
		}
		name = numbered(clean, n)
	}
}

// admit seats whoever comes, with the screen that a seat has.
func (h *Hub) admit(screen func(*Seat) tea.Model) func(user string) (host.Guest, error) {
	return func(user string) (host.Guest, error) {
		seat, err := h.Join(user)
		if err != nil {
			return host.Guest{}, err
		}
		return host.Guest{Name: seat.Name(), Screen: func() tea.Model { return screen(seat) }, Leave: seat.Leave}, nil
	}
}

// draw returns a word for a member that nobody has yet. The lock is held.
func (h *Hub) draw() string {
	for {
		var b [4]byte
		rand.Read(b[:])
		word := hex.EncodeToString(b[:])
		if !slices.ContainsFunc(h.members, func(m *member) bool { return m.who == word }) {
			return word
		}
	}
}

// forget drops a name under which nobody sits and nobody has voted. The lock
// is held.
func (h *Hub) forget(m *member) {
	h.members = slices.DeleteFunc(h.members, func(other *member) bool { return other == m })
	delete(h.byName, strings.ToLower(m.name))
}

// tellAll says that something has changed. The lock is held.
func (h *Hub) tellAll() {
	h.ringTeacher()
	for _, m := range h.members {
		if m.seat != nil {
			ring(m.seat.changed)
		}
	}
}

// ring leaves a signal, if none is waiting there already.
func ring(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Ask begins a ballot. What was asked before is over, and stays in the export.
func (h *Hub) Ask(q Question) error {
	if err := q.Check(); err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.begin(q)
	h.tellAll()
	return nil
}

func (h *Hub) begin(q Question) {
	h.now = &ballot{number: len(h.ballots) + 1, question: q, phase: Voting, rounds: []round{{}}}
	h.ballots = append(h.ballots, h.now)
}

// Turn goes to a step of a lesson, and to what is asked there: nil for nothing. A
// question that was asked before is taken up as it was left.
func (h *Hub) Turn(step learn.At, q *Question) error {
	if q != nil {
		if err := q.Check(); err != nil {
			return err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.step.Lesson != step.Lesson || h.step.Step != step.Step || h.since.IsZero() {
		h.since, h.doing = time.Now(), map[*member]does{}
	}
	if h.began.IsZero() {
		h.began = h.since
	}
	h.step, h.now = step, nil
	if q != nil {
		if h.now = h.asked(q.Lesson, q.Place); h.now == nil {
			h.begin(*q)
		}
	}
	h.tellAll()
	return nil
}

// asked returns the ballot on a step of a lesson; nil: there was none. The lock is held.
func (h *Hub) asked(lesson string, place int) *ballot {
	for _, b := range h.ballots {
		if b.question.Lesson == lesson && b.question.Place == place {
			return b
		}
	}
	return nil
}

// Lock takes the playground from all students, or gives it back.
func (h *Hub) Lock(locked bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.locked = locked
	h.tellAll()
}

// Close takes no more votes. Like the other steps of a ballot it returns an
// error where it is not yet, or no more, time for that.
func (h *Hub) Close() error { return h.advance(Voting, Voting, Closed, nil) }

// Show lets everybody see how the class has voted.
func (h *Hub) Show() error { return h.advance(Closed, Closed, Shown, nil) }

// Reveal tells everybody what is right, from when the vote has been closed.
func (h *Hub) Reveal(t *lesson.Truth) error {
	return h.advance(Closed, Shown, Revealed, func(b *ballot) { b.answer = t })
}

// Again begins another round of votes on the same question, as after a
// discussion. The rounds before it stay as they are.
func (h *Hub) Again() error {
	return h.advance(Shown, Shown, Voting, func(b *ballot) { b.rounds = append(b.rounds, round{}) })
}

// phaseNames say of a ballot how far it is.
var phaseNames = [...]string{
	"there is no ballot", "votes are being taken", "the vote is closed", "the votes are shown", "the answer is revealed",
}

// advance takes a ballot on, if its phase is one of those from first to last.
func (h *Hub) advance(first, last, to Phase, do func(*ballot)) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.now
	switch {
	case b == nil:
		return errors.New(phaseNames[Idle])
	case b.phase < first || b.phase > last:
		return fmt.Errorf("not now: %s", phaseNames[b.phase])
	}
	if b.phase = to; to == Closed {
		h.closedAt = time.Now()
	}
	if do != nil {
		do(b)
	}
	h.tellAll()
	return nil
}

// Dismiss ends the ballot, if there is one. One that was not revealed stays in
// the export without an answer.
func (h *Hub) Dismiss() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = nil
	h.tellAll()
}
