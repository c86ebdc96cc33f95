package dialogs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/disk"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/tui/ink"
	"photofinish/tui/session"
)

// What the user asks of a file is done before the next key is looked at: keys
// that were typed ahead find the screen that they were meant for. Only what
// nobody asked for is written in the background (see [desk.Desk.Keep]).

// document is a text on its way to a file of the user's choice.
type document struct {
	title, name string // of the prompt, and what it begins with
	content     func(text string) (path string, data []byte, err error)
	own         func(path string) []byte // what may be replaced there without a question; nil: nothing
	differs     func(path string) string // what is said of anything else that is there
	written     func(path string) tea.Cmd
}

// writeTo asks where a document is to go, and writes it there, whole or not at
// all.
func (ds Dialogs) writeTo(d document) tea.Cmd {
	if ds.Refused() {
		return nil
	}
	ds.Pause()
	p := ds.ask(d.title, d.name, nil)
	p.done = func(text string) (tea.Cmd, error) {
		path, data, err := d.content(text)
		if err != nil {
			return nil, err
		}
		var own []byte
		if d.own != nil {
			own = d.own(path)
		}
		if replaces(path, data, own) {
			ds.askToReplace(p, d.differs(path), func() (tea.Cmd, error) { return d.write(path, data) })
			return nil, nil
		}
		return d.write(path, data)
	}
	return nil
}

func (d *document) write(path string, data []byte) (tea.Cmd, error) {
	f, err := disk.New(path)
	if err == nil {
		err = f.Write(func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
	}
	if failed, is := errors.AsType[*fs.PathError](err); is {
		return nil, fmt.Errorf("%s: %w", failed.Path, failed.Err) // and not by which call
	}
	if err != nil {
		return nil, err
	}
	return d.written(path), nil
}

// replaces reports whether writing data to a path would take something away:
// a file is there, and it holds neither data nor own. What is no file that
// could be replaced is left to whoever writes.
func replaces(path string, data, own []byte) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if n := info.Size(); n != int64(len(data)) && n != int64(len(own)) {
		return true
	}
	old, err := os.ReadFile(path)
	return err != nil || !bytes.Equal(old, data) && !bytes.Equal(old, own)
}

// askToReplace asks before a file is replaced; no leads back to the prompt.
func (ds Dialogs) askToReplace(p *Prompt, text string, write func() (tea.Cmd, error)) {
	ds.Over = &Question{Host: ds.Host, title: "replace it?", Text: text, answers: []answer{
		{"r", "replace it", func() tea.Cmd {
			cmd, err := write()
			if err != nil {
				p.fail(err)
			}
			return cmd
		}},
		{"esc", "another name", func() tea.Cmd {
			ds.Over = p
			return nil
		}},
	}}
}

func (p *Prompt) fail(err error) {
	p.Wrong = tell.Clean(err.Error())
	p.Over = p
}

// Save writes the session as a scenario file.
func (ds Dialogs) Save() tea.Cmd {
	return ds.saveAnd(func(file, besides string) tea.Cmd {
		ds.Message = "saved: photofinish replay " + tell.Quote(file) + " shows it again" + besides
		return nil
	})
}

// saveAnd saves, and goes on with the path of the file, and what there is to say besides.
func (ds Dialogs) saveAnd(then func(file, besides string) tea.Cmd) tea.Cmd {
	if len(ds.Session.Script.Actions) == 0 {
		ds.Message = session.ErrEmpty.Error()
		return nil
	}
	var f *session.File
	var schema string // where it has to be written; "": nowhere
	was := ds.Session.Scenario
	return ds.writeTo(document{
		title: "save as a scenario file", name: ds.Session.FileName(),
		content: func(text string) (path string, data []byte, err error) {
			if path, err = session.ScenarioPath(text); err != nil {
				return "", nil, err
			}
			if f, err = ds.Session.AsFile(path, ds.Lineup); err != nil {
				return "", nil, err
			}
			data, schema = session.ForEditor(path, f.Data)
			return path, data, nil
		},
		own: func(path string) []byte {
			if session.SameFile(path, was.File) {
				return session.AsItLies(path, was)
			}
			return nil
		},
		differs: func(path string) string {
			if session.SameFile(path, was.File) {
				return path + " holds something else than what was opened here, if only comments. It is replaced as a whole."
			}
			return path + " is there already, and is another file than the one that was opened."
		},
		written: func(path string) tea.Cmd {
			ds.Session = ds.Session.Saved(f)
			ds.History.Saved(f)
			besides := ""
			if err := session.WriteSchema(schema); err != nil {
				besides = ". No schema for editors lies beside it: " + err.Error()
			} else if schema != "" {
				besides = ". " + filepath.Base(schema) + " is for editors"
			}
			return tea.Batch(ds.Keep(), ds.Opened(path), then(path, besides))
		},
	})
}

func (ds Dialogs) saveText() tea.Cmd {
	ds.Pause()
	ds.Draw()
	text := []byte(ds.Canvas.String())
	name := fmt.Sprintf("photofinish-%s-%sms.txt", session.Slug(ds.Session.Scenario.Name), tell.Rounded(ds.Session.Now))
	return ds.writeTo(document{
		title: "save the screen as text", name: name,
		content: func(name string) (string, []byte, error) {
			path, err := session.Path(name)
			return path, text, err
		},
		differs: func(path string) string { return path + " is there already." },
		written: func(path string) tea.Cmd {
			ds.Message = "written: " + path
			return nil
		},
	})
}

