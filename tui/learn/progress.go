package learn

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"photofinish/report/disk"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// progressFile holds how far somebody is, in the folder of what outlives the
// program. It never leaves the machine.
const progressFile = "lessons.json"

// progressVersion is that of the file. One that is newer is left as it is. Version 1
// knew no answer that somebody does not know, and is read like this one.
const progressVersion = 2

const maxProgress = 1 << 20

// progress notes how far somebody is in each lesson.
type progress struct {
	dir     string // "": in memory only
	data    kept
	trouble string // what there is to say about the file
}

type kept struct {
	Version int                    `json:"version"`
	At      string                 `json:"at,omitempty"` // the lesson that was open last
	Lessons map[string]*keptLesson `json:"lessons"`      // by slot
}

type keptLesson struct {
	Title string        `json:"title,omitempty"`
	Done  bool          `json:"done,omitempty"` // once to its end
	State lesson.State  `json:"state"`
	Marks []lesson.Mark `json:"marks,omitempty"` // the last time
}

// openProgress reads what is kept in a folder. What cannot be read is set
// aside, and trouble says so.
func openProgress(dir string) *progress {
	p := &progress{dir: dir, data: kept{Version: progressVersion, Lessons: map[string]*keptLesson{}}}
	if dir == "" {
		return p
	}
	data, err := readProgress(p.path())
	switch {
	case err == nil:
		p.data = *data
	case errors.Is(err, fs.ErrNotExist):
	case errors.Is(err, errNewer):
		p.dir = ""
		p.trouble = "your progress is from a newer photofinish: it is left alone, and this time none is kept"
	case errors.Is(err, errBroken) && p.setAside():
	default:
		p.dir = ""
		p.trouble = "your progress cannot be read, and none is kept: " + tell.Clean(err.Error())
	}
	return p
}

func (p *progress) path() string { return filepath.Join(p.dir, progressFile) }

var (
	errNewer  = errors.New("it is from a newer version")
	errBroken = errors.New("it is no progress file")
)

func readProgress(path string) (*kept, error) {
	switch info, err := os.Stat(path); {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file") // a pipe would be waited for
	case info.Size() > maxProgress:
		return nil, errBroken
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return nil, errBroken
	}
	if version.Version > progressVersion {
		return nil, errNewer
	}
	var k kept
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&k); err != nil || k.Version < 1 || k.Lessons == nil {
		return nil, errBroken
	}
	for _, l := range k.Lessons {
		if l == nil {
			return nil, errBroken
		}
		for i := range l.Marks {
			m := &l.Marks[i]
			if m.Answered, m.Known = true, true; m.Step < 0 || m.Confidence < 0 || m.Confidence >= len(lesson.Confidences) {
				return nil, errBroken
			}
		}
	}
	k.Version = progressVersion
	return &k, nil
}

// setAside gives a broken file another name, so that it is not written over.
func (p *progress) setAside() bool {
	for i := 1; i < 1000; i++ {
		aside := filepath.Join(p.dir, fmt.Sprintf("lessons-broken-%d.json", i))
		if _, err := os.Lstat(aside); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		p.trouble = "your progress could not be read; the file is now " + filepath.Base(aside)
		return os.Rename(p.path(), aside) == nil
	}
	return false
}

func (p *progress) of(slot string) keptLesson {
	if l := p.data.Lessons[slot]; l != nil {
		return *l
	}
	return keptLesson{}
}

// put notes something of a lesson, and writes the file, whole or not at all.
// What another photofinish has noted of other lessons meanwhile stays.
func (p *progress) put(slot string, l keptLesson) error {
	p.data.Lessons[slot], p.data.At = &l, slot
	if p.dir == "" {
		return nil
	}
	if now, err := readProgress(p.path()); err == nil {
		now.Lessons[slot], now.At = &l, slot
		p.data = *now
	}
	text, err := json.MarshalIndent(p.data, "", " ")
	if err != nil {
		return err
	}
	return disk.Keep(p.path(), append(text, '\n'))
}

func (m *Model) keep() {
	if m.run == nil || m.slot == "" {
		return
	}
	if m.o.Present {
		if m.run.Over() { // a room has taken it together, and nothing is kept
			m.progress.data.Lessons[m.slot] = &keptLesson{Done: true}
		}
		return
	}
	l := m.progress.of(m.slot)
	l.Title, l.State = m.run.Book().Lesson.Title, m.run.State()
	l.Done = l.Done || m.run.Over() && !m.o.Follows
	l.Marks = m.run.MarksOver(l.Marks)
	m.note(m.slot, l)
}

func (m *Model) note(slot string, l keptLesson) {
	if err := m.progress.put(slot, l); err != nil && m.progress.trouble == "" {
		m.progress.trouble = "your progress cannot be kept: " + err.Error()
		m.message = m.progress.trouble
	}
}

func (m *Model) keepMarks(msg marksMsg) {
	l := m.progress.of(msg.slot)
	l.Marks = msg.run.MarksOver(l.Marks)
	m.note(msg.slot, l)
}

// again lists the questions to look at again: those that were answered wrong,
// and with confidence. Of the first check nothing is told before the last.
func (m *Model) again() (all []again) {
	shipped := lessons.Names()
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(m.progress.data.Lessons)), func(slot string) bool { return slices.Contains(shipped, slot) })
	for _, slot := range slices.Concat(shipped, others) {
		l := m.progress.of(slot)
		if slot == lessons.FirstCheck && !m.progress.of(lessons.LastCheck).Done {
			continue
		}
		for _, k := range l.Marks {
			if k.ConfidentlyWrong() {
				all = append(all, again{slot, l.Title, k})
			}
		}
	}
	return all
}

type again struct {
	slot, title string
	lesson.Mark
}

// Resume opens a lesson where its screen left it, for whoever has another, and returns
// what keeps how far somebody is; its error says why that does not work.
func Resume(dir string, l *lessons.Lesson) (*lesson.Run, func() error) {
	m := &Model{o: Options{State: dir}, progress: openProgress(dir), slot: l.Name}
	if l.File != "" {
		m.slot = m.slotOf(l)
	}
	kept := m.progress.of(m.slot)
	if kept.Done {
		kept.State = lesson.State{}
	}
	m.run = lesson.Open(l).Resume(kept.State)
	p := m.progress
	if p.dir == "" && p.trouble == "" {
		p.trouble = "there is no folder for your progress, and none is kept: set HOME, or XDG_STATE_HOME to a folder of yours"
	}
	return m.run, func() (err error) {
		if m.keep(); p.trouble != "" {
			err = errors.New(p.trouble)
		}
		if p.dir != "" { // the next time may do
			p.trouble = ""
		}
		return err
	}
}

// Checks returns how the check before the first lesson went and the one after the last,
// as it is kept in a folder; nothing before both have been taken to their ends. The error
// is that of ctx.
func Checks(ctx context.Context, dir string) (first, last []lesson.Mark, err error) {
	p := openProgress(dir)
	var both [2][]lesson.Mark
	for i, l := range checks() {
		kept := p.of(l.Name)
		if !kept.Done {
			return nil, nil, nil
		}
		run := lesson.Open(l).Resume(kept.State)
		for n := range run.Len() {
			if err := run.Book().Prepare(ctx, n); err != nil {
				return nil, nil, err
			}
		}
		both[i] = run.MarksOver(kept.Marks)
	}
	return both[0], both[1], nil
}
