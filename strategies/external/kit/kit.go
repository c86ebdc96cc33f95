// Package kit prepares a user's own client to be run in a lane: it finds out
// what kind of file it is, bundles JavaScript and TypeScript with all that they
// import, and says which program is to be started with what.
//
// The programs themselves are embedded. js/ runs a bundle under Node in virtual
// time: its fetch, its timers, its clock and its random numbers are photofinish's.
// python/ does the same for Python. Both speak the protocol of package external, one
// line in and one line out; a command of the user's speaks it by itself.
//
// Nothing is started here.
package kit

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Options say how a client is to be prepared. The zero value is fine.
type Options struct {
	// Alias says what stands for the beginning of an import: "@" → "./src". A
	// path is looked for in the working folder, then beside the file.
	Alias map[string]string
	// Env names the variables that the program gets, beside those that every
	// program needs. Those that begin with VITE_ are in import.meta.env too.
	Env []string
	// Cache is the folder in which the kit and bundles are kept; "" is
	// photofinish in the user's own cache folder.
	Cache string
}

// Program is what to start.
type Program struct {
	Argv []string // the program, and its arguments
	Dir  string   // its working folder: that of the file
	Env  []string // its whole environment, NAME=value
	Name string   // what messages call it: the base name of the file, or the command

	// Files are the user's own files that it is made of, with their whole path:
	// if one of them changes, the client has to be prepared anew.
	Files []string
	// Sources returns the text of one of them, under the name that requests
	// give with their line ("save.tsx" of "save.tsx:17").
	Sources func(file string) ([]byte, bool)
	// Close removes what was only written for this program.
	Close func()
}

// Prepare makes a file ready to be run. What is wrong with it is an error that
// has the file in front, and the way out.
func Prepare(file string, o Options) (*Program, error) {
	name := filepath.Base(file)
	path, err := filepath.Abs(file)
	if err == nil {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("%s: there is no such file", file)
		}
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s: is a folder, and a client is a file in one: name that", file)
	}
	p := &Program{Dir: filepath.Dir(path), Name: name, Files: []string{path}, Close: func() {}}
	err = inUTF8(path)
	switch ext := filepath.Ext(name); {
	case err != nil:
	case slices.Contains(scripts, ext):
		err = p.javascript(path, o)
	case ext == ".py":
		err = p.python(path, o)
	default:
		err = fmt.Errorf("a client is a file that ends in %s or .py, or a command with a blank in it", strings.Join(scripts, " "))
	}
	if err != nil {
		if strings.HasPrefix(err.Error(), name+":") { // the place in it already
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p.Env = append(environment(o), p.Env...)
	return p, nil
}

// inUTF8 says what to do with a file that begins as one in UTF-16, as those do that
// an older PowerShell writes for >.
func inUTF8(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return nil // who reads it will say so
	}
	defer f.Close()
	var first [2]byte
	if _, err := io.ReadFull(f, first[:]); err == nil && (first == [2]byte{0xff, 0xfe} || first == [2]byte{0xfe, 0xff}) {
		return errors.New("is in UTF-16: save it in UTF-8. For what photofinish writes there is --output, where > of a shell would change it")
	}
	return nil
}

// scripts are what Node runs, once it has been bundled.
var scripts = []string{".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx"}

// Command is a program that speaks the protocol by itself. Words are divided by
// blanks; quotes keep them together. It runs in the working folder.
func Command(line string, o Options) (*Program, error) {
	argv, err := words(line)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", line, err)
	}
	if len(argv) == 0 {
		return nil, errors.New("a command is empty")
	}
	path, err := exec.LookPath(argv[0])
	if err != nil {
		return nil, fmt.Errorf("%s: %s cannot be run: %w", line, argv[0], err)
	}
	argv[0] = path
	return &Program{
		Argv: argv, Env: environment(o), Name: line,
		Sources: func(string) ([]byte, bool) { return nil, false }, Close: func() {},
	}, nil
}

// words divides a line. There are no variables, and no other signs of a shell.
func words(line string) (all []string, err error) {
	var word strings.Builder
	var quote rune
	in := false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, in = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if in {
				all = append(all, word.String())
				word.Reset()
			}
			in = false
		default:
			word.WriteRune(r)
			in = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("%c is never closed", quote)
	}
	if in {
		all = append(all, word.String())
	}
	return all, nil
}

// environment is all that a program gets to know of this one's: no tokens, and
// no options that change how Node works.
func environment(o Options) (env []string) {
	for _, name := range append(needed, o.Env...) {
		if value, is := os.LookupEnv(name); is {
			env = append(env, name+"="+value)
		}
	}
	return append(env, "TZ=UTC")
}
