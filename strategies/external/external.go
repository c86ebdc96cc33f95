// Package external lets a program of the user's own be a strategy. It is told
// what happens at the client, one JSON line a turn and in virtual time, and says
// in one line what it did and what its screen shows.
//
// A program knows nothing of clicks, attempts and writers: it sends requests,
// and it has a screen. What they are is found out here, in three steps: what a
// request asks for (route.go), which clicks it carries (attribute.go), and who
// wrote what the screen shows (screen.go). A wrong answer to any of them is a
// wrong verdict.
//
// Start with [Open].
package external

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photofinish/sim"
	"photofinish/strategies"
)

// lane is one screen of a trial, with a program of its own.
type lane struct {
	client  *Client
	running *running // nil between trials, and once it has failed
	failed  bool

	h      *sim.Host
	c      *sim.Client
	script *sim.Script
	view   int
	fields sim.FieldSet // the script's
	words  vocabulary
	pen    pen
	answer answer // of the turn in hand
	moment string // what it was about: "after the click u2"

	pressed  clicks // done on this screen, and neither refused nor blocked
	blocked  clicks
	acted    clicks // all that were done, refused or not
	turn     clicks // pressed, or unblocked, in the turn in hand
	of       [sim.MaxActions + 1]click
	sent     []sent
	failures bool // a request has failed
	timers   []timer
	doubts   []doubt // memory

	had   [sim.NumFields][]sim.Writer // who had written what this client has got of a field
	known int                         // the id, where the screen does not say
	got   []int                       // the ids of the records that it has got
	named []string                    // ids that it made itself
	path  string                      // its collection; "" until it is known

	raw     []byte         // the screen, as it was said last
	seen    map[string]any // and read; nil: nobody
	visible sim.FieldSet   // the fields that it has had
	busy    bool
}

// click is what became of a click.
type click struct {
	sent   bool // some request has carried it
	told   bool // in its own turn an error was shown, which is no refusal
	passed bool // what it set has left with a later click
	name   int  // what it is called in the reading in hand: see [lane.settle]
	all    int  // the last request that carried it, from 1
	last   [sim.NumFields]int
}

// sent is a request of the program's.
type sent struct {
	n        int // its number, as the program counts
	r        *sim.Request
	reply    sim.Reply // once it has ended
	standing standing
	list     bool
	beacon   bool
	told     bool
}

// standing is how a click, or a request, stands.
type standing uint8

const (
	done standing = iota
	away
	failed
	waiting
)

// timer is one that the program has set.
type timer struct {
	n, engine int // as the program counts, and as the engine does; 0: nobody waits for it
	after     float64
	by        int
}

var _ sim.Foreign = (*lane)(nil)

// Own says what stands behind it.
func (s *lane) Own() *strategies.Own { return &s.client.own }

// Post is never called: see [sim.Foreign].
func (s *lane) Post(c *sim.Client, r *sim.Request) { c.Send(r) }

// Reset gives the program back.
func (s *lane) Reset() {
	if s.running != nil {
		for f := range s.fields.All {
			s.client.notebook.saw(s.script.FieldName(f), s.visible.Has(f))
		}
		s.client.pool.give(s.running)
		s.running = nil
	}
	s.failed = false
}

// Start begins a trial.
func (s *lane) Start(h *sim.Host, view int) {
	s.begin(h, view)
	running, err := s.client.pool.take()
	if err != nil {
		s.fail(err)
		return
	}
	s.running = running
	w, script := &s.pen, s.script
	w.at(0)
	w.text(`,"start":{"seed":`)
	w.line = strconv.AppendUint(w.line, (h.Seed()+uint64(view)*seedOfView)&(1<<52-1), 10)
	w.text(`,"given":`)
	if s.given() {
		person := view % sim.MaxPersons
		w.fields(person+1, script.Gave(person), func(f int) int { return script.Value(sim.GivenTo(person), f) })
	} else {
		w.text("null")
	}
	w.text(`,"fields":`)
	names, _ := json.Marshal(s.fieldNames())
	w.line = append(w.line, names...)
	w.text(`,"client":`)
	w.int(view/sim.MaxPersons + 1)
	w.text(`,"clock":`)
	w.line = w.number(w.line, script.Skew[view/sim.MaxPersons])
	w.text(`,"lines":`)
	w.text(strconv.FormatBool(h.Traced()))
	w.text("}}")
	if !s.say("after the start") {
		return
	}
	does := slices.Clone(s.answer.Does)
	s.client.does.Store(&does)
	s.path = strings.TrimRight(s.answer.Path, "/")
	if err := s.able(); err != nil {
		s.fail(s.wrong(err))
		return
	}
	s.happen(nil, 0)
}

