package desk

import (
	"errors"
	"path/filepath"
	"slices"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

// absent is a client of the user's own that the command line has not named: its
// trials end with what to do about that.
type absent struct {
	why error
	own *strategies.Own
}

// missing returns a client of that name that is not here. It says where the scenario
// has it, if that names one.
func missing(name string, s *scenarios.Scenario) strategies.Entry {
	file := "FILE"
	if i := slices.IndexFunc(s.Clients, func(p scenarios.Program) bool { return p.Name == name }); i >= 0 {
		file = filepath.ToSlash(filepath.Join(filepath.Dir(s.File), filepath.FromSlash(s.Clients[i].File)))
		if filepath.IsLocal(file) {
			file = "./" + file
		}
	}
	a := absent{errors.New(name + " is not here: --client " + name + "=" + file), new(strategies.Own)}
	return strategies.Entry{
		Name: name, Group: strategies.Yours, Rule: a.why.Error(), New: func() strategies.Strategy { return a },
	}
}

// Own says that it is no strategy of the catalogue, and nothing more.
func (a absent) Own() *strategies.Own { return a.own }

// Start ends the trial.
func (a absent) Start(h *sim.Host, _ int) { h.Fail(a.why) }

// End has nothing to drop.
func (absent) End(*sim.Host, int) {}

// Reset has nothing to forget.
func (absent) Reset() {}

// Act never happens.
func (absent) Act(*sim.Client, *sim.Action) {}

// Post never happens.
func (absent) Post(*sim.Client, *sim.Request) {}

// Reply never happens.
func (absent) Reply(*sim.Client, *sim.Reply) {}

// Wake never happens.
func (absent) Wake(*sim.Client, sim.Timer) {}
