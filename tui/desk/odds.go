package desk

import (
	"photofinish/report"
	"photofinish/report/diagram"
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

// MendText names the smallest change that would mend a lane which went wrong, as "u3
// 131 ms later"; "" where that is not known, or there is none.
func (d *Desk) MendText(l *diagram.Lane) string {
	ways := d.Results.Ways[l.Name]
	if len(ways) == 0 || d.FirstRun || !l.Verdict.Bad() || l.At(d.Session.Now).Open {
		return ""
	}
	return d.changeText(ways[0])
}
