package tui

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/disk"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/tui/ink"
	"photofinish/tui/race"
	"photofinish/tui/session"
)

// What the user asks of a file is done before the next key is looked at: keys
// that were typed ahead find the screen that they were meant for. Only what
// nobody asked for is written in the background (see [Model.keep]).

// document is what is written to a file of the user's choice.
type document struct {
	title, name string // of the prompt, and what it begins with
	content     func(text string) (path string, data []byte, err error)
	own         func(path string) []byte // what may be replaced there without a question; nil: nothing
	differs     func(path string) string // what is said of anything else that is there
	written     func(m *Model, path string) tea.Cmd
}

// writeTo asks where a document is to go, and writes it there, whole or not at
// all.
func (m *Model) writeTo(d document) tea.Cmd {
	if m.Refused() {
		return nil
	}
	m.Pause()
	m.ask(prompt{title: d.title}, d.name)
	p := m.over.(*prompt)
	p.done = func(m *Model, text string) (tea.Cmd, error) {
		path, data, err := d.content(text)
		if err != nil {
			return nil, err
		}
		var own []byte
		if d.own != nil {
			own = d.own(path)
		}
		if replaces(path, data, own) {
			m.askToReplace(p, d.differs(path), func() (tea.Cmd, error) { return d.write(m, path, data) })
			return nil, nil
		}
		return d.write(m, path, data)
	}
	return nil
}

