package scenarios

import (
	"os"

	"photofinish/scenarios/strict"
)

// Load reads a scenario file from the file system.
func Load(path string) (*Scenario, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, strict.Failed(path, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, &Error{File: path, Message: "is a directory, not a scenario file"}
	}
	return Read(path, f)
}
