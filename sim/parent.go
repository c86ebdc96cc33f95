package sim

// Parents are records that others belong to: a create may need one.

// ParentView returns the view of the person whose record a create needs, on the
// client that makes it.
func (a *Action) ParentView() int { return int(a.Client)*MaxPersons + int(a.Parent) - 1 }

// bind writes into a create, now that it leaves, the id that the client knows of the
// person whose record it needs.
func (w *World) bind(r *Request) {
	r.parent = 0
	if a := r.First(); a.Parent != 0 {
		r.parent = w.ledger.Views[a.ParentView()].ID
	}
}

// orphan reports whether a create needs a record that is not there.
func (w *World) orphan(r *Request) bool {
	if r.First().Parent == 0 {
		return false
	}
	return r.parent == 0 || r.parent > len(w.ledger.Records) || w.ledger.Records[r.parent-1].Deleted
}
