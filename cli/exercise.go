package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"photofinish/exercises"
	"photofinish/report/explain"
	"photofinish/report/export"
	"photofinish/report/grade"
	"photofinish/report/tell"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/strategies"
	"photofinish/strategies/external"
	"photofinish/tui"
	"photofinish/tui/exercise"
	"photofinish/tui/ink"
)

// exercising has the flags of the command that runs exercises.
type exercising struct {
	*app
	once, all        bool
	hint             uint64
	solution, giveUp bool
}

// graded is what became of one exercise; failed says why its file does not run.
type graded struct {
	exercise.News
	failed error
}

var exerciseFormats = formats[[]graded]{
	{"text", func(to target, all []graded) error {
		for i, g := range all {
			if i > 0 {
				fmt.Fprintln(to)
			}
			depth := ink.NoColour
			if to.palette != (terminal.Palette{}) {
				depth = ink.AnyGround
			}
			if err := exercise.Write(to, g.News, width(), depth); err != nil {
				return err
			}
		}
		return nil
	}},
	{"json", func(to target, all []graded) error {
		for _, g := range all {
			if err := export.WriteGradeJSON(to, g.Grade, g.failed); err != nil {
				return err
			}
		}
		return nil
	}},
	{"junit", func(to target, all []graded) error {
		var gs []*grade.Grade
		var failed []error
		for _, g := range all {
			gs, failed = append(gs, g.Grade), append(failed, g.failed)
		}
		return export.WriteGradesJUnit(to, gs, failed)
	}},
}

func (a *app) exerciseCommand() *cobra.Command {
	x := &exercising{app: a}
	c := &cobra.Command{
		Use:   "exercise [NAME]",
		Short: "Fill the hole in a client until no order breaks it",
		Long: "A client of a few lines with a hole in it. NAME.mjs is written here, unless it is there;\n" +
			"whenever you save it, every order of its scenarios is run. It is solved when none of them\n" +
			"loses; else the shortest is shown that does. Without a NAME: all of them, with what is solved.\n" +
			"Exit codes: 0 solved; 1 not, or not proved; 2 the file does not run; 130 interrupted.",
		Example: "photofinish exercise\nphotofinish exercise in-turn\nphotofinish exercise in-turn --once --format json\n" +
			"photofinish exercise in-turn --hint 1\nphotofinish exercise --all --format junit --output exercises.xml",
		Args:              atMost(1, "NAME"),
		ValidArgsFunction: complete(exercises.Names),
		RunE:              func(cmd *cobra.Command, args []string) error { return x.run(cmd, strings.Join(args, "")) },
	}
	f := c.Flags()
	f.BoolVar(&x.once, "once", false, "run it once, and say how it stands")
	f.BoolVar(&x.all, "all", false, "run all of them once, by the files that are here")
	f.Var(number(&x.hint, 0, 3), "hint", "show a hint, 1 to 3: the first is the vaguest")
	f.BoolVar(&x.solution, "solution", false, "write a client that is proved, once yours is")
	f.BoolVar(&x.giveUp, "give-up", false, "with --solution: also before that")
	a.clientFlags(c)
	f.Lookup("client").Usage = "your file, if it is not NAME.mjs (.js .ts .py …)"
	a.formatFlags(c, exerciseFormats.names())
	return c
}

func (x *exercising) run(cmd *cobra.Command, name string) error {
	if err := x.sensible(name); err != nil {
		return err
	}
	if name == "" && !x.all {
		return x.list()
	}
	if x.all {
		return x.verdict(exercises.All())
	}
	e, err := exercises.Find(name)
	if err != nil {
		return explain.Unknown("exercise", name, exercises.Names(), "photofinish exercise")
	}
	switch {
	case x.hint > 0:
		_, err := fmt.Fprintln(x.out, e.Hints[x.hint-1])
		return err
	case x.solution:
		return x.solve(e)
	}
	if _, ok := x.terminal(); x.once || !ok || x.format != "" && x.format != "text" || x.output != "" {
		return x.verdict([]*exercises.Exercise{e})
	}
	return x.screen(cmd.Context(), e)
}

// sensible says which flags do not go together.
func (x *exercising) sensible(name string) error {
	one := x.once || x.hint > 0 || x.solution || x.format != "" || x.output != "" || len(x.own.args) > 0
	switch {
	case x.all && name != "":
		return fmt.Errorf("--all is all of them: leave %s out, or --all", name)
	case x.all && (x.hint > 0 || x.solution || len(x.own.args) > 0):
		return errors.New("--hint, --solution and --client are of one exercise: name it instead of --all")
	case !x.all && name == "" && one:
		return errors.New("which exercise? photofinish exercise lists them, and --all runs all")
	case x.giveUp && !x.solution:
		return errors.New("--give-up goes with --solution")
	case len(x.own.args) > 1:
		return errors.New("an exercise is one file: say --client once")
	}
	return nil
}

