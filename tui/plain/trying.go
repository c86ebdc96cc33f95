package plain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

func (t *taker) breaking() error {
	s, g := t.run.Step(), t.run.Game()
	t.say("make %s lose, or say n: nobody can", s.Strategies[0])
	if told := s.Lines[0]; told != "" {
		t.say("the page %s: %s", s.Strategies[0], told)
	}
	if _, done := t.run.Answered(); done {
		t.say("this is done already")
		return t.goOn()
	}
	t.clicks(s)
	takes := "a number lets that happen"
	if s.By == lessons.Clicks {
		takes = "a click and its time in ms move it, as u2 150"
	}
	takes += "; z takes back, r takes all back, h is a hint, g shows it, n: nobody can"
	t.say("%s", takes)
	for !g.Broken() {
		t.stands(g, s)
		line, err := t.ask("answer", takes)
		if err != nil || line == "b" {
			return err
		}
		done, known, err := t.play(g, line)
		if errors.Is(err, errLeft) || t.ctx.Err() != nil {
			return err
		}
		if err != nil {
			t.say("%v", err)
		}
		if !known {
			t.cannot(line, takes)
		}
		if done {
			break
		}
	}
	if g.Broken() {
		g.Finish()
		t.race(s.Strategies[0], g.Trial())
		t.say("it has lost: %s", g.Lost().Says)
	} else if err := t.told(); err != nil {
		return err
	}
	if s.Say != "" {
		t.say("%s", s.Say)
	}
	return t.goOn()
}

// stands says where the clicks are, or what may happen next.
func (t *taker) stands(g *lesson.Game, s *lessons.Step) {
	if s.By == lessons.Clicks {
		for i := range g.Script().Actions {
			a := &g.Script().Actions[i]
			t.say("%s is at %d ms", a.Label(), a.At.Milliseconds())
		}
		return
	}
	for i, m := range g.Moves() {
		t.say("%d %s", i+1, m.Says)
	}
	if g.Over() {
		t.say("all is quiet, and it has not lost: z or r")
	}
}

// play takes one line of a break, and says whether it is over, and whether the line is
// one that a break takes. An error says why it does nothing.
func (t *taker) play(g *lesson.Game, line string) (done, known bool, err error) {
	switch line {
	case "z":
		if !g.Undo() {
			t.say("there is nothing to take back")
		}
	case "r":
		g.Restart()
	case "h":
		t.hint()
	case "g":
		return true, true, t.run.Pass()
	case "n":
		sure, err := t.sure()
		if err != nil || sure == 0 {
			return false, true, err
		}
		err = t.run.Claim(sure)
		return err == nil, true, err
	default:
		known, err = move(g, line)
		return false, known, err
	}
	return false, true, nil
}

// move lets something happen, or moves a click, and reports whether the line says so.
func move(g *lesson.Game, line string) (known bool, err error) {
	label, at, is := strings.Cut(line, " ")
	if !is {
		n, err := strconv.Atoi(line)
		if err != nil || n < 1 || n > len(g.Moves()) {
			return false, nil
		}
		return true, g.Pick(n - 1)
	}
	ms, err := strconv.Atoi(strings.TrimSpace(at))
	if err != nil || ms < 0 || ms > 1_000_000 {
		return false, nil
	}
	for i := range g.Script().Actions {
		if a := &g.Script().Actions[i]; a.Label() == label {
			return true, g.Shift(a.Number, time.Duration(ms)*time.Millisecond-a.At)
		}
	}
	return false, nil
}

func (t *taker) hint() {
	if text, _ := t.run.Hint(); text != "" {
		t.say("hint: %s", text)
		return
	}
	t.say("there is no hint left")
}

func (t *taker) told() error {
	if err := t.prepare(); err != nil {
		return err
	}
	truth, err := t.run.Truth()
	if err == nil {
		t.say("%s", truth.Says)
	}
	return err
}

func (t *taker) mending() error {
	s := t.run.Step()
	t.say("find what never loses")
	t.clicks(s)
	for i, name := range s.Strategies {
		line := fmt.Sprint(i+1, " ", name)
		if s.Lines[i] != "" {
			line += ": " + s.Lines[i]
		}
		t.say("%s", line)
	}
	takes := "one of 1 to " + strconv.Itoa(len(s.Strategies)) + " tries it"
	if s.Clicks {
		takes += "; all clicks, as " + labels(s, nil) + ", put them into that order"
	}
	takes += "; h is a hint, g shows it; enter goes on once it is found"
	t.say("%s", takes)
	var order []int
	for {
		line, err := t.ask("answer", takes)
		if err != nil || line == "b" {
			return err
		}
		_, answered := t.run.Answered()
		n, isNot := strconv.Atoi(line)
		switch {
		case line == "" && answered:
			if s.Say != "" {
				t.say("%s", s.Say)
			}
			return t.run.Next()
		case line == "h":
			t.hint()
		case line == "g":
			if err := t.run.Pass(); err != nil {
				return err
			}
			if err := t.told(); err != nil {
				return err
			}
		case ordered(s, line) != nil:
			order = ordered(s, line)
			t.say("in this order now: %s", labels(s, order))
		case isNot != nil || n < 1 || n > len(s.Strategies):
			t.cannot(line, takes)
		default:
			if err := t.try(lesson.Remedy{Strategy: s.Strategies[n-1], Order: order}); err != nil {
				return err
			}
		}
	}
}

// labels returns those of the clicks of a step, in an order of their numbers.
func labels(s *lessons.Step, order []int) string {
	var all []string
	for i := range s.Scenario.Script.Actions {
		n := i + 1
		if order != nil {
			n = order[i]
		}
		all = append(all, s.Scenario.Script.Action(n).Label())
	}
	return strings.Join(all, " ")
}

// ordered returns the numbers of all clicks of a step in the order of a line; nil if the
// line is none.
func ordered(s *lessons.Step, line string) (order []int) {
	for _, label := range strings.Fields(line) {
		for i := range s.Scenario.Script.Actions {
			if a := &s.Scenario.Script.Actions[i]; a.Label() == label && !slices.Contains(order, a.Number) {
				order = append(order, a.Number)
			}
		}
	}
	if !s.Clicks || len(order) != len(s.Scenario.Script.Actions) || len(order) != len(strings.Fields(line)) {
		return nil
	}
	return order
}

func (t *taker) try(r lesson.Remedy) error {
	m, err := t.run.Book().Remedy(t.ctx, t.run.At(), r)
	if err != nil {
		return err
	}
	t.run.Tried(m)
	if m.Holds {
		t.say("%s never loses: %s", r.Strategy, m.Orders.Says())
	} else {
		t.say("%s can lose: %s", r.Strategy, m.Orders.Says())
	}
	t.say("it costs %s", m.Costs())
	if m.Lost != nil {
		t.race(r.Strategy, m.Lost.Trial)
		t.say("%s", m.Lost.Says)
	}
	return nil
}
