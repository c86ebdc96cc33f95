package class

import (
	"errors"
	"slices"
	"time"

	"photofinish/tui/frame"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// Seat is where a student sits: what the student may do with the class.
type Seat struct {
	hub     *Hub
	member  *member
	changed chan struct{} // has a signal when there may be something new to see: one for several changes
	gone    chan struct{} // closed when the student leaves
}

// Sheet is the part of a class that a student may see.
type Sheet struct {
	Name     string
	Phase    Phase
	Ballot   int // its number, from 1; of two questions no two are the same
	Question Question
	Round    int // from 1
	Voted    bool
	Mine     lesson.Answer // if Voted
	Tallies  []frame.Tally // by round, from Shown on
	Answer   *lesson.Truth // once it is Revealed
	Locked   bool          // the playground is, for everybody
	Step     learn.At      // where the teacher is; without a lesson: nowhere yet
}

// Name returns the name under which the student sits.
func (s *Seat) Name() string { return s.member.name }

// See returns what the student may see now.
func (s *Seat) See() Sheet {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	v := Sheet{Name: s.member.name, Step: h.step, Locked: h.locked}
	b := h.now
	if b == nil {
		return v
	}
	v.Phase, v.Ballot, v.Question, v.Round = b.phase, b.number, b.question, len(b.rounds)
	mine, voted := b.now()[s.member]
	v.Mine, v.Voted = mine.Answer, voted
	if b.phase >= Shown {
		v.Tallies = b.tallies()
	}
	v.Answer = b.answer
	return v
}

// Vote votes in the ballot of that number, or changes the vote. A vote in
// another ballot than the one that is open now, or one that comes too late, is
// an error.
func (s *Seat) Vote(ballot int, v lesson.Answer) error {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.now
	switch {
	case s.member.seat != s:
		return errors.New("you have left")
	case b == nil || b.number != ballot:
		return errors.New("this is not asked any more")
	case b.phase != Voting:
		return errors.New("the vote is closed")
	}
	if err := b.question.Takes(v); err != nil {
		return err
	}
	v.Picks = slices.Sorted(slices.Values(v.Picks))
	b.now()[s.member] = voted{v, time.Now()}
	s.member.voted = true
	ring(s.changed)
	h.ringTeacher()
	return nil
}

// Votes returns what the student has said last to each question of a lesson, by
// step, from 0.
func (s *Seat) Votes(name string) map[int]lesson.Answer {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	all := map[int]lesson.Answer{}
	for _, b := range h.ballots {
		for _, r := range b.rounds {
			if v, voted := r[s.member]; voted && b.question.Place > 0 && b.question.Lesson == name {
				all[b.question.Place-1] = v.Answer
			}
		}
	}
	return all
}

// Done is how far somebody is who has brought about what a break or a mend asks for.
const Done = learn.Did

// does is how far a member is with a break or a mend, and since when.
type does struct {
	how learn.Doing
	at  time.Time
}

// Do notes how far a student is with the break or the mend in view.
func (s *Seat) Do(step int, how learn.Doing) {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.member.seat != s || step != h.step.Step || h.doing[s.member].how == Done {
		return
	}
	h.doing[s.member] = does{how, time.Now()}
	h.ringTeacher()
}

// Leave gives the seat up. A vote stays, and the name is free to be taken
// again.
func (s *Seat) Leave() {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.member.seat != s {
		return
	}
	s.member.seat = nil
	close(s.gone)
	if !s.member.voted {
		h.forget(s.member)
	}
	h.ringTeacher()
}

// Board is the part of a class that the teacher sees.
type Board struct {
	Members  []Present // who is here, in the order in which they came
	Locked   bool      // students have no playground now
	Phase    Phase
	Question Question
	Tallies  []frame.Tally // by round, always
	Answer   *lesson.Truth // once it is Revealed
	Right    int           // of the last round, once it is Revealed
	Finished int           // are done with a break or a mend, or have given up
	Misled   int           // who was sure and wrong, likewise
}

// Present is a member who is here.
type Present struct {
	Name  string
	Voted bool // on what is asked now
}

// Board returns what the teacher sees now.
func (h *Hub) Board() Board {
	h.mu.Lock()
	defer h.mu.Unlock()
	v := Board{Locked: h.locked, Finished: len(h.doing)}
	b := h.now
	for _, m := range h.members {
		if m.seat == nil {
			continue
		}
		p := Present{Name: m.name}
		if b != nil {
			_, p.Voted = b.now()[m]
		}
		v.Members = append(v.Members, p)
	}
	if b == nil {
		return v
	}
	v.Phase, v.Question, v.Tallies, v.Answer = b.phase, b.question, b.tallies(), b.answer
	if b.phase == Revealed {
		v.Right, v.Misled = b.misled(b.now())
	}
	return v
}
