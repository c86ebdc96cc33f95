package machine

import (
	"os"
	"path/filepath"

	"photofinish/tui/session"
)

// State is the folder of what outlives the program.
type State struct {
	Dir     string // "": there is none
	New     bool   // it is not there yet
	Err     error  // nothing can be written there
	Running int    // playgrounds that use it
}

// lookAt looks whether a folder can be written to, or if it is not there, the one above
// it that is. A file is made there and removed at once.
func lookAt(dir string) State {
	s := State{Dir: dir}
	if dir == "" {
		return s
	}
	at := dir
	for {
		_, err := os.Stat(at)
		above := filepath.Dir(at)
		if err == nil || !os.IsNotExist(err) || above == at {
			break
		}
		s.New, at = true, above
	}
	f, err := os.CreateTemp(at, ".photofinish-*")
	if s.Err = err; err == nil {
		f.Close()
		s.Err = os.Remove(f.Name())
	}
	s.Running = session.NewStore(dir).Running()
	return s
}
