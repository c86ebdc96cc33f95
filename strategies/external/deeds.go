package external

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"photofinish/sim"
)

// happen lets happen what the program did in a turn, in its order, and then takes
// over what the screen shows. The turn was the answer to a request, or nil; and
// it was about a click, or an errand, or 0.
func (s *lane) happen(q *sent, about int) {
	var ended []int // the requests that failed in this turn, by place
	if q != nil && q.standing == failed {
		ended = append(ended, slices.IndexFunc(s.sent, func(o sent) bool { return o.r == q.r }))
	}
	var reply *sim.Reply
	if q != nil {
		reply = &q.reply
	}
	alarm := s.answer.Error != ""
	var news []int // the contexts of what the user was told in this turn
	for i := range s.answer.Out {
		d := &s.answer.Out[i]
		var err error
		switch {
		case d.Tell != nil:
			alarm = true
			news = append(news, cmp.Or(d.By, about))
		case d.Abort != 0:
			var k int
			if k, err = s.abort(d.Abort); k >= 0 {
				ended = append(ended, k)
			}
		default:
			err = s.do(d, about)
		}
		if err != nil {
			s.fail(s.wrong(err))
		}
		if s.h.Failed() {
			s.failed = true
			return
		}
	}
	if len(news) > 0 && s.turn.has(about) {
		s.of[about].told = true
	}
	s.busy = s.answer.Busy
	s.h.From(sim.Source{})
	if err := s.show(reply); err != nil {
		s.fail(s.wrong(err))
		return
	}
	s.hear(alarm, ended, news)
}

// hear finds out of which failures the user was told in a turn: of those of this
// turn, if an error stands on the screen; else a new error is about the failure
// of its context, or else about the earliest that nobody was told of.
func (s *lane) hear(alarm bool, ended, news []int) {
	s.failures = s.failures || len(ended) > 0
	if alarm && !s.failures {
		s.client.notebook.cry(s.answer.alarm())
	}
	if len(ended) > 0 {
		for _, k := range ended {
			if alarm {
				s.tell(k)
			}
		}
		return
	}
	for _, by := range news {
		if k := s.untold(by); k >= 0 {
			s.tell(k)
		}
	}
}

// untold returns the place of the failure of a click that nobody was told of, or else of
// the earliest, or -1.
func (s *lane) untold(by int) int {
	earliest := -1
	for k := range s.sent {
		switch q := &s.sent[k]; {
		case q.standing != failed || q.told:
		case slices.ContainsFunc(q.r.Actions, func(a *sim.Action) bool { return a.Number == by }):
			return k
		case earliest < 0:
			earliest = k
		}
	}
	return earliest
}

func (s *lane) tell(k int) {
	s.sent[k].told = true
	s.c.Tell(&s.sent[k].reply)
}

// abort ends a request that the program no longer waits for. It returns its
// place, or -1 if it had ended before.
func (s *lane) abort(n int) (int, error) {
	k := slices.IndexFunc(s.sent, func(q sent) bool { return q.n == n })
	if k < 0 {
		return -1, unknownRequest(n)
	}
	q := &s.sent[k]
	if q.standing != away || q.beacon {
		return -1, nil
	}
	s.h.Abort(q.r)
	q.standing = failed
	q.reply = sim.Reply{Request: q.r, TimedOut: true}
	return k, nil
}

// do lets one thing happen that is about a click, a timer or a request.
func (s *lane) do(d *deed, about int) error {
	if n := d.Block + d.Unblock + d.Refuse + d.Hold + d.Merge + d.Drop; n != 0 {
		return s.click(d, n)
	}
	switch {
	case d.Request != nil:
		return s.request(d.Request)
	case d.Timer != 0:
		s.set(d, about)
	case d.Clear != 0:
		s.clear(d.Clear)
	}
	return nil
}

// clear takes a timer back, if there is one of that number.
func (s *lane) clear(n int) {
	if i := slices.IndexFunc(s.timers, func(t timer) bool { return t.n == n }); i >= 0 {
		s.h.Clear(s.timers[i].engine)
		s.timers = slices.Delete(s.timers, i, i+1)
	}
}

