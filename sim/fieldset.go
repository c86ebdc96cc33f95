package sim

import "math/bits"

// AllFields is the set of all fields.
const AllFields FieldSet = 1<<NumFields - 1

// Has reports whether field f is in s.
func (s FieldSet) Has(f int) bool { return s>>(f&31)&1 != 0 }

// With returns s and field f.
func (s FieldSet) With(f int) FieldSet { return s | 1<<(f&31) }

// First returns the lowest field of a set that is not empty.
func (s FieldSet) First() int { return bits.TrailingZeros32(uint32(s)) }

// Count returns how many fields s has.
func (s FieldSet) Count() int { return bits.OnesCount32(uint32(s)) }

// All yields the fields of s in ascending order.
func (s FieldSet) All(yield func(int) bool) {
	for ; s != 0; s &= s - 1 {
		if !yield(s.First()) {
			return
		}
	}
}

// By returns the state in which one writer has written the set, and nobody the rest.
func (s FieldSet) By(w Writer) (state State) {
	state.Put(s, w)
	return state
}
