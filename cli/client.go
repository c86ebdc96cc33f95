package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/doctor"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/strategies"
	"photofinish/strategies/external"
	"photofinish/strategies/external/examples"
)

// programs are the clients of the user's own that a command runs: what its flags
// name, and what has been started of it.
type programs struct {
	args    []string // of --client
	env     []string
	aliases []string
	wire    bool

	life    context.Context // its processes end with it
	end     context.CancelFunc
	named   []*running // by the flags, in their order
	trusted []*running // by a scenario, which the user trusts
	mu      sync.Mutex // of what is running, where goroutines of the playground share it
}

// running is a client that has been started.
type running struct {
	*external.Client
	spec external.Spec
	arg  string           // of --client
	made []string         // the files that it is made of
	twin *external.Client // another one of the same, to compare it with; nil before that
}

// clientFlags adds the flags that name clients of the user's own.
func (a *app) clientFlags(c *cobra.Command) {
	c.Flags().StringArrayVar(&a.own.args, "client", nil, "a client of your own: [name=]FILE (.js .ts .tsx .py …), or a command that speaks the protocol; repeated: several")
	c.Flags().StringArrayVar(&a.own.env, "env", nil, "the name of a variable of the environment that your clients may see; repeated: several")
	c.Flags().StringArrayVar(&a.own.aliases, "alias", nil, "what the beginning of an import stands for in your clients, as @=./src; repeated: several")
	c.Flags().BoolVar(&a.own.wire, "wire", false, "show each line that is said to your clients, and each answer, on standard error")
}

// lineup returns what lanes can be of: the catalogue, and the clients of the
// user's own that were named, which are started if they have not been.
func (a *app) lineup() (strategies.Lineup, error) {
	own, err := a.own.lineup()
	return append(own, strategies.Catalogue...), err
}

// lineup starts what the flags name.
func (p *programs) lineup() (own strategies.Lineup, err error) {
	for len(p.named) < len(p.args) {
		arg := p.args[len(p.named)]
		client, err := p.start(arg)
		if err != nil {
			return nil, err
		}
		p.named = append(p.named, client)
	}
	for _, client := range p.named {
		own = append(own, client.Entry())
	}
	return own, nil
}

// start starts a client that an argument of --client names.
func (p *programs) start(arg string) (*running, error) {
	spec, err := external.Parse(arg)
	if err != nil {
		return nil, err
	}
	if err := strategies.CheckOwn(spec.Name); err != nil {
		return nil, fmt.Errorf("--client %s: %w; name it, as --client ours=%s", arg, err, spec.File)
	}
	for _, other := range p.named {
		if other.spec.Name == spec.Name {
			return nil, fmt.Errorf("two clients are called %s: give one of them another name, as --client other=%s", spec.Name, spec.File)
		}
	}
	client, err := p.run(spec, arg)
	if err != nil {
		return nil, err
	}
	return &running{Client: client, spec: spec, arg: arg, made: client.Files()}, nil
}

// trust starts a client that a scenario names, if the user trusts it: a file in the
// folder of the scenario's file, or below.
func (p *programs) trust(s *scenarios.Scenario, c scenarios.Program) (*running, error) {
	dir := filepath.Dir(s.File)
	file := filepath.Join(dir, filepath.FromSlash(c.File))
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return nil, fmt.Errorf("%s: there is no such file", file)
	}
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	if below, err := filepath.Rel(root, real); err != nil || !filepath.IsLocal(below) {
		return nil, fmt.Errorf("%s leads out of the folder: name it yourself, --client %s=%s", file, c.Name, file)
	}
	if info, err := os.Stat(real); err != nil || !info.Mode().IsRegular() { // else a blank would make it a command
		return nil, fmt.Errorf("%s: is not a regular file", file)
	}
	spec := external.Spec{Name: c.Name, File: file}
	for _, other := range p.trusted {
		if other.spec == spec {
			return other, nil
		}
	}
	arg := c.Name + "=" + file
	client, err := p.run(spec, arg)
	if err != nil {
		return nil, err
	}
	p.trusted = append(p.trusted, &running{Client: client, spec: spec, arg: arg})
	return p.trusted[len(p.trusted)-1], nil
}

// all are those that have been started.
func (p *programs) all() []*running { return append(p.named[:len(p.named):len(p.named)], p.trusted...) }

// run runs a client. Printed commands name it by the flags that it was named by.
func (p *programs) run(spec external.Spec, arg string) (*external.Client, error) {
	o := external.Options{Env: p.env, Alias: map[string]string{}}
	for _, text := range p.aliases {
		from, to, ok := strings.Cut(text, "=")
		if !ok || from == "" || to == "" {
			return nil, fmt.Errorf("--alias %q: want what stands for what, as @=./src", text)
		}
		o.Alias[from] = to
	}
	if p.wire {
		o.Trace = clean{os.Stderr}
	}
	if p.life == nil {
		p.life, p.end = context.WithCancel(context.Background())
	}
	client, err := external.Open(p.life, spec, o)
	if err != nil {
		return nil, err
	}
	args := []string{"--client", arg}
	for _, name := range p.env {
		args = append(args, "--env", name)
	}
	for _, text := range p.aliases {
		args = append(args, "--alias", text)
	}
	client.Entry().Own().Args = args
	return client, nil
}

// close ends all of them.
func (p *programs) close() {
	for _, client := range p.all() {
		if client.twin != nil {
			client.twin.Close() // first, since its files are the client's
		}
		client.Close()
	}
	if p.end != nil {
		p.end()
	}
	p.named, p.trusted, p.life, p.end = nil, nil, nil, nil
}

