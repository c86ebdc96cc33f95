package disk

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// save writes a text to a file.
func save(t *testing.T, path, text string) {
	t.Helper()
	f, err := New(path)
	if err == nil {
		err = f.Write(func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// listed returns the names in a folder, sorted.
func listed(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A save removes what killed saves have left: of the same file at once, of
// others when it is old. It touches nothing that somebody else is writing, nor
// what a user has made.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.txt")
	f, err := New(path)
	if err != nil {
		t.Fatal(err)
	}
	other := &File{path: filepath.Join(dir, "other.txt")}
	yesterday := time.Now().Add(-24 * time.Hour)
	stay := []string{"out.txt", other.unfinished() + "77", ".photofinish-notes", ".photofinish-12.yaml", ".photofinish-123456789012345", "photofinish-1"}
	go2 := []string{f.unfinished() + "4294967295", f.unfinished() + "0", ".photofinish-318", other.unfinished() + "78"}
	for _, name := range append(stay, go2...) {
		at := filepath.Join(dir, name)
		if err := os.WriteFile(at, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if name != other.unfinished()+"77" && !strings.HasPrefix(name, f.unfinished()) {
			os.Chtimes(at, yesterday, yesterday)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, f.unfinished()+"9"), 0o700); err != nil {
		t.Fatal(err)
	}
	stay = append(stay, f.unfinished()+"9")

	// While one save goes on, another of the same file does not disturb it.
	save(t, path, "before")
	if err := f.Write(func(w io.Writer) error {
		save(t, path, "meanwhile")
		_, err := io.WriteString(w, "after")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "after" {
		t.Errorf("%q, %v", text, err)
	}
	slices.Sort(stay)
	if got := listed(t, dir); !slices.Equal(got, stay) {
		t.Errorf("left are %q, want %q", got, stay)
	}
}

// What a process that was killed had half written is gone after the next save,
// and what it was to replace is whole until then.
func TestKilledSave(t *testing.T) {
	if path := os.Getenv("PHOTOFINISH_TEST_SAVE"); path != "" {
		f, err := New(path)
		if err != nil {
			t.Fatal(err)
		}
		f.Write(func(w io.Writer) error {
			io.WriteString(w, "half of it")
			os.Stdout.WriteString("writing\n")
			_, err := io.Copy(io.Discard, os.Stdin) // until it is killed
			return err
		})
		return
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "out.txt")
	save(t, path, "old")
	cmd := exec.Command(os.Args[0], "-test.run", "^TestKilledSave$")
	cmd.Env = append(os.Environ(), "PHOTOFINISH_TEST_SAVE="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	io.ReadFull(out, make([]byte, len("writing\n")))

	f := &File{path: path}
	f.sweep()
	if got := listed(t, dir); len(got) != 2 || !unfinished.MatchString(got[0]) {
		t.Errorf("while it writes there are %q", got)
	}
	cmd.Process.Kill()
	cmd.Wait()
	if got := listed(t, dir); len(got) != 2 {
		t.Errorf("when it is killed there are %q", got)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "old" {
		t.Errorf("%q, %v", text, err)
	}
	save(t, path, "new")
	if got := listed(t, dir); len(got) != 1 {
		t.Errorf("after the next save there are %q", got)
	}
}

// What could not be replaced, or should not be, is told before a long run, and
// is left as it is.
func TestWhatIsNoTarget(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("its words for what is wrong are others")
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{
		os.WriteFile(at("kept"), []byte("mine"), 0o444),
		os.WriteFile(at("file"), []byte("mine"), 0o640),
		os.Symlink("kept", at("to-kept")),
		os.Symlink("file", at("to-file")),
		os.Symlink("nowhere/file", at("dangling")),
		os.Symlink("round", at("round")),
	} {
		if err != nil {
			t.Skip("no links here: ", err)
		}
	}
	long := strings.Repeat("n", 300)
	for name, says := range map[string]string{
		"kept":          "kept: is read-only: take another name, or make it writable",
		"to-kept":       "to-kept: is read-only",
		"dangling":      "dangling: is a link to nowhere/file, which is not there",
		"round":         "round: is a link to round",
		"file/in":       "in: nothing can be written there: not a directory",
		"no/such":       "no: no such file or directory",
		long:            long + ": nothing can be written there: file name too long",
		"dangling/file": "dangling: no such file or directory",
	} {
		if _, err := New(at(name)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %s", name, err, says)
		}
	}
	if os.Geteuid() > 0 { // the superuser may write anywhere
		if err := os.Mkdir(at("closed"), 0o555); err != nil {
			t.Fatal(err)
		}
		if _, err := New(at("closed/file")); err == nil || !strings.Contains(err.Error(), "nothing can be written there") {
			t.Error(err)
		}
		os.Remove(at("closed"))
	}
	save(t, at("to-file"), "new")
	if text, err := os.ReadFile(at("file")); err != nil || string(text) != "new" {
		t.Errorf("%q, %v", text, err)
	}
	if info, err := os.Stat(at("file")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info, err)
	}
	if got := listed(t, dir); !slices.Equal(got, []string{"dangling", "file", "kept", "round", "to-file", "to-kept"}) {
		t.Errorf("left are %q", got)
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.txt")
	say := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			io.WriteString(w, text)
			return err
		}
	}
	write := func(do func(io.Writer) error) error {
		f, err := New(path)
		if err != nil {
			return err
		}
		return f.Write(do)
	}
	if err := write(say("old", nil)); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	if err := write(say("half", broken)); !errors.Is(err, broken) {
		t.Error(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "old" {
		t.Errorf("%q, %v", got, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	for _, bad := range []string{dir, os.DevNull, filepath.Join(dir, "no", "such")} {
		if _, err := New(bad); err == nil {
			t.Errorf("%s can be written", bad)
		}
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(path, 0o644) // else Windows would not remove it
	if _, err := New(path); err == nil || !strings.HasSuffix(err.Error(), makeWritable) {
		t.Error(err)
	}
}

// Names that Windows keeps for itself are no names of files there.
func TestReservedNames(t *testing.T) {
	for _, name := range []string{"con.yaml", "nul", "aux.txt", "a:b.yaml"} {
		if _, err := New(filepath.Join(t.TempDir(), name)); (err != nil) != (runtime.GOOS == "windows") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is open, as by a reader, can be replaced, if need be a little later.
func TestReplaceWhileRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.txt")
	save(t, path, "old")
	reader, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	release := time.AfterFunc(20*time.Millisecond, func() { reader.Close() })
	defer release.Stop()
	save(t, path, "new")
	if text, err := os.ReadFile(path); err != nil || string(text) != "new" {
		t.Errorf("%q, %v", text, err)
	}
}

// A lock keeps nobody from what is in the file, and ends when it is closed; what is
// open can be removed.
func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.lock")
	first, err := Open(path, true)
	if err != nil {
		t.Fatal(err)
	}
	WaitForLock(first)
	if _, err := first.WriteString("mine"); err != nil {
		t.Error(err)
	}
	second, err := Open(path, false)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if text, err := io.ReadAll(second); string(text) != "mine" {
		t.Errorf("%q, %v", text, err)
	}
	if free, err := LockIsFree(second); free || err != nil {
		t.Errorf("it is locked: %v, %v", free, err)
	}
	first.Close()
	if free, err := LockIsFree(second); !free || err != nil {
		t.Errorf("it is not locked: %v, %v", free, err)
	}
	if err := os.Remove(path); err != nil {
		t.Error(err)
	}
	if _, err := Open(filepath.Join(filepath.Dir(path), "none"), false); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
