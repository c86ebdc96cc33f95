package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
)

// TestEditor: an editor underlines mistakes in files of each kind, and says what a key
// is: in what explore has written, beside schemas that were printed, and in this
// repository by its own settings. The server behind editors is the node module
// yaml-language-server, in a folder that PHOTOFINISH_READERS names.
func TestEditor(t *testing.T) {
	testkit.Long(t, "short mode: files are not opened in an editor")
	program := filepath.Join(os.Getenv("PHOTOFINISH_READERS"), "node_modules/yaml-language-server/bin/yaml-language-server")
	if _, err := os.Stat(program); err != nil {
		t.Skip("PHOTOFINISH_READERS names no folder with yaml-language-server: files were not opened in an editor")
	}
	t.Parallel()
	b := newBuild(t)
	b.run("mkdir .git && photofinish explore overlapping-updates --strategy naive --output race.yaml", 0)
	b.run(marked(t, "TOOLS.md", "a test runs these commands")[0], 0)
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	race := filepath.Join(b.dir, "race.yaml")
	all := []try{{race, read(t, race), edit{"", "do: update", "do: updte", `"create", "update"`, "steps", "What the user does, in order of time."}}}
	for name, c := range map[string]edit{
		"scenarios/two-tabs.yaml":               {"scenario", "steps:", "stps:", "stps is not allowed", "title", "A few words to show above it."},
		"scenarios/lessons/orphan.yaml":         {"lesson", "minutes: 4", "minutes: four", "integer", "minutes", "How long it takes, about."},
		"scenarios/lessons/crossing.yaml":       {"lesson", "do: update", "do: updte", `"create", "update"`, "title", "A few words to show above it."},
		"scenarios/lessons/misconceptions.yaml": {"misconceptions", "  says:", "  sais:", "sais is not allowed", "  meets", "What there is to say to it."},
		"exercises/in-turn/exercise.yaml":       {"exercise", "hints:", "hint:", "hint is not allowed", "story", "What is to be done."},
	} {
		text := read(t, filepath.Join(top, name))
		all = append(all, try{filepath.Join(top, name), text, c}, // as it lies there
			try{filepath.Join(b.dir, "new-"+filepath.Base(name)), "# yaml-language-server: $schema=" + c.kind + ".schema.json\n" + text, c})
	}
	openEditor(t, program, top).tries(all)
}

// edit is a mistake that is made in a file, what is said of it, and what is said of a key.
type edit struct{ kind, old, new, wrong, key, says string }

// try is a file that is opened, and then edited.
type try struct {
	file, text string
	edit
}

// editor is a language server with a folder open in it.
type editor struct {
	*testing.T
	to   io.Writer
	from *bufio.Reader
	n    int // the last request
}

func openEditor(t *testing.T, program, folder string) *editor {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node: files were not opened in an editor")
	}
	c := exec.Command(node, program, "--stdio")
	to, err1 := c.StdinPipe()
	from, err2 := c.StdoutPipe()
	if err := errors.Join(err1, err2, c.Start()); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(time.Minute, func() { c.Process.Kill() }) // it never says what it is waited for
	t.Cleanup(func() {
		late.Stop()
		c.Process.Kill()
		c.Wait()
	})
	e := &editor{T: t, to: to, from: bufio.NewReader(from)}
	here := map[string]any{"uri": fileURI(folder), "name": "photofinish"}
	e.ask("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": fileURI(folder), "workspaceFolders": []any{here},
		"capabilities": map[string]any{"workspace": map[string]any{"configuration": true}},
	})
	e.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	return e
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// tries opens files, all at once, since the server waits a moment before it looks at one:
// as they are, nothing is underlined, and a key says what it is; with a mistake in it that
// is underlined.
func (e *editor) tries(all []try) {
	e.Helper()
	opened, wrong := map[string]bool{}, map[string]edit{}
	for _, c := range all {
		if !strings.Contains(c.text, c.old) {
			e.Fatalf("%s has no %q", c.file, c.old)
		}
		document := map[string]any{"uri": fileURI(c.file), "languageId": "yaml", "version": 1, "text": c.text}
		opened[fileURI(c.file)] = true
		e.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": document}})
	}
	for len(opened) > 0 {
		uri, said := e.underlined()
		if delete(opened, uri); len(said) > 0 {
			e.Errorf("%s: %q", uri, said)
		}
	}
	for _, c := range all {
		line := strings.Count(c.text[:strings.Index("\n"+c.text, "\n"+c.key+":")], "\n")
		at := map[string]int{"line": line, "character": len(c.key) - 1}
		if says := e.ask("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": fileURI(c.file)}, "position": at}); !strings.Contains(says, c.says) {
			e.Errorf("%s: %s says %s", c.file, c.key, says)
		}
	}
	for _, c := range all {
		wrong[fileURI(c.file)] = c.edit
		change := map[string]any{"text": strings.Replace(c.text, c.old, c.new, 1)}
		e.send(map[string]any{"method": "textDocument/didChange", "params": map[string]any{
			"textDocument": map[string]any{"uri": fileURI(c.file), "version": 2}, "contentChanges": []any{change}}})
	}
	for len(wrong) > 0 {
		uri, said := e.underlined()
		c, waited := wrong[uri]
		if len(said) == 0 || !waited { // what was said of it before may come again
			continue
		}
		if delete(wrong, uri); !strings.Contains(strings.Join(said, "\n"), c.wrong) {
			e.Errorf("%s: of %s is said %q", uri, c.new, said)
		}
	}
}