// write writes the document and says what comes of it.
func (d *document) write(m *Model, path string, data []byte) (tea.Cmd, error) {
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
	return d.written(m, path), nil
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
func (m *Model) askToReplace(p *prompt, text string, write func() (tea.Cmd, error)) {
	m.over = &question{title: "replace it?", text: text, answers: []answer{
		{"r", "replace it", func(m *Model) tea.Cmd {
			cmd, err := write()
			if err != nil {
				p.fail(m, err)
			}
			return cmd
		}},
		{"esc", "another name", func(m *Model) tea.Cmd {
			m.over = p
			return nil
		}},
	}}
}

// fail shows a prompt again, with what went wrong.
func (p *prompt) fail(m *Model, err error) {
	p.err = tell.Clean(err.Error())
	m.over = p
}

// save writes the session as a scenario file.
func (m *Model) save() tea.Cmd {
	return m.saveAnd(func(m *Model, file string) tea.Cmd {
		m.Message = "saved: photofinish replay " + report.Quote(file) + " shows it again"
		return nil
	})
}

// saveAnd saves, and then goes on.
func (m *Model) saveAnd(then func(m *Model, file string) tea.Cmd) tea.Cmd {
	if len(m.Session.Script.Actions) == 0 {
		m.Message = session.ErrEmpty.Error()
		return nil
	}
	var f *session.File
	was := m.Session.Scenario
	return m.writeTo(document{
		title: "save as a scenario file", name: m.Session.FileName(),
		content: func(text string) (path string, data []byte, err error) {
			if path, err = session.ScenarioPath(text); err != nil {
				return "", nil, err
			}
			if f, err = m.Session.AsFile(path); err != nil {
				return "", nil, err
			}
			return path, f.Data, nil
		},
		own: func(path string) []byte {
			if session.SameFile(path, was.File) {
				return was.YAML()
			}
			return nil
		},
		differs: func(path string) string {
			if session.SameFile(path, was.File) {
				return path + " holds something else than what was opened here, if only comments. It is replaced as a whole."
			}
			return path + " is there already, and is another file than the one that was opened."
		},
		written: func(m *Model, path string) tea.Cmd {
			m.Session = m.Session.Saved(f)
			m.History.Saved(f)
			return tea.Batch(m.Keep(), m.Opened(path), then(m, path))
		},
	})
}

// export writes the screen as text, as it is at this size.
func (m *Model) export() tea.Cmd {
	m.Pause()
	m.draw()
	text := []byte(m.canvas.String())
	name := fmt.Sprintf("photofinish-%s-%sms.txt", session.Slug(m.Session.Scenario.Name), race.MS(m.Session.Now))
	return m.writeTo(document{
		title: "save the screen as text", name: name,
		content: func(name string) (string, []byte, error) {
			path, err := session.Path(name)
			return path, text, err
		},
		differs: func(path string) string { return path + " is there already." },
		written: func(m *Model, path string) tea.Cmd {
			m.Message = "written: " + path
			return nil
		},
	})
}

// pick offers what can be opened: recent files, the catalogue, any other file.
func (m *Model) pick() tea.Cmd {
	l := &menu{title: "open a scenario", say: "opens it"}
	for _, path := range m.Recent() {
		dir := tilde(filepath.Dir(path))
		if n := ink.Width(dir); n > 36 {
			dir = "…" + string([]rune(dir)[n-35:])
		}
		l.add(filepath.Base(path), dir, func(m *Model) tea.Cmd { return m.openFile(path) })
		if path == m.Session.Scenario.File {
			l.at = len(l.items) - 1
		}
	}
	for _, s := range scenarios.All() {
		l.add(s.Title, s.Name, func(m *Model) tea.Cmd { return m.open(s) })
		if m.Session.Scenario.File == "" && s.Name == m.Session.Scenario.Name {
			l.at = len(l.items) - 1
		}
	}
	l.add("a file …", "", func(m *Model) tea.Cmd { return m.askFile("", nil) })
	m.Pause()
	m.over = l
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
func (m *Model) askFile(path string, why error) tea.Cmd {
	if m.Refused() {
		return nil
	}
	m.ask(prompt{title: "open a scenario file", done: func(m *Model, text string) (tea.Cmd, error) {
		path, err := session.Path(text)
		if err != nil {
			return nil, err
		}
		s, err := session.Load(path)
		if err != nil {
			return nil, err
		}
		return tea.Batch(m.open(s), m.Opened(path)), nil
	}}, path)
	if why != nil {
		m.over.(*prompt).fail(m, why)
	}
	return nil
}

// openFile opens a file, or shows what is wrong with it.
func (m *Model) openFile(path string) tea.Cmd {
	s, err := session.Load(path)
	if err != nil {
		return m.askFile(path, err)
	}
	return tea.Batch(m.open(s), m.Opened(path))
}

// open begins a scenario; undo brings the old session back.
func (m *Model) open(s *scenarios.Scenario) tea.Cmd {
	return m.begin(session.New(s, m.Session.Strategies, 0))
}

// begin begins a session in the place of the one that is open.
func (m *Model) begin(next session.Session) tea.Cmd {
	was := m.Session
	next = next.Over(was)
	next.Lane = was.Lane
	m.End, m.place, m.FirstRun = 0, onLanes, false
	edit := m.Edit(next)
	m.Telling()
	if len(was.Unsaved()) > 0 {
		m.Message = "nothing is lost: z brings back what is not saved"
	}
	return tea.Batch(edit, m.Play())
}

// copy puts the command that replays this onto the clipboard.
func (m *Model) copy() tea.Cmd {
	if m.Refused() {
		return nil
	}
	command, err := m.Session.Command()
	if err == nil && m.place == onNetwork {
		command, err = m.network.command(m)
	}
	if err != nil {
		m.Message = err.Error()
		return nil
	}
	m.Message = "copied: " + command
	return tea.SetClipboard(command)
}

// quit leaves, if nothing is lost.
func (m *Model) quit() tea.Cmd {
	unsaved := m.Session.Unsaved()
	if len(unsaved) == 0 || m.Guest != nil {
		return tea.Quit
	}
	m.Pause()
	leave := func(*Model) tea.Cmd { return tea.Quit }
	q := &question{title: "leave without saving?"}
	if last := unsaved[len(unsaved)-1]; m.Session.Changed() {
		q.text = fmt.Sprintf("What you made of “%s” is in no file.", m.Session.Title())
		q.answers = []answer{{"s", "save and leave", func(m *Model) tea.Cmd {
			return m.saveAnd(func(m *Model, _ string) tea.Cmd { return m.quit() })
		}}}
	} else {
		q.text = fmt.Sprintf("What you made of “%s”, before you opened this, is in no file.", last.Title())
		q.answers = []answer{{"z", "bring it back", func(m *Model) tea.Cmd { return m.Edit(last) }}}
	}
	q.answers = append(q.answers,
		answer{"q", "leave anyway", leave}, answer{"ctrl+c", "", leave}, answer{"esc", "stay", nil})
	m.over = q
	return nil
}
