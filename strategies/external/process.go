package external

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"photofinish/strategies/external/kit"
)

// How long a program may take, if nobody says otherwise, and how much it may say.
const (
	aTurn      = 5 * time.Second
	firstTurns = 30 * time.Second       // the hello and the first start: it loads itself then
	farewell   = 500 * time.Millisecond // between the end of its input and its own
	shortly    = 200 * time.Millisecond // between its end and that of its pipes
	longest    = 1 << 20                // bytes of a line
	complaint  = 1 << 14                // bytes of stderr that are kept
)

// process is a program that runs. One line is written to its standard input,
// one is read from its standard output.
type process struct {
	cmd      *exec.Cmd
	family   *family
	in       io.WriteCloser
	out      *bufio.Reader
	pipe     io.Closer // of out
	said     *first
	line     []byte
	turns    int
	patience [2]time.Duration // of the first turns, of the others
	alarm    *time.Timer
	late     atomic.Bool
	gone     chan struct{} // closed when it has ended
	state    error         // and how
	reaped   sync.Once
}

// start starts a program.
func start(ctx context.Context, p *kit.Program, o Options) (program, error) {
	c := &process{
		cmd: exec.CommandContext(ctx, p.Argv[0], p.Argv[1:]...), said: new(first), gone: make(chan struct{}),
		patience: [2]time.Duration{cmp.Or(o.First, firstTurns), cmp.Or(o.Turn, aTurn)},
	}
	out, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirs.Close()
	c.cmd.Dir, c.cmd.Env, c.cmd.Stdout, c.cmd.Stderr = p.Dir, p.Env, theirs, c.said
	c.cmd.WaitDelay = shortly // whatever it has started may hold its stderr
	c.family = newFamily(c.cmd)
	c.cmd.Cancel = c.family.kill
	in, err := c.cmd.StdinPipe()
	if err == nil {
		err = c.cmd.Start()
	}
	if err != nil {
		c.family.close()
		out.Close()
		return nil, fmt.Errorf("it cannot be started: %w", err)
	}
	c.family.started()
	c.in, c.pipe, c.out = in, out, bufio.NewReaderSize(out, 1<<16)
	go c.wait()
	c.alarm = time.AfterFunc(time.Hour, func() {
		c.late.Store(true)
		c.family.kill()
	})
	c.alarm.Stop()
	return c, nil
}

func (c *process) turn(line []byte) ([]byte, error) {
	patience := c.patience[0]
	if c.turns >= 2 {
		patience = c.patience[1]
	}
	c.turns++
	c.alarm.Reset(patience)
	defer c.alarm.Stop()
	c.line = append(append(c.line[:0], line...), '\n')
	_, err := c.in.Write(c.line)
	if err == nil {
		err = c.read()
	}
	switch {
	case err == nil:
		return c.line, nil
	case c.late.Load():
		return nil, lapse{"%s it did not come to rest in ", fmt.Sprintf("%g s: an endless loop?", patience.Seconds())}
	case errors.Is(err, errTooLong):
		return nil, err
	}
	return nil, c.ended()
}

// lapse is how a program has failed in a turn: what happened, with a place for
// when it was, and more of it.
type lapse struct{ what, more string }

func (l lapse) Error() string { return l.at("in a turn") }

func (l lapse) at(moment string) string { return fmt.Sprintf(l.what, moment) + l.more }

// after says when an error was.
func after(moment string, err error) error {
	var l lapse
	if errors.As(err, &l) {
		return errors.New(l.at(moment))
	}
	return fmt.Errorf("%w, %s", err, moment)
}

var errTooLong = lapse{"it said more than 1 MiB in one line %s", ""}

// read reads a line, without its end.
func (c *process) read() error {
	c.line = c.line[:0]
	for {
		part, err := c.out.ReadSlice('\n')
		c.line = append(c.line, part...)
		switch {
		case len(c.line) > longest:
			return errTooLong
		case err == nil:
			c.line = bytes.TrimRight(c.line, "\r\n")
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

// ended says how it has ended.
func (c *process) ended() error {
	c.end()
	text := c.said.String()
	if strings.Contains(text, "heap out of memory") || strings.Contains(text, "MemoryError") {
		return lapse{"it ran out of memory (512 MiB) %s", ""}
	}
	how := "exit 0"
	var exit *exec.ExitError
	switch {
	case errors.As(c.state, &exit) && exit.ExitCode() >= 0:
		how = fmt.Sprintf("exit %d", exit.ExitCode())
	case c.state != nil:
		how = c.state.Error()
	}
	more := ""
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			more = ": " + cut(clean(line), lineLength)
			break
		}
	}
	return lapse{"it ended (" + strings.ReplaceAll(how, "%", "%%") + ") %s", more}
}

// wait waits for its end, and ends what it has started: somebody who holds its
// pipes would keep us waiting.
func (c *process) wait() {
	c.state = c.cmd.Wait()
	c.family.close()
	close(c.gone)
}

// end lets it end, and sees to it that it does.
func (c *process) end() {
	c.reaped.Do(func() {
		c.alarm.Stop()
		c.in.Close()
		soon := time.AfterFunc(farewell, func() { c.family.kill() })
		<-c.gone
		soon.Stop()
		c.pipe.Close()
	})
}

// first keeps the beginning of what is written to it.
type first struct {
	mu   sync.Mutex
	text []byte
}

func (f *first) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.text = append(f.text, b[:min(len(b), complaint-len(f.text))]...)
	return len(b), nil
}

func (f *first) String() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return string(f.text)
}
