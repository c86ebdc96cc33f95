package testkit

import (
	"os"
	"os/exec"
	"runtime/debug"
	"testing"
)

// Tests work much and keep little: collected four times as seldom they take a tenth less.
func init() { debug.SetGCPercent(400) }

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
	if !testing.Short() {
		return all
	}
	return spread(all, few)
}

// Sample returns how much a test draws, or does of what differs by chance alone: many where
// [All] is asked for, or another seed than that of every run, for these look for what is
// new; else some, and in a short run few.
func Sample[T any](many, some, few T) T {
	if All() || Seed() != fixed {
		return many
	}
	return Size(some, few)
}

// Long skips a test in a short run, and says why.
func Long(t testing.TB, why string) {
	t.Helper()
	if testing.Short() {
		t.Skip(why)
	}
}

// Needs skips a test where one of the programs that it starts is not on the PATH, and
// says what was not tried for that.
func Needs(t testing.TB, what string, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("SKIPPED: no %s on this machine: %s", p, what)
		}
	}
}

// All reports whether PHOTOFINISH_ALL asks for what takes minutes, and what the other
// runs of a test take a part of.
func All() bool { return os.Getenv("PHOTOFINISH_ALL") != "" }

// Part returns so many of all that a test could try, taken from beginning to end; and
// all of it where that is asked for, see [All].
func Part[T any](all []T, few int) []T {
	if All() {
		return all
	}
	return spread(all, few)
}

// Alone skips a test under the race detector, where it would take many seconds, and has
// nothing to say: nothing runs beside it, or only what runs beside others that are quick.
func Alone(t testing.TB) {
	t.Helper()
	if Raced {
		t.Skip("under the race detector: nothing runs beside it that does not run beside others")
	}
}

func spread[T any](all []T, few int) []T {
	some := make([]T, min(few, len(all)))
	for i := range some {
		some[i] = all[i*len(all)/len(some)]
	}
	return some
}
