package diff

import "encoding/json"

// object is how a Diff is written as JSON.
type object struct {
	Old         side     `json:"old"`
	New         side     `json:"new"`
	Renamed     []Rename `json:"renamed,omitempty"`
	Compared    int      `json:"compared"`
	Worse       int      `json:"worse"`
	Better      int      `json:"better"`
	Changed     int      `json:"changed"`
	Same        int      `json:"same"`
	NotCompared struct {
		Old int `json:"old"`
		New int `json:"new"`
	} `json:"notCompared"`
	Cells []cellPart `json:"cells"`
}

type side struct {
	File    string  `json:"file"`
	Program string  `json:"program"`
	Network string  `json:"network"`
	Answer  *string `json:"answer"`
}

type cellPart struct {
	Scenario   string    `json:"scenario"`
	Strategy   string    `json:"strategy"`
	Word       string    `json:"word"`
	Old        statePart `json:"old"`
	New        statePart `json:"new"`
	Pairs      *int      `json:"pairs"`
	Added      *int      `json:"added"`
	Gone       *int      `json:"gone"`
	Difference float64   `json:"difference"`
	Low        float64   `json:"low"`
	High       float64   `json:"high"`
	P          float64   `json:"p"`
	Costs      []Moved   `json:"costs"`
}

type statePart struct {
	State string  `json:"state"`
	Share float64 `json:"share"`
}

// MarshalJSON returns all cells with what became of them: see the schema of JSON.
func (d *Diff) MarshalJSON() ([]byte, error) {
	of := func(r *Report) side { return side{r.Name, r.program, r.network, r.answer.Strategy} }
	o := object{
		Old: of(d.Old), New: of(d.New), Renamed: d.Renamed, Compared: len(d.Cells),
		Worse: d.count(Worse), Better: d.count(Better), Changed: d.count(Changed), Same: d.count(Same),
		Cells: []cellPart{},
	}
	o.NotCompared.Old, o.NotCompared.New = d.OnlyOld, d.OnlyNew
	for i := range d.Cells {
		c := &d.Cells[i]
		part := cellPart{
			Scenario: c.Scenario, Strategy: c.Strategy, Word: c.Word.String(),
			Old: statePart{c.old.State, c.old.Share}, New: statePart{c.now.State, c.now.Share},
			Difference: c.Difference, Low: c.Low, High: c.High, P: c.P, Costs: append([]Moved{}, c.Moved...),
		}
		if c.Pairs > 0 {
			part.Pairs, part.Added, part.Gone = &c.Pairs, &c.Added, &c.Gone
		}
		o.Cells = append(o.Cells, part)
	}
	return json.Marshal(o)
}
