package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"charm.land/fang/v2"
	"github.com/fsnotify/fsnotify"
	"github.com/spf13/cobra"

	"photofinish/strategies/external"
	"photofinish/tui"
)

// settle is how long files must be left alone after a change: who saves one often
// writes it in several steps, and saves others too.
const settle = 50 * time.Millisecond

func (a *app) watchFlag(c *cobra.Command) {
	c.Flags().BoolVar(&a.watch, "watch", false, "run again whenever a file of your client is saved, until ctrl+c")
	run := c.RunE
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if !a.watch {
			return run(cmd, args)
		}
		if len(a.own.args) == 0 {
			return errors.New("--watch looks at the files of a client: name one by --client")
		}
		return a.again(func() error { return run(cmd, args) })
	}
}

// again runs a command, and once more after each change of a file that its clients
// are made of.
func (a *app) again(run func() error) error {
	ctx, stop := interruptible()
	defer stop()
	for {
		changes, err := a.own.watch()
		if err != nil {
			return err
		}
		changed := false
		if err = run(); err != nil {
			complain(os.Stderr, fang.Styles{}, err)
		}
		if ctx.Err() == nil && a.out.err == nil {
			changes.more(a.own.files()...) // by now it is known what it is made of
			fmt.Fprintln(os.Stderr, "watching: save a file to run again, ctrl+c to end")
			changed = changes.wait(ctx)
		}
		changes.close()
		a.own.close()
		switch {
		case a.out.err != nil:
			return a.out.err
		case !changed:
			return exit{130, nil}
		}
		fmt.Fprintln(a.out)
	}
}

// files returns all files that the clients are made of, as far as that is known.
func (p *programs) files() (files []string) {
	for _, arg := range p.args {
		if spec, err := external.Parse(arg); err == nil {
			if path, err := filepath.Abs(spec.File); err == nil {
				files = append(files, path)
			}
		}
	}
	for _, client := range p.named {
		files = append(files, client.Files()...)
	}
	return files
}

// watch begins to look at the files.
func (p *programs) watch() (*changes, error) { return watchFiles(p.files()...) }

// watchFiles begins to look at some files, which are named by their whole path.
func watchFiles(files ...string) (*changes, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("files cannot be watched here: %w", err)
	}
	c := &changes{Watcher: w}
	c.more(files...)
	return c, nil
}

// reloads sends each client again whose files have changed, while the playground
// runs: it is another program now, or one that cannot be read. stop ends it.
func (p *programs) reloads(ctx context.Context) (news <-chan tui.Reloaded, stop func(), err error) {
	if len(p.named) == 0 {
		return nil, func() {}, nil
	}
	changes, err := p.watch()
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	sent, ended := make(chan tui.Reloaded), make(chan struct{})
	go func() {
		defer close(ended)
		var before *external.Client // may be in use until the next change
		for changes.wait(ctx) {
			for _, r := range p.named {
				if !slices.ContainsFunc(r.made, changes.saw) {
					continue
				}
				was, what := r.Client, tui.Reloaded{Entry: r.Entry()}
				if now, err := p.run(r.spec, r.arg); err != nil {
					what.Err = err
				} else {
					p.mu.Lock()
					if r.twin != nil {
						r.twin.Close()
					}
					r.Client, r.twin, r.made, what.Entry = now, nil, now.Files(), now.Entry()
					p.mu.Unlock()
					changes.more(r.made...)
					if before != nil {
						before.Close()
					}
					before = was
				}
				select {
				case sent <- what:
				case <-ctx.Done():
				}
			}
			changes.seen = nil
		}
		if before != nil {
			before.Close()
		}
	}()
	return sent, func() { cancel(); <-ended; changes.close() }, nil
}

// changes are those of some files. Their folders are looked at, since who saves a
// file may put another one in its place. While nothing changes, nothing runs.
type changes struct {
	*fsnotify.Watcher
	files []string
	seen  []string // those that have changed
}

// saw reports whether a file has changed.
func (c *changes) saw(file string) bool { return slices.Contains(c.seen, file) }

// more looks at more files. A folder that cannot be looked at changes nothing.
func (c *changes) more(files ...string) {
	for _, f := range files {
		for _, path := range []string{f, real(f)} {
			if !slices.Contains(c.files, path) {
				c.files = append(c.files, path)
				c.Add(filepath.Dir(path))
			}
		}
	}
}

// real returns where a path leads to.
func real(path string) string {
	if to, err := filepath.EvalSymlinks(path); err == nil {
		return to
	}
	return path
}

// wait waits until one of the files has changed and then none has for a while, and
// reports whether that was before ctx ended.
func (c *changes) wait(ctx context.Context) bool {
	var quiet <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return false
		case <-quiet:
			return true
		case e, ok := <-c.Events:
			switch {
			case !ok:
				return false
			case slices.Contains(c.files, e.Name) && !e.Has(fsnotify.Chmod):
				quiet = time.After(settle)
				c.seen = append(c.seen, e.Name)
			}
		case _, ok := <-c.Errors:
			if !ok {
				return false
			}
		}
	}
}

func (c *changes) close() { c.Watcher.Close() }
