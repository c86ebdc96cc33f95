package external_test

import (
	"os/exec"
	"testing"
)

// TestRulesInPython holds rules that are written in Python, and run by the kit
// for that, against the same rules as they are here.
func TestRulesInPython(t *testing.T) {
	if exec.Command("python3", "-c", "import sys; assert sys.version_info >= (3, 9)").Run() != nil {
		t.Skip("no Python 3.9 or later: its kit was not held against the rules of the catalogue")
	}
	for _, rule := range []string{"naive", "mutation-scope"} {
		t.Run(rule, func(t *testing.T) { again(t, "testdata/rules/rules.py", rule, "", 0) })
	}
}
