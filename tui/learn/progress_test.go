package learn

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
)

// What is done today is there tomorrow.
func TestResume(t *testing.T) {
	dir := t.TempDir()
	l := everyKind(t)
	r := read(t, Options{Lesson: l, State: dir}, 80, 24)
	r.press("enter", "enter", "enter", "1", "enter", "4")
	if r.m.run.At() != 3 {
		t.Fatalf("at step %d", r.m.run.At()+1)
	}
	r.press("q")
	if !r.quit {
		t.Fatal("q does not leave")
	}
	later := read(t, Options{Lesson: l, State: dir}, 80, 24)
	later.press("enter")
	later.sees("4 of 11", "you said polling", "not yet")
	later.press("ctrl+c")

	list := read(t, Options{State: dir}, 80, 24)
	list.sees("1 answer to look at again")
	list.press("a")
	list.sees("Every kind of step", "you were certain", "Which of these pages lose the new name?")
	list.press("esc")
	list.sees("1 answer to look at again")
	list.m.progress.data.At = shelf()[3].Name
	list.press("a", "esc")
	if c, ok := list.m.page.(*contents); !ok || c.at != 3 {
		t.Error("whoever comes back from there finds another lesson picked than the one to go on with")
	}

	// Taken again and answered well, it is one no more.
	again := read(t, Options{Lesson: l, State: dir}, 80, 24)
	again.do(again.m.open(l, true))
	again.press("enter", "enter", "enter", "2", "4", "enter", "4")
	again.press("enter", "esc")
	if n := len(again.m.again()); n != 0 {
		t.Errorf("%d to look at again", n)
	}
	if info, err := os.Stat(filepath.Join(dir, progressFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
}

// The first check tells nothing; after the last one, what has changed is
// shown.
func TestFirstAndLastCheck(t *testing.T) {
	dir := t.TempDir()
	first, last := shelf()[0], shelf()[len(shelf())-1]
	if first.Name != lessons.FirstCheck || last.Name != lessons.LastCheck {
		t.Fatal("the checks are not where they should be")
	}
	at(t, first, 1, Options{}).sees("what each of these pages does:") // no lesson has told of them
	r := read(t, Options{Lesson: first, State: dir}, 80, 24)
	r.through(false)
	if strings.Contains(r.look(), "otherwise") || len(r.m.again()) > 0 {
		t.Error("the first check tells how it went")
	}
	n := len(r.m.progress.of(first.Name).Marks)
	if n == 0 || n != len(asks(first)) {
		t.Errorf("%d marks of %d questions", n, len(asks(first)))
	}
	k := r.m.progress.of(first.Name)
	k.Marks = nil // as if they had left before that was known
	if err := r.m.progress.put(first.Name, k); err != nil {
		t.Fatal(err)
	}
	r = read(t, Options{Lesson: last, State: dir}, 80, 24)
	r.through(true)
	r.press("enter")
	r.sees("What has changed", "before", "now", "of "+itoa(n)+" right before", itoa(n)+" of "+itoa(n)+" now")
	r.sees("“late means lost” yes gone", "“what is held was sent” yes gone")
	r.press("down", "down", "l")
	r.sees("1 of 1", "The orphan", "A comment is posted and deleted")
	r.press("esc", "t", "enter", "enter")
	r.sees("Before the first lesson", "you said", "it is")
	r.press("esc")
	r.sees("What has changed")
	r.press("enter")
	r.sees("2 of " + itoa(len(shelf())) + " done")
	if len(r.m.again()) == 0 {
		t.Error("nothing of the first check is to be looked at again")
	}
	r.press("a", "down", "up", "enter")
	r.sees("1 of")
}

// A file that cannot be read is set aside, not written over, and the user is
// told.
func TestBrokenProgress(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":        "{",
		"empty":          "",
		"another shape":  `{"version":1,"lessons":[]}`,
		"no lessons":     `{"version":1}`,
		"a null":         `{"version":1,"lessons":{"orphan":null}}`,
		"unknown key":    `{"version":1,"lessons":{},"more":1}`,
		"version zero":   `{"lessons":{}}`,
		"too sure":       `{"version":1,"lessons":{"orphan":{"state":{"at":0},"marks":[{"step":1,"ask":"Who?","right":false,"confidence":5}]}}}`,
		"less than sure": `{"version":1,"lessons":{"orphan":{"state":{"at":0},"marks":[{"step":1,"ask":"Who?","right":false,"confidence":-1}]}}}`,
		"no step":        `{"version":1,"lessons":{"orphan":{"state":{"at":0},"marks":[{"step":-1,"ask":"Who?","right":false,"confidence":1}]}}}`,
		"huge":           strings.Repeat(" ", maxProgress) + "{}",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, progressFile)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			r := read(t, Options{State: dir}, 80, 24)
			r.sees("lessons-broken-1.json")
			r.press("enter", "enter", "q")
			if aside, err := os.ReadFile(filepath.Join(dir, "lessons-broken-1.json")); err != nil || string(aside) != text {
				t.Errorf("what was set aside has changed: %v", err)
			}
			if p := openProgress(dir); p.trouble != "" || p.of(shelf()[0].Name).State.At != 1 {
				t.Errorf("nothing is kept after that: %q", p.trouble)
			}
			os.WriteFile(path, []byte(text), 0o600)
			read(t, Options{State: dir}, 80, 24).sees("lessons-broken-2.json")
		})
	}
}

