package judge

import "photofinish/sim"

// findBereft finds the creates that were refused because the record that they need was
// not there, and would be if all were done one at a time: the person whose it is does
// not exist at that point of the script, or another client had deleted it.
func (j *Judge) findBereft() {
	var there [sim.MaxViews]bool
	for v := range there {
		there[v] = j.s.Gives(v)
	}
	for i := range j.s.Actions {
		a, f := &j.s.Actions[i], &j.l.Fates[i+1]
		if a.Skip {
			continue
		}
		j.view = a.View()
		if a.Parent != 0 && f.Status == 422 && !f.Reason && (!there[a.ParentView()] || j.takenAway(a)) {
			j.bereft |= 1 << i
		}
		switch is := &there[j.view]; {
		case f.Refused != 0:
		case a.Do == sim.Delete:
			*is = false
		case a.Do == sim.Create && !*is:
			j.owed[i+1].first = true
			*is = f.Status < 400 || !j.ownReason(i+1)
		}
	}
}

// takenAway reports whether another client had deleted the record that a create needs.
func (j *Judge) takenAway(a *sim.Action) bool {
	f := &j.l.Fates[a.Number]
	for n := range j.s.Actions {
		d, g := &j.s.Actions[n], &j.l.Fates[n+1]
		if d.Client != a.Client && d.Do == sim.Delete && g.Status == 200 && g.Record == f.Parent && g.Landed < f.Landed {
			return true
		}
	}
	return false
}
