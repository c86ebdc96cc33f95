package class

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/strategies"
	"photofinish/tui/page/pagetest"
)

// Where a class cannot be held, it says what to do.
func TestCannotBeHeld(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	s, err := scenarios.Find("overlapping-updates")
	must(t, err)
	for want, o := range map[string]Options{
		"is taken, perhaps by another class": {Listen: taken.Addr().String()},
		"is no address of this machine":      {Listen: "192.0.2.77:0"},
		"--listen takes an address as :2222": {Listen: ":99999"},
		"XDG_STATE_HOME":                     {Listen: "127.0.0.1:0", State: filepath.Join(file, "state")},
		"ours is a program of your own":      {Listen: "127.0.0.1:0", Strategies: []strategies.Entry{(&pagetest.Own{Name: "ours"}).Entry()}},
	} {
		if err := Run(t.Context(), s, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
