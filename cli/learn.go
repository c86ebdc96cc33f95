package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"photofinish/report/explain"
	"photofinish/scenarios/lessons"
	"photofinish/tui"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
	"photofinish/tui/lesson/paper"
	"photofinish/tui/plain"
)

func (a *app) learnCommand() *cobra.Command {
	var present, byLine bool
	var made string
	c := &cobra.Command{
		Use:   "learn [LESSON]",
		Short: "Take a lesson: predict, see, break, mend",
		Long: "Lessons of a few minutes each, for somebody who has never heard of a race.\n" +
			"A lesson asks before it shows. Without a name: all of them, with what is done.\n" +
			"Progress is kept in one small file on this machine, and goes nowhere else.\n" +
			"--export writes a lesson on paper: a handout to write on, which holds nothing that is\n" +
			"true; the key to it, for the teacher; or slides, which end before each reveal.",
		Example: "photofinish learn\nphotofinish learn lost-click\nphotofinish learn our-lesson.yaml\nphotofinish learn crossing --present\n" +
			"photofinish learn polling --export handout --output polling.html\nphotofinish learn polling --export key --format text",
		Args:              atMost(1, "LESSON"),
		ValidArgsFunction: complete(lessons.Names),
		RunE: func(cmd *cobra.Command, args []string) error {
			o := learn.Options{State: tui.StateDir(), Present: present}
			if len(args) > 0 {
				var err error
				if o.Lesson, err = a.openLesson(args[0]); err != nil {
					return err
				}
			}
			if made != "" {
				return a.exportLesson(o, made)
			}
			if a.format != "" || a.output != "" {
				return errors.New("--format and --output go with --export")
			}
			if byLine {
				return a.byLine(cmd.Context(), o)
			}
			return a.learn(cmd, o)
		},
	}
	c.Flags().BoolVar(&present, "present", false, "for a wall: large, without an answer of one's own, and nothing is revealed by accident")
	c.Flags().BoolVar(&byLine, "plain", false, "line by line, for screen readers, dumb terminals and pipes: the same questions and keys")
	c.Flags().Var(choice(&made, paper.Kinds()), "export", "write it on paper: handout, key or slides")
	a.formatFlags(c, lessonFormats.names())
	return c
}

// byLine takes a lesson line by line, from the standard input.
func (a *app) byLine(ctx context.Context, o learn.Options) error {
	switch {
	case o.Lesson == nil:
		return errors.New("--plain needs a LESSON, such as photofinish learn crossing --plain: photofinish list lessons has them")
	case o.Present:
		return errors.New("--present is for a wall, and --plain for one who listens: take one of them")
	}
	run, keep := learn.Resume(o.State, o.Lesson)
	if err := plain.Take(ctx, run, keep, a.in, a.out, !isatty.IsTerminal(a.in.Fd())); err != nil {
		return err
	}
	if o.Lesson.Name != lessons.LastCheck || !run.Over() {
		return nil
	}
	first, last, err := learn.Checks(ctx, o.State)
	if first != nil {
		plain.Changed(a.out, first, last)
	}
	return err
}

// exported is a lesson that is put on paper.
type exported struct {
	book *lesson.Book
	kind paper.Kind
}

var lessonFormats = formats[exported]{
	{"html", func(to target, e exported) error { return paper.Write(to.ctx, to, e.book, e.kind, version()) }},
	{"text", func(to target, e exported) error { return paper.WriteText(to.ctx, to, e.book, e.kind, version()) }},
}

// exportLesson writes a lesson on paper.
func (a *app) exportLesson(o learn.Options, made string) error {
	e := exported{kind: paper.Kind(slices.Index(paper.Kinds(), made))}
	switch {
	case o.Lesson == nil:
		return errors.New("--export needs a LESSON, such as photofinish learn polling --export handout")
	case o.Present:
		return errors.New("--present is a screen, and --export a file: take one of them")
	case e.kind == paper.Slides && a.format == "text":
		return errors.New("slides are a page: leave --format text out")
	}
	e.book = lesson.Open(o.Lesson)
	write, err := a.writer()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	err = write(func(w io.Writer) error { return lessonFormats.in(a.format, a.to(ctx, w), e) })
	if ctx.Err() != nil {
		return exit{130, errors.New("interrupted: nothing was written")}
	}
	return err
}

// learn runs the screen of the lessons.
func (a *app) learn(cmd *cobra.Command, o learn.Options) error {
	if kind, ok := a.terminal(); !ok {
		return fmt.Errorf("lessons need %s; photofinish learn LESSON --plain takes one line by line", kind)
	}
	m := learn.New(o)
	defer m.Leave()
	return tui.Show(cmd.Context(), m, tui.Options{NoColour: a.plain, Input: a.in})
}

// openLesson reads a lesson: a file, the standard input, or one of the
// catalogue.
func (a *app) openLesson(name string) (*lessons.Lesson, error) {
	if isFile(name) {
		data, err := a.read(name, "lesson")
		if err != nil {
			return nil, err
		}
		if name == "-" {
			if tty, err := keyboard(); err == nil { // the keyboard, then
				a.in = tty
			}
		}
		return lessons.Parse(name, data)
	}
	if !slices.Contains(lessons.Names(), name) {
		return nil, explain.Unknown("lesson", name, lessons.Names(), "photofinish learn")
	}
	return lessons.Find(name)
}
