package cli

import (
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"photofinish/report/explain"
	"photofinish/scenarios/lessons"
	"photofinish/tui"
	"photofinish/tui/learn"
)

func (a *app) learnCommand() *cobra.Command {
	var present bool
	c := &cobra.Command{
		Use:   "learn [LESSON]",
		Short: "Take a lesson: predict, see, break, mend",
		Long: "Lessons of a few minutes each, for somebody who has never heard of a race.\n" +
			"A lesson asks before it shows. Without a name: all of them, with what is done.\n" +
			"Progress is kept in one small file on this machine, and goes nowhere else.",
		Example:           "photofinish learn\nphotofinish learn lost-click\nphotofinish learn our-lesson.yaml\nphotofinish learn crossing --present",
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
			return a.learn(cmd, o)
		},
	}
	c.Flags().BoolVar(&present, "present", false, "for a wall: large, without an answer of one's own, and nothing is revealed by accident")
	return c
}

// learn runs the screen of the lessons.
func (a *app) learn(cmd *cobra.Command, o learn.Options) error {
	if kind, ok := a.terminal(); !ok {
		return fmt.Errorf("lessons need %s", kind)
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
			if tty, err := os.Open("/dev/tty"); err == nil { // the keyboard, then
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