// click lets something happen to a click.
func (s *lane) click(d *deed, n int) error {
	if n < 1 || n > len(s.script.Actions) || !s.own(n) || !(s.pressed | s.blocked).has(n) {
		return unknownClick(n)
	}
	a := s.script.Action(n)
	switch {
	case d.Block != 0 && s.pressed.has(n):
		s.pressed, s.turn, s.blocked = s.pressed&^only(n), s.turn&^only(n), s.blocked|only(n)
		s.h.Block(a)
	case d.Unblock != 0 && s.blocked.has(n):
		s.pressed, s.turn, s.blocked = s.pressed|only(n), s.turn|only(n), s.blocked&^only(n)
		s.h.Unblock(a)
	case d.Refuse != 0 && !s.of[n].sent:
		s.pressed, s.blocked = s.pressed&^only(n), s.blocked&^only(n)
		s.h.Refuse(a, clean(cut(d.Reason, lineLength)))
	case d.Hold != 0:
		s.c.Queue(a, "waits")
	case d.Merge != 0:
		s.c.Merge(a)
	case d.Drop != 0 && !s.of[n].sent:
		s.c.Drop(a, clean(cut(d.Reason, lineLength)))
	}
	return nil
}

// set sets a timer, for the click in whose context it is.
func (s *lane) set(d *deed, about int) {
	s.clear(d.Timer) // it may be set anew under the same name
	by := d.By
	if !s.own(by) || by > sim.MaxActions {
		by = about
	}
	a := s.first()
	if 0 < by && by <= sim.MaxActions {
		a = s.script.Action(by)
	}
	s.timers = append(s.timers, timer{d.Timer, s.h.After(milliseconds(d.After), a), d.After, by})
}

// first returns the first click that is ever done on this screen.
func (s *lane) first() *sim.Action {
	for i := range s.script.Actions {
		if a := &s.script.Actions[i]; a.View() == s.view {
			return a
		}
	}
	return &s.script.Actions[0]
}

// maxRequests bounds the requests of a trial: who sends more tries for ever.
const maxRequests = 1_000

// request lets a request leave, with the clicks that it carries.
func (s *lane) request(q *request) error {
	if q.By != 0 && (q.By < 1 || q.By > len(s.script.Actions) || !s.pressed.has(q.By)) {
		q.By = 0 // refused, or another screen's: no context that says anything
	}
	if k := len(s.sent); k > 0 && q.N <= s.sent[k-1].n {
		return countsBack(q, s.sent[k-1].n)
	}
	if len(s.sent) >= maxRequests {
		return tooMany(q)
	}
	o, err := s.route(q)
	if err != nil {
		return err
	}
	a, err := s.attribute(q, &o)
	if err != nil {
		return err
	}
	s.h.From(source(q.At))
	m := sim.Message{Do: o.do, ID: o.id, List: o.list, Sets: o.sets, Body: s.signed(&a, &o)}
	if a.errand {
		if q.By != 0 {
			m.Cause = s.script.Action(q.By)
		}
	} else {
		m.Key = s.script.Action(a.key)
	}
	names := s.called(a.carried, &o)
	for n := range names.all {
		m.Actions = append(m.Actions, s.script.Action(n))
	}
	if a.unsure&^names != 0 {
		for n := range a.unsure.all {
			m.Or = append(m.Or, n)
		}
	}
	r := s.h.Send(m)
	if r == nil {
		return errors.New("it read by itself more than 1,000 times in one trial") // [sim.MaxErrands]
	}
	s.sent = append(s.sent, sent{n: q.N, r: r, standing: away, list: o.list, beacon: q.Beacon})
	for n := range a.carried.all {
		s.carry(n, &o)
	}
	if o.do == sim.Delete {
		s.known = 0
	}
	return nil
}

// carry notes that the last request carries a click.
func (s *lane) carry(n int, o *order) {
	c, k := &s.of[n], len(s.sent)
	c.sent, c.all = true, k
	parts := s.script.Action(n).Sets
	if parts&o.sets != 0 {
		parts &= o.sets
	}
	for f := range parts.All {
		c.last[f] = k
	}
}

// source reads "save.tsx:17".
func source(at string) sim.Source {
	file, line, _ := strings.Cut(at, ":")
	n, err := strconv.Atoi(line)
	if err != nil {
		return sim.Source{}
	}
	return sim.Source{File: file, Line: n}
}
