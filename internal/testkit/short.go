package testkit

import "testing"

// Size returns how much a test does of what differs by chance or by degree
// alone: in full, or in a short run.
func Size[T any](full, short T) T {
	if testing.Short() {
		return short
	}
	return full
}

// Some returns all that a test tries, or in a short run few of it, taken from
// beginning to end.
func Some[T any](all []T, few int) []T {
	if few = min(few, len(all)); !testing.Short() {
		return all
	}
	some := make([]T, few)
	for i := range some {
		some[i] = all[i*len(all)/few]
	}
	return some
}
