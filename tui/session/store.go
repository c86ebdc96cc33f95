package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"photofinish/report/disk"
	"photofinish/scenarios"
	"photofinish/sim"
)

// Store keeps on disk what must outlive the program: what the user has not
// saved, should the playground not end well, and what is remembered from one
// to the next. Several playgrounds may share its folder:
//
//	state.json            what is remembered
//	unsaved-ID-0.yaml     an unsaved session of the playground ID, a scenario file
//	running-ID.lock       locked for as long as that playground runs
//
// An ID is the process's number and when it began. What is unsaved and has
// nobody running is what [Store.Left] finds.
type Store struct {
	dir, id string
	asked   atomic.Uint64 // how often Keep has been asked for

	mu     sync.Mutex
	lock   *os.File // of running-ID.lock; nil: not taken yet
	kept   []kept   // what the files of this playground hold, by number
	taken  []Left   // what goes when the files of this playground are written
	closed bool
	notes  []func(*State) // changes that are not written yet
}

type kept struct {
	script   *sim.Script
	seed     uint64
	scenario *scenarios.Scenario
}

// NewStore returns a store in a folder, which is made when something is
// written to it.
func NewStore(dir string) *Store {
	return &Store{dir: dir, id: fmt.Sprintf("%d-%s", os.Getpid(), strconv.FormatInt(time.Now().UnixNano(), 36))}
}

const (
	stateFile    = "state.json"
	unsavedStart = "unsaved-"
	runningStart = "running-"
)

// Ask returns the number of a call of [Store.Keep]. It is asked for when the
// session is as it is to be kept, and Keep may come later, from another
// goroutine.
func (st *Store) Ask() uint64 { return st.asked.Add(1) }

// Keep writes what is unsaved, each session whole or not at all, and removes
// what was. Of several calls at once only the one that was asked for last does
// anything: an older one never overtakes it.
func (st *Store) Keep(asked uint64, unsaved []Session) error {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.closed || asked != st.asked.Load() {
		return nil
	}
	for i := range unsaved {
		if err := st.keep(i, &unsaved[i]); err != nil {
			return err
		}
	}
	for _, l := range st.taken {
		if err := st.Forget(l); err != nil {
			return err
		}
	}
	st.taken = nil
	return st.remove(len(unsaved))
}

// keep writes a session to file number i, if it does not hold that already.
func (st *Store) keep(i int, s *Session) error {
	now := kept{s.Script, s.Seed, s.Scenario}
	if i < len(st.kept) && st.kept[i] == now {
		return nil
	}
	if err := st.begin(); err != nil {
		return err
	}
	if err := disk.Keep(st.path(st.unsavedFile(i)), autosave(s)); err != nil {
		return err
	}
	st.kept = append(st.kept[:i], append([]kept{now}, st.kept[min(i+1, len(st.kept)):]...)...)
	return nil
}

// remove removes the files from number n on.
func (st *Store) remove(n int) error {
	for i := len(st.kept) - 1; i >= n; i-- {
		if err := os.Remove(st.path(st.unsavedFile(i))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		st.kept = st.kept[:i]
	}
	return nil
}

func (st *Store) path(name string) string { return filepath.Join(st.dir, name) }

func (st *Store) unsavedFile(i int) string {
	return unsavedStart + st.id + "-" + strconv.Itoa(i) + ".yaml"
}

func (st *Store) lockPath(id string) string { return st.path(runningStart + id + ".lock") }

// begin says to other playgrounds that this one runs.
func (st *Store) begin() error {
	if st.lock != nil {
		return nil
	}
	if err := os.MkdirAll(st.dir, 0o700); err != nil {
		return err
	}
	const tries = 3
	path := st.lockPath(st.id)
	for i := range tries {
		f, err := disk.Open(path, true)
		if err != nil {
			return err
		}
		disk.WaitForLock(f) // where files cannot be locked, the number of the process tells
		// Another playground may have swept the file away before it was locked.
		is, err1 := f.Stat()
		now, err2 := os.Stat(path)
		if i == tries-1 || err1 == nil && err2 == nil && os.SameFile(is, now) {
			st.lock = f
			break
		}
		f.Close()
	}
	return nil
}

// runs reports whether the playground of an ID still runs.
func (st *Store) runs(id string) bool {
	if id == st.id {
		return true
	}
	f, err := disk.Open(st.lockPath(id), false)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	defer f.Close()
	free, err := disk.LockIsFree(f)
	if err != nil {
		number, _, _ := strings.Cut(id, "-")
		pid, err := strconv.Atoi(number)
		return err == nil && processRuns(pid)
	}
	return !free
}

func processRuns(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer p.Release()
	return !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}

// Close ends the playground well: what it had kept is of no use any more, and
// what was to be remembered is written.
func (st *Store) Close() error {
	st.mu.Lock()
	defer st.mu.Unlock()
	err := errors.Join(st.flush(), st.remove(0))
	st.closed = true
	if st.lock != nil {
		err = errors.Join(err, os.Remove(st.lock.Name()), st.lock.Close())
		st.lock = nil
	}
	return err
}

// Abandon ends the playground and leaves what it has kept for the next one.
func (st *Store) Abandon() {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.flush()
	st.closed = true
	if st.lock != nil {
		st.lock.Close()
	}
}

// originStart begins the line of an autosaved file that names the file it was
// made from.
const originStart = "# made from "

// autosave returns a session as a scenario file that remembers where it comes
// from.
func autosave(s *Session) []byte {
	data := s.scenario(s.Scenario.Name).YAML()
	if file := s.Scenario.File; file != "" && file != "-" {
		if abs, err := filepath.Abs(file); err == nil {
			file = abs
		}
		data = append([]byte(originStart+strconv.QuoteToASCII(file)+"\n"), data...)
	}
	return data
}

// origin returns the file that an autosaved one was made from, if there was
// one.
func origin(data []byte) string {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	quoted, found := strings.CutPrefix(string(line), originStart)
	if file, err := strconv.Unquote(quoted); found && err == nil {
		return file
	}
	return ""
}

// Left is an unsaved session of a playground that did not end well.
type Left struct {
	Scenario *scenarios.Scenario // its File is the one that it was made from
	When     time.Time

	path string
}

// Session returns it as a session that nobody has saved.
func (l *Left) Session(strategies []string) Session {
	s := New(l.Scenario, strategies, 0)
	s.clean = nil
	if base := l.base(); base != nil {
		s.Scenario = base
	}
	return s
}

// base returns the scenario that it was made from, nil if that is another now.
func (l *Left) base() *scenarios.Scenario {
	if file := l.Scenario.File; file != "" {
		info, err := os.Stat(file)
		if err != nil || info.ModTime().After(l.When) {
			return nil
		}
		base, _ := Load(file)
		return base
	}
	base, err := scenarios.Find(l.Scenario.Name)
	if err != nil || base.Title != l.Scenario.Title {
		return nil
	}
	return base
}

// Left returns what playgrounds have left that run no more, the latest first.
// What cannot be read is left out, and left alone.
func (st *Store) Left() (all []Left) {
	entries, err := os.ReadDir(st.dir)
	if err != nil {
		return nil
	}
	unsaved := map[string]bool{} // by ID
	for _, e := range entries {
		name, found := strings.CutPrefix(e.Name(), unsavedStart)
		id := name[:max(strings.LastIndexByte(name, '-'), 0)]
		if !found || filepath.Ext(name) != ".yaml" || !e.Type().IsRegular() {
			continue
		}
		unsaved[id] = true
		if st.runs(id) {
			continue
		}
		if l, ok := readLeft(st.path(e.Name())); ok {
			all = append(all, l)
		}
	}
	st.sweep(entries, unsaved)
	slices.SortStableFunc(all, func(a, b Left) int { return b.When.Compare(a.When) })
	return all
}

func readLeft(path string) (Left, bool) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > scenarios.MaxSize {
		return Left{}, false
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Left{}, false
	}
	s, err := scenarios.Parse(path, data)
	if err != nil {
		return Left{}, false
	}
	s.File = origin(data)
	return Left{s, info.ModTime(), path}, true
}

