package kit

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"photofinish/internal/testkit"
)

// PythonKit returns the folder of the kit for Python, as a user has it in the cache.
func PythonKit() (string, error) { return openCache("").folder("kit", embedded("python")) }

// A session speaks the protocol with a real program.
type session struct {
	t       testing.TB
	program *Program
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	stderr  strings.Builder
	hello   answer
}

// answer is one line of the program.
type answer struct {
	Hello *struct {
		Protocol     int
		Runs, Bundle string
		Of           []string
	}
	Out    []map[string]any
	Screen map[string]any
	Error  string
	Busy   bool
	Used   []string
	Log    []string
	Does   []string
	Path   string
	Failed string

	Uncaught []uncaught
}

type uncaught struct{ What, Says, At string }

func (u uncaught) String() string {
	if u.At == "" {
		return u.What + ": " + u.Says
	}
	return u.What + ": " + u.Says + " (" + u.At + ")"
}

// write puts files into a new folder, and returns its path.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// needNode skips a test where there is no Node that the kit runs in.
func needNode(t testing.TB) {
	t.Helper()
	if err := nodeThere(); err != nil {
		t.Skipf("%v: the kit for JavaScript was not run", err)
	}
}

// nodeThere asks Node for its version, once.
var nodeThere = sync.OnceValue(func() error {
	node, err := Node()
	if err != nil {
		return err
	}
	version, err := exec.Command(node, "--version").Output()
	if major, _, _ := strings.Cut(strings.TrimPrefix(string(version), "v"), "."); err != nil || len(major) < 2 || major < LeastNode {
		return fmt.Errorf("%s is %s, not %s or later", node, version, LeastNode)
	}
	return nil
})

// open starts a client that is written here.
func open(t testing.TB, code string) *session {
	t.Helper()
	return run(t, prepared(t, code))
}

// prepared is a client that is written here, before it is started.
func prepared(t testing.TB, code string) *Program {
	t.Helper()
	return prepareFile(t, filepath.Join(write(t, map[string]string{"save.js": code}), "save.js"))
}

func prepareFile(t testing.TB, file string) *Program {
	t.Helper()
	needNode(t)
	p, err := Prepare(file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// run starts a program, and greets it.
func run(t testing.TB, p *Program) *session {
	t.Helper()
	s := begin(t, p)
	if s.hello = s.say(`{"hello":{"protocol":1}}`); s.hello.Hello == nil {
		t.Fatalf("no greeting: %+v", s.hello)
	}
	return s
}

func begin(t testing.TB, p *Program) *session {
	t.Helper()
	s := &session{t: t, program: p, cmd: exec.Command(p.Argv[0], p.Argv[1:]...)}
	s.cmd.Dir, s.cmd.Env, s.cmd.Stderr = p.Dir, p.Env, &s.stderr
	in, err := s.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.in, s.out = in, bufio.NewReader(out)
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
	return s
}

// say sends a line, and returns the answer.
func (s *session) say(format string, args ...any) answer {
	s.t.Helper()
	a, err := s.try(format, args...)
	if err != nil {
		s.t.Fatalf("after %s: %v\n%s", fmt.Sprintf(format, args...), err, s.stderr.String())
	}
	return a
}

func (s *session) try(format string, args ...any) (a answer, err error) {
	if _, err = fmt.Fprintf(s.in, format+"\n", args...); err != nil {
		return a, err
	}
	line, err := s.out.ReadBytes('\n')
	if err != nil {
		return a, err
	}
	d := json.NewDecoder(strings.NewReader(string(line)))
	d.DisallowUnknownFields()
	if err = d.Decode(&a); err != nil {
		err = fmt.Errorf("%s: %w", line, err)
	}
	return a, err
}

// start begins a trial with Ada, who is given, and the fields name and liked.
func (s *session) start() answer {
	s.t.Helper()
	return s.say(`{"t":0,"start":{"seed":7,"given":{"id":1,"name":"Ada"},"fields":["name","liked"],"client":1,"clock":0,"lines":true}}`)
}

// update clicks: n, at a time in ms.
func (s *session) update(at float64, n int, name string) answer {
	s.t.Helper()
	return s.say(`{"t":%v,"act":{"n":%d,"do":"update","set":{"name":%q}}}`, at, n, name)
}

func (a answer) text() string {
	b, _ := json.Marshal(a.Out)
	return string(b)
}

const plain = `
export default ({ given }) => {
  const p = { ...given };
  const call = async (method, url, body) => {
    const r = await fetch(url, { method, body: JSON.stringify(body) });
    return r.json();
  };
  return {
    async create(set) { Object.assign(p, set); p.id = (await call('POST', '/people', set)).id; },
    async update(set) {
      Object.assign(p, set);
      await call('PATCH', '/people/' + p.id, set);
    },
    screen: () => p,
  };
};`

// A plain client sends what it is told, and shows it. Unknown keys are errors: the other
// side is another version.
func TestPlain(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := open(t, plain)
	a := s.start()
	if a.Failed != "" || fmt.Sprint(a.Does) != "[create update set-permissions]" || fmt.Sprint(a.Screen) != "map[id:1 name:Ada]" {
		t.Fatalf("start: %+v", a)
	}
	a = s.update(40, 2, "Ada Byron")
	if want := `[{"request":{"at":"save.js:5","by":2,"json":{"name":"Ada Byron"},"method":"PATCH","n":1,"url":"/people/1"}}]`; a.text() != want {
		t.Errorf("out is %s\nwant %s", a.text(), want)
	}
	if a.Screen["name"] != "Ada Byron" {
		t.Errorf("the screen is %v", a.Screen)
	}
	if a = s.say(`{"t":200,"answer":{"n":1,"status":200,"json":{"id":1,"name":"Ada Byron"}}}`); a.Failed != "" || len(a.Out) != 0 {
		t.Errorf("answer: %+v", a)
	}
	if a := s.say(`{"t":0,"start":{"seed":1,"colour":"red"}}`); a.Failed != "the kit does not know start.colour, which photofinish sent" {
		t.Errorf("%+v", a)
	}
}

// A file for Python is run by Python, with the kit for it.
func TestPython(t *testing.T) {
	testkit.Long(t, "the kit for it is run all the same")
	if _, err := Python(); err != nil {
		t.Skipf("%v: the kit for Python was not run", err)
	}
	dir := write(t, map[string]string{"save.py": `
class Client:
    def __init__(self, given):
        self.person = dict(given)

    def update(self, set):
        self.person.update(set)

    def screen(self):
        return self.person
`})
	p, err := Prepare(filepath.Join(dir, "save.py"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := run(t, p)
	if a := s.start(); a.Failed != "" || a.Screen["name"] != "Ada" {
		t.Errorf("start: %+v", a)
	}
	for of, folder := range map[string]string{"the kit": filepath.Dir(p.Argv[len(p.Argv)-2]), "": dir} {
		if kept, _ := filepath.Glob(filepath.Join(folder, "__pycache__", "*.pyc")); (len(kept) > 0) != (of != "") {
			t.Errorf("compiled, of %q, are %v", of, kept)
		}
	}
	if text, is := p.Sources("save.py"); !is || !strings.Contains(string(text), "class Client") {
		t.Errorf("its source is %q", text)
	}
	if _, is := p.Sources("../save.py"); is {
		t.Error("a file of another folder is given out")
	}
}
