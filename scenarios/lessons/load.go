package lessons

import (
	"io"
	"os"

	"photofinish/scenarios"
	"photofinish/scenarios/strict"
)

// Load reads a lesson file from the file system.
func Load(path string) (*Lesson, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, strict.Failed(path, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, &scenarios.Error{File: path, Message: "is a directory, not a lesson file"}
	}
	data, err := io.ReadAll(io.LimitReader(f, strict.MaxSize+1))
	if err != nil {
		return nil, strict.Failed(path, err)
	}
	return Parse(path, data)
}