// seedOfView keeps the random numbers of several screens apart.
const seedOfView = 0x9e3779b97f4a7c15

// begin forgets the trial before.
func (s *lane) begin(h *sim.Host, view int) {
	s.h, s.view = h, view
	if script := h.Script(); s.script != script {
		s.script = script
		s.words.of(script)
		s.pen.of(script)
		s.fields = 1<<len(script.Fields) - 1
		if len(s.words[sim.Permissions]) > 0 {
			s.fields = s.fields.With(sim.Permissions)
		}
	}
	s.pressed, s.blocked, s.acted, s.turn = 0, 0, 0, 0
	s.sent, s.timers, s.failures = s.sent[:0], s.timers[:0], false
	for f := range s.had {
		s.had[f] = s.had[f][:0]
	}
	s.known, s.got, s.named, s.path = 0, s.got[:0], s.named[:0], ""
	s.raw, s.seen, s.visible, s.busy = s.raw[:0], nil, 0, false
	if s.given() {
		person := s.view % sim.MaxPersons
		for f := range s.script.Gave(person).All {
			s.had[f] = append(s.had[f], sim.GivenTo(person))
		}
		s.known, s.got = 1, append(s.got, person+1)
	}
}

func (s *lane) given() bool    { return s.script.Gives(s.view) }
func (s *lane) own(n int) bool { return n > 0 && s.script.Action(n).View() == s.view }

// able sees to it that the client can do all that the script asks of it.
func (s *lane) able() error {
	lacks := map[sim.Do][]string{}
	for i := range s.script.Actions {
		a := &s.script.Actions[i]
		switch {
		case a.Do == sim.Close && !a.Skip && int(a.Client) == s.view/sim.MaxPersons:
			return fmt.Errorf("%s cannot be closed, and the scenario does so at %s: take a strategy of the catalogue, or leave %s out",
				s.client.pool.name, a.Label(), a.Label())
		case a.Adds != 0 && !a.Skip:
			return fmt.Errorf("%s is told of values only, and %s adds to one: take a strategy of the catalogue, or let %s set it",
				s.client.pool.name, a.Label(), a.Label())
		}
		if a.View() == s.view && !a.Skip && !slices.Contains(s.answer.Does, a.Do.String()) {
			lacks[a.Do] = append(lacks[a.Do], a.Label())
		}
	}
	for do := sim.Create; do <= sim.Fetch; do++ {
		if labels := lacks[do]; labels != nil {
			name := do.String()
			if do == sim.SetPermissions {
				name = s.client.speaks.permissions
			}
			return fmt.Errorf("%s has no %s(), and the scenario needs it at %s", s.client.pool.name, name, strings.Join(labels, ", "))
		}
	}
	return nil
}

// Act tells the program of a click.
func (s *lane) Act(c *sim.Client, a *sim.Action) {
	if s.failed {
		return
	}
	s.c = c
	s.acted |= only(a.Number)
	s.pressed |= only(a.Number)
	s.turn = only(a.Number)
	s.of[a.Number] = click{name: a.Number}
	w := &s.pen
	w.at(s.h.Now())
	w.text(`,"act":{"n":`)
	w.int(a.Number)
	w.text(`,"do":"`)
	w.text(a.Do.String())
	w.text(`","set":`)
	w.fields(0, a.Sets, func(f int) int { return int(a.Values[f]) })
	w.text("}}")
	if !s.say("after the click " + a.Label()) {
		return
	}
	s.happen(nil, a.Number)
	if s.failed || !s.pressed.has(a.Number) {
		return
	}
	if f := s.h.Fate(a.Number); f.Sent == 0 && f.Failed == 0 && f.Waits == 0 && f.Dropped == 0 {
		c.Queue(a, "has not left")
	}
}

// Watch tells it that it has no network any more, or again.
func (s *lane) Watch(c *sim.Client, online bool) {
	if s.failed {
		return
	}
	s.c, s.turn = c, 0
	w := &s.pen
	w.at(s.h.Now())
	w.text(`,"online":` + strconv.FormatBool(online) + "}")
	moment := "when it was back online"
	if !online {
		moment = "when it went offline"
	}
	if s.say(moment) {
		s.happen(nil, 0)
	}
}

