package scenarios

import (
	"io"
	"os"

	"photofinish/scenarios/strict"
)

// Load reads a scenario file from the file system.
func Load(path string) (*Scenario, error) {
	data, err := ReadFile(path, "scenario")
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

// ReadFile reads a file as [Read] does. What says what it should be, for messages.
func ReadFile(path, what string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, strict.Failed(path, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, &Error{File: path, Message: "is a directory, not a " + what + " file"}
	}
	return Read(path, f)
}

// Read reads what is parsed later, no more of it than [MaxSize] and a byte.
func Read(name string, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, strict.Failed(name, err)
	}
	return data, nil
}
