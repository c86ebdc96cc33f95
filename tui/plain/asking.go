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

// question asks, and where it is a check, tells.
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
	switch q.Form {
	case lesson.Some:
		t.say("0 none of them")
		t.say("several digits tick several; i I do not know")
	case lesson.Number:
		t.say("a number from %g to %g %s; i I do not know", q.Low, q.High, q.Unit)
	default:
		t.say("i I do not know")
	}
	for {
		line, err := t.ask("answer")
		if err != nil || line == "b" {
			return err
		}
		if _, answered := t.run.Answered(); answered && line == "" {
			break // it stays as it is
		}
		if err := t.answer(q, line); err != nil {
			if errors.Is(err, lesson.ErrRevealed) {
				t.say("%v", err)
				break
			}
			if ended := t.ctx.Err(); ended != nil || errors.Is(err, errLeft) {
				return err
			}
			t.say("%v", err)
			continue
		}
		break
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

// answer takes an answer, and asks how sure somebody is of it.
func (t *taker) answer(q *lesson.Question, line string) error {
	if line == "i" {
		return t.run.Answer(lesson.DoNotKnow())
	}
	d := q.Draft(nil)
	if q.Form == lesson.Number {
		n, err := strconv.ParseFloat(line, 64)
		if err == nil {
			d.Number, d.Moved = n, true
		} else if line != "" {
			return fmt.Errorf("%q is no number", line)
		}
	} else {
		for _, c := range line {
			switch {
			case c == ' ' || c == ',':
			case c == '0' && q.Form == lesson.Some:
				q.PickNone(&d)
			case c < '1' || int(c-'0') > len(q.Choices):
				return fmt.Errorf("there is no choice %q", string(c))
			default:
				q.Pick(&d, int(c-'1'))
			}
		}
	}
	if err := q.Done(&d); err != nil {
		return err
	}
	var sure []string
	for i := 1; i < len(lesson.Confidences); i++ {
		sure = append(sure, fmt.Sprint(i, " ", lesson.Confidences[i]))
	}
	t.say("how sure? %s", strings.Join(sure, ", "))
	line, err := t.line("answer")
	if err != nil {
		return err
	}
	d.Confidence, _ = strconv.Atoi(line)
	return t.run.Answer(d.Answer)
}

// reveal tells what is true.
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
	f, scene := &truth.Lanes[i], 0
	for k := range truth.Scenes {
		if truth.Scenes[k][i].Loses() {
			f, scene = &truth.Scenes[k][i], k
			break
		}
	}
	s := t.run.Step()
	if s.Kind == lessons.Reveal {
		s = &t.run.Book().Lesson.Steps[s.Of]
	}
	if says := f.Moved(s); says != "" {
		t.say("%s", says)
	}
	t.race(f.Name, f.Trial)
	t.say("%s: %s", f.Name, f.Says)
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
