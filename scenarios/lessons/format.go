package lessons

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios"
	"photofinish/scenarios/strict"
)

// The keys of the format. The schema lists the same ones.
var (
	fileKeys    = []string{"name", "title", "minutes", "remember", "source", "scenario", "strategies", "thing", "steps"}
	settingKeys = []string{"scenario", "network", "seed", "gap", "strategies", "thing"}
	stepKeys    = [...][]string{
		Tell:    nil, // a text, with tellKeys beside it
		Watch:   with("told", "say"),
		Predict: asking("again"),
		Reveal:  slices.Concat(teacherKeys, []string{"say"}),
		Break:   with("by", "hints", "say"),
		Mend:    with("clicks", "hints", "say"),
		Explain: slices.Concat(teacherKeys, []string{"strategies", "say"}),
		Check:   asking("again", "say"),
	}
	tellKeys    = slices.Concat(teacherKeys, []string{"told"})
	teacherKeys = []string{"minutes", "notes"}
	againKeys   = slices.Concat(questionKeys, settingKeys, []string{"say"})
	// What a question has, wherever it is asked.
	questionKeys = []string{"ask", "field", "within", "told", "rule", "wrong", "worlds"}
)

// with returns the keys of a step that has a setting.
func with(keys ...string) []string { return slices.Concat(keys, teacherKeys, settingKeys) }

// asking returns the keys of a step that asks.
func asking(keys ...string) []string {
	return with(slices.Concat(keys, questionKeys, []string{"answer"})...)
}

// Bounds of a file. What is longer does not fit beside a race.
const (
	maxSteps = 60
	maxHints = 5
	maxLanes = 12
	maxWrong = 12   // entries of a question
	maxAgain = 2    // questions on another surface
	maxText  = 1000 // characters of a tell
	maxLine  = 240  // characters of everything else
	maxNotes = 480  // characters of a note for the teacher
	// MaxTold is the length of what is told of a page, in characters: it stands
	// behind the page's name.
	MaxTold = 52
	maxStep = 20 // minutes of a step
)

// decoder turns the tree of a file into a lesson.
type decoder struct {
	*strict.Decoder
	lesson   *Lesson
	base     Setting // what stands at the top
	open     int     // the place of the prediction that no reveal has had yet; -1: none
	revealed bool    // there was one, and it has had its reveal

	told   map[string]string // the latest line of each page
	tells  bool              // there is a key that tells of pages
	untold []*scenarios.Error
	ideas  []string // the names of all misconceptions, once they are asked for
}

// Parse decodes a lesson file. The name of the file only serves messages; it
// may be empty. The error is a [*scenarios.Error].
func Parse(file string, data []byte) (*Lesson, error) {
	d := &decoder{Decoder: &strict.Decoder{File: file, What: "lesson"}, open: -1, told: map[string]string{}}
	if root := d.Parse(data); root != nil {
		if d.file(root); d.Err == nil {
			return d.lesson, nil
		}
	}
	return nil, d.Err
}

func (d *decoder) file(root ast.Node) {
	o := d.Object(root, "a lesson", fileKeys)
	d.lesson = &Lesson{
		File:     d.File,
		Name:     d.Label(o.Need("name"), "name"),
		Title:    d.Label(o.Need("title"), "title"),
		Minutes:  int(d.Whole(1, 60)(o.Need("minutes"), "minutes")),
		Remember: d.sentence(o.Need("remember"), "remember"),
		Source:   strict.Optional(o, "source", d.Line, ""),
	}
	d.base = Setting{
		Scenario:   strict.Optional(o, "scenario", d.scenario, nil),
		Strategies: strict.Optional(o, "strategies", d.strategies, nil),
		Thing:      strict.Optional(o, "thing", d.Label, "person"),
	}
	d.steps(o.Need("steps"))
	switch {
	case d.Err != nil || len(d.untold) == 0:
	case d.tells:
		d.Err = d.untold[0]
	default: // it is of the time before pages were told of
		first := *d.untold[0]
		first.Message = "pages are asked about of which nothing has been told, so that their rules are shown: add told:, or rule: shown"
		d.lesson.Warnings = append(d.lesson.Warnings, &first)
	}
}

// sentence reads one line that is not empty.
func (d *decoder) sentence(n ast.Node, what string) string {
	return d.short(n, what, strings.TrimSpace(d.Line(n, what)), maxLine)
}

func (d *decoder) text(n ast.Node, what string) string {
	return d.short(n, what, d.Prose(n, what), maxText)
}

// short refuses a text that is empty, or too long for a screen.
func (d *decoder) short(n ast.Node, what, s string, most int) string {
	switch {
	case s == "":
		d.Fail(n, "%s is empty", what)
	case utf8.RuneCountInString(s) > most:
		d.Fail(n, "%s is longer than %d characters: make two steps of it", what, most)
	}
	return s
}

// scenario decodes the name of a scenario of the catalogue, or one that stands
// here.
func (d *decoder) scenario(n ast.Node, what string) *scenarios.Scenario {
	if _, inline := n.(*ast.MappingNode); inline {
		return scenarios.Decode(d.Decoder, n)
	}
	name := d.Text(n, what)
	s, err := scenarios.Find(name)
	if err != nil {
		d.Fail(n, "%s", strict.Unknown(what, name, scenarios.Names()))
	}
	return s
}

// strategies decodes a list of strategies, each of them once.
func (d *decoder) strategies(n ast.Node, what string) []string {
	names := scenarios.DecodeStrategies(d.Decoder, n, what)
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			d.Fail(n, "%s is here twice", strict.Quote(name))
		}
	}
	if len(names) == 0 || len(names) > maxLanes {
		d.Fail(n, "%s must be a list of 1 to %d", what, maxLanes)
	}
	return names
}
