package external

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/strategies/external/kit"
)

// Tool is a program of the user's that something here can make use of.
type Tool struct {
	Name    string
	Version string // as it says itself; "" with an error
	Err     error  // it is not there, does not start, or is too old
}

// Tools looks for what runs clients in JavaScript and in Python, and for what goes to a
// class, and asks each for its version.
func Tools(ctx context.Context) (node, python, ssh Tool) {
	path, err := kit.Node()
	node = ask(ctx, "Node", path, err, kit.LeastNode, "--version")
	path, err = kit.Python()
	python = ask(ctx, "Python", path, err, kit.LeastPython, "--version")
	path, err = exec.LookPath("ssh")
	if err != nil {
		err = errors.New("PATH has none (looked for: ssh)")
	}
	ssh = ask(ctx, "ssh", path, err, "", "-V")
	return node, python, ssh
}

// inAnswer is the version in what a program says: v20.1.2, Python 3.11.7, OpenSSH_9.2p1.
var inAnswer = regexp.MustCompile(`[0-9]+(\.[0-9]+)+[a-z0-9]*`)

// ask asks a program for its version, and holds that to the least that will do.
func ask(ctx context.Context, name, path string, err error, least string, args ...string) Tool {
	t := Tool{Name: name}
	if err != nil {
		t.Err = fmt.Errorf("%s is not there: %w", name, err)
		return t
	}
	ctx, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	c := exec.CommandContext(ctx, path, args...)
	c.WaitDelay = time.Second
	says, err := c.CombinedOutput()
	line, _, _ := bytes.Cut(says, []byte("\n"))
	version := inAnswer.FindString(string(line[:min(len(line), 200)]))
	switch {
	case ctx.Err() != nil:
		t.Err = fmt.Errorf("%s does not say its version within 5 s", name)
	case err != nil || version == "":
		t.Err = fmt.Errorf("%s is there, and does not say its version", name)
	case older(version, least):
		t.Err = fmt.Errorf("%s is %s, and older than %s", name, version, least)
	default:
		t.Version = version
	}
	return t
}

// older compares versions by their numbers.
func older(version, least string) bool {
	return slices.Compare(numbers(version), numbers(least)) < 0
}

func numbers(version string) (all []int) {
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part)
		all = append(all, n)
	}
	return all
}
