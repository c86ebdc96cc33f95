package judge

import "photofinish/sim"

// barred reports whether the server refused action n because of what another
// client had done to the record: for the user that is a reason of its own.
func (j *Judge) barred(n int) bool {
	f := &j.l.Fates[n]
	for m := 1; m <= len(j.s.Actions); m++ {
		if j.own(m) || j.l.Fates[m].Status != 200 || j.l.Fates[m].Record != f.Record || j.l.Fates[m].Landed > f.Landed {
			continue
		}
		switch b := j.s.Action(m); {
		case f.Status == 404 && b.Do == sim.Delete, f.Status == 412:
			return true
		case f.Status == 403 && b.Do == sim.SetPermissions && b.Values[sim.Permissions] == j.s.ReadOnly:
			return true
		}
	}
	return false
}

// overrun names the own write of a field that another client replaced unseen,
// where a write of another client stands: the first that came over it.
func (j *Judge) overrun(f, stands int) {
	for n := len(j.s.Actions); n > 0; n-- {
		if !j.latest(n, f) {
			continue
		}
		over, landed := stands, j.whenLanded(n, f)
		for m := 1; m <= len(j.s.Actions); m++ {
			if at := j.whenLanded(m, f); !j.own(m) && j.landedOn(j.stand, m, f) && at > landed && at < j.whenLanded(over, f) {
				over = m
			}
		}
		if j.l.Fates[n].Told == 0 && !j.same(j.s.Kept(n, f), j.s.Kept(stands, f), f) && !j.saw(over, n, f) {
			j.name(LostUpdate, []int{n, over}, landed, j.whenLanded(over, f))
		}
		return
	}
}

// removed names the latest own write on a record that delete d of another
// client took unseen.
func (j *Judge) removed(record, d int) {
	n := j.latestOn(record)
	if n == 0 || j.s.Action(n).Do == sim.Delete {
		return
	}
	for f := range j.s.Action(n).Sets.All {
		if j.saw(d, n, f) {
			return
		}
	}
	j.name(LostUpdate, []int{n, d}, j.l.Fates[n].Landed, j.l.Fates[d].Landed)
}

// saw reports whether the client of action m had been shown what action n gave
// field f when m was pressed.
func (j *Judge) saw(m, n, f int) bool {
	for i := range j.l.Reads {
		r := &j.l.Reads[i]
		if j.s.Action(r.Action).View() == j.s.Action(m).View() && r.Shown < j.l.Fates[m].Pressed && r.Body[f] == j.s.Kept(n, f) {
			return true
		}
	}
	return false
}
