package cli

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"photofinish/internal/testkit"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{testkit.Tests{M: m}}, map[string]func(){"fakeclient": fakeClient})
}

// tests are those of this package, with a folder for the program that they start.
type tests struct{ testkit.Tests }

func (m tests) Run() int {
	dir, err := os.MkdirTemp("", "photofinish-test-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	programPath = filepath.Join(dir, "photofinish")
	if runtime.GOOS == "windows" {
		programPath += ".exe"
	}
	return m.Tests.Run()
}

var programPath string

// around is in the environment of the program: one folder for what it keeps of clients in
// all tests; one processor, as tests share them, so that it starts one process of a client
// where it would start two; and room, as tests have. But where all is asked for it is as a
// user has it.
func around() map[string]string {
	processors, room := "1", "400"
	if testkit.All() {
		processors, room = "", ""
	}
	return map[string]string{"XDG_CACHE_HOME": filepath.Join(filepath.Dir(programPath), "cache"), "GOMAXPROCS": processors, "GOGC": room}
}

// built builds the program once. It starts in half the time that this binary takes,
// which has all in it that only tests need.
var built = sync.OnceValue(func() error {
	out, err := exec.Command("go", "build", "-buildvcs=false", "-ldflags=-s -w", "-o", programPath, "photofinish").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
})

// program returns the path of the program.
func program(t *testing.T) string {
	t.Helper()
	must(t, built())
	return programPath
}

// runScripts runs scripts that find the program on their PATH.
func runScripts(t *testing.T, p testscript.Params) {
	t.Helper()
	dir := filepath.Dir(program(t))
	p.RequireExplicitExec = true
	p.Condition = func(name string) (bool, error) {
		if name != "all" {
			return false, fmt.Errorf("unknown condition %q", name)
		}
		return testkit.All(), nil
	}
	p.Setup = func(env *testscript.Env) error {
		env.Setenv("PATH", dir+string(os.PathListSeparator)+env.Getenv("PATH"))
		for name, value := range around() {
			env.Setenv(name, value)
		}
		return nil
	}
	testscript.Run(t, p)
}

// runPage runs a script that was made of a page.
func runPage(t *testing.T, script string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.txtar")
	must(t, os.WriteFile(file, []byte(script), 0o600))
	runScripts(t, testscript.Params{Files: []string{file}})
}

// TestScripts runs the command as a user would, by the scripts in testdata/script.
func TestScripts(t *testing.T) {
	testkit.Long(t, "short mode: the packages are tested, not the whole command")
	t.Parallel()
	runScripts(t, testscript.Params{
		Dir:  "../testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"fails": fails, "badfiles": badFiles},
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
func badFiles(ts *testscript.TestScript, _ bool, _ []string) {
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
		ts.Check(os.WriteFile(ts.MkAbs(name), data, 0o644))
	}
}
