// Package plain takes a lesson line by line: one line a fact, a prompt for each answer, and
// the keys of the screen. It is for who has a screen read to them, for dumb terminals, and
// for pipes.
package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"photofinish/report"
	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
	"photofinish/tui/lesson"
	"photofinish/tui/prose"
)

// errLeft ends a lesson before its end.
var errLeft = errors.New("left")

type taker struct {
	ctx  context.Context
	run  *lesson.Run
	in   *bufio.Reader
	out  io.Writer
	echo bool

	trouble string // why the last step is not kept; "": it is
}

// mostOfLine is how many bytes of a line are read: no answer is as long.
const mostOfLine = 256

// Take goes through the rest of a run, reads answers from in, a line each, and writes to
// out what there is to read, and with echo what has been read: of a pipe nobody sees it
// otherwise. After each step keep is called. It ends with the lesson, with
// the line q, and with in. What keep has against it is said, once. The error is that of
// ctx or in.
func Take(ctx context.Context, run *lesson.Run, keep func() error, in io.Reader, out io.Writer, echo bool) error {
	t := &taker{ctx: ctx, run: run, in: bufio.NewReaderSize(in, mostOfLine), out: out, echo: echo}
	l := run.Book().Lesson
	t.say("lesson: %s, %s", l.Title, explain.Minutes(l.Minutes, l.InClass()))
	t.say("enter goes on, b goes back, q leaves, ? says what else there is to answer with")
	for !run.Over() {
		t.say("")
		t.say("step %d of %d: %v", run.At()+1, run.Len(), run.Step().Kind)
		err := t.step()
		t.note(keep())
		switch {
		case errors.Is(err, errLeft) && t.trouble != "":
			t.say("left")
			return nil
		case errors.Is(err, errLeft):
			t.say("left: it goes on here the next time")
			return nil
		case err != nil:
			return err
		}
	}
	t.say("")
	t.say("to remember: %s", l.Remember)
	return nil
}

// note says why a step is not kept, unless that has been said of the last.
func (t *taker) note(err error) {
	was := t.trouble
	if t.trouble = ""; err != nil {
		t.trouble = err.Error()
	}
	if t.trouble != "" && t.trouble != was {
		t.say("%s", t.trouble)
	}
}

func (t *taker) say(format string, args ...any) {
	fmt.Fprintln(t.out, tell.Clean(fmt.Sprintf(format, args...)))
}

// ask reads a line behind a prompt, and goes back a step where it says so. Whoever asks
// with a question mark is told what the prompt takes.
func (t *taker) ask(prompt, takes string) (string, error) {
	for {
		line, err := t.line(prompt)
		switch {
		case err != nil:
			return "", err
		case line == "?":
			t.say("%s; b goes back, q leaves", takes)
		case line == "b" && !t.run.Back():
			t.say("this is the first step")
		default:
			return line, nil
		}
	}
}

// cannot says of a line that it is none of what a prompt takes, and what that is.
func (t *taker) cannot(line, takes string) { t.say("%q is none of it: %s", line, takes) }

// line reads a line behind a prompt. The error is errLeft, or that of the context or of
// what is read.
func (t *taker) line(prompt string) (string, error) {
	if err := t.ctx.Err(); err != nil {
		return "", err
	}
	fmt.Fprint(t.out, prompt+"> ")
	text, more, err := t.in.ReadLine()
	line := strings.TrimSpace(string(text))
	if more {
		line += "…"
	}
	for more && err == nil { // the rest of it
		_, more, err = t.in.ReadLine()
	}
	if err != nil && line == "" {
		fmt.Fprintln(t.out)
		if err != io.EOF {
			return "", err
		}
		return "", errLeft
	}
	if t.echo {
		t.say("%s", line)
	}
	if line == "q" {
		return "", errLeft
	}
	return line, nil
}

func (t *taker) step() error {
	s := t.run.Step()
	switch s.Kind {
	case lessons.Tell:
		for _, b := range prose.Blocks(s.Say) {
			t.say("%s", b.Text())
		}
	case lessons.Watch:
		t.watch(s)
	case lessons.Explain:
		e := lesson.Entry(s.Strategies[0])
		t.say("%s: %s", e.Name, e.Rule)
		for _, line := range strategies.Lines(e.Files()[0])[2:] {
			t.say("%s", line.Code+line.Comment)
		}
	case lessons.Predict, lessons.Check:
		return t.question()
	case lessons.Reveal:
		if err := t.reveal(); err != nil {
			return err
		}
	case lessons.Break:
		return t.breaking()
	case lessons.Mend:
		return t.mending()
	}
	if s.Kind != lessons.Tell && s.Say != "" {
		t.say("%s", s.Say)
	}
	return t.goOn()
}

func (t *taker) goOn() error {
	const takes = "enter alone goes on"
	for {
		switch line, err := t.ask("enter", takes); {
		case err != nil || line == "b":
			return err
		case line == "":
			return t.run.Next()
		default:
			t.cannot(line, takes+", b goes back, q leaves")
		}
	}
}

func (t *taker) watch(s *lessons.Step) {
	for _, name := range s.Strategies {
		trial := lesson.Replay(s, name)
		t.race(name, trial)
		end := trial.Lane().At(trial.Lane().Settled)
		t.say("%s: it ends %s: %s", name, end.Kind, end.Says)
	}
}

// race tells a run as replay does, an event a line.
func (t *taker) race(name string, trial *report.Trial) {
	t.say("the race of %s, by the clock:", name)
	for i := range trial.Events {
		e := &trial.Events[i]
		at := fmt.Sprintf("%s ms: ", tell.Rounded(e.At))
		if trial.Ordered {
			at = fmt.Sprintf("%d. ", i+1)
		}
		t.say("%s%s", at, spoken(tell.Says(trial.Script, e)))
	}
}

// signs are what a race is drawn with. A word stands behind each, and they are not read
// aloud.
var signs = regexp.MustCompile(`[✗○╳] |(^|: )[…■+?]`)

func spoken(text string) string { return signs.ReplaceAllString(text, "$1") }

func (t *taker) clicks(s *lessons.Step) {
	for _, c := range lesson.Clicks(s) {
		line := fmt.Sprintf("%s at %s: %s", c.Label, c.At, c.Says())
		if c.Up != "" {
			line += ", " + c.Up + " ms up, " + c.Down + " ms back"
		}
		t.say("%s", line)
	}
	if text := lesson.Freely(s); text != "" {
		t.say("%s", text)
	}
}

func (t *taker) prepare() error { return t.run.Book().Prepare(t.ctx, t.run.At()) }
