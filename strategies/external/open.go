package external

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"photofinish/strategies"
	"photofinish/strategies/external/kit"
)

// Spec says which client is meant.
type Spec struct {
	Name string // of its lane
	File string // a file of the user's, or a command: see [Spec.Command]
}

// Command reports whether it is a command that speaks the protocol by itself: what
// has a blank in it and is no file that is there.
func (s Spec) Command() bool {
	if !strings.ContainsRune(s.File, ' ') {
		return false
	}
	_, err := os.Stat(s.File)
	return err != nil
}

// Parse reads FILE, COMMAND, name=FILE or name=COMMAND. Without a name the lane
// is called after the file, or after the program of a command. A name is made of
// letters, digits, dots, dashes and underscores, and is that of no strategy.
func Parse(arg string) (Spec, error) {
	name, file, named := strings.Cut(arg, "=")
	if blank := strings.ContainsAny(name, `/\ `); !named || blank {
		name, file = "", arg
	}
	file = strings.TrimSpace(file)
	if file == "" {
		return Spec{}, fmt.Errorf("--client %q names no file: --client save.tsx, or --client ours=./save.tsx", arg)
	}
	s := Spec{name, file}
	if name == "" {
		program := file
		if s.Command() {
			program, _, _ = strings.Cut(file, " ")
		}
		s.Name = strings.TrimSuffix(filepath.Base(program), filepath.Ext(program))
	}
	odd := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r)
	}
	switch {
	case s.Name == "" || strings.ContainsFunc(s.Name, odd):
		return Spec{}, fmt.Errorf("%q is no name for a lane: letters, digits, dots, dashes and underscores make one, as in --client ours=./save.tsx", s.Name)
	case slices.Contains(strategies.Names(), s.Name):
		return Spec{}, fmt.Errorf("%q is a strategy of the catalogue: give the client another name, as in --client my-%s=%s", s.Name, s.Name, file)
	}
	return s, nil
}

// Options say how clients are run. The zero value is fine.
type Options struct {
	Env   []string          // variables that the program gets to see, by name: see [kit.Options]
	Alias map[string]string // what stands for the beginning of an import: see [kit.Options]
	Trace io.Writer         // gets every line that is said, if it is not nil

	Turn  time.Duration // how long a turn may take; 0: 5 s
	First time.Duration // and the first ones of a process; 0: 30 s
}

// Client is a program of the user's that can be a strategy. It is run as often
// as it is needed at once, and serves any number of trials.
type Client struct {
	spec     Spec
	made     *kit.Program
	pool     pool
	own      strategies.Own
	speaks   dialect
	used     [len(uses)]atomic.Bool
	does     atomic.Pointer[[]string]
	notebook notebook
}

// Open prepares a client and starts it once, so that what is wrong with it is
// known. The programs that it starts end with the context.
func Open(ctx context.Context, spec Spec, o Options) (*Client, error) {
	prepare := kit.Prepare
	if spec.Command() {
		prepare = kit.Command
	}
	made, err := prepare(spec.File, kit.Options{Alias: o.Alias, Env: o.Env})
	if err != nil {
		return nil, err
	}
	c := &Client{spec: spec, made: made, speaks: speaks(spec)}
	if err := c.open(func() (program, error) { return start(ctx, made, o) }, o.Trace); err != nil {
		made.Close()
		return nil, err
	}
	return c, nil
}

// Twin starts another client of the same program, as it was when this one was opened, to
// compare them. It has processes of its own, and needs this one to be open.
func (c *Client) Twin() (*Client, error) {
	made := *c.made
	made.Close = func() {} // what was written for it is this one's
	twin := &Client{spec: c.spec, made: &made, speaks: c.speaks}
	if err := twin.open(c.pool.start, c.pool.trace); err != nil {
		return nil, err
	}
	twin.own.Args = c.own.Args
	return twin, nil
}

// open makes the first of its processes.
func (c *Client) open(start func() (program, error), trace io.Writer) error {
	c.pool = pool{start: start, name: c.made.Name, trace: trace}
	first, err := c.pool.take()
	if err != nil {
		return err
	}
	c.pool.give(first)
	c.own = strategies.Own{
		Runs: first.hello.Runs, Of: first.hello.Of, Bundle: first.hello.Bundle,
		Used: c.usedWords, Source: c.made.Sources, Dir: filepath.Dir(c.spec.File),
	}
	return nil
}

// Entry returns the client as a strategy.
func (c *Client) Entry() strategies.Entry {
	return strategies.Entry{
		Name: c.spec.Name, Group: strategies.Yours, Rule: "a program of your own", Source: c.pool.name,
		New: func() strategies.Strategy { return &lane{client: c} },
	}
}

// Files returns the user's own files that it is made of, with their whole path:
// if one of them changes, it has to be opened anew.
func (c *Client) Files() []string { return c.made.Files }

// Does returns what it can be asked to do, in the words of scenarios; nil before
// its first trial.
func (c *Client) Does() []string {
	if all := c.does.Load(); all != nil {
		return *all
	}
	return nil
}

// Printed returns the lines that it has printed in trials, each once and the
// first 20 of them, and after them errors that nobody caught.
func (c *Client) Printed() []string {
	lines, uncaught := c.notebook.heard(false)
	for _, u := range uncaught {
		lines = append(lines, u.String())
	}
	return lines
}

// Heard returns what it has printed since it was asked last, each line once and the
// first 20 of them, and errors of its own code that nobody caught, the first 5 of them.
func (c *Client) Heard() (printed []string, uncaught []strategies.Uncaught) {
	return c.notebook.heard(true)
}

// Close ends its programs. Trials that still run fail.
func (c *Client) Close() error {
	c.pool.close()
	c.made.Close()
	return nil
}

// use is what a trial can depend on beside clicks and answers, as a program names it and
// in the words of a proof.
type use struct{ word, proof string }

// uses are all of them, in the order in which a proof has them.
var uses = [...]use{
	{"clock", "with the clock at the clicks' own times"},
	{"random", "one series of random numbers"},
	{"instant", "timers up to 16 ms at once"},
	{"skipped", ""}, // requests that are not about the record: no proof depends on them
}

// note remembers what a program says that it has used.
func (c *Client) note(words []string) error {
	for _, word := range words {
		i := slices.IndexFunc(uses[:], func(u use) bool { return u.word == word })
		if i < 0 {
			return fmt.Errorf("used %q: it is none of clock, random, instant, skipped", word)
		}
		c.used[i].Store(true)
	}
	return nil
}

// usedWords says it in the words of a proof.
func (c *Client) usedWords() (words []string) {
	for i, u := range uses {
		if u.proof != "" && c.used[i].Load() {
			words = append(words, u.proof)
		}
	}
	return words
}

// Skips reports whether it has made requests that are not about the record.
func (c *Client) Skips() bool { return c.used[len(uses)-1].Load() }

var errClosed = errors.New("its programs have been ended")
