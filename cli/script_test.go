package cli

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"photofinish/internal/testkit"
)

func TestMain(m *testing.M) {
	testscript.Main(testkit.Tests{M: m}, map[string]func(){"photofinish": func() { os.Exit(Main()) }, "fakeclient": fakeClient})
}

// TestScripts runs the command as a user would, by the scripts in testdata/script.
func TestScripts(t *testing.T) {
	testkit.Long(t, "short mode: the packages are tested, not the whole command")
	testscript.Run(t, testscript.Params{
		Dir:                 "../testdata/script",
		RequireExplicitExec: true,
		Setup:               badFiles,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"fails": fails},
	})
}

// fails runs a command that must end with the exit code that is its first
// argument, print no result and complain in exactly one printable line.
func fails(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fails code command...")
	}
	var e *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); !errors.As(err, &e) || strconv.Itoa(e.ExitCode()) != args[0] {
		ts.Fatalf("want exit code %s, got %v", args[0], err)
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("it prints %q", out)
	}
	line, rest, _ := strings.Cut(ts.ReadFile("stderr"), "\n")
	if rest != "" || !strings.HasPrefix(line, "photofinish: ") || len(line) > 400 || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' }) {
		ts.Fatalf("no single clear line: %q %q", line, rest)
	}
}

// badFiles makes what is too long or too strange to write into a script.
func badFiles(env *testscript.Env) error {
	noise := make([]byte, 4096)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	var many bytes.Buffer
	many.WriteString("name: many\nsteps:\n")
	for i := range 65 {
		fmt.Fprintf(&many, "  - {at: %dms, do: create, set: {name: Ada}}\n", i)
	}
	for name, data := range map[string][]byte{
		"noise.yaml":          noise,
		"huge.yaml":           bytes.Repeat([]byte("# nothing\n"), 1<<20),
		"many.yaml":           many.Bytes(),
		"\x1b[31mred\a!.yaml": []byte("nme: typo\n"),
	} {
		if err := os.WriteFile(filepath.Join(env.WorkDir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