// An answer in the file that no question can have is none; the page that would
// show it is there all the same.
func TestProgressIsNotBelieved(t *testing.T) {
	l := everyKind(t)
	path, err := filepath.Abs("testdata/every-kind.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range testkit.Some([]string{
		`"passed":true,"confidence":99`, `"passed":true,"picks":[99]`, `"claimed":true,"confidence":99`, `"claimed":true,"confidence":-2`,
		`"broke":true,"confidence":99`, `"mended":true,"tries":-5`, `"picks":[-1],"confidence":2`, `"number":1e300,"confidence":9`,
	}, 3) {
		for n := range l.Steps {
			dir := t.TempDir()
			text := fmt.Sprintf(`{"version":1,"lessons":{%q:{"state":{"at":%d,"answers":{"%d":{%s}},"shown":[%d,-1,1000]}}}}`, "file:"+path, n, n, answer, n)
			if err := os.WriteFile(filepath.Join(dir, progressFile), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			r := read(t, Options{Lesson: l, State: dir}, 80, 24)
			r.look()
			r.press("enter", "enter", "enter")
		}
	}
}

// A pipe in the place of the file is not waited for.
func TestProgressIsNoPipe(t *testing.T) {
	dir := t.TempDir()
	if err := exec.Command("mkfifo", filepath.Join(dir, progressFile)).Run(); err != nil {
		t.Skip("no pipes with names here: ", err)
	}
	r := read(t, Options{State: dir}, 120, 40)
	r.sees("none is kept: it is no regular file")
}

// A file of a newer version is left as it is.
func TestNewerProgress(t *testing.T) {
	dir := t.TempDir()
	path, text := filepath.Join(dir, progressFile), `{"version":3,"lessons":{},"more":[1]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r := read(t, Options{State: dir}, 120, 40)
	r.sees("newer photofinish")
	r.press("enter", "enter", "enter", "q")
	if now, err := os.ReadFile(path); err != nil || string(now) != text {
		t.Errorf("it is %q, %v", now, err)
	}
}

// Where nothing can be written one learns all the same.
func TestUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a-file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := read(t, Options{State: filepath.Join(file, "below")}, 120, 40)
	r.sees("none is kept")
	r.press("enter", "enter", "esc")
	r.sees("step 2 of")

	link := filepath.Join(t.TempDir(), "nowhere")
	if err := os.Symlink(filepath.Join(t.TempDir(), "not", "there"), link); err != nil {
		t.Skip("no symbolic links here: writing was not tried")
	}
	r = read(t, Options{State: link}, 120, 40)
	r.press("enter")
	r.sees("cannot be kept")
	r.press("enter")
	r.sees("2 of", "enter")
}

// Progress in a lesson of a file is kept by where the file is; what another
// program has kept of other lessons stays.
func TestSideBySide(t *testing.T) {
	dir := t.TempDir()
	a := read(t, Options{Lesson: everyKind(t), State: dir}, 80, 24)
	b := read(t, Options{Lesson: shelf()[1], State: dir}, 80, 24)
	a.press("enter")
	b.press("enter", "enter")
	a.press("enter")
	p := openProgress(dir)
	path, _ := filepath.Abs("testdata/every-kind.yaml")
	if got := p.of("file:" + path).State.At; got != 1 && got != 2 {
		t.Errorf("the file's lesson is at %d", got)
	}
	if p.of(shelf()[1].Name).State.At == 0 {
		t.Error("one has written over what the other kept")
	}
}

// On a wall nothing is kept.
func TestWallKeepsNothing(t *testing.T) {
	dir := t.TempDir()
	r := read(t, Options{Lesson: everyKind(t), State: dir, Present: true}, 80, 24)
	r.press("enter", "enter", "enter", "1", "enter", "R", "R", "q")
	if _, err := os.Stat(filepath.Join(dir, progressFile)); !os.IsNotExist(err) {
		t.Errorf("a wall has progress: %v", err)
	}
}