// underlined waits for what is said of a file.
func (e *editor) underlined() (uri string, all []string) {
	e.Helper()
	for {
		m := e.next()
		var of struct {
			URI         string
			Diagnostics []struct{ Message string }
		}
		if m.Method != "textDocument/publishDiagnostics" || json.Unmarshal(m.Params, &of) != nil {
			continue
		}
		for _, d := range of.Diagnostics {
			all = append(all, d.Message)
		}
		return of.URI, all
	}
}

// ask asks the server, and returns its answer as JSON.
func (e *editor) ask(method string, params any) string {
	e.Helper()
	e.n++
	e.send(map[string]any{"id": e.n, "method": method, "params": params})
	for {
		if m := e.next(); m.Method == "" && string(m.ID) == strconv.Itoa(e.n) {
			return string(m.Result)
		}
	}
}

func (e *editor) send(message map[string]any) {
	e.Helper()
	message["jsonrpc"] = "2.0"
	text, err := json.Marshal(message)
	if err == nil {
		_, err = fmt.Fprintf(e.to, "Content-Length: %d\r\n\r\n%s", len(text), text)
	}
	if err != nil {
		e.Fatal(err)
	}
}

// said is a message of the server.
type said struct {
	ID             json.RawMessage
	Method         string
	Params, Result json.RawMessage
}

// next returns the next message, and answers what the server asks: its settings are
// those of this repository.
func (e *editor) next() (m said) {
	e.Helper()
	header, err := textproto.NewReader(e.from).ReadMIMEHeader()
	n, _ := strconv.Atoi(header.Get("Content-Length"))
	text := make([]byte, n)
	if err == nil {
		_, err = io.ReadFull(e.from, text)
	}
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		e.Fatal(err)
	}
	if m.Method == "" || m.ID == nil {
		return m
	}
	answer := map[string]any{"id": m.ID, "result": nil}
	if m.Method == "workspace/configuration" {
		answer["result"] = e.settings(m.Params)
	}
	e.send(answer)
	return m
}

// settings returns the sections that are asked for.
func (e *editor) settings(params json.RawMessage) (all []any) {
	e.Helper()
	var asked struct{ Items []struct{ Section string } }
	var ours map[string]any
	err := json.Unmarshal(params, &asked)
	if err := errors.Join(err, json.Unmarshal([]byte(read(e.T, "../.vscode/settings.json")), &ours)); err != nil {
		e.Fatal(err)
	}
	for _, item := range asked.Items {
		section := map[string]any{}
		if item.Section == "yaml" {
			section = map[string]any{"validate": true, "hover": true, "schemaStore": map[string]any{"enable": false}, "schemas": ours["yaml.schemas"]}
		}
		all = append(all, section)
	}
	return all
}