// sound says why all orders of a client would prove nothing in a scenario: because
// trials of it differ from those of its twin, which is in other processes. Of a
// strategy of the catalogue it is nil. Any goroutine may call it.
func (p *programs) sound(s *scenarios.Scenario, e strategies.Entry) error {
	twin, err := p.twinOf(e)
	if err != nil || twin == nil {
		return err
	}
	err = doctor.Same(s, e, twin.Entry())
	if errors.Is(err, doctor.ErrDiffers) {
		err = fmt.Errorf("%s: %w. photofinish client check says more", e.Name, err)
	}
	return err
}

// twinOf returns the twin of a client, which it starts; nil of what has none.
func (p *programs) twinOf(e strategies.Entry) (twin *external.Client, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, client := range p.all() {
		if client.Entry().Own() != e.Own() {
			continue
		}
		if client.twin == nil {
			client.twin, err = client.Twin()
		}
		return client.twin, err
	}
	return nil, nil
}

// printed says once at the end what the clients have printed.
func (p *programs) printed() {
	for _, client := range p.all() {
		for _, line := range client.Printed() {
			fmt.Fprintf(os.Stderr, "%s: %s\n", client.Entry().Name, tell.Clean(line))
		}
	}
}

// clean writes lines of a program's, made fit for a terminal.
type clean struct{ to io.Writer }

func (c clean) Write(p []byte) (int, error) {
	for line := range strings.Lines(string(p)) {
		if _, err := fmt.Fprintln(c.to, tell.Clean(strings.TrimSuffix(line, "\n"))); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

func (a *app) clientCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "client",
		Short: "Begin a client of your own, or look at one",
		Long: "A client of your own is a file beside your code, which stays as it is. It says how to\n" +
			"start your client, what a user can do there, and what the screen shows.",
		Example: "photofinish client new tanstack --output save.tsx\nphotofinish client check save.tsx\nphotofinish replay overlapping-updates --client save.tsx",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	names := strings.Join(examples.Names(), ", ")
	begin := &cobra.Command{
		Use:     "new NAME",
		Short:   "Write a file to begin with: " + names,
		Example: "photofinish client new swr --output save.tsx",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("NAME is missing: it is one of %s", names)
			}
			return atMost(1, "NAME")(nil, args)
		},
		ValidArgsFunction: complete(examples.Names),
		RunE:              func(_ *cobra.Command, args []string) error { return a.newClient(args[0]) },
	}
	types := &cobra.Command{
		Use:     "types",
		Short:   "Write the types that editors want to know",
		Example: "photofinish client types --output photofinish.d.ts",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.whole(examples.Types()) },
	}
	for _, writes := range []*cobra.Command{begin, types} {
		writes.Flags().Var(word(&a.output, "the name of a file"), "output", "write to this file, whole or not at all")
	}
	c.AddCommand(begin, types, a.clientCheckCommand())
	return c
}

// newClient writes a client to begin with.
func (a *app) newClient(name string) error {
	_, text, ok := examples.File(name)
	if !ok {
		hint := ""
		if near := scenarios.Suggest(name, examples.Names()); near != "" {
			hint = fmt.Sprintf(" (did you mean %q?)", near)
		}
		return fmt.Errorf("there is no %q to begin with%s: it is one of %s", name, hint, strings.Join(examples.Names(), ", "))
	}
	if _, err := os.Stat(a.output); a.output != "" && err == nil {
		return fmt.Errorf("%s is there already, and may be your own code: remove it, or name another file", a.output)
	}
	return a.whole(text)
}

// whole writes a text as it is to where it was asked for.
func (a *app) whole(text []byte) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	return write(func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

func (a *app) clientCheckCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "check FILE [SCENARIO...]",
		Short: "Look whether a client of your own can be believed",
		Long: "The same trials in two processes and in another order; whether the screen shows each field,\n" +
			"and a refusal is seen; what it reads by itself. What is to be mended is said in a line each.\n" +
			"Exit codes: 0 all is well; 1 something is to be mended; 2 it cannot be run.",
		Example: "photofinish client check save.tsx\nphotofinish client check 'node lane.mjs' our-bug.yaml",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("FILE is missing: photofinish client check save.tsx")
			}
			return a.examine(args[0], args[1:])
		},
	}
	a.clientFlags(c)
	c.Flags().MarkHidden("client")
	return c
}

// examine looks at a client, and says what it finds.
func (a *app) examine(file string, names []string) error {
	if len(names) == 0 {
		names = doctor.Scenarios
	}
	ss, err := a.openAll(names)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	one, err := a.own.start(file)
	if err != nil {
		return err
	}
	defer one.Close()
	other, err := a.own.start(file)
	if err != nil {
		return err
	}
	defer other.Close()
	own, p := one.Entry().Own(), a.palette()
	fmt.Fprintf(a.out, "%s  %s\n", p.Strong+tell.Clean(one.Entry().Name)+off(p.Strong), report.Ran(own))
	findings, err := doctor.Examine(ctx, one, other, ss)
	mend := 0
	for _, f := range findings {
		mark, colour := "·", p.Faint
		switch f.Kind {
		case doctor.Good:
			mark, colour = "✓", p.OK
		case doctor.Mend:
			mark, colour = "✗", p.Wrong
			mend++
		}
		fmt.Fprintf(a.out, "%s %s\n", colour+mark+off(colour), f.Says)
	}
	switch {
	case ctx.Err() != nil:
		return exit{130, errors.New("interrupted: what is printed is what was looked at")}
	case err != nil:
		return err
	case mend > 0:
		return exit{1, fmt.Errorf("%s to mend", several(mend, "thing"))}
	}
	return nil
}

// off ends a colour, if it is one.
func off(colour string) string {
	if colour == "" {
		return ""
	}
	return "\x1b[0m"
}
