package plain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// breaking lets somebody be the network, or move the clicks.
func (t *taker) breaking() error {
	s, g := t.run.Step(), t.run.Game()
	t.say("make %s lose, or say n: nobody can", s.Strategies[0])
	if _, done := t.run.Answered(); done {
		t.say("this is done already")
		return t.goOn()
	}
	t.say("z takes back, r takes all back, h a hint, g shows it")
	t.clicks(s)
	for !g.Broken() {
		if s.By == lessons.Clicks {
			for i := range g.Script().Actions {
				a := &g.Script().Actions[i]
				t.say("%s is at %d ms", a.Label(), a.At.Milliseconds())
			}
			t.say("a click and its time move it, as u2 150")
		}
		for i, m := range g.Moves() {
			t.say("%d %s", i+1, m.Says)
		}
		if g.Over() && s.By == lessons.Network {
			t.say("all is quiet, and it has not lost: z or r")
		}
		line, err := t.ask("answer")
		if err != nil || line == "b" {
			return err
		}
		done, err := t.play(g, line)
		if errors.Is(err, errLeft) || t.ctx.Err() != nil {
			return err
		}
		if err != nil {
			t.say("%v", err)
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

// play takes one line of a break, and says whether it is over.
func (t *taker) play(g *lesson.Game, line string) (done bool, err error) {
	switch line {
	case "z":
		g.Undo()
	case "r":
		g.Restart()
	case "h":
		t.hint()
	case "g":
		return true, t.run.Pass()
	case "n":
		t.say("how sure? 1 a guess to 4 certain")
		line, err := t.line("answer")
		if err != nil {
			return false, err
		}
		sure, _ := strconv.Atoi(line)
		err = t.run.Claim(sure)
		return err == nil, err
	default:
		return false, move(g, line)
	}
	return false, nil
}

// move lets something happen, or moves a click.
func move(g *lesson.Game, line string) error {
	label, at, is := strings.Cut(line, " ")
	if !is {
		n, err := strconv.Atoi(line)
		if err != nil {
			return fmt.Errorf("%q is none of the keys", line)
		}
		return g.Pick(n - 1)
	}
	ms, err := strconv.Atoi(strings.TrimSpace(at))
	if err != nil || ms < 0 || ms > 1_000_000 {
		return fmt.Errorf("%q is no time in ms", at)
	}
	for i := range g.Script().Actions {
		if a := &g.Script().Actions[i]; a.Label() == label {
			return g.Shift(a.Number, soon(ms)-a.At)
		}
	}
	return fmt.Errorf("there is no click %q", label)
}

func (t *taker) hint() {
	if text, _ := t.run.Hint(); text != "" {
		t.say("hint: %s", text)
		return
	}
	t.say("there is no hint left")
}

// told tells what is true of a break or a mend.
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

// mending lets somebody find what never loses.
func (t *taker) mending() error {
	s := t.run.Step()
	t.say("find what never loses")
	t.clicks(s)
	for i, name := range s.Strategies {
		t.say("%d %s", i+1, name)
	}
	t.say("h a hint, g shows it; enter goes on once it is found")
	for {
		line, err := t.ask("answer")
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
		case isNot != nil || n < 1 || n > len(s.Strategies):
			t.say("one of 1 to %d", len(s.Strategies))
		default:
			if err := t.try(s.Strategies[n-1]); err != nil {
				return err
			}
		}
	}
}

// try tries a page in a mend, and says what comes of it.
func (t *taker) try(name string) error {
	m, err := t.run.Book().Remedy(t.ctx, t.run.At(), lesson.Remedy{Strategy: name})
	if err != nil {
		return err
	}
	t.run.Tried(m)
	if m.Holds {
		t.say("%s never loses: %s", name, m.Orders.Says())
		return nil
	}
	t.say("%s can lose: %s", name, m.Orders.Says())
	if m.Lost != nil {
		t.race(name, m.Lost.Trial)
		t.say("%s", m.Lost.Says)
	}
	return nil
}
