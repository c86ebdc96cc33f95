package lessons

import (
	_ "embed"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios"
	"photofinish/scenarios/strict"
)

//go:embed misconceptions.yaml
var misconceptionFile []byte

// Misconception is an idea about races that is common, and wrong.
type Misconception struct {
	Name  string // at most five words
	Says  string // what somebody would say who has it
	Meets string // what there is to say to it, in at most 240 characters

	// Shows is where it can be seen to be wrong. What is to be seen there is
	// worked out, and stored nowhere.
	Shows struct {
		Scenario string // of the catalogue
		Strategy string
	}
}

// Misconceptions returns all of them, in the order in which lessons meet them.
func Misconceptions() []Misconception { return slices.Clone(known()) }

// known reads their file, once.
var known = sync.OnceValue(func() []Misconception {
	all, err := parseMisconceptions("misconceptions.yaml", misconceptionFile)
	if err != nil {
		panic("lessons: the file of misconceptions is broken: " + err.Error())
	}
	return all
})

// FindMisconception returns the misconception of that name. An error names the
// nearest.
func FindMisconception(name string) (*Misconception, error) {
	all := Misconceptions()
	for i := range all {
		if all[i].Name == name {
			return &all[i], nil
		}
	}
	return nil, errors.New(strict.OneLine(strict.Unknown("misconception", name, namesOf(all))))
}

// misconceptionNames are what stands at the beginning of a line of their file: that
// is enough for a lesson's decoder, and costs next to nothing.
func misconceptionNames() (names []string) {
	for line := range strings.Lines(string(misconceptionFile)) {
		if name, _, is := strings.Cut(line, ":"); is && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "#") {
			names = append(names, name)
		}
	}
	return names
}

func namesOf(all []Misconception) (names []string) {
	for _, m := range all {
		names = append(names, m.Name)
	}
	return names
}

// MeansMisconceptions reports whether a file is meant to be a list of misconceptions,
// and no lesson: the first thing in it is met with something.
func MeansMisconceptions(data []byte) bool {
	d := &strict.Decoder{What: "list of misconceptions"}
	top, is := d.Parse(data).(*ast.MappingNode)
	if !is || len(top.Values) == 0 {
		return false
	}
	first, is := top.Values[0].Value.(*ast.MappingNode)
	if !is {
		return false
	}
	_, meets := d.Mapping(first, "a misconception").Find("meets")
	return meets
}

// parseMisconceptions decodes a list of misconceptions.
func parseMisconceptions(file string, data []byte) (all []Misconception, err error) {
	d := &decoder{Decoder: &strict.Decoder{File: file, What: "list of misconceptions"}}
	root := d.Parse(data)
	if d.Err != nil {
		return nil, d.Err
	}
	for _, e := range d.Mapping(root, "a list of misconceptions").Entries {
		all = append(all, d.misconception(e))
	}
	if d.Err != nil {
		return nil, d.Err
	}
	return all, nil
}

func (d *decoder) misconception(e strict.Entry) (m Misconception) {
	m.Name = d.Label(e.At, "a name")
	if words := len(strings.Fields(m.Name)); words > 5 {
		d.Fail(e.At, "%s has %d words: a name has at most five", strict.Quote(m.Name), words)
	}
	o := d.Object(e.Value, "a misconception", []string{"says", "meets", "shows"})
	m.Says, m.Meets = d.sentence(o.Need("says"), "says"), d.sentence(o.Need("meets"), "meets")
	shows := d.Object(o.Need("shows"), "shows", []string{"scenario", "strategy"})
	n := shows.Need("scenario")
	if m.Shows.Scenario = d.Text(n, "scenario"); !slices.Contains(scenarios.Names(), m.Shows.Scenario) {
		d.Fail(n, "%s", strict.Unknown("scenario", m.Shows.Scenario, scenarios.Names()))
	}
	n = shows.Need("strategy")
	m.Shows.Strategy = d.Text(n, "a strategy")
	scenarios.DecodeStrategy(d.Decoder, strict.Entry{Key: m.Shows.Strategy, At: n})
	return m
}
