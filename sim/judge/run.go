package judge

import "photofinish/sim"

// MaxReadings bounds in how many ways a trial is read. See [Judge.Run].
const MaxReadings = 8

// Repeater is a chooser that can choose the same once more.
type Repeater interface{ Again() sim.Chooser }

// Run runs a trial in a world and judges it. The ledger is the world's own.
//
// Where nobody can tell whom a request of a user's own client carried, since
// several clicks had written the same value, the trial is run and judged in each
// way that it can be read, and the least grave verdict stands: what is on both
// sides at the end is the same, and nobody is to be charged with a loss that
// another reading of the same bytes does not have. It is unknown where the clicks
// had other luck to meet, or there are more ways than [MaxReadings], and the
// verdicts differ. Then a chooser has to be a [Repeater].
func (j *Judge) Run(w *sim.World, s *sim.Script, strategy sim.Strategy, seed uint64, o sim.Options) (*sim.Ledger, Judgement) {
	l := w.Run(s, strategy, seed, o)
	found := j.Judge(s, l)
	if l.Readings < 2 || l.Failed != nil {
		return l, found
	}
	return j.readings(w, s, strategy, seed, o, l, found.Verdict)
}

// readings judges a trial in each way that it can be read, of which the first has
// been.
func (j *Judge) readings(w *sim.World, s *sim.Script, strategy sim.Strategy, seed uint64, o sim.Options, l *sim.Ledger, first Verdict) (*sim.Ledger, Judgement) {
	read := func(i int) (*sim.Ledger, Judgement) {
		o := o
		if again, ok := o.Chooser.(Repeater); ok {
			o.Chooser = again.Again()
		}
		o.Reading = i
		l := w.Run(s, strategy, seed, o)
		return l, j.Judge(s, l)
	}
	best, least, gravest := 0, first, first
	ways, doubt := l.Readings, l.Doubt
	for i := 1; i < min(ways, MaxReadings); i++ {
		l, found := read(i)
		if l.Failed != nil {
			return l, found
		}
		ways, doubt = max(ways, l.Readings), doubt || l.Doubt
		if gravest = max(gravest, found.Verdict); found.Verdict < least {
			best, least = i, found.Verdict
		}
	}
	l, found := read(best)
	if least != gravest && (doubt || ways > MaxReadings) {
		return l, Judgement{Verdict: Unknown}
	}
	return l, found
}
