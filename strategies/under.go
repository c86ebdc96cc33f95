package strategies

// What the layers are over, and what several persons have: see [sim.Layer].

func (s *hold) Under(int) Strategy         { return s.Strategy }
func (s *sequenced) Under(int) Strategy    { return s.Strategy }
func (s *retry) Under(int) Strategy        { return s.Strategy }
func (s lastWriteWins) Under(int) Strategy { return s.Strategy }
func (s *several) Under(view int) Strategy { return s.each[view] }
