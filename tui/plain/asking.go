package plain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

func (t *taker) question() error {
	s, q := t.run.Step(), t.run.Question()
	t.say("%s", q.Ask)
	t.clicks(s)
	if q.Form != lesson.Some || len(s.Worlds) > 0 {
		t.say("the page %s: %s", q.Pages[0].Name, q.Pages[0].Told)
	}
	for i, c := range q.Choices {
		if q.Form == lesson.Some && len(s.Worlds) == 0 {
			c += ": " + q.Pages[i].Told
		}
		t.say("%d %s", i+1, c)
	}
	if q.Form == lesson.Some {
		t.say("0 none of them")
	}
	t.say("i I do not know")
	if err := t.answers(q); err != nil || t.run.Step() != s {
		return err // or they went back
	}
	if s.Kind == lessons.Check {
		if err := t.reveal(); err != nil {
			return err
		}
		if s.Say != "" {
			t.say("%s", s.Say)
		}
		return t.goOn()
	}
	return t.run.Next()
}

func takes(q *lesson.Question) string {
	last := strconv.Itoa(len(q.Choices))
	switch q.Form {
	case lesson.Number:
		return fmt.Sprintf("a number from %g to %g (%s), or i", q.Low, q.High, q.Unit)
	case lesson.Some:
		return "one or several of 1 to " + last + ", as 1 or 12; 0, or i"
	}
	return "one of 1 to " + last + ", or i"
}

// answers asks until there is an answer, or somebody goes back.
func (t *taker) answers(q *lesson.Question) error {
	if q.Form != lesson.One {
		t.say("%s", takes(q))
	}
	for {
		line, err := t.ask("answer", takes(q))
		if err != nil || line == "b" {
			return err
		}
		if _, answered := t.run.Answered(); answered && line == "" {
			return nil // it stays as it is
		}
		a, err := drafted(q, line)
		switch {
		case err != nil:
			t.say("%v", err)
			continue
		case !a.Unknown:
			if a.Confidence, err = t.sure(); err != nil {
				return err
			}
		}
		if a.Confidence == 0 && !a.Unknown {
			t.say("%s", takes(q))
			continue // another answer
		}
		if err = t.run.Answer(a); err == nil || errors.Is(err, lesson.ErrRevealed) {
			if err != nil {
				t.say("%v", err)
			}
			return nil
		}
		t.say("%v", err)
	}
}

// drafted reads an answer, but for how sure somebody is of it.
func drafted(q *lesson.Question, line string) (lesson.Answer, error) {
	if line == "i" {
		return lesson.DoNotKnow(), nil
	}
	d := q.Draft(nil)
	none := fmt.Errorf("%q is none of it: %s", line, takes(q))
	if q.Form == lesson.Number && line != "" {
		n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(line, q.Unit)), 64)
		if err != nil || !(n >= q.Low && n <= q.High) {
			return d.Answer, none
		}
		d.Number, d.Moved = n, true
	} else {
		picks := strings.NewReplacer(" ", "", ",", "").Replace(line)
		if q.Form == lesson.One && len(picks) > 1 {
			return d.Answer, none
		}
		for _, c := range picks {
			switch {
			case c == '0' && q.Form == lesson.Some:
				q.PickNone(&d)
			case c < '1' || int(c-'0') > len(q.Choices):
				return d.Answer, none
			default:
				q.Pick(&d, int(c-'1'))
			}
		}
	}
	return d.Answer, q.Done(&d)
}

// sure asks how sure somebody is, from 1 to 4; 0: they want another answer.
func (t *taker) sure() (int, error) {
	const takes = "1 a guess, 2 not sure, 3 fairly sure, 4 certain"
	t.say("how sure? %s", takes)
	for {
		line, err := t.line("answer")
		if err != nil || line == "b" {
			return 0, err
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n < len(lesson.Confidences) {
			return n, nil
		}
		t.cannot(line, takes+"; b takes the answer back")
	}
}

func (t *taker) reveal() error {
	if err := t.prepare(); err != nil {
		return err
	}
	truth, err := t.run.Truth()
	if err != nil {
		return err
	}
	q := t.run.Question()
	a, _ := t.run.Answered()
	t.say("you said: %s", q.Says(a, ", "))
	t.say("it is: %s", q.Said(truth.Picks, truth.Number, ", "))
	switch {
	case t.run.Right():
		t.say("right")
	case a.Unknown:
		t.say("you did not know")
	default:
		t.say("not yet")
	}
	t.say("%s", truth.Says)
	for _, m := range t.run.Met() {
		if m.Is != nil {
			t.say("“%s”: %s", m.Is.Name, m.Say)
		} else {
			t.say("%s", m.Say)
		}
	}
	ticks := t.run.Ticks()
	for i := range truth.Lanes {
		if ticks != nil {
			t.say("%s: %s", truth.Lanes[i].Name, ticks[i].Says)
		}
		if err := t.lane(truth, i); err != nil {
			return err
		}
	}
	return nil
}

// lane tells of a lane how it went, in a run in which it loses if there is one.
func (t *taker) lane(truth *lesson.Truth, i int) error {
	f, scene := truth.Shown(i)
	s := t.run.Step()
	if s.Kind == lessons.Reveal {
		s = &t.run.Book().Lesson.Steps[s.Of]
	}
	if says := f.Moved(s); says != "" {
		t.say("%s", says)
	}
	t.race(f.Name, f.Trial)
	at := ""
	if f.Event >= 0 {
		at = " at " + tell.Rounded(f.At) + " ms"
	}
	t.say("%s%s: %s", f.Name, at, f.Says)
	if f.Orders != nil {
		t.say("%s: %s", f.Name, f.Orders.Says())
	}
	if !f.Loses() {
		return nil
	}
	turned, err := t.run.Book().Turned(t.ctx, t.run.At(), scene, i)
	if err != nil {
		return err
	}
	if says := turned.Decides(f); says != "" {
		t.say("%s", says)
	}
	if turned != nil && turned.Seen >= 0 {
		t.say("Seen at %s ms.", tell.Rounded(f.Trial.Events[turned.Seen].At))
	}
	if says := turned.Turns(f); says != "" {
		t.say("%s", says)
	}
	return nil
}
