package external

import (
	"bytes"
	"encoding/json"

	"photofinish/sim"
)

// show takes over what the screen shows after a turn, and which of the record in
// the answer of that turn it has taken.
func (s *lane) show(r *sim.Reply) error {
	before := s.h.Screen()
	changed := !bytes.Equal(s.answer.Screen, s.raw)
	if changed {
		clear(s.seen)
		if err := json.Unmarshal(s.answer.Screen, &s.seen); err != nil {
			return s.noScreen()
		}
		s.raw = append(s.raw[:0], s.answer.Screen...)
	}
	now := before
	var record sim.State
	id, brings := 0, false
	if r != nil {
		record, id, brings = s.h.Record(r)
	}
	if s.seen == nil {
		now.ID, now.Deleted = 0, s.pressed != 0 || before != sim.Person{}
	} else {
		now.Deleted = false
		now.ID = s.known
		if v, said := s.seen["id"]; said {
			now.ID = number(v)
		}
		for f := range s.fields.All {
			by, err := s.writer(f, before.State[f], record[f])
			if err != nil {
				return err
			}
			now.State[f] = by
		}
	}
	s.h.Show(now)
	if brings {
		s.take(r, &record, id, before, now)
	}
	return nil
}

// writer returns who gave a field the value that the screen shows of it: who did
// so before, as long as it stays the same; or else this turn's click, this
// turn's answer, the latest click with that value, and what was there before.
func (s *lane) writer(f int, was, answered sim.Writer) (sim.Writer, error) {
	said, there := s.seen[s.script.FieldName(f)]
	if there {
		s.visible = s.visible.With(f)
	}
	if _, list := said.([]any); list {
		return 0, s.unknownOnScreen(f, said)
	}
	value := s.words.read(s.script, f, said)
	if value == strange {
		if said == "" || blank(said) && !s.script.Gave(s.view%sim.MaxPersons).Has(f) {
			return sim.Nobody, nil
		}
		return 0, s.unknownOnScreen(f, said)
	}
	if value == noValue {
		return sim.Nobody, nil
	}
	if s.script.Value(was, f) == value {
		return was, nil
	}
	wrote := s.wrote(f, value)
	if by := s.turn & wrote; by != 0 {
		return sim.By(by.latest()), nil
	}
	if s.script.Value(answered, f) == value {
		return answered, nil
	}
	if wrote != 0 {
		return sim.By(wrote.latest()), nil
	}
	if by, had := s.before(f, value); had {
		return by, nil
	}
	if said == nil || said == "" {
		return sim.Nobody, nil // nobody has written "" yet
	}
	return 0, s.unknownOnScreen(f, said)
}

// take notes which fields of the record in an answer the screen has taken. Of
// one that did not change in this turn nobody can tell whether the client kept
// its own edit or took an equal value: it was not read.
func (s *lane) take(r *sim.Reply, record *sim.State, id int, before, now sim.Person) {
	var read sim.FieldSet
	asked := r.Do == sim.Fetch
	for f := range s.fields.All {
		same := record[f] != sim.Nobody && s.script.Value(now.State[f], f) == s.script.Value(record[f], f)
		changed := now.State[f] != before.State[f]
		n := now.State[f].Action()
		switch {
		case !same, !asked && !changed:
		case asked && !changed && n > 0 && s.own(n):
		default:
			read = read.With(f)
		}
	}
	switch {
	case r.Do == sim.Create:
		if now.ID != id {
			return
		}
	case asked:
		if now == before && r.First().Errand != nil {
			return
		}
	case read == 0:
		return
	}
	s.h.Took(r, read, before.State)
}
