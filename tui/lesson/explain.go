package lesson

import (
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
)

// Explanation is a strategy in words and in code.
type Explanation struct {
	Strategy, Rule, Source string
	Files                  []File
}

// File is one file of a strategy's code, at most 48 columns wide with tabs
// as two.
type File struct{ Name, Code string }

// Explanation returns what the present explain step shows; nil in others.
func (r *Run) Explanation() *Explanation {
	if r.Over() || r.Step().Kind != lessons.Explain {
		return nil
	}
	e := Entry(r.Step().Strategies[0])
	x := &Explanation{Strategy: e.Name, Rule: e.Rule, Source: e.Source}
	for _, name := range e.Files() {
		code, err := strategies.Code(name)
		if err != nil {
			panic("lesson: the code of a strategy is not embedded: " + err.Error())
		}
		x.Files = append(x.Files, File{name, code})
	}
	return x
}
