package tui

import (
	"context"
	"os"
	"path/filepath"
)

// underJobControl reports that nobody could bring the program back.
func underJobControl() bool { return false }

// eachResize does nothing: sizes come with the keys.
func eachResize(context.Context, func()) {}

// stateDir returns the user's folder for what programs remember, "" if there is none:
// that of this machine, beside what can be made again, and not the one that follows
// its user to others.
func stateDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "photofinish", "state")
}
