package learn

import (
	"strings"
	"testing"
)

// The foot of the help says which keys close it, and they do.
func TestHelpCloses(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, k := range []string{"down", "up", "space", "x", "enter"} {
			r := read(t, Options{Lesson: everyKind(t)}, size[0], size[1])
			r.press("?")
			all := strings.Contains(r.look(), "any key closes it")
			r.press(k)
			scrolls := k == "down" || k == "up" || k == "space"
			if open := r.m.over != nil; open != (scrolls && !all) {
				t.Errorf("%v: open is %v after %s, any key closes it: %v", size, open, k, all)
			}
		}
	}
}