// OpenScenario offers what can be opened: recent files, the catalogue, any other file.
func (ds Dialogs) OpenScenario() tea.Cmd {
	l := &Menu{Host: ds.Host, title: "open a scenario", say: "open it", width: 106, head: "how your lanes end, and when"}
	for _, path := range ds.Recent() {
		dir := tilde(filepath.Dir(path))
		if n := ink.Width(dir); n > 36 {
			dir = "…" + string([]rune(dir)[n-35:])
		}
		it := l.add(filepath.Base(path), dir, func() tea.Cmd { return ds.openFile(path) })
		it.picture = ds.endings(dir, func() (*scenarios.Scenario, error) { return session.Load(path) })
		if path == ds.Session.Scenario.File {
			l.at = len(l.Items) - 1
		}
	}
	for _, s := range scenarios.All() {
		it := l.add(s.Title, s.Name, func() tea.Cmd { return ds.open(s) })
		it.picture = ds.endings(s.Name, func() (*scenarios.Scenario, error) { return s, nil })
		if ds.Session.Scenario.File == "" && s.Name == ds.Session.Scenario.Name {
			l.at = len(l.Items) - 1
		}
	}
	l.add("a file …", "", func() tea.Cmd { return ds.askFile("", nil) })
	ds.Pause()
	ds.Over = l
	return nil
}

// tilde shortens a path below the user's home.
func tilde(path string) string {
	home, err := os.UserHomeDir()
	if err != nil || len(home) < 2 {
		return path
	}
	if rest, below := strings.CutPrefix(path, home); below && (rest == "" || os.IsPathSeparator(rest[0])) {
		return "~" + rest
	}
	return path
}

// askFile asks for a file to open; why says what was wrong with the last one.
func (ds Dialogs) askFile(path string, why error) tea.Cmd {
	if ds.Refused() {
		return nil
	}
	p := ds.ask("open a scenario file", path, func(text string) (tea.Cmd, error) {
		path, err := session.Path(text)
		if err != nil {
			return nil, err
		}
		return ds.load(path)
	})
	if why != nil {
		p.fail(why)
	}
	return nil
}

func (ds Dialogs) openFile(path string) tea.Cmd {
	cmd, err := ds.load(path)
	if err != nil {
		return ds.askFile(path, err)
	}
	return cmd
}

func (ds Dialogs) load(path string) (tea.Cmd, error) {
	s, err := session.Load(path)
	if err != nil {
		return nil, err
	}
	return tea.Batch(ds.open(s), ds.Opened(path)), nil
}

// open begins a scenario; undo brings the old session back.
func (ds Dialogs) open(s *scenarios.Scenario) tea.Cmd {
	lanes, was := ds.Session.Strategies, ds.Session.Scenario
	if slices.Equal(lanes, session.Opening(was)) {
		lanes = session.Opening(s) // nobody has chosen any
	}
	return ds.begin(session.New(s, lanes, 0))
}

// begin begins a session in the place of the one that is open.
func (ds Dialogs) begin(next session.Session) tea.Cmd {
	was := ds.Session
	next = next.Over(was)
	next.Lane = was.Lane
	ds.Held, ds.Page, ds.FirstRun = false, ds.Home, false
	if was.Same(&next) {
		ds.Message = ink.Printable(was.Title(), 60) + " is open already, just as it is"
		return ds.Changed()
	}
	ds.End = 0
	edit := ds.Edit(next)
	ds.Telling()
	ds.Did = "opened " + ink.Printable(next.Scenario.Name, 40) + ":"
	if len(was.Unsaved()) > 0 {
		ds.Message = "nothing is lost: z brings back what is not saved"
	}
	if !ds.Clock.Playing && !ds.SettledNow() {
		return tea.Batch(edit, ds.Play())
	}
	return edit
}

// Copy puts the command that replays this onto the clipboard.
func (ds Dialogs) Copy() tea.Cmd {
	if ds.Refused() {
		return nil
	}
	command, err := ds.Page.Command()
	if err != nil {
		ds.Message = err.Error()
		return nil
	}
	ds.Message = "copied: " + command
	return tea.SetClipboard(command)
}

// Quit leaves, if nothing is lost.
func (ds Dialogs) Quit() tea.Cmd {
	unsaved := ds.Session.Unsaved()
	if len(unsaved) == 0 || ds.Guest != nil {
		return tea.Quit
	}
	ds.Pause()
	leave := func() tea.Cmd { return tea.Quit }
	q := &Question{Host: ds.Host, title: "leave without saving?"}
	if last := unsaved[len(unsaved)-1]; ds.Session.Changed() {
		q.Text = fmt.Sprintf("What you made of “%s” is in no file.", ds.Session.Title())
		q.answers = []answer{{"s", "save and leave", func() tea.Cmd {
			return ds.saveAnd(func(_, _ string) tea.Cmd { return ds.Quit() })
		}}}
	} else {
		q.Text = fmt.Sprintf("What you made of “%s”, before you opened this, is in no file.", last.Title())
		q.answers = []answer{{"z", "bring it back", func() tea.Cmd { return ds.Edit(last) }}}
	}
	q.answers = append(q.answers,
		answer{"q", "leave anyway", leave}, answer{"ctrl+c", "", leave}, answer{"esc", "stay", nil})
	ds.Over = q
	return nil
}