// Reply tells it of an answer.
func (s *lane) Reply(c *sim.Client, r *sim.Reply) {
	if s.failed {
		return
	}
	s.c, s.turn = c, 0
	q := s.find(r.Request)
	if r.Unsent && q.standing == failed {
		return // the program has given it up meanwhile
	}
	q.reply = *r
	q.standing = failed
	if r.OK() {
		q.standing = done
	}
	if q.beacon {
		return
	}
	s.learn(r)
	w := &s.pen
	w.at(s.h.Now())
	w.text(`,"answer":{"n":`)
	w.int(q.n)
	w.text(`,"do":"`)
	w.text(r.Do.String())
	w.text(`","status":`)
	switch {
	case r.TimedOut, r.Unsent:
		w.int(0)
	case r.OK() && r.Do == sim.Create:
		w.int(201)
	default:
		w.int(r.Status)
	}
	s.json(q, r)
	w.text("}}")
	if s.say("after the answer to " + r.First().Label()) {
		s.happen(q, r.First().Number)
	}
}

// json adds what the server answers.
func (s *lane) json(q *sent, r *sim.Reply) {
	w := &s.pen
	record, id, brings := s.h.Record(r)
	if brings {
		w.text(`,"id":`)
		w.int(id)
	}
	w.text(`,"json":`)
	switch {
	case r.TimedOut, r.Unsent:
		w.text("null")
	case !r.OK():
		w.text(`{"error":"HTTP `)
		w.int(r.Status)
		w.text(`"}`)
	case q.list:
		w.text("[")
		if brings {
			w.record(id, &record)
		}
		w.text("]")
	case brings:
		w.record(id, &record)
	default:
		w.text("{}")
	}
}

// learn notes what an answer brings.
func (s *lane) learn(r *sim.Reply) {
	record, id, brings := s.h.Record(r)
	if !brings {
		return
	}
	if !slices.Contains(s.got, id) {
		s.got = append(s.got, id)
	}
	if r.Do == sim.Create {
		s.known = id
	}
	for f, by := range record {
		if by != sim.Nobody && !slices.Contains(s.had[f], by) {
			s.had[f] = append(s.had[f], by)
		}
	}
}

// say plays a turn. It reports whether the trial goes on.
func (s *lane) say(moment string) bool {
	s.moment = moment
	line, err := s.running.turn(s.pen.line)
	if err == nil {
		if wrong := s.answer.read(line); wrong != nil {
			err = lapse{"%s it said ", excerpt(line) + ", which is no answer: " + wrong.Error()}
		}
	}
	switch {
	case err != nil:
		err = after(moment, err)
	case s.answer.Failed != "":
		err = errors.New(clean(s.answer.Failed))
	}
	if err != nil {
		s.client.pool.discard(s.running) // whoever has failed once is not asked again
		s.running = nil
		s.fail(s.wrong(err))
		return false
	}
	s.client.notebook.print(s.answer.Log)
	s.client.notebook.threw(s.answer.Thrown)
	if err := s.client.note(s.answer.Used); err != nil {
		s.fail(s.wrong(err))
		return false
	}
	return true
}

// wrong puts the client's name before an error, unless it begins with that.
func (s *lane) wrong(err error) error {
	if strings.HasPrefix(err.Error(), s.client.pool.name+" ") {
		return err
	}
	return fmt.Errorf("%s: %w", s.client.pool.name, err)
}

// fail ends the trial.
func (s *lane) fail(err error) {
	s.failed = true
	s.h.Fail(err)
}

// find returns what is known of a request.
func (s *lane) find(r *sim.Request) *sent {
	for i := len(s.sent) - 1; ; i-- {
		if s.sent[i].r == r {
			return &s.sent[i]
		}
	}
}

// standing returns how a click stands. One that was sent in parts is done when
// each of them is, and has failed if the last request of one of them has.
func (s *lane) standing(n int) standing {
	c := &s.of[n]
	if !c.sent {
		return waiting
	}
	worst, parts := done, false
	for f := range s.script.Action(n).Sets.All {
		if k := c.last[f]; k != 0 {
			worst, parts = max(worst, s.sent[k-1].standing), true
		}
	}
	if !parts {
		worst = s.sent[c.all-1].standing
	}
	return worst
}
