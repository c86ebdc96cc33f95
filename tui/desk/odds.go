package desk

import (
	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// OddsShown reports whether any odds are to be seen: not in a first run,
// which is about this one trial.
func (d *Desk) OddsShown() bool {
	return !d.FirstRun && (len(d.Results.Odds) > 0 || d.Results.late > 0)
}

// Odds returns a lane's odds, if they are to be seen and known.
func (d *Desk) Odds(name string) (report.Odds, bool) {
	o, ok := d.Results.Odds[name]
	return o, ok && !d.FirstRun && o.Trials > 0 && o.Failed == nil
}

// Turning says in two short lines how little would turn a lane's verdict, once
// it is proved; nil if it is not known or nothing would.
func (d *Desk) Turning(l *diagram.Lane) []string {
	ways := d.Results.Ways[l.Name]
	if len(ways) == 0 || d.FirstRun || l.At(d.Session.Now).Open {
		return nil
	}
	f := ways[0]
	a := d.Session.Script.Action(f.Action)
	amount, more, less := f.By, "more on", "less on"
	where := map[sim.Leg]string{sim.Uplink: "'s way up", sim.Downlink: "'s way back", sim.NoLeg: "'s click"}[f.Leg]
	if f.To != judge.OK { // a longer word follows
		where = map[sim.Leg]string{sim.Uplink: " up", sim.Downlink: " back", sim.NoLeg: ""}[f.Leg]
	}
	if f.Leg == sim.NoLeg {
		more, less = "later", "earlier"
	}
	if amount < 0 {
		amount, more = -amount, less
	}
	return []string{tell.Rounded(amount) + " ms " + more, a.Label() + where + ": " + f.To.String()}
}
