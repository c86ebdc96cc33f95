package lesson

import (
	"testing"

	"photofinish/scenarios/lessons"
)

// A misconception is gone when an answer says so, and not where somebody did not know.
func TestStands(t *testing.T) {
	meets := lessons.Step{Wrong: []lessons.Wrong{{Is: "late means lost"}}}
	check := &lessons.Lesson{Steps: []lessons.Step{meets, {}, meets}}
	for _, c := range []struct {
		marks []Mark
		want  Standing
	}{
		{[]Mark{{Step: 0, Right: true}}, Gone},
		{[]Mark{{Step: 0, Unknown: true}, {Step: 2, Right: true}}, Gone},
		{[]Mark{{Step: 0, Right: true}, {Step: 2, Is: []string{"late means lost"}}}, Kept},
		{[]Mark{{Step: 0, Unknown: true}, {Step: 1, Right: true}, {Step: 2, Unknown: true}}, Unsure},
		{[]Mark{{Step: 7, Right: true}}, Unsure}, // of a longer check
	} {
		if got := Stands("late means lost", check, c.marks); got != c.want {
			t.Errorf("%v: %s, want %s", c.marks, got, c.want)
		}
	}
}
