package sim

// Gift is what is given of a person who exists at the start.
type Gift struct {
	Sets   FieldSet
	Values [NumFields]ValueID
}

// Givens returns how many persons exist at the start: the first ones, who are the
// records of these numbers.
func (s *Script) Givens() int {
	if !s.Given {
		return 0
	}
	return 1 + len(s.Beside)
}

// Gives reports whether the person of a view exists at the start.
func (s *Script) Gives(view int) bool { return int(uint(view)%MaxPersons) < s.Givens() }

// Gave returns the fields that are given of a person, from 0; none of one who does
// not exist at the start.
func (s *Script) Gave(person int) FieldSet {
	switch {
	case !s.Given || person > len(s.Beside):
		return 0
	case person == 0:
		return s.GivenSets
	}
	return s.Beside[person-1].Sets
}

// Start returns the record of a person, from 0, as it is at the start.
func (s *Script) Start(person int) State { return s.Gave(person).By(GivenTo(person)) }

// Writes returns the fields that are given, of whomever, or that an action sets.
func (s *Script) Writes() (set FieldSet) {
	for p := range s.Givens() {
		set |= s.Gave(p)
	}
	for i := range s.Actions {
		set |= s.Actions[i].Sets
	}
	return set
}

// give makes the records of the persons who exist at the start, and shows them to all.
func (w *World) give() {
	l, sets, by := &w.ledger, w.script.GivenSets, Given
	for person := 0; ; person++ {
		l.Records = append(l.Records, Record{})
		rec := &l.Records[person]
		rec.Version = 1
		rec.State.Put(sets, by) // in place: a copy of what has just been written byte by byte is slow
		for view := person; view < MaxViews; view += MaxPersons {
			v := &l.Views[view]
			v.ID = person + 1
			v.State.Put(sets, by)
		}
		if person == len(w.script.Beside) {
			return
		}
		sets, by = w.script.Beside[person].Sets, GivenTo(person+1)
	}
}