// list lists the exercises, with what is solved, and says how to begin the next.
func (x *exercising) list() error {
	solved, p := solvedIn(tui.StateDir()), x.palette()
	wide, next := 0, ""
	for _, name := range exercises.Names() {
		wide = max(wide, len(name))
	}
	for _, name := range exercises.Names() {
		mark := "·"
		if solved.has(name) {
			mark = p.OK + "✓" + off(p.OK)
		} else {
			next = cmp.Or(next, name)
		}
		title, _ := exercises.Head(name)
		fmt.Fprintf(x.out, "%s %s  %s\n", mark, tell.Pad(name, wide), title)
	}
	if next == "" {
		return nil
	}
	_, err := fmt.Fprintln(x.out, "\nphotofinish exercise "+next+"  writes "+next+".mjs here, and runs it whenever you save it")
	return err
}

// solve writes a client that is proved, to who has one or does not want to find it.
func (x *exercising) solve(e *exercises.Exercise) error {
	if !x.giveUp && !solvedIn(tui.StateDir()).has(e.Name) {
		return fmt.Errorf("%s is not solved yet: --hint 1 may help, and --give-up shows it all the same", e.Name)
	}
	_, err := io.WriteString(x.out, e.Right)
	return err
}

// path returns where the learner's file of an exercise is.
func (x *exercising) path(e *exercises.Exercise) (string, error) {
	if len(x.own.args) == 0 {
		return e.Name + ".mjs", nil
	}
	spec, err := external.Parse(x.own.args[0])
	if err == nil && spec.Command() {
		err = fmt.Errorf("--client %s: an exercise is a file, and no such file is there", x.own.args[0])
	}
	return spec.File, err
}

// begin returns the file of an exercise, which is written unless it is there.
func (x *exercising) begin(e *exercises.Exercise) (path string, err error) {
	if path, err = x.path(e); err != nil || len(x.own.args) > 0 {
		return path, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return path, nil
	case err != nil:
		return path, err
	}
	_, err = io.WriteString(f, e.Start)
	return path, errors.Join(err, f.Close())
}

// verdict runs exercises once each, and writes how they stand. Of all of them, a file
// that is not here counts as one with its hole.
func (x *exercising) verdict(es []*exercises.Exercise) error {
	write, err := x.writer()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	var all []graded
	for _, e := range es {
		path, err := x.path(e)
		if !x.all && err == nil {
			path, err = x.begin(e)
		}
		if err != nil {
			return err
		}
		g := x.grade(ctx, e, path)
		if ctx.Err() != nil {
			return exit{130, fmt.Errorf("interrupted in %s", e.Name)}
		}
		all = append(all, g)
	}
	failed, solved := ended(all)
	if failed != nil && len(all) == 1 && (x.format == "" || x.format == "text") {
		return exit{2, failed}
	}
	if err := write(func(w io.Writer) error { return exerciseFormats.in(x.format, x.to(ctx, w), all) }); err != nil {
		return err
	}
	switch {
	case failed != nil:
		return exit{2, failed}
	case !solved:
		return exit{1, nil}
	}
	return nil
}

// ended returns the first reason why a file does not run, and whether all are solved.
func ended(all []graded) (failed error, solved bool) {
	solved = true
	for _, g := range all {
		if failed == nil {
			failed = g.failed
		}
		solved = solved && g.Grade.Solved()
	}
	return failed, solved
}

// grade runs an exercise with a file as it is now.
func (x *exercising) grade(ctx context.Context, e *exercises.Exercise, path string) (g graded) {
	text, err := scenarios.ReadFile(path, "client")
	if x.all && errors.Is(err, fs.ErrNotExist) {
		text, err = []byte(e.Start), nil
	} else if len(x.own.args) == 0 && errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%s is gone: save it again, or leave, and photofinish exercise %s writes it anew", path, e.Name)
	}
	g.Grade, g.failed = grade.Of(e, filepath.Base(path), string(text)), err
	if err != nil {
		g.Grade.Hole = 0
	}
	if g.failed == nil && g.Grade.Hole == 0 {
		g.failed = x.runs(ctx, g.Grade, path)
	}
	if g.Err = g.failed; g.Grade.Solved() {
		solvedIn(tui.StateDir()).add(e.Name)
	}
	return g
}

