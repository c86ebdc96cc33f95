package plain

import (
	"fmt"
	"io"

	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// Changed says what has changed from the first check to the last, a line each.
func Changed(out io.Writer, first, last []lesson.Mark) {
	say := func(format string, args ...any) { fmt.Fprintln(out, tell.Clean(fmt.Sprintf(format, args...))) }
	say("what has changed since the first lesson:")
	for i := range min(len(first), len(last)) {
		say("question %d: before %s, now %s", i+1, weighed(&first[i]), weighed(&last[i]))
	}
	a, sureA, _ := lesson.Tally(first)
	b, sureB, _ := lesson.Tally(last)
	say("%d of %d right before, %d of %d now", a, len(first), b, len(last))
	say("sure and wrong: %d before, %d now", sureA, sureB)
	for _, i := range lesson.Ideas(lessons.All(), first, last) {
		line := "“" + i.Name + "”: " + string(i.Now)
		if !i.Before {
			line += ", and not there before"
		}
		if i.Lesson != nil {
			line += "; it is met in " + i.Lesson.Title
		}
		say("%s", line)
	}
}

func weighed(k *lesson.Mark) string {
	switch {
	case k.Unknown:
		return "you did not know"
	case k.Right:
		return "right, " + lesson.Confidences[k.Confidence]
	}
	return "not yet, " + lesson.Confidences[k.Confidence]
}