// sweep removes the locks of playgrounds that run no more and left nothing.
func (st *Store) sweep(entries []fs.DirEntry, unsaved map[string]bool) {
	for _, e := range entries {
		id, isLock := strings.CutPrefix(strings.TrimSuffix(e.Name(), ".lock"), runningStart)
		if isLock && !unsaved[id] && !st.runs(id) {
			os.Remove(st.path(e.Name()))
		}
	}
}

// Take says that this playground goes on with what another one has left: the
// next [Store.Keep] removes it, when it has written its own.
func (st *Store) Take(l Left) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.taken = append(st.taken, l)
}

// Forget removes what a playground has left. It is no mistake if another one
// was quicker.
func (st *Store) Forget(l Left) error {
	if err := os.Remove(l.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// State is remembered from one playground to the next.
type State struct {
	Layout string   `json:"layout,omitempty"` // what the user has chosen, in the words of the screen
	Recent []string `json:"recent,omitempty"` // files, the latest first
}

const mostRecent = 10

// Opened puts a file before the others.
func (s *State) Opened(file string) {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	s.Recent = slices.DeleteFunc(s.Recent, func(f string) bool { return f == file })
	s.Recent = slices.Insert(s.Recent, 0, file)
	s.Recent = s.Recent[:min(len(s.Recent), mostRecent)]
}

// State returns what is remembered. What cannot be read counts as forgotten:
// it is no more than a convenience.
func (st *Store) State() State {
	st.mu.Lock()
	defer st.mu.Unlock()
	s := st.read()
	for _, change := range st.notes {
		change(&s)
	}
	return s
}

func (st *Store) read() (s State) {
	info, err := os.Stat(st.path(stateFile))
	if err != nil || !info.Mode().IsRegular() || info.Size() > 1<<20 {
		return s
	}
	data, err := os.ReadFile(st.path(stateFile))
	if err != nil {
		return s
	}
	// A value of the wrong kind is left out, and the others are taken.
	json.Unmarshal(data, &s)
	s.Recent = slices.DeleteFunc(s.Recent, func(f string) bool { return !filepath.IsAbs(f) })
	s.Recent = s.Recent[:min(len(s.Recent), mostRecent)]
	return s
}

// Note changes what is remembered; [Store.Flush] writes it.
func (st *Store) Note(change func(*State)) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.notes = append(st.notes, change)
}

// Flush writes what is noted, in the order in which it was, into what other
// playgrounds may have written meanwhile.
func (st *Store) Flush() error {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.flush()
}

func (st *Store) flush() error {
	if len(st.notes) == 0 {
		return nil
	}
	s := st.read()
	for _, change := range st.notes {
		change(&s)
	}
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := disk.Keep(st.path(stateFile), append(data, '\n')); err != nil {
		return err
	}
	st.notes = nil
	return nil
}

// Running counts the other playgrounds that use the folder.
func (st *Store) Running() (n int) {
	entries, _ := os.ReadDir(st.dir)
	for _, e := range entries {
		id, is := strings.CutPrefix(strings.TrimSuffix(e.Name(), ".lock"), runningStart)
		if is && id != st.id && st.runs(id) {
			n++
		}
	}
	return n
}
