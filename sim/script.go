package sim

// Script is what a trial runs: the user's actions and the world they meet.
// A Script is read-only while trials run and may be shared by many.
type Script struct {
	Actions []Action // numbered from 1, in order of At
	Fields  []string // names of the attributes, at most [MaxFields]
	Values  []any    // strings, numbers, booleans; a [ValueID] is an index

	// Given says that the person exists at the start, on both sides, as
	// record 1, with the fields GivenSets.
	Given       bool
	GivenSets   FieldSet
	GivenValues [NumFields]ValueID

	ReadOnly ValueID // the value of permissions that locks a record
	Network  Network
}

// Action returns the action numbered n, from 1.
func (s *Script) Action(n int) *Action { return &s.Actions[n-1] }

// Value returns the value that w gave field f. Nobody's value is -1, which no
// ValueID has.
func (s *Script) Value(w Writer, f int) int {
	switch w {
	case Nobody:
		return -1
	case Given:
		return int(s.GivenValues[f])
	}
	a := &s.Actions[w.Action()-1]
	if w.ByServer() {
		return int(a.Saved[f])
	}
	return int(a.Values[f])
}

// Kept returns the writer of field f once the server has saved action n.
func (s *Script) Kept(n, f int) Writer {
	if s.Actions[n-1].Saves.Has(f) {
		return SavedBy(n)
	}
	return By(n)
}

// FieldName returns the name of field f.
func (s *Script) FieldName(f int) string {
	if f == Permissions {
		return "permissions"
	}
	return s.Fields[f]
}

// Unpinned returns a copy of s in which every latency is left to chance, as
// the odds want it. What the script says of refusals and losses stays.
func (s *Script) Unpinned() *Script {
	c := *s
	c.Actions = append([]Action(nil), s.Actions...)
	for i := range c.Actions {
		c.Actions[i].Up, c.Actions[i].Down, c.Actions[i].Processing = Unpinned, Unpinned, 0
	}
	return &c
}
