package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// pythons are those that are here, by what they can import: the path of one, or nothing.
var pythons = struct {
	sync.Mutex
	of map[string]string
}{of: map[string]string{}}

// Python returns the path of a Python that the kit runs in, in which modules are
// installed, and skips where there is none. The one of the system is asked too: a
// distribution installs httpx for that alone. It is asked once, and what only leads to a
// Python, as pyenv has it, is not gone through again.
func Python(t testing.TB, modules ...string) string {
	t.Helper()
	asked := "import sys, importlib.util; assert sys.version_info >= (3, 9)"
	for _, m := range modules {
		asked += fmt.Sprintf(" and importlib.util.find_spec(%q)", m)
	}
	pythons.Lock()
	defer pythons.Unlock()
	if _, known := pythons.of[asked]; !known {
		pythons.of[asked] = ""
		for _, name := range []string{os.Getenv("PHOTOFINISH_PYTHON"), "python3", "/usr/bin/python3", "python"} {
			if name == "" {
				continue
			}
			if path, err := exec.Command(name, "-c", asked+"; print(sys.executable)").Output(); err == nil {
				pythons.of[asked] = strings.TrimSpace(string(path))
				break
			}
		}
	}
	if pythons.of[asked] == "" {
		t.Skipf("SKIPPED: no Python 3.9 or later with %q here: looked at PHOTOFINISH_PYTHON, python3 on PATH, /usr/bin/python3", modules)
	}
	return pythons.of[asked]
}
