package class

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/disk"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
	"photofinish/tui"
	"photofinish/tui/class/door"
	"photofinish/tui/class/host"
)

// Options say how a class is held.
type Options struct {
	Listen     string // the address, as ":2222"
	Limits     host.Limits
	State      string // the folder of the host key; "": it is made for this time only
	Ballots    string // the file that they are written to, as CSV; "": none
	Names      bool   // with names
	Strategies []strategies.Entry
	NoColour   bool
	Input      io.Reader // the teacher's keyboard; nil: there is no teacher at a terminal
	Log        io.Writer // where it says how to join, and without a teacher all else; nil: nowhere

	Lesson *lessons.Lesson // taken together; nil: none
}

// Run holds a class about a scenario until the teacher ends it, or a signal
// does. An error means that a lesson has no teacher, that one of the strategies is a
// program of the user's own, which no student may start, that nobody could join,
// that the host key or the file of the ballots cannot be used, or that we have made a mistake.
func Run(ctx context.Context, s *scenarios.Scenario, o Options) error {
	if err := o.check(); err != nil {
		return err
	}
	key, err := host.Key(o.State)
	if err != nil {
		return fmt.Errorf("the key of the class cannot be used: %w; XDG_STATE_HOME names another folder", err)
	}
	hub := newHub(o.Limits.Names())
	c := host.Config{Key: key, Limits: o.Limits}
	if o.Input == nil {
		c.Log = logTo(o.Log)
	}
	guest := spare(runtime.GOMAXPROCS(0))
	students := StudentScreens{Race: s.Script, Play: func() (tea.Model, error) {
		return tui.New(s, tui.Options{Strategies: strategies.Lineup(o.Strategies).Names(), Guest: guest})
	}}
	t := TeacherScreen{Title: s.Title, Key: host.Fingerprint(key), Items: predictions(s, o.Strategies)}
	var course *Course
	if o.Lesson != nil {
		if course, err = newCourse(o.Lesson); err != nil {
			return err
		}
		students.Follow, t.Title = course.Follow, o.Lesson.Title
	}
	console := ConsoleScreen{Title: t.Title, Course: course, Names: o.Names}
	if o.Input != nil {
		c.Console = func() tea.Model { return newConsole(hub, console) }
	}
	c.Join = hub.admit(func(seat *Seat) tea.Model { return newStudent(seat, students) })
	server, err := host.NewServer(c)
	if err != nil {
		return err
	}
	in, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("nobody could join: %w", door.Why(o.Listen, err))
	}
	console.Way, console.Word = door.To(in.Addr()), server.Word
	here := o.here(server, in.Addr())
	served := make(chan error, 1)
	go func() { served <- server.Serve(in) }()
	save := func() error {
		if o.Ballots == "" {
			return nil
		}
		return hub.saveCSV(o.Ballots, o.Names)
	}
	t.Save, t.Way = save, console.Way
	err = o.teach(ctx, hub, course, t, server.Word)
	end, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	server.Close(end)
	here()
	left := <-served
	o.settle(course, hub)
	return errors.Join(err, left, save())
}

// settle works out what the file of the ballots still lacks, if there is to be one.
func (o *Options) settle(course *Course, hub *Hub) {
	if course == nil || o.Ballots == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	course.Settle(ctx, hub)
}

// check says what a class cannot be held with, before anybody joins.
func (o *Options) check() error {
	if o.Lesson != nil && o.Input == nil {
		return errors.New("a lesson needs a teacher at a terminal")
	}
	for _, e := range o.Strategies {
		if e.Own() != nil {
			return fmt.Errorf("%s is a program of your own: a class has the strategies of the catalogue alone", tell.Clean(e.Name))
		}
	}
	if o.Ballots != "" {
		_, err := disk.New(o.Ballots)
		return err
	}
	return nil
}

// here lets the console in from this machine, until the function that it returns is
// called. Where that cannot be, it is said, and the key is left.
func (o *Options) here(server *host.Server, a net.Addr) (end func()) {
	if o.Input == nil {
		return func() {}
	}
	end, err := server.Here(o.State, a.String())
	if err == nil {
		return end
	}
	if o.Log != nil {
		logTo(o.Log)("the console cannot be opened from this machine: " + err.Error())
	}
	return func() {}
}

// teach runs the teacher's screen, or without one waits for the end.
func (o *Options) teach(ctx context.Context, hub *Hub, course *Course, t TeacherScreen, word func() string) error {
	if o.Input == nil { // before it says that it is there: who reads that may end it at once
		var stop context.CancelFunc
		ctx, stop = signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
		defer stop()
	}
	if o.Log != nil { // with a teacher too: the wall has room for a few addresses, and is gone at the end
		say := logTo(o.Log)
		say("students join with: " + strings.Join(t.Join, ", or ") + "; the host key is " + t.Key)
		say(t.Open)
		if o.Input != nil {
			say("your console: photofinish class --console on this machine, or " + t.As(host.Teacher) + " with the key " + word() + ", once")
		}
	}
	if o.Input == nil {
		<-ctx.Done()
		return nil
	}
	var m tea.Model
	if course != nil {
		m = newWall(hub, course, t)
	} else {
		m = newTeacher(hub, t)
	}
	defer m.(leaver).Leave()
	err := tui.Show(ctx, m, tui.Options{Input: o.Input, NoColour: o.NoColour})
	if _, ended := err.(tui.Signal); ended || ctx.Err() != nil {
		return nil
	}
	return err
}

func logTo(w io.Writer) func(string) {
	var mu sync.Mutex
	return func(text string) {
		mu.Lock()
		defer mu.Unlock()
		for line := range strings.Lines(text) {
			fmt.Fprintf(w, "%s %s\n", time.Now().Format("15:04:05"), tell.Clean(strings.TrimSuffix(line, "\n")))
		}
	}
}

// spare lets work of students wait until a processor has time for it, so that
// what they see of their own keys does not wait for what others have not asked
// for.
func spare(processors int) func(work func()) {
	busy := make(chan struct{}, max(processors-1, 1))
	return func(work func()) {
		busy <- struct{}{}
		defer func() { <-busy }()
		work()
	}
}
