package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"photofinish/report/disk"
)

// solved notes which exercises somebody has solved, in a file of the folder of what
// outlives the program. It never leaves the machine. A file that cannot be read is
// left as it is, and then nothing is noted.
type solved struct {
	path string // "": nothing is kept
	data struct {
		Version int      `json:"version"`
		Solved  []string `json:"solved"`
	}
}

// solvedIn reads what is kept in a folder; "" keeps nothing.
func solvedIn(dir string) *solved {
	s := &solved{}
	s.data.Version = 1
	if dir == "" {
		return s
	}
	s.path = filepath.Join(dir, "exercises.json")
	info, err := os.Stat(s.path)
	if err != nil {
		return s
	}
	text := []byte(nil)
	if info.Mode().IsRegular() && info.Size() < 1<<16 {
		text, _ = os.ReadFile(s.path)
	}
	if err := json.Unmarshal(text, &s.data); err != nil || s.data.Version != 1 {
		s.path, s.data.Solved = "", nil
	}
	return s
}

func (s *solved) has(name string) bool { return slices.Contains(s.data.Solved, name) }

// add notes an exercise. What cannot be written is not, and nothing else comes of it.
func (s *solved) add(name string) {
	if s.path == "" || s.has(name) {
		return
	}
	s.data.Solved = append(s.data.Solved, name)
	if text, err := json.Marshal(s.data); err == nil {
		_ = disk.Keep(s.path, append(text, '\n'))
	}
}