// runs starts the file as a client, and runs the exercise with it.
func (x *exercising) runs(ctx context.Context, g *grade.Grade, path string) error {
	client, err := x.client(ctx, path)
	if err == nil {
		g.Run(ctx, client.Entry(), grade.Options{Sound: x.own.sound, Notes: client})
		err = g.Failed()
	}
	return err
}

// client starts the file as the one client that there is. It ends with ctx.
func (x *exercising) client(ctx context.Context, path string) (*running, error) {
	x.own.close()
	x.own.life, x.own.end = context.WithCancel(ctx)
	arg := path
	if len(x.own.args) > 0 {
		arg = x.own.args[0]
	}
	client, err := x.own.start(arg)
	if err == nil {
		x.own.named = []*running{client}
	}
	return client, err
}

// screen shows an exercise, and those that the user goes on to, until they leave.
func (x *exercising) screen(ctx context.Context, e *exercises.Exercise) error {
	for {
		path, err := x.begin(e)
		if err != nil {
			return err
		}
		m, err := x.show(ctx, e, path)
		if err != nil {
			return err
		}
		g := m.Last().Grade
		switch m.Left() {
		case exercise.Next:
			if e, err = exercises.Find(e.Next); err != nil {
				return err
			}
			x.own.args = nil
		case exercise.Play:
			if err := x.playground(ctx, path, g.Told()); err != nil {
				return err
			}
		case exercise.Abort:
			return exit{130, nil}
		default:
			if m.Last().Err != nil {
				return exit{2, m.Last().Err}
			}
			if !g.Solved() {
				return exit{1, nil}
			}
			return nil
		}
	}
}

// show shows an exercise, and runs it whenever its file is saved.
func (x *exercising) show(ctx context.Context, e *exercises.Exercise, path string) (*exercise.Model, error) {
	text, err := scenarios.ReadFile(path, "client")
	if err != nil {
		return nil, err
	}
	if _, err := external.Parse(path); err != nil {
		return nil, err
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	changes, err := watchFiles(whole)
	if err != nil {
		return nil, err
	}
	defer changes.close()
	ctx, stop := context.WithCancel(ctx)
	news, over := make(chan exercise.News), make(chan struct{})
	go func() {
		defer close(over)
		x.again(ctx, e, path, changes, news)
	}()
	first := exercise.News{Grade: grade.Of(e, filepath.Base(path), string(text)), Running: true}
	m := exercise.New(news, first)
	err = tui.Show(ctx, m, tui.Options{NoColour: x.plain, Input: x.in})
	stop()
	<-over
	return m, err
}

// again sends what becomes of an exercise, now and after each change of its file, which
// ends what still runs.
func (x *exercising) again(ctx context.Context, e *exercises.Exercise, path string, changes *changes, news chan<- exercise.News) {
	send := func(n exercise.News) bool {
		select {
		case news <- n:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for {
		changes.seen = nil
		run, end := context.WithCancel(ctx)
		watched := make(chan struct{})
		go func() {
			defer close(watched)
			if changes.wait(run) {
				end()
			}
		}()
		g := x.grade(run, e, path)
		end()
		<-watched
		if len(changes.seen) > 0 && ctx.Err() == nil {
			continue // it was saved meanwhile
		}
		g.Path, _ = filepath.Abs(path)
		if info, err := os.Stat(path); err == nil {
			g.Saved = info.ModTime().Format(time.TimeOnly)
		}
		if ctx.Err() != nil || !send(g.News) {
			return
		}
		changes.more(x.own.files()...)
		if !changes.wait(ctx) {
			return
		}
		g.Running = true
		if !send(g.News) {
			return
		}
	}
}

// playground opens the order that an exercise shows, with the learner's client in a
// lane.
func (x *exercising) playground(ctx context.Context, path string, o *grade.Outcome) error {
	client, err := x.client(ctx, path)
	if err != nil {
		return err
	}
	lineup := append(strategies.Lineup{client.Entry()}, strategies.Catalogue...)
	s := *o.Scenario
	s.Script = o.Pinned
	news, stop, err := x.own.reloads(ctx)
	if err != nil {
		return err
	}
	defer stop()
	return tui.Run(ctx, &s, tui.Options{
		Lineup: lineup, Strategies: []string{client.spec.Name}, NoColour: x.plain, Input: x.in, Reloads: news, Sound: x.own.sound,
	})
}
